import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KurrentDbEventStore } from '#event-store';
import { setTimeout as delay } from 'node:timers/promises';
import { StandIn } from '../stand-in/stand-in.js';
import { type Recovery, Traffic } from './traffic.js';

const LOSSES = 10;
const ELECTION_MS = 1_000;
const READS_BACK_MS = 3_000;
const WRITES_BACK_MS = 6_000;

let cluster: StandIn;
let store: KurrentDbEventStore;
beforeAll(async () => {
  cluster = await StandIn.start({ nodes: 3 });
  store = await KurrentDbEventStore.open(cluster.url);
});
afterAll(async () => {
  await store.close();
  await cluster.stop();
});

describe('A cluster whose leader dies', () => {
  it(`is read again within ${READS_BACK_MS} ms and written within ${WRITES_BACK_MS} ms, ${LOSSES} times, and loses and doubles nothing`, async () => {
    const traffic = new Traffic(store, { writers: 16, readers: 4 });
    const recoveries: Recovery[] = [];
    for (let loss = 0; loss < LOSSES; loss++) {
      await delay(100);
      const since = performance.now();
      const [dead, recovery] = await Promise.all([
        cluster.killLeader(ELECTION_MS),
        traffic.recovery(since, WRITES_BACK_MS),
      ]);
      recoveries.push(recovery);
      await dead.start();
    }
    await traffic.stop();
    expect(await traffic.faults()).toEqual([]);
    const longest = (kind: keyof Recovery) => Math.max(...recoveries.map((recovery) => recovery[kind]));
    expect(longest('read')).toBeLessThan(READS_BACK_MS);
    expect(longest('append')).toBeLessThan(WRITES_BACK_MS);
    expect(longest('follow')).toBeLessThan(WRITES_BACK_MS);
  }, 240_000);
});
