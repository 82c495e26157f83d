import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '#commands';
import { PAGE_SIZE, type ReadAllOptions, type RecordedEvent, SqliteEventStore } from '#event-store';
import { registered, renamed } from '#testing';
import { ALL_VIEWS, Views } from '#views';
import { PublicRecord } from './public-record.js';

const PAGES = 3;
const ALL = { after: -1, limit: Infinity };

let folder: string;
let store: SqliteEventStore;
let views: Views;
let record: PublicRecord;
let pagesRead = 0;

/** More than two pages, in ten streams; every eleventh event is of somebody private. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
  store = SqliteEventStore.open(join(folder, 'events.sqlite'));
  const metadata = { recordedAt: '2026-01-15T09:30:00.000Z', v: '1' };
  const appends: Promise<unknown>[] = [];
  for (let n = 0; n < (PAGES * PAGE_SIZE) / 11; n++) {
    for (let k = 0; k < 11; k++) {
      const id = `00000000-0000-5000-8000-${String(n * 11 + k).padStart(12, '0')}`;
      const stream = k < 10 ? `organization-example-${k}` : 'person-1';
      const { type, data } = n ? renamed({ name: `Example ${n}` }) : registered();
      const event = { id, type, data: data as never, metadata };
      appends.push(store.append(stream, n ? n - 1 : 'no-stream', [event]));
    }
  }
  await Promise.all(appends);
  views = new Views({ folder: join(folder, 'views'), store, views: ALL_VIEWS });
  await views.start();
  record = new PublicRecord(counting(store), views);
});

afterAll(async () => {
  await views.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function counting(of: SqliteEventStore): SqliteEventStore {
  return Object.assign(Object.create(of) as SqliteEventStore, {
    read: of.read.bind(of),
    readPages: async function* (options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
      for await (const page of of.readPages(options)) {
        pagesRead++;
        yield page;
      }
    },
  });
}

async function eventsOf(texts: AsyncIterable<string>): Promise<PublicEvent[]> {
  let all = '';
  for await (const text of texts) all += text;
  return all.split('\n').flatMap((line) => (line ? [JSON.parse(line) as PublicEvent] : []));
}

describe('the public record', () => {
  it('counts its own events only, and leaves those of persons out', async () => {
    const events = await eventsOf(record.lines(ALL, views.head.sequence));
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, n) => n));
    expect(events).toHaveLength(views.head.sequence + 1);
    expect(events.filter(({ stream }) => stream.startsWith('person-'))).toEqual([]);
    expect(events[0]).not.toHaveProperty('position');
  });

  it('goes on after any sequence, to the head or so many events', async () => {
    const { sequence: head } = views.head;
    expect((await eventsOf(record.lines({ after: 1_499, limit: 3 }, head))).map(({ sequence }) => sequence)).toEqual([
      1_500, 1_501, 1_502,
    ]);
    expect(await eventsOf(record.lines({ after: head - 1, limit: Infinity }, head))).toMatchObject([
      { sequence: head },
    ]);
    expect(await eventsOf(record.lines({ after: head, limit: Infinity }, head))).toEqual([]);
    expect(await eventsOf(record.lines(ALL, 4))).toHaveLength(5);
    expect(await eventsOf(record.lines(ALL, -1))).toEqual([]);
  });

  it('shows one stream under the sequences of the whole', async () => {
    const all = await eventsOf(record.lines(ALL, views.head.sequence));
    const stream = 'organization-example-7';
    const own = all.filter((event) => event.stream === stream);
    expect(await eventsOf(record.lines({ ...ALL, stream }, views.head.sequence))).toEqual(own);
    const some = await eventsOf(record.lines({ after: own[1]!.sequence, limit: 2, stream }, views.head.sequence));
    expect(some).toEqual(own.slice(2, 4));
  });

  it('is read no further once nobody asks any more', async () => {
    pagesRead = 0;
    for await (const _ of record.lines(ALL, views.head.sequence)) break;
    expect(pagesRead).toBe(1);
  });

  it('has each event at its sequence', async () => {
    expect(JSON.parse((await record.at(10))!)).toMatchObject({
      sequence: 10,
      stream: 'organization-example-0',
      revision: 1,
    });
    expect(await record.at(views.head.sequence)).toContain(`"sequence":${views.head.sequence}`);
    expect(await record.at(views.head.sequence + 1)).toBeUndefined();
  });
});
