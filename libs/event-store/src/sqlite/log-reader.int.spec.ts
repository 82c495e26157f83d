import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PAGE_SIZE, type RecordedEvent } from '../event-store.js';
import { LogReader } from './log-reader.js';
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
  const read = (share: number, shares: number, upTo: number, categories = ['a', 'b']) => {
    const reader = new LogReader(file);
    const events = [...reader.pages({ upTo, categories, share, shares })].flat();
    reader.close();
    return events;
  };
  const isWhole = (event: RecordedEvent | string) => typeof event !== 'string';

  it('reads what the store reads', async () => {
    await append('a-1', 2);
    await append('c-1');
    await append('b-1', PAGE_SIZE + 3);
    const all: RecordedEvent[] = [];
    for await (const event of store.readAll({ categories: ['a', 'b'] })) all.push(event);
    expect(read(0, 1, PAGE_SIZE + 6)).toEqual(all);
  });

  it('leaves each stream to one of those who share, and tells all of them of each event', async () => {
    for (let n = 0; n < 6; n++) await append(`a-${n}`, 2);
    const shares = [0, 1, 2].map((share) => read(share, 3, 12));
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
    const reader = new LogReader(file);
    expect(reader.head()).toBe(2_000);
    const pages = reader.pages({ upTo: 2_000, categories: ['a'], share: 0, shares: 1 });
    const first = pages.next().value as RecordedEvent[];
    await append('a-2');
    expect([...first, ...[...pages].flat()]).toHaveLength(1_999);
    expect([...reader.pages({ upTo: 2, categories: ['a'], share: 0, shares: 1 })].flat()).toHaveLength(2);
    reader.close();
  });

  it('refuses a log from which an event is missing', async () => {
    await append('a-1', 3);
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('DELETE FROM events WHERE position = 2');
    database.close();
    expect(() => read(0, 1, 3)).toThrow('The log has a gap between the positions 0 and 3');
    store = SqliteEventStore.open(join(folder, 'another.db'));
  });

  it('knows an empty log', () => {
    const reader = new LogReader(file);
    expect(reader.head()).toBe(0);
    expect(read(0, 1, 0)).toEqual([]);
    reader.close();
  });
});
