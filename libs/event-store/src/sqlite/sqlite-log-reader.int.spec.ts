import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PAGE_SIZE, type RecordedEvent } from '../event-store.js';
import { openLogReader } from '../open-log-reader.js';
import { SqliteEventStore } from './sqlite-event-store.js';

describe('A reader beside the store', () => {
  let folder: string;
  let file: string;
  let store: SqliteEventStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    file = join(folder, 'log.db');
    store = SqliteEventStore.open(file);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const append = (stream: string, count = 1) => {
    const events = Array.from({ length: count }, (_, n) => ({
      id: randomUUID(),
      type: 'Told',
      data: { n },
      metadata: { v: '1' },
    }));
    return store.append(stream, 'no-stream', events);
  };
  const all = async (pages: AsyncIterable<readonly (RecordedEvent | string)[]>) => {
    const events: (RecordedEvent | string)[] = [];
    for await (const page of pages) events.push(...page);
    return events;
  };
  const read = async (share: number, shares: number, upTo: number, categories = ['a', 'b']) => {
    const reader = await openLogReader(store.aside);
    try {
      return await all(reader.pages({ upTo: String(upTo), categories, share, shares }));
    } finally {
      await reader.close();
    }
  };
  const isWhole = (event: RecordedEvent | string) => typeof event !== 'string';

  it('reads what the store reads', async () => {
    await append('a-1', 2);
    await append('c-1');
    await append('b-1', PAGE_SIZE + 3);
    expect(await read(0, 1, PAGE_SIZE + 6)).toEqual(await all(store.readPages({ categories: ['a', 'b'] })));
  });

  it('leaves each stream to one of those who share, and tells all of them of each event', async () => {
    for (let n = 0; n < 6; n++) await append(`a-${n}`, 2);
    const shares = await Promise.all([0, 1, 2].map((share) => read(share, 3, 12)));
    for (let n = 0; n < 12; n++) {
      const whole = shares.map((events) => events[n]!).filter(isWhole);
      expect(whole).toHaveLength(1);
      const { position } = whole[0] as RecordedEvent;
      expect(shares.map((events) => events[n]!).filter((event) => !isWhole(event))).toEqual([position, position]);
    }
    expect(new Set(shares[1]!.filter(isWhole).map((event) => event.stream)).size).toBe(2);
  });

  it('ends where it is told to, though more has been recorded', async () => {
    await append('a-1', 1_999);
    await append('c-1');
    const reader = await openLogReader(store.aside);
    expect(await reader.end()).toEqual({ position: '2000', events: 2_000 });
    const pages = reader.pages({ upTo: '2000', categories: ['a'], share: 0, shares: 1 })[Symbol.asyncIterator]();
    const { value: first } = (await pages.next()) as { value: readonly RecordedEvent[] };
    await append('a-2');
    const rest = await all({ [Symbol.asyncIterator]: () => pages });
    expect([...first, ...rest]).toHaveLength(1_999);
    expect(await all(reader.pages({ upTo: '2', categories: ['a'], share: 0, shares: 1 }))).toHaveLength(2);
    await reader.close();
  });

  it('refuses a log from which an event is missing', async () => {
    await append('a-1', 3);
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('DELETE FROM events WHERE position = 2');
    database.close();
    await expect(read(0, 1, 3)).rejects.toThrow('The log has a gap between the positions 0 and 3');
    store = SqliteEventStore.open(join(folder, 'another.db'));
  });

  it('knows an empty log', async () => {
    const reader = await openLogReader(store.aside);
    expect(await reader.end()).toBeUndefined();
    await reader.close();
    expect(await read(0, 1, 0)).toEqual([]);
  });
});
