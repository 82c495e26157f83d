import { afterEach, beforeEach, expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CaughtUp, EventStore, Expected, NewEvent, RecordedEvent } from '../event-store.js';

export interface OpenStore {
  readonly store: EventStore;
  /** Closes the store and opens the same log again. */
  reopen(): Promise<EventStore>;
  /** Releases all that `open` took, whether the store is still open or not. */
  close(): Promise<void>;
}

/**
 * What each test of the contract begins with: a store, and a stream and a category of its own, so that it may share a log with
 * others.
 */
export class Stage {
  store!: EventStore;
  category!: string;
  stream!: string;
  #opened!: OpenStore;

  static forEachTest(open: () => Promise<OpenStore>): Stage {
    const on = new Stage();
    beforeEach(async () => {
      on.#opened = await open();
      on.store = on.#opened.store;
      on.category = `c${randomUUID().replaceAll('-', '')}`;
      on.stream = `${on.category}-1`;
    });
    afterEach(() => on.#opened.close());
    return on;
  }

  async reopen(): Promise<void> {
    this.store = await this.#opened.reopen();
  }

  read(of = this.stream, options = {}): Promise<RecordedEvent[]> {
    return collect(this.store.read(of, options));
  }

  async revisions(options = {}): Promise<number[]> {
    return (await this.read(this.stream, options)).map(({ revision }) => revision);
  }

  /** The error of whoever believed the stream to be elsewhere. */
  conflict(expected: Expected, actual: Expected): unknown {
    return expect.objectContaining({ code: 'wrong-expected-revision', stream: this.stream, expected, actual });
  }
}

export const one = (): NewEvent => ({
  id: randomUUID(),
  type: 'SectionAnswered',
  data: { section: 'actions', text: 'An answer' },
  metadata: { actor: 'person-1', recordedAt: '2026-11-22T08:00:00.000Z' },
});

export const some = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...one(), data: { section: 'actions', n } }));

export const idsOf = (events: readonly NewEvent[]) => events.map((event) => event.id);

export const isCaughtUp = (step: RecordedEvent | readonly RecordedEvent[] | CaughtUp): step is CaughtUp =>
  'caughtUp' in step;

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Patient: on a machine that is busy, what is right may take long. */
export async function until(condition: () => boolean, ms = 25_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Still not so after ${ms} ms: ${condition.toString()}`);
    await delay(2);
  }
}
