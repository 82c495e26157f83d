import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import type { ReadAllOptions, RecordedEvent } from './event-store.js';
import { LogTail } from './log-tail.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

describe('The tail of a log', () => {
  let folder: string;
  let store: SqliteEventStore;
  let folded: string[];
  let reads: ReadAllOptions[];
  let tail: LogTail;

  const fold = ({ stream }: RecordedEvent) => void folded.push(stream);
  const append = (stream: string) =>
    store.append(stream, 'no-stream', [{ id: randomUUID(), type: 'Told', data: {}, metadata: { v: '1' } }]);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    store = SqliteEventStore.open(join(folder, 'log.db'));
    [folded, reads] = [[], []];
    const read = store.readPages.bind(store);
    store.readPages = (options) => {
      reads.push(options ?? {});
      return read(options);
    };
    tail = new LogTail(store, ['a'], fold);
    await append('a-1');
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('reads what was added since it was asked last, of its categories alone', async () => {
    await tail.catchUp();
    const { position } = tail;
    await append('b-1');
    await append('a-2');
    await tail.catchUp();
    expect(folded).toEqual(['a-1', 'a-2']);
    expect(reads.map(({ after }) => after)).toEqual([undefined, position]);
  });

  it('reads once for all who ask while it reads, and then all that they asked for', async () => {
    const first = tail.catchUp();
    await Promise.resolve();
    await append('a-2');
    await Promise.all([first, ...Array.from({ length: 50 }, () => tail.catchUp())]);
    expect(folded).toEqual(['a-1', 'a-2']);
    expect(reads.length).toBeLessThanOrEqual(2);
  });

  it('waits for what takes time to fold, one event after the other', async () => {
    await append('a-2');
    const slow = new LogTail(store, ['a'], async ({ stream }) => {
      folded.push(`${stream} begun`);
      await others();
      folded.push(`${stream} done`);
    });
    await slow.catchUp();
    expect(folded).toEqual(['a-1 begun', 'a-1 done', 'a-2 begun', 'a-2 done']);
  });

  it('tells who waits that an event could not be folded, and begins with it the next time', async () => {
    let isBroken = true;
    const frail = new LogTail(store, ['a'], (event) => {
      if (isBroken && event.stream === 'a-2') throw new Error('Not now');
      fold(event);
    });
    await append('a-2');
    await expect(frail.catchUp()).rejects.toThrow('Not now');
    isBroken = false;
    await frail.catchUp();
    expect(folded).toEqual(['a-1', 'a-2']);
  });
});
