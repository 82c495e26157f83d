import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importLog } from '#commands';
import { SqliteEventStore } from '#event-store';
import { type ActionRow, dataFolder } from '#reference-data';
import { recognise, subjectOf } from '#reporting';
import { type ActionDocument, ALL_VIEWS, type Document, type Placed, type TimelineEntry, Views } from '#views';
import type { EventLine } from '../support/api.js';
import { type RunningProduct, runProduct, temporaryFolder } from '../support/product.js';

const START = 60_000;

let product: RunningProduct;
let events: EventLine[];
let rows: readonly ActionRow[];

beforeAll(async () => {
  rows = (JSON.parse(readFileSync(join(dataFolder(), 'actions.json'), 'utf8')) as { actions: ActionRow[] }).actions;
  product = await runProduct({ record: 'wsis' });
  events = await product.api.events();
}, START);

afterAll(() => product.remove());

interface Timeline {
  readonly asOf: number;
  readonly entries: readonly TimelineEntry[];
}

const timelineOf = (organization: string, asOf?: string | number) =>
  product.api.read<Timeline>(
    `/api/organizations/${organization}/timeline${asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`}`,
  );

describe('the public record', () => {
  it('is on record whole', async () => {
    expect(await product.api.all('/api/organizations', { limit: '20' })).toHaveLength(43);
    expect(await product.api.all('/api/actions', { limit: '50' })).toHaveLength(135);
    expect(product.loaded).toMatchObject({ refused: [], repeated: 0 });
  });

  it('is one line of events without a gap, recorded at times that never go back', () => {
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, n) => n));
    const times = events.map(({ metadata }) => metadata['recordedAt']!);
    expect(times).toEqual([...times].sort());
  });
});

describe('the timeline of ICANN', () => {
  const isIts = ({ organization, partners }: ActionRow) => organization === 'icann' || partners.includes('icann');

  it('holds everything that it led or took part in, with its date as precise as it is known', async () => {
    const { entries } = await timelineOf('icann');
    const started = entries.flatMap(({ kind, action, date, precision, title }) =>
      kind === 'action-started' ? [{ id: action!.action, role: action!.role, date, precision, title }] : [],
    );
    const expected = rows.filter(isIts).map(({ id, organization, start, title }) => ({
      id,
      role: organization === 'icann' ? 'lead' : 'partner',
      date: start.date,
      precision: ({ 4: 'year', 7: 'month', 10: 'day' } as Record<number, string>)[start.date.length],
      title,
    }));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(expected.some(({ role }) => role === 'partner')).toBe(true);
    expect([...started].sort(byId)).toEqual([...expected].sort(byId));
  });

  it('is in the order in which things happened', async () => {
    const dates = (await timelineOf('icann')).entries.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
    expect(new Set(dates.map((date) => date.length)).size).toBe(3);
  });

  it('as of a sequence, or of a time, has what was told by then and nothing else', async () => {
    const { entries } = await timelineOf('icann');
    const half = Math.floor(events.length / 2);
    const recordedAt = events[half]!.metadata['recordedAt']!;
    const lastThen = events.findLastIndex(({ metadata }) => metadata['recordedAt']! <= recordedAt);
    for (const [asOf, sequence] of [
      [half, half],
      [recordedAt, lastThen],
    ] as const) {
      const then = await timelineOf('icann', asOf);
      expect(then.asOf).toBe(sequence);
      const told = (list: readonly TimelineEntry[]) => list.map((each) => `${each.date} ${each.kind} ${each.sequence}`);
      expect(told(then.entries)).toEqual(told(entries.filter((entry) => entry.sequence <= sequence)));
      expect(then.entries.length).toBeLessThan(entries.length);
    }
  });
});

describe('what everybody may fold themselves', () => {
  it('is what this server says', () => {
    const documents = foldByHand(events);
    for (const { name } of ALL_VIEWS) {
      const told = product.views.range(name, '').map(({ key, body }) => [key, JSON.parse(body)] as const);
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(documents.get(name)!));
    }
  });
});

describe('one year beside another', () => {
  it('says what the record supports, and by which events', async () => {
    const comparison = await product.api.read<Record<string, unknown>>(
      '/api/organizations/isoc/comparison?years=2008,2010',
    );
    expect(comparison).toMatchObject({
      organization: 'isoc',
      series: 'ec-performance',
      // Its letter of October 2008 was put on record with its reservation; of 2010 only that an answer was prepared.
      earlier: { year: 2008, status: 'ANSWERED_WITH_RESERVATION', answeredOn: '2008-10-06' },
      later: { year: 2010, status: 'IN_PREPARATION' },
      silentlyDropped: { known: false, reason: 'citations-not-on-record', years: [2008, 2010] },
    });
    const whys = whysIn(comparison);
    expect(whys.length).toBeGreaterThan(0);
    for (const sequence of whys) expect(events[sequence]).toMatchObject({ sequence });
  });
});

describe('what is recalled and not found', () => {
  it('stays visible as such in actions and timelines', async () => {
    const recalled = rows.filter(({ confidence }) => confidence === 'recalled');
    expect(recalled.length).toBeGreaterThan(0);
    for (const { id, organization } of recalled) {
      const action = await product.api.read<ActionDocument>(`/api/actions/${id}`);
      expect(action.confidence).toBe('recalled');
      expect(action.sources.map(({ confidence }) => confidence)).toContain('recalled');
      const { entries } = await timelineOf(organization);
      const started = entries.find((entry) => entry.kind === 'action-started' && entry.action?.action === id);
      const date = rows.find((row) => row.id === id)!.start;
      expect(started?.confidence).toBe(date.confidence);
    }
  });
});

describe('the log', () => {
  it('tells the same when it was exported and imported into an empty store', async () => {
    const folder = temporaryFolder();
    const store = SqliteEventStore.open(join(folder, 'events.sqlite'));
    const views = new Views({ folder: join(folder, 'views'), store, views: ALL_VIEWS });
    try {
      const response = await fetch(`${product.address}/api/events`);
      const lines = createInterface({ input: Readable.fromWeb(response.body as never), crlfDelay: Infinity });
      expect(await importLog(store, lines)).toMatchObject({ events: events.length });
      await views.start();
      expect(views.digest()).toBe(product.views.digest());
      await expect(importLog(store, lines)).rejects.toThrow('empty store');
    } finally {
      await views.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it(
    'gives the views back when they are deleted, and takes the same record again without adding to it',
    async () => {
      const digest = product.views.digest();
      const { dataDir } = product;
      await product.close();
      rmSync(join(dataDir, 'views'), { recursive: true });
      rmSync(join(dataDir, 'loaded'), { recursive: true });
      product = await runProduct({ record: 'wsis', dataDir });
      expect(product.views.digest()).toBe(digest);
      expect(product.loaded).toMatchObject({ recorded: 0, refused: [] });
      expect(product.loaded?.repeated).toBe(product.loaded?.total);
      expect(product.views.head.sequence).toBe(events.length - 1);
    },
    START,
  );
});

/** The views as their definition has it, without the engine: every event, one after the other, into maps. */
function foldByHand(lines: readonly EventLine[]): Map<string, Map<string, Document>> {
  const documents = new Map(ALL_VIEWS.map(({ name }) => [name, new Map<string, Document>()]));
  for (const line of lines) {
    const event = { ...line, ...recognise(line), subject: subjectOf(line.stream) } as Placed;
    const see = (view: string, key: string) => documents.get(view)?.get(key);
    const changes = ALL_VIEWS.flatMap((view) =>
      view.keysOf(event, see).map((key) => ({ view, key, next: view.apply(see(view.name, key), event, key, see) })),
    );
    for (const { view, key, next } of changes) {
      if (next) documents.get(view.name)!.set(key, next);
      else documents.get(view.name)!.delete(key);
    }
  }
  return documents;
}

/** Every sequence that an answer names as a reason, wherever it stands. */
function whysIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(whysIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === 'why' ? (member as number[]) : whysIn(member)));
}
