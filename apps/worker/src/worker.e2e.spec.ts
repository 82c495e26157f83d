import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '#operation';
import { recordAsSteps } from '#reference-data';
import { StandIn } from '../../../test/stand-in/stand-in.js';
import { Api } from '../../../test/support/api.js';
import { type RunningProduct, runProduct, temporaryFolder } from '../../../test/support/product.js';
import { hasRedis, RedisServer } from '../../../test/support/redis.js';
import { type RunningWorker, startWorker } from './worker.js';

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('a worker beside an API (needs redis-server)', () => {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  let server: StandIn;
  let redis: RedisServer;
  let product: RunningProduct;
  let worker: RunningWorker;

  beforeAll(async () => {
    [server, redis] = await Promise.all([StandIn.start(), RedisServer.start()]);
    const env = { EVENT_STORE_URL: server.url, REDIS_URL: redis.url, PORT: '0', WORKER_PORT: '0', PEOPLE: 'off' };
    product = await runProduct({ dataDir: folders[0], env });
    worker = await startWorker(readConfiguration({ ...env, DATA_DIR: folders[1] }), { version: '0.0.0-test' });
  }, 60_000);

  afterAll(async () => {
    await worker?.close();
    await product?.remove();
    await Promise.all([server.stop(), redis.remove()]);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  it('does what the API was asked for, and both tell the same then', async () => {
    const begun = await product.api.send('POST', '/api/jobs/import', undefined, { Actor: 'example-operator' });
    expect(begun.status).toBe(202);
    const location = begun.headers.get('Location')!;
    let answer = await product.api.read<{ state: string; result?: object }>(location);
    while (answer.state !== 'completed' && answer.state !== 'failed') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      answer = await product.api.read(location);
    }
    const total = recordAsSteps().length;
    expect(answer).toMatchObject({ state: 'completed', result: { total, recorded: total, refused: 0 } });
    const { sequence } = worker.views.head;
    const covering = { 'Min-Sequence': String(sequence) };
    const [ofApi, ofWorker] = await Promise.all(
      [product.api, new Api(worker.address)].map((api) => api.get('/health/digest', covering)),
    );
    expect(ofWorker).toMatchObject({ status: 200, body: { sequence, digest: worker.views.digest() } });
    expect(ofApi!.body).toEqual(ofWorker!.body);
  }, 60_000);

  it('leaves a rebuild to the server that was asked', async () => {
    const begun = await product.api.send('POST', '/api/jobs/rebuild', undefined, { Actor: 'example-operator' });
    const id = begun.headers.get('Location')!.replace('/api/jobs/', '');
    expect(await worker.queue.status(id)).toBeUndefined();
    expect((await product.api.get(`/api/jobs/${id}`)).status).toBe(200);
  });

  it('tells whoever watches over it how it is', async () => {
    const api = new Api(worker.address);
    expect((await api.get('/health/live')).status).toBe(200);
    const ready = await api.read<{ checks: { name: string; status: string }[] }>('/health/ready');
    expect(ready.checks.map(({ name, status }) => `${name} ${status}`)).toEqual(
      expect.arrayContaining(['store ok', 'views ok', 'jobs ok']),
    );
    expect((await api.get('/metrics')).text).toMatch(/^para71_job_queue_depth\{.*state="waiting".*\} 0$/m);
  });
});

describeWithRedis('a worker that cannot have its folder (needs redis-server)', () => {
  it('leaves no connection to Redis behind, so that its process ends', async () => {
    const redis = await RedisServer.start();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const configuration = readConfiguration({ DATA_DIR: join(folder, 'file', 'data'), REDIS_URL: redis.url });
    await expect(startWorker(configuration, { version: '0.0.0-test' })).rejects.toThrow('ENOTDIR');
    const connected = await redis.asked((client) => client.client('LIST'));
    expect(String(connected).trim().split('\n')).toHaveLength(1);
    await redis.remove();
    rmSync(folder, { recursive: true });
  }, 30_000);
});

describe('a worker without Redis', () => {
  it('says that it is not needed', async () => {
    const configuration = readConfiguration({ DATA_DIR: temporaryFolder() });
    await expect(startWorker(configuration, { version: '0.0.0-test' })).rejects.toThrow(
      /REDIS_URL is missing.*API alone/,
    );
  });
});
