import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KurrentDbEventStore } from '#event-store';
import { Proxy } from '../stand-in/proxy.js';
import { StandIn } from '../stand-in/stand-in.js';
import { Traffic } from './traffic.js';

const CUTS = Number(process.env['KURRENTDB_CUTS'] ?? 40);
const SEED = Number(process.env['KURRENTDB_CUTS_SEED'] ?? 71);
const CALL_MS = 10_000;
const BACK_MS = 5_000;

let server: StandIn;
let proxy: Proxy;
let store: KurrentDbEventStore;
beforeAll(async () => {
  server = await StandIn.start();
  proxy = await Proxy.start(server.nodes[0]?.port ?? 0);
  store = await KurrentDbEventStore.open(`kurrentdb://127.0.0.1:${proxy.port}?tls=false`, { callMs: CALL_MS });
});
afterAll(async () => {
  await store.close();
  await proxy.stop();
  await server.stop();
});

describe('A connection that breaks', () => {
  it(`is replaced within ${BACK_MS} ms, ${CUTS} times, and nothing is lost, doubled or waited for without end`, async () => {
    const traffic = new Traffic(store, { writers: 8, readers: 2 });
    const random = randomFrom(SEED);
    for (let cut = 0; cut < CUTS; cut++) {
      proxy.delayMs = random() < 0.25 ? 20 : 0;
      await proxy.afterBytes(1 + Math.floor(random() * 50_000));
      const since = performance.now();
      if (cut % 8 === 7) proxy.halfOpen();
      else proxy.cut();
      await traffic.recovery(since, BACK_MS);
    }
    await traffic.stop();
    expect(await traffic.faults()).toEqual([]);
    expect(traffic.longest).toBeLessThan(CALL_MS + 500);
  }, 600_000);
});

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
