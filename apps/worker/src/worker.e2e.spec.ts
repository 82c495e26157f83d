import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { openEventStore } from '#event-store';
import { openLog, readConfiguration } from '#operation';
import { recordAsSteps } from '#reference-data';
import { Views } from '#views';
import { StandIn } from '../../../test/stand-in/stand-in.js';
import { Api } from '../../../test/support/api.js';
import { eventually } from '../../../test/support/eventually.js';
import { ended, orderImport } from '../../../test/support/many-requests.js';
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
    const job = await ended(product.api, await orderImport(product.api), 60_000);
    const total = recordAsSteps().length;
    expect(job).toMatchObject({ state: 'completed', result: { total, recorded: total, refused: 0 } });
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
    // What is looked for again and again may be waiting for the moment.
    await eventually(
      async () => /^para71_job_queue_depth\{.*state="waiting".*\} 0$/m.test((await api.get('/metrics')).text),
      'That nothing waits',
    );
  });
});

describeWithRedis('a worker that cannot start (needs redis-server)', () => {
  let redis: RedisServer;
  let folder: string;
  let said: string;
  beforeEach(async () => {
    redis = await RedisServer.start();
    folder = temporaryFolder();
    said = '';
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await redis.remove();
    rmSync(folder, { recursive: true });
  });

  const starting = (env: NodeJS.ProcessEnv) => {
    const configuration = readConfiguration({ DATA_DIR: folder, REDIS_URL: redis.url, ...env });
    const log = openLog(configuration.logs, 'worker', { write: (line: string) => void (said += line) });
    return startWorker(configuration, { version: '0.0.0-test', log });
  };
  /** None but the one that asks. */
  const nobodyIsConnected = () =>
    eventually(async () => {
      const connected = await redis.asked((client) => client.client('LIST'));
      return String(connected).trim().split('\n').length === 1;
    }, 'That nobody is connected');

  it('for want of its folder leaves no connection to Redis behind, so that its process ends', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(starting({ DATA_DIR: join(folder, 'file', 'data') })).rejects.toThrow('ENOTDIR');
    await nobodyIsConnected();
  });

  it('for want of its port closes all that it had opened, also where one of them cannot be closed', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { value: close } = Object.getOwnPropertyDescriptor(Views.prototype, 'close') as { value: Views['close'] };
    jest.spyOn(Views.prototype, 'close').mockImplementation(async function (this: Views) {
      await close.call(this);
      throw new Error('The disk is full');
    });
    await expect(starting({ WORKER_PORT: String(port) })).rejects.toThrow('EADDRINUSE');
    await nobodyIsConnected();
    expect(said).toMatch(/views could not be ended/);
    // One process at a time has it: it was let go of.
    await (await openEventStore(`sqlite:${join(folder, 'events.sqlite')}`)).close();
    taken.close();
  });
});

describe('a worker without Redis', () => {
  it('says that it is not needed', async () => {
    const configuration = readConfiguration({ DATA_DIR: temporaryFolder() });
    await expect(startWorker(configuration, { version: '0.0.0-test' })).rejects.toThrow(
      /REDIS_URL is missing.*API alone/,
    );
  });
});
