import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { KurrentDbEventStore } from '#event-store';
import { randomUUID } from 'node:crypto';
import { collect } from '../../libs/event-store/src/contract/stage.contract.js';
import { StandIn } from './stand-in.js';
import type { Call, StandInNode } from './stand-in-node.js';

/** What shows no progress is tried again soon, and on a busy machine there is time for many tries. */
const BOUNDS = { attemptMs: 500, callMs: 15_000, idleMs: 400 };

/** Of a call that nobody will answer. */
export const CALL_MS = 3_000;
/** It ends in time, whether it is its tries that have no answer, or only one try that has none for long. */
export const BOUNDED: readonly (readonly [string, Partial<typeof BOUNDS>])[] = [
  ['however often it is tried', { callMs: CALL_MS }],
  ['however long a try may take', { callMs: CALL_MS, attemptMs: 12_000 }],
];
/** So much a busy machine takes beside it: less than a try more. */
export const BUSY_MS = 8_000;

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
