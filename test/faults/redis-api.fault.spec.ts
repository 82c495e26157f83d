import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../support/api.js';
import { signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { hasRedis, RedisServer } from '../support/redis.js';
import { ANSWERED_BY, Latencies, Load } from './latencies.js';

const WINDOW_MS = 600;
const WARM_UP_MS = 4_000;
/** In fewer a single one in which the machine was busy decides what one answer in a hundred took. */
const ROUNDS = 16;
/** Where the API without any fault differs from itself by more than this, there are more rounds. */
const NOISE = 1.25;
const MOST_ROUNDS = 40;
const FACTOR = 2;
/** A question to Redis is given up after 2 s; the machine may be busy with more beside it. */
const BOUNDED_MS = 10_000;
/** Whoever looks for Redis does so every few seconds. */
const FOUND_WITHIN_MS = 30_000;

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('an API whose Redis dies or is emptied (needs redis-server)', () => {
  let redis: RedisServer;
  let before: RunningProduct;
  let product: ProductProcess & { api: Api };
  let load: Load;

  beforeAll(async () => {
    compileProduct();
    redis = await RedisServer.start();
    const env = { PEOPLE: 'required', REDIS_URL: redis.url };
    // Within this process somebody can be let in at once; who asks is not to share a processor with who answers.
    before = await runProduct({ record: 'wsis', env });
    const { headers } = await signedIn(before, 'secretary', { mandates: ['secretariat'] });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const asked = { name: 'Example', scopes: ['read', 'administer'], until };
    const { text, body } = await before.api.send<{ text?: string }>('POST', '/api/tokens', asked, headers);
    if (body.text === undefined) throw new Error(text);
    await before.close();
    product = await ProductProcess.start({ ...env, DATA_DIR: before.dataDir });
    load = new Load(product.api, { Authorization: `Bearer ${body.text}` });
    // What a request runs through is compiled well only after many of them.
    await load.run(WARM_UP_MS);
  }, 180_000);
  afterAll(async () => {
    await product?.signal('SIGTERM');
    await before?.remove();
    await redis?.remove();
  }, 30_000);

  it(`answers in less than ${FACTOR} times the time meanwhile, at the 99th percentile`, async () => {
    const calm = { killed: new Latencies(), emptied: new Latencies() };
    const meanwhile = { killed: new Latencies(), emptied: new Latencies() };
    const noise = () => calm.killed.comparedWith(calm.emptied);
    let rounds = 0;
    // Whether there are more says nothing of what is looked for: it is decided by the windows without a fault alone.
    for (; rounds < ROUNDS || (rounds < MOST_ROUNDS && noise() > NOISE); rounds++) {
      calm.killed.add(await load.run(WINDOW_MS));
      meanwhile.killed.add(await during(killAndStart));
      calm.emptied.add(await load.run(WINDOW_MS));
      meanwhile.emptied.add(await during(emptyAgainAndAgain));
    }
    const without = Latencies.of(calm.killed, calm.emptied);
    const told = [without, meanwhile.killed, meanwhile.emptied].map((each) => each.inWords);
    process.stdout.write(
      `${rounds} rounds; without a fault ${told[0]} (against itself ${noise().toFixed(2)}); killed ${told[1]}; emptied ${told[2]}\n`,
    );
    expect(noise()).toBeLessThan(FACTOR);
    for (const fault of [meanwhile.killed, meanwhile.emptied]) {
      for (const what of ANSWERED_BY) {
        expect(fault.p99(what)).toBeLessThan(FACTOR * without.p99(what));
      }
    }
  }, 400_000);

  it('takes a job meanwhile, in time, and says so where only Redis would know how it stands', async () => {
    await redis.kill();
    const asked = Date.now();
    const taken = await askForJob();
    expect(taken).toMatchObject({ status: 202, body: { state: 'waiting', attempt: 0 } });
    expect(Date.now() - asked).toBeLessThan(BOUNDED_MS);
    const job = () => product.api.get(taken.headers.get('Location')!, load.headers);
    const unknown = await job();
    expect(unknown).toMatchObject({ status: 503, body: { code: 'queue-unavailable' } });
    expect(unknown.headers.get('Retry-After')).toBe('1');
    expect(Date.now() - asked).toBeLessThan(2 * BOUNDED_MS);
    expect((await product.api.get('/health/ready')).status).toBe(200);
    expect(await load.read('/api/jobs')).toMatchObject({ shared: { trouble: expect.stringMatching(/Redis/) } });
    await redis.start();
    const end = Date.now() + FOUND_WITHIN_MS;
    while ((await job()).status !== 200) {
      if (Date.now() > end) throw new Error('Nobody knows how the job stands though Redis is there again');
      await delay(100);
    }
  }, 120_000);

  const askForJob = () => product.api.send('POST', '/api/jobs/import', undefined, load.headers);

  async function during(act: () => Promise<void>): Promise<Latencies> {
    const [latencies] = await Promise.all([load.run(WINDOW_MS), act()]);
    await foundAgain();
    return latencies;
  }

  /** Its death, its absence and its return. */
  async function killAndStart(): Promise<void> {
    await redis.kill();
    await delay((WINDOW_MS * 2) / 3);
    await redis.start();
  }

  async function emptyAgainAndAgain(): Promise<void> {
    for (let n = 0; n < 4; n++) {
      await redis.empty();
      await delay(WINDOW_MS / 5);
    }
  }

  /** Whatever looks for Redis has found it: what comes next is a window without a fault. */
  async function foundAgain(): Promise<void> {
    const end = Date.now() + FOUND_WITHIN_MS;
    for (;;) {
      const { shared } = await load.read<{ shared: { trouble?: string } }>('/api/jobs');
      if (shared.trouble === undefined) return;
      if (Date.now() > end) throw new Error(shared.trouble);
      await delay(50);
    }
  }
});
