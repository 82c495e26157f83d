import { beforeEach, describe, expect, it } from '@jest/globals';
import { byHand, eventByHand } from '../../../../test/stand-in/by-hand.js';
import { never, StoreOnStandIn, unavailable } from '../../../../test/stand-in/store-on-stand-in.js';
import { collect, some } from '../contract/stage.contract.js';
import type { KurrentDbEventStore } from './kurrentdb-event-store.js';

const on = StoreOnStandIn.forEachTest();

describe('a read of the whole log', () => {
  const COUNT = 3_500;
  const revisions = async (of: AsyncIterable<readonly { revision: number }[]>) => {
    const found: number[] = [];
    for await (const page of of) {
      expect(page.length).toBeLessThanOrEqual(1_000);
      found.push(...page.map(({ revision }) => revision));
    }
    return found;
  };
  const expected = Array.from({ length: COUNT }, (_, n) => n);
  /** Gives a busy machine the time that so much takes. */
  let patient: KurrentDbEventStore;
  beforeEach(async () => {
    patient = await on.open(on.server.url, { attemptMs: 3_000, callMs: 30_000 });
    await patient.append(on.stream, 'no-stream', some(COUNT));
  }, 60_000);

  it.each<[string, (events: number) => Promise<void>]>([
    ['nothing happens', async () => {}],
    ['the subscription that it goes through is never confirmed', async () => on.once('subscribe', never)],
    [
      'the server ends that subscription',
      async (events) => {
        if (events === 1_000)
          on.node.faults = { beforeEvent: async () => void setImmediate(() => on.node.endStreams()) };
        else on.node.faults = {};
      },
    ],
    ['the server dies', async (events) => (events === 2_000 ? (on.node.die(), await on.node.start()) : undefined)],
  ])(
    'has every event once, in order, although %s',
    async (_, happen) => {
      let events = 0;
      const pages = async function* () {
        for await (const page of patient.readPages({ categories: [on.category] })) {
          await happen((events += page.length));
          yield page;
        }
      };
      expect(await revisions(pages())).toEqual(expected);
    },
    60_000,
  );

  it('asks for no more at once than a page and the event before it, and so does a read of a stream', async () => {
    const counts: number[] = [];
    on.node.faults = {
      before: async (call, { count }) => {
        if (call !== 'subscribe') counts.push(count ?? Infinity);
      },
    };
    expect(await collect(patient.read(on.stream))).toHaveLength(COUNT);
    expect(await collect(patient.readAll({ categories: [on.category], limit: COUNT }))).toHaveLength(COUNT);
    expect(await collect(patient.readAll({ categories: [on.category] }))).toHaveLength(COUNT);
    expect(counts.length).toBeGreaterThan(8);
    expect(Math.max(...counts)).toBe(1_001);
  }, 60_000);

  it('refuses an event of ours that is no JSON, wherever it stands', async () => {
    const scan = eventByHand('Scanned', new Uint8Array([1]));
    await byHand(on.server.url, (client) => client.appendToStream(`${on.category}-2`, scan));
    await expect(collect(patient.readAll({ categories: [on.category] }))).rejects.toEqual(
      unavailable(/was not written by Para 71/),
    );
  });
});
