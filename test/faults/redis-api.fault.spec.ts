import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../support/api.js';
import { removeData } from '../support/setup.js';
import { temporaryFolder } from '../support/product.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { hasRedis, RedisServer } from '../support/redis.js';

const CLIENTS = 4;
const WINDOW_MS = 1_500;
/** Where other work on the machine got in the way of one comparison, another one has to hold. */
const COMPARISONS = 3;
const FACTOR = 2;

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('an API whose Redis dies or is emptied (needs redis-server)', () => {
  const dataDir = temporaryFolder();
  let redis: RedisServer;
  let product: ProductProcess & { api: Api };

  beforeAll(async () => {
    compileProduct();
    redis = await RedisServer.start();
    product = await ProductProcess.start({ DATA_DIR: dataDir, REDIS_URL: redis.url });
    // What a request runs through is compiled well only after many of them.
    await slowest(product.api);
  }, 180_000);
  afterAll(async () => {
    await product?.signal('SIGTERM');
    await redis?.remove();
    await removeData(dataDir);
  }, 30_000);

  it(`answers in less than ${FACTOR} times the time meanwhile, at the 99th percentile`, async () => {
    const ratios: number[] = [];
    for (let n = 0; n < COMPARISONS && !(Math.min(...ratios) < FACTOR); n++) {
      const before = await slowest(product.api);
      await redis.kill();
      const killed = await slowest(product.api);
      await redis.start();
      const [emptied] = await Promise.all([slowest(product.api), emptyingAgainAndAgain()]);
      ratios.push(Math.max(killed, emptied) / before);
    }
    expect(Math.min(...ratios)).toBeLessThan(FACTOR);
  }, 120_000);

  it('says so where a job is asked for, in time, and takes it when Redis is there again', async () => {
    await redis.kill();
    const asked = Date.now();
    const answer = await askForJob();
    expect(answer).toMatchObject({ status: 503, body: { code: 'queue-unavailable' } });
    expect(answer.headers.get('Retry-After')).toBe('1');
    expect(Date.now() - asked).toBeLessThan(4_000);
    expect((await product.api.get('/health/ready')).status).toBe(200);
    expect(await product.api.read('/api/jobs')).toMatchObject({ shared: { trouble: expect.stringMatching(/Redis/) } });
    await redis.start();
    const end = Date.now() + 10_000;
    while ((await askForJob()).status !== 202) {
      if (Date.now() > end) throw new Error('No job is taken though Redis is there again');
      await delay(100);
    }
  }, 30_000);

  const askForJob = () => product.api.send('POST', '/api/jobs/import', undefined, { Actor: 'example-operator' });

  async function emptyingAgainAndAgain(): Promise<void> {
    for (let n = 0; n < 10; n++) {
      await redis.empty();
      await delay(WINDOW_MS / 10);
    }
  }
});

let given = 0;

/** The 99th percentile, in ms, of reads and commands that clients give one after the other. */
async function slowest(api: Api): Promise<number> {
  const took: number[] = [];
  const end = performance.now() + WINDOW_MS;
  const client = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      if (took.length % 5 === 4) await register(api);
      else await api.read('/api/organizations/icann/timeline');
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)]!;
}

const register = (api: Api) =>
  api.record('PUT', `/api/organizations/example-union-${++given}`, {
    name: `Example Union ${given}`,
    profile: { kind: 'ACADEMIC', description: 'An example.' },
    sources: [{ title: 'A source', confidence: 'found' }],
  });
