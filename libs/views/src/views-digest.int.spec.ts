import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CaughtUp, ReadAllOptions, RecordedEvent, SubscribeOptions } from '#event-store';
import { EventStore } from '#event-store';
import { RecordInFolder } from '#testing';
import { type Batch, realisticRecord } from '../../../test/bench/realistic-record.js';
import { ALL_VIEWS } from './all-views.js';
import { Views } from './views.js';

const BATCHES: readonly Batch[] = [...realisticRecord(300)];

describe('The digest of the views', () => {
  let record: RecordInFolder;
  const folder = (name: string) => join(record.folder, name);

  beforeEach(() => {
    record = new RecordInFolder();
  });
  afterEach(() => record.close());

  const started = async (name: string, store: EventStore = record.store) => {
    const views = new Views({ folder: folder(name), store, views: ALL_VIEWS });
    await views.start();
    return views;
  };
  const append = async (batches: readonly Batch[]) => {
    const all = batches.map(({ stream, expected, events }) => record.store.append(stream, expected, events));
    return (await Promise.all(all)).at(-1)?.position;
  };
  const digestOf = async (name: string, store?: EventStore) => {
    const views = await started(name, store);
    const digest = views.digest();
    await views.close();
    return digest;
  };

  it('is the same after the folder was deleted', async () => {
    await append(BATCHES);
    const before = await digestOf('views');
    rmSync(folder('views'), { recursive: true });
    expect(await digestOf('views')).toBe(before);
  });

  it('is the same however many events are folded at once', async () => {
    await append(BATCHES);
    const whole = await digestOf('whole');
    for (const size of [1, 7, 250]) expect(await digestOf(`by ${size}`, new InPages(record.store, size))).toBe(whole);
  });

  it('that is made aside is that of the moment at which it was asked for, while the views go on', async () => {
    await append(BATCHES.slice(0, -50));
    const views = await started('views');
    const then = { sequence: views.head.sequence, digest: views.digest() };
    const aside = views.digestAside();
    await views.passedPosition((await append(BATCHES.slice(-50)))!, 30_000);
    expect(await aside).toEqual(then);
    expect(await views.digestAside()).toEqual({ sequence: views.head.sequence, digest: views.digest() });
    expect(views.digest()).not.toBe(then.digest);
    await views.close();
  });

  it('is another one after one more event', async () => {
    await append(BATCHES.slice(0, -1));
    const before = await digestOf('views');
    await append(BATCHES.slice(-1));
    expect(await digestOf('views')).not.toBe(before);
  });

  it(
    'is the same for a record that came in one by one or in bursts, through restarts and rebuilds',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(steps, { minLength: 1, maxLength: 12 }),
          fc.constantFrom(1, 5, 1_000),
          async (...told) => {
            const { lived, atOnce } = await liveThrough(...told);
            expect(lived).toEqual(atOnce);
          },
        ),
        { numRuns: 12 },
      ),
    60_000,
  );
});

/** So many commands at once; or what happens to the views between them. */
const steps = fc.oneof(
  { weight: 2, arbitrary: fc.constant(1) },
  { weight: 3, arbitrary: fc.integer({ min: 2, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('reopen' as const, 'rebuild' as const) },
);

/** What views say in the end that were there all along, and views that were built from the same record at once. */
async function liveThrough(told: readonly (number | 'reopen' | 'rebuild')[], size: number) {
  const record = new RecordInFolder();
  const store = new InPages(record.store, size);
  const open = (name: string) => new Views({ folder: join(record.folder, name), store, views: ALL_VIEWS });
  const saidBy = (each: Views) => ({ digest: each.digest(), head: each.head });
  let views = open('lived');
  const atOnce = open('at-once');
  try {
    await views.start();
    let rest = BATCHES;
    for (const step of told) {
      if (step === 'reopen') {
        await views.close();
        views = open('lived');
        await views.start();
      } else if (step === 'rebuild') {
        await views.rebuild();
      } else {
        const appended = rest.slice(0, step).map(async ({ stream, expected, events }, n) => {
          const { position } = await store.append(stream, expected, events);
          // One waits for its answer, as people do, while the others go on.
          if (n === 0) await views.passedPosition(position, 30_000);
        });
        await Promise.all(appended);
        rest = rest.slice(step);
      }
    }
    const { position } = await store.append('organization-example-last', 'no-stream', BATCHES[0]!.events);
    await views.passedPosition(position, 30_000);
    await atOnce.start();
    return { lived: saidBy(views), atOnce: saidBy(atOnce) };
  } finally {
    await views.close();
    await atOnce.close();
    await record.close();
  }
}

/** A store that gives its log in pages of at most `size` events. */
class InPages extends EventStore {
  constructor(
    private readonly whole: EventStore,
    private readonly size: number,
  ) {
    super();
  }

  override append(...args: Parameters<EventStore['append']>) {
    return this.whole.append(...args);
  }

  override read(...args: Parameters<EventStore['read']>) {
    return this.whole.read(...args);
  }

  override async *readPages(options?: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    for await (const page of this.whole.readPages(options)) yield* this.cut(page);
  }

  override async *subscribePages(options?: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[] | CaughtUp> {
    for await (const step of this.whole.subscribePages(options)) {
      if ('caughtUp' in step) yield step;
      else yield* this.cut(step);
    }
  }

  override close() {
    return this.whole.close();
  }

  private *cut(page: readonly RecordedEvent[]) {
    for (let n = 0; n < page.length; n += this.size) yield page.slice(n, n + this.size);
  }
}
