import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { KurrentDbEventStore, type NewEvent } from '#event-store';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { StandIn } from './stand-in.js';
import type { Call, StandInNode } from './stand-in-node.js';

export const CALL_MS = 1_500;
const BOUNDS = { attemptMs: 300, callMs: CALL_MS, idleMs: 400 };

/** What each test of a file begins with: a store on the file's stand-in, with bounds that can be waited for, and a stream of its own. */
export class StoreOnStandIn {
  server!: StandIn;
  /** What `once` breaks, and what is sound again after the test. */
  node!: StandInNode;
  store!: KurrentDbEventStore;
  stream!: string;
  #opened: KurrentDbEventStore[] = [];

  static forEachTest(): StoreOnStandIn {
    const on = new StoreOnStandIn();
    beforeAll(async () => {
      on.server = await StandIn.start();
      // The first one loads the client, for which the bounds of the others are too short on a busy machine.
      await (await KurrentDbEventStore.open(on.server.url)).close();
    });
    afterAll(() => on.server.stop());
    beforeEach(async () => {
      on.node = on.server.nodes[0]!;
      on.store = await on.open();
      on.stream = `c${randomUUID().replaceAll('-', '')}-1`;
    });
    afterEach(async () => {
      on.node.faults = {};
      for (const each of on.#opened.splice(0)) await each.close();
    });
    return on;
  }

  /** Of the events of the stream, in their order. */
  async ids(): Promise<string[]> {
    return (await collect(this.store.read(this.stream))).map(({ id }) => id);
  }

  get category(): string {
    return this.stream.split('-')[0]!;
  }

  /** Another, that is closed after the test. */
  async open(url = this.server.url, bounds: Partial<typeof BOUNDS> = {}): Promise<KurrentDbEventStore> {
    const another = await KurrentDbEventStore.open(url, { ...BOUNDS, ...bounds });
    this.#opened.push(another);
    return another;
  }

  /** The first call of this kind meets the fault, later ones do not. */
  once(kind: Call, fault: () => Promise<void>): void {
    this.node.faults = {
      before: async (call) => {
        if (call !== kind) return;
        this.node.faults = {};
        await fault();
      },
    };
  }
}

export const unavailable = (message: RegExp) =>
  expect.objectContaining({ code: 'store-unavailable', message: expect.stringMatching(message) });

export const never = () => new Promise<never>(() => {});

export const some = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({ id: randomUUID(), type: 'SectionAnswered', data: { n }, metadata: {} }));

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export async function until(condition: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Still not so after ${ms} ms: ${condition.toString()}`);
    await delay(5);
  }
}
