import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PUNCTUALITIES, SHAPES } from '#reporting';
import { ALL_VIEWS, DEADLINE_STATES, type DeadlineState } from '#views';
import type { ListOf } from '../support/api.js';
import { EXAMPLE_YEAR, exampleFor, headersFor } from '../support/example-year.js';
import { type RunningProduct, runProduct, temporaryFolder } from '../support/product.js';
import { removeData } from '../support/setup.js';

// Whether something is late, due soon or overdue depends on the day on which it is asked: it is derived, never stored.

const SAMPLES = new URL('../../libs/reporting/samples/', import.meta.url);

const STATES = new Set<string>([...DEADLINE_STATES, ...PUNCTUALITIES]);
const FLAG = /^(is|was)?(late(ness)?|over-?due|due-?soon|passed|in-?time|on-?time|punctual(ity)?|expired|lapsed)$/i;

/** Of mails that an earlier edition sent, without saying when. None is written any more: see its second shape. */
const OF_EARLIER_MAILS: ReadonlySet<string> = new Set(['ReminderSent.v1.data.late']);

/** Members called by a word of lateness, and values that are one. What people wrote themselves is their own. */
function lateIn(value: unknown, place: string): string[] {
  if (typeof value === 'string') return STATES.has(value) ? [`${place}=${value}`] : [];
  if (Array.isArray(value)) return value.flatMap((each) => lateIn(each, place));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const at = `${place}.${name}`;
    return [...(FLAG.test(name) && !OF_EARLIER_MAILS.has(at) ? [at] : []), ...lateIn(each, at)];
  });
}

const DAY_MS = 86_400_000;
const dataDir = temporaryFolder();
let product: RunningProduct;
let days = 0;

/** Without reminders, which the product would record as the days go by. */
const start = async () =>
  (product = await runProduct({
    dataDir,
    env: { REMINDER_DAYS: 'none' },
    options: { now: () => Date.now() + days * DAY_MS },
  }));

beforeAll(async () => {
  await start();
  const document = await product.api.read<OpenAPIObject>('/api/openapi.json');
  for (const step of EXAMPLE_YEAR) {
    const sent = step.body ?? exampleFor(document, step.method, step.path);
    await product.api.record(step.method, step.path, sent, await headersFor(product.api, step));
  }
  // One whose day is yet to come.
  await product.api.record('POST', '/api/reports/ec-performance/2009/silent-union/request', {
    requester: 'example-forum',
    on: '2009-01-20',
    deadline: new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10),
    confidence: 'found',
    sources: [{ title: 'Letter of the example forum', confidence: 'found' }],
  });
}, 90_000);
afterAll(async () => {
  await product.close();
  await removeData(dataDir);
});

describe('Whether something is late', () => {
  it('stands in no event that was ever written', () => {
    const samples = readdirSync(SAMPLES);
    expect(samples.length).toBeGreaterThanOrEqual(Object.keys(SHAPES).length);
    const found = samples.flatMap((file) => {
      const { type: _, ...event } = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as { type: string };
      return lateIn(event, file.replace(/\.json$/, ''));
    });
    expect(found).toEqual([]);
  });

  it('stands in no event, and in no document of any view, of a year in which everything is done', async () => {
    const events = await product.api.events();
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(60);
    expect(events.flatMap(({ type, data, metadata }) => lateIn({ data, metadata }, type))).toEqual([]);
    for (const { name } of ALL_VIEWS) {
      const documents = product.views.range(name, '');
      expect([name, documents.length > 0]).toEqual([name, true]);
      const found = documents.flatMap(({ body }) => lateIn(JSON.parse(body), name));
      expect([name, found]).toEqual([name, []]);
    }
  });

  it('is told otherwise on another day, of the same events and the same documents', async () => {
    const told = async () => {
      const { items } = await product.api.read<ListOf<{ kind: string; organization?: string; state: DeadlineState }>>(
        '/api/deadlines?series=ec-performance&year=2009&limit=100',
      );
      return items.find(({ kind, organization }) => kind === 'request' && organization === 'silent-union')!.state;
    };
    const stored = async () => [await product.api.read('/health/digest'), (await product.api.events()).length];
    const before = await stored();
    const states = [await told()];
    for (days of [20, 40]) {
      await product.close();
      await start();
      states.push(await told());
      expect(await stored()).toEqual(before);
    }
    expect(states).toEqual(['not-due', 'due-soon', 'overdue']);
  });
});
