import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Api, expectProblem, type ListOf } from '../support/api.js';
import { exampleOrganization } from '../support/example-organization.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const TODAY = '2008-03-20T09:00:00.000Z';
const sources = [{ title: 'Example minutes', confidence: 'found' }];

let product: RunningProduct;
let api: Api;
let now = Date.parse(TODAY);

beforeAll(async () => {
  product = await runProduct({ options: { now: () => now } });
  ({ api } = product);
  const facts = {
    on: '2008-03-14',
    requester: 'example-registry',
    deadline: '2008-11-30',
    confidence: 'found',
    sources,
  };
  const round = { title: 'Example round', opensOn: '2008-01-15', dueOn: '2008-11-30', sources };
  await api.record('PUT', '/api/cycles/ec-performance/2008', round);
  for (const organization of ['example-registry', 'example-union', 'sample-union']) {
    await api.record('PUT', `/api/organizations/${organization}`, exampleOrganization(organization));
    await api.record('POST', `/api/reports/ec-performance/2008/${organization}/request`, facts);
  }
});
afterAll(() => product.remove());

describe('Deadlines', () => {
  interface Deadline {
    readonly kind: string;
    readonly state: string;
    readonly organization?: string;
  }
  const due = async (query: string) => {
    const { items } = await api.read<ListOf<Deadline>>(`/api/deadlines?${query}`);
    return items.map(({ kind, organization = '', state }) => `${kind} ${organization} ${state}`);
  };

  it('say how each stands on the day, and are never stored', async () => {
    const ofRegistry = 'series=ec-performance&year=2008&organization=example-registry';
    expect(await due(ofRegistry)).toEqual(['request example-registry not-due']);
    now = Date.parse('2008-11-20T09:00:00.000Z');
    expect(await due(ofRegistry)).toEqual(['request example-registry due-soon']);
    now = Date.parse('2008-12-02T09:00:00.000Z');
    expect(await due(ofRegistry)).toEqual(['request example-registry overdue']);
    expect(await due('kind=cycle')).toEqual(['cycle  passed']);
    now = Date.parse(TODAY);
  });

  it('are read page by page, and by their days', async () => {
    const all = await api.all<Deadline>('/api/deadlines', { limit: '2' });
    expect(all).toHaveLength(4);
    expect(await due('from=2008-12-01')).toEqual([]);
    expectProblem(await api.get('/api/deadlines?from=2008-12'), 400, 'query-parameter-malformed');
    expectProblem(await api.get('/api/deadlines?year=2008'), 400, 'query-parameter-malformed');
  });

  it('are a calendar as well', async () => {
    const answer = await api.get('/api/deadlines.ics?organization=example-registry');
    expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
    expect(answer.text).toContain('DTSTART;VALUE=DATE:20081130\r\n');
    const again = { 'If-None-Match': answer.headers.get('ETag')! };
    expect((await api.get('/api/deadlines.ics?organization=example-registry', again)).status).toBe(304);
  });
});

describe('The inbox of a role', () => {
  interface Inbox {
    readonly inboxes: readonly {
      role: string;
      organization?: string;
      note?: string;
      waiting: { kind: string; organization?: string; next: { href: string } }[];
    }[];
  }

  it('is chosen by parameters where nobody signs in', async () => {
    const { inboxes } = await api.read<Inbox>('/api/inbox?role=contributor&organization=example-registry');
    expect(inboxes).toMatchObject([
      {
        role: 'contributor',
        organization: 'example-registry',
        waiting: [
          {
            kind: 'request-to-acknowledge',
            dueOn: '2008-11-30',
            due: 'not-due',
            next: { href: '/api/reports/ec-performance/2008/example-registry/acknowledgement' },
          },
        ],
      },
    ]);
    expect((await api.read<Inbox>('/api/inbox?role=auditor')).inboxes).toMatchObject([
      { note: expect.any(String), waiting: [] },
    ]);
    for (const query of ['', '?role=nobody', '?role=signatory', '?role=reviewer'])
      expectProblem(await api.get(`/api/inbox${query}`), 400, 'query-parameter-malformed');
  });

  it('and the deadlines are pages, too', async () => {
    const inbox = await api.get('/inbox?role=focal-point&organization=example-registry', { Accept: 'text/html' });
    expect(inbox.text).toContain('The request was sent, and nobody has said that it arrived');
    const deadlines = await api.get('/deadlines?organization=example-registry&state=', { Accept: 'text/html' });
    expect([inbox.status, deadlines.status]).toEqual([200, 200]);
    expect(deadlines.text).toContain('30 November 2008');
  });
});
