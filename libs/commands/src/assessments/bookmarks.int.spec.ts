import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FrozenClock, RecordInFolder } from '#testing';
import { RecordingClock } from '../recording-clock.js';
import { Bookmarks } from './bookmarks.js';

const report = { series: 'ec-performance', year: 2025, organization: 'example-registry' };
const STREAM = 'bookmark-ec-performance-2025-example-registry--person-7';

let record: RecordInFolder;
let bookmarks: Bookmarks;

beforeEach(() => {
  record = new RecordInFolder();
  bookmarks = new Bookmarks(record.store, new RecordingClock(new FrozenClock('2026-02-01T09:00:00Z').now));
});
afterEach(() => record.close());

const put = (sequence: number, person = 'person-7') => bookmarks.put(person, report, sequence, 'request-1');

describe('A bookmark', () => {
  it('is where its person put it last, on or back', async () => {
    expect(await bookmarks.of('person-7', report)).toBeUndefined();
    for (const sequence of [7, 12, 3]) {
      await put(sequence);
      expect(await bookmarks.of('person-7', report)).toBe(sequence);
    }
  });

  it('is of one person in one report', async () => {
    await put(7);
    expect(await bookmarks.of('person-8', report)).toBeUndefined();
    expect(await bookmarks.of('person-7', { ...report, year: 2024 })).toBeUndefined();
  });

  it('is written once where it is put to the same place again', async () => {
    await put(7);
    await put(7);
    const events = [];
    for await (const event of record.store.read(STREAM)) events.push(event);
    expect(events).toMatchObject([{ type: 'BookmarkSet', data: { sequence: 7 }, metadata: { actor: 'person-7' } }]);
  });

  it('is kept, whichever of several that are put at once comes last', async () => {
    await Promise.all([1, 2, 3].map((sequence) => put(sequence)));
    expect([1, 2, 3]).toContain(await bookmarks.of('person-7', report));
  });

  it('is nobody’s whose name is no id', async () =>
    expect(await bookmarks.of('Actor with a name', report)).toBeUndefined());
});
