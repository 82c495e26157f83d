import { openEventStore } from '#event-store';
import { type Append, appendingTo, appendingUntilKilled, madeUpEvent } from '../measuring/callers.js';
import { answering } from '../measuring/side.js';

/** Our adapter. Streams are of a category of this run, as a real server may hold those of an earlier one. */
const [url = '', run = ''] = process.argv.slice(2);
const store = await openEventStore(url);

const append: Append = (stream, revision, event) =>
  store.append(`ours${run}-${stream}`, revision === -1 ? 'no-stream' : revision, [event]);

answering({
  append: appendingTo(append),
  appendUntilKilled: appendingUntilKilled(append),
  /** A record to catch up with. */
  seed: async ({ streams, perStream }: { streams: number; perStream: number }): Promise<void> => {
    for (let stream = 0; stream < streams; stream++) {
      const name = `record${run}-${stream}`;
      const events = Array.from({ length: perStream }, (_, revision) => madeUpEvent(name, revision));
      await store.append(name, 'no-stream', events);
    }
  },
  /** As the views of a new node read it. Events per second. */
  catchUp: async (): Promise<number> => {
    const began = performance.now();
    let events = 0;
    for await (const page of store.readPages({ categories: [`record${run}`] })) events += page.length;
    return events / ((performance.now() - began) / 1_000);
  },
  /** The same through a subscription. */
  follow: async (): Promise<number> => {
    const began = performance.now();
    let events = 0;
    for await (const step of store.subscribePages({ categories: [`record${run}`] })) {
      if ('caughtUp' in step) break;
      events += step.length;
    }
    return events / ((performance.now() - began) / 1_000);
  },
});
