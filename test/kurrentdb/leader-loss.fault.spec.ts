import { describe, expect, it } from '@jest/globals';
import { KurrentDbEventStore } from '#event-store';
import { setTimeout as delay } from 'node:timers/promises';
import { StandIn } from '../stand-in/stand-in.js';
import { type Recovery, Traffic } from './traffic.js';

const LOSSES = 10;
/** At the same time: losses are mostly waited through. */
const CLUSTERS = 2;
const ELECTION_MS = 1_000;
const READS_BACK_MS = 3_000;
const WRITES_BACK_MS = 6_000;

describe('A cluster whose leader dies', () => {
  it(`is read again within ${READS_BACK_MS} ms and written within ${WRITES_BACK_MS} ms, ${LOSSES} times, and loses and doubles nothing`, async () => {
    const recoveries = (await Promise.all(Array.from({ length: CLUSTERS }, recoveriesOfOne))).flat();
    expect(recoveries).toHaveLength(LOSSES);
    const longest = (kind: keyof Recovery) => Math.max(...recoveries.map((recovery) => recovery[kind]));
    expect(longest('read')).toBeLessThan(READS_BACK_MS);
    expect(longest('append')).toBeLessThan(WRITES_BACK_MS);
    expect(longest('follow')).toBeLessThan(WRITES_BACK_MS);
  }, 90_000);
});

/** How long it took after each loss of one cluster, under traffic that found nothing lost or doubled in the end. */
async function recoveriesOfOne(): Promise<Recovery[]> {
  const cluster = await StandIn.start({ nodes: 3 });
  const store = await KurrentDbEventStore.open(cluster.url);
  try {
    const traffic = new Traffic(store, { writers: 16, readers: 4 });
    const recoveries: Recovery[] = [];
    while (recoveries.length < LOSSES / CLUSTERS) {
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
    return recoveries;
  } finally {
    await store.close();
    await cluster.stop();
  }
}
