import { describe, expect, it } from '@jest/globals';
import type { Filter, Position } from '@kurrent/kurrentdb-client';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { Readable } from 'node:stream';
import { eventByHand } from '../../../../test/stand-in/by-hand.js';
import { StoreOnStandIn } from '../../../../test/stand-in/store-on-stand-in.js';
import { some } from '../contract/stage.contract.js';
import type { RecordedEvent } from '../event-store.js';
import { comparePositions } from '../positions.js';
import type { Client } from './client.js';
import { type Cursor, follow } from './following.js';
import { logFilter } from './log-filter.js';
import { positionText } from './recorded.js';

const place = (at: number): Position => ({ commit: BigInt(at), prepare: BigInt(at) });
const TIMES = { confirmMs: 20_000, idleMs: 20_000 };

/** What is followed, as the client hands it over, but that a test says when what arrives. */
class Handed extends Readable {
  checkpointReached: NonNullable<Filter['checkpointReached']> = () => Promise.reject(new Error('Not subscribed'));
  readonly cursor: Cursor = { position: undefined };
  readonly steps: ReturnType<typeof follow>;

  constructor() {
    super({ objectMode: true, read() {} });
    const subscribeToAll = ({ filter }: { filter: Filter }) => {
      this.checkpointReached = filter.checkpointReached!;
      return this;
    };
    this.steps = follow({
      link: { client: { subscribeToAll } as unknown as Client, lost: new AbortController().signal },
      cursor: this.cursor,
      filter: logFilter(undefined),
      ended: new AbortController().signal,
      hasMore: async () => false,
      ...TIMES,
    });
  }

  async unsubscribe(): Promise<void> {}

  event(at: number): void {
    const event = { id: '', type: 'Counted', streamId: 'a-1', revision: BigInt(at), isJson: true, data: {} };
    this.push({ event: { ...event, position: place(at) } });
  }

  checkpoint(at: number) {
    return this.checkpointReached(undefined as never, place(at));
  }

  /** Revisions of the next page. */
  async page(): Promise<number[]> {
    const { value } = (await this.steps.next()) as { value: readonly RecordedEvent[] };
    return value.map(({ revision }) => revision);
  }
}

/** One that has begun, and of which the first event is read. */
async function begun(): Promise<Handed> {
  const handed = new Handed();
  const first = handed.page();
  handed.event(1);
  expect(await first).toEqual([1]);
  expect(handed.cursor.position).toEqual(place(1));
  return handed;
}

describe('a checkpoint of a subscription', () => {
  it('that overtakes events counts only once they are read', async () => {
    const handed = await begun();
    handed.event(2);
    handed.event(3);
    await handed.checkpoint(50);
    expect(handed.cursor.position).toEqual(place(1));
    expect(await handed.page()).toEqual([2, 3]);
    expect(handed.cursor.position).toEqual(place(50));
  });

  it('does not bring what came after it back', async () => {
    const handed = await begun();
    handed.event(2);
    await handed.checkpoint(50);
    handed.event(60);
    expect(await handed.page()).toEqual([2, 60]);
    expect(handed.cursor.position).toEqual(place(60));
  });

  it('does not let events be lost that wait when the subscription breaks', async () => {
    const handed = await begun();
    handed.event(2);
    await handed.checkpoint(50);
    handed.emit('error', new Error('The connection broke'));
    expect(await handed.page()).toEqual([2]);
    expect(handed.cursor.position).toEqual(place(50));
    await expect(handed.page()).rejects.toThrow('The connection broke');
  });

  it('never fails in the hands of the client, which would end the process; what is wrong ends the subscription', async () => {
    const handed = await begun();
    Object.defineProperty(handed, 'readableLength', {
      get() {
        throw new Error('Nothing can be counted');
      },
    });
    await expect(handed.checkpoint(50)).resolves.toBeUndefined();
    expect(() => handed.emit('caughtUp')).not.toThrow();
    expect(handed.cursor.position).toEqual(place(1));
    await expect(handed.page()).rejects.toThrow('Nothing can be counted');
  });
});

describe('a checkpoint of a server', () => {
  const on = StoreOnStandIn.forEachTest();

  it('moves on past what others wrote, and nothing of what follows is left out or given again', async () => {
    const client = KurrentDBClient.connectionString(on.server.url);
    const cursor: Cursor = { position: undefined };
    const of = () =>
      follow({
        link: { client, lost: new AbortController().signal },
        cursor,
        filter: logFilter(undefined),
        ended: new AbortController().signal,
        hasMore: async () => false,
        ...TIMES,
      });
    const { position } = await on.store.append(on.stream, 'no-stream', some(1));
    const others = Array.from({ length: 600 }, () => eventByHand('Elsewhere'));
    const elsewhere = await client.appendToStream(`${on.stream} elsewhere`, others);
    for await (const step of of()) if (step === 'caught-up') break;
    const reached = positionText(cursor.position!);
    expect(comparePositions(reached, position)).toBeGreaterThan(0);
    expect(comparePositions(reached, positionText(elsewhere.position!))).toBeLessThanOrEqual(0);

    await on.store.append(on.stream, 0, some(2));
    const after: number[] = [];
    for await (const step of of()) {
      if (step === 'caught-up') break;
      after.push(...step.map(({ revision }) => revision));
    }
    expect(after).toEqual([1, 2]);
    await client.dispose();
  });
});
