import { SqliteEventStore } from '#event-store';
import { answering } from '../measuring/side.js';
import { realisticRecord } from '../realistic-record.js';

/** Appends that may wait at once. */
const WAITING = 512;

answering({
  seed: async ({ file, events }: { readonly file: string; readonly events: number }): Promise<void> => {
    const store = SqliteEventStore.open(file);
    let waiting: Promise<unknown>[] = [];
    for (const { stream, expected, events: batch } of realisticRecord(events)) {
      if (waiting.push(store.append(stream, expected, batch)) < WAITING) continue;
      await Promise.all(waiting);
      waiting = [];
    }
    await Promise.all(waiting);
    await store.close();
  },
});
