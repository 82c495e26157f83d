import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReminderEntry } from '#jobs';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

interface Plan {
  readonly policy: object;
  readonly items: readonly ReminderEntry[];
  readonly next?: string;
}

const source = { title: 'Letter of the example forum', confidence: 'found' };
const nextYear = new Date().getUTCFullYear() + 1;
const DEADLINE = `${nextYear}-06-30`;

describe('The plan of reminders', () => {
  let product: RunningProduct;
  const read = (query = '') => product.api.read<Plan>(`/api/reminders${query}`);
  const command = async (method: 'PUT' | 'POST', path: string, body: object) => {
    const { status, text } = await product.api.command(method, path, body);
    expect(`${path} ${status} ${status < 300 ? '' : text}`).toMatch(/ 20[01] $/);
  };

  beforeEach(async () => {
    product = await runProduct();
    const profile = { kind: 'TECHNICAL_COORDINATION', description: 'An example.' };
    for (const id of ['example-forum', 'example-registry', 'example-union']) {
      await command('PUT', `/api/organizations/${id}`, { name: `The ${id}`, profile, sources: [source] });
    }
    const round = { title: 'Example round', requester: 'example-forum', opensOn: '2026-01', sources: [source] };
    await command('PUT', `/api/cycles/ec-performance/${nextYear}`, round);
    for (const id of ['example-registry', 'example-union']) {
      const asked = { requester: 'example-forum', on: '2026-01', deadline: DEADLINE, confidence: 'found' };
      await command('POST', `/api/reports/ec-performance/${nextYear}/${id}/request`, { ...asked, sources: [source] });
    }
  });
  afterEach(() => product.remove());

  it('says who gets what and when, before it happens', async () => {
    const { policy, items } = await read();
    expect(policy).toEqual({ days: [-30, -7, -1, 1, 14], at: '09:00', timeZone: 'UTC' });
    expect(items).toHaveLength(10);
    expect(items[0]).toEqual({
      series: 'ec-performance',
      year: nextYear,
      organization: 'example-registry',
      to: 'focal-point',
      days: -30,
      deadline: DEADLINE,
      due: `${nextYear}-05-31T09:00:00.000Z`,
      state: 'planned',
    });
    await command('POST', `/api/reports/ec-performance/${nextYear}/example-registry/decline`, {
      on: '2026-02',
      reason: 'No reporting line',
    });
    expect((await read()).items.map(({ organization }) => organization)).toEqual(Array(5).fill('example-union'));
  });

  it('is read from a day to a day, both inclusive, for one organization, and page by page', async () => {
    const from = `?from=${nextYear}-06-23&to=${nextYear}-06-29`;
    expect((await read(from)).items.map(({ days, organization }) => `${days} ${organization}`)).toEqual([
      '-7 example-registry',
      '-7 example-union',
      '-1 example-registry',
      '-1 example-union',
    ]);
    expect((await read(`${from}&organization=example-union`)).items).toHaveLength(2);
    const first = await read('?limit=7');
    expect(first.items).toHaveLength(7);
    const second = await read(`?limit=7&cursor=${first.next}`);
    expect([...first.items, ...second.items]).toEqual((await read()).items);
    expect(second.next).toBeUndefined();
  });

  it.each(['?from=2028', '?to=2028-02-30', '?days=7', '?from=soon'])('is not asked for by %s', async (query) => {
    const { status, body } = await product.api.get(`/api/reminders${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: expect.stringMatching(/^query-parameter-/) });
  });

  it('is an answer that a client may have already', async () => {
    const { headers } = await product.api.get('/api/reminders');
    const again = await fetch(`${product.address}/api/reminders`, {
      headers: { 'If-None-Match': headers.get('ETag')! },
    });
    expect(again.status).toBe(304);
  });
});

it('The record of 2005 to 2025 reminds nobody', async () => {
  const product = await runProduct({ record: 'wsis' });
  try {
    expect((await product.api.read<Plan>('/api/reports?limit=1')).items).toHaveLength(1);
    expect((await product.api.read<Plan>('/api/reminders')).items).toEqual([]);
  } finally {
    await product.remove();
  }
}, 60_000);
