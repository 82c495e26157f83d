import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, type NewEvent, type RecordedEvent, SqliteEventStore } from '#event-store';
import { markedRelevant, registered, requested, sectionAnswered, started } from '#testing';
import { BrokenLog, checkLog, importLog, StoreNotEmpty } from './import-log.js';
import { publicEvent } from './public-event.js';

let folder: string;
let store: EventStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
  store = SqliteEventStore.open(join(folder, 'events.sqlite'));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

let id = 0;

const recorded = ({ type, data }: { type: string; data: object }, command: number): NewEvent => ({
  id: `00000000-0000-5000-8000-${String(++id).padStart(12, '0')}`,
  type,
  data: data as NewEvent['data'],
  metadata: { actor: 'secretariat', commandId: String(command), recordedAt: '2026-01-15T09:30:00.000Z', v: '1' },
});

const REGISTRY = 'organization-example-registry';
const REPORT = 'report-ec-performance-2008-example-registry';

/** Two streams in turn; the second append carries two events of one command. */
const LOG: readonly [stream: string, events: readonly NewEvent[]][] = [
  [REGISTRY, [recorded(registered(), 1)]],
  [REPORT, [recorded(requested(), 2), recorded(started(), 2)]],
  [REGISTRY, [recorded(markedRelevant(), 3)]],
  [REPORT, [recorded(sectionAnswered(), 4)]],
  [REPORT, [recorded(sectionAnswered({ text: 'Open to all.' }), 5)]],
];

const lines = (): string[] => {
  const next = new Map<string, number>();
  return LOG.flatMap(([stream, events]) => events.map((event) => ({ stream, event }))).map(
    ({ stream, event }, sequence) => {
      const revision = next.get(stream) ?? 0;
      next.set(stream, revision + 1);
      return publicEvent(sequence, { ...event, stream, revision, position: 'of another store' });
    },
  );
};

/** The lines, one of them with other members. */
const changed = (line: number, members: object): string[] =>
  lines().map((text, n) => (n === line - 1 ? JSON.stringify({ ...(JSON.parse(text) as object), ...members }) : text));

async function* each(texts: readonly string[]) {
  for (const text of texts) yield await Promise.resolve(text);
}

async function all(of: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of of.readAll()) events.push(event);
  return events;
}

describe('an exported log', () => {
  it('is taken over with its ids, metadata, revisions and order', async () => {
    expect(await importLog(store, each(lines()))).toEqual({ events: 6, streams: 2 });
    const exported = (await all(store)).map((event, sequence) => publicEvent(sequence, event));
    expect(exported).toEqual(lines());
  });

  it('is appended command by command, so that what was one append stays one', async () => {
    const progress: number[] = [];
    await importLog(store, each(lines()), ({ events }) => progress.push(events));
    expect(progress).toEqual([1, 3, 4, 5, 6]);
  });

  it('may be empty', async () => expect(await importLog(store, each([]))).toEqual({ events: 0, streams: 0 }));

  it('can be looked at first, so that one that is not whole leaves nothing behind', async () => {
    await expect(checkLog(each(lines()))).resolves.toBeUndefined();
    await expect(checkLog(each(changed(6, { withheld: true })))).rejects.toMatchObject({ line: 6 });
    expect(await all(store)).toEqual([]);
  });

  it('is taken over by an empty store only, whatever that store holds', async () => {
    await store.append('person-1', 'no-stream', [recorded({ type: 'PersonAdded', data: {} }, 9)]);
    await expect(importLog(store, each(lines()))).rejects.toBeInstanceOf(StoreNotEmpty);
  });
});

describe('a broken log names the line', () => {
  it.each<[string, string[], number, RegExp]>([
    ['that is no JSON', ['{'], 1, /JSON/],
    ['that is empty', [lines()[0]!, ''], 2, /JSON/],
    ['that is no event', ['[]'], 1, /sequence, id, stream/],
    ['that lacks a part', changed(1, { data: undefined }), 1, /sequence, id, stream/],
    ['whose words were withheld', changed(3, { data: undefined, withheld: true }), 3, /withheld.*may read all/],
    ['whose words were withheld, and replaced', changed(3, { data: {}, withheld: true }), 3, /withheld/],
    ['after a gap', lines().toSpliced(2, 1), 3, /sequence is 3, and 2 comes next/],
    ['that is doubled', lines().toSpliced(2, 0, lines()[1]!), 3, /sequence is 1, and 2 comes next/],
    ['whose event is repeated', changed(4, { id: JSON.parse(lines()[0]!).id }), 4, /repeated/],
    [
      'whose revision leaves a gap',
      changed(4, { revision: 2 }),
      4,
      /revision of organization-.* is 2, and 1 comes next/,
    ],
    ['of a stream that begins in its middle', changed(1, { revision: 1 }), 1, /is 1, and 0 comes next/],
    ['that is not of the public record', changed(1, { stream: 'person-1' }), 1, /not a stream of the public record/],
    ['of a newer edition', changed(2, { type: 'ReportPraised' }), 2, /newer edition/],
    ['with an id that no store takes', changed(4, { id: 'X' }), 4, /UUID/],
    ['with metadata that no store takes', changed(4, { metadata: { v: '1', depth: 3 } }), 4, /metadata.depth/],
  ])('%s', async (_, texts, line, reason) => {
    const error: unknown = await importLog(store, each(texts)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BrokenLog);
    expect(error).toMatchObject({ line, reason: expect.stringMatching(reason) });
    expect((await all(store)).length).toBeLessThan(line);
  });
});
