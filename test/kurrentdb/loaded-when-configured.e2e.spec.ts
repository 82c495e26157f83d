import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandIn } from '../stand-in/stand-in.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { hasRedis, RedisServer } from '../support/redis.js';

const TELL_LOADED = join(import.meta.dirname, '../support/tell-loaded.mjs');
/** The package in whose folder it lies, or the library of machine code that it is. */
const WHOSE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

let folder: string;
beforeAll(compileProduct, 300_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Packages of which the product has loaded anything by the time it ends, having been asked for what it shows. */
async function loadedBy(env: NodeJS.ProcessEnv): Promise<{ packages: Set<string>; native: string[] }> {
  const file = join(folder, 'loaded');
  const product = await ProductProcess.start({
    DATA_DIR: join(folder, 'data'),
    RECORD: 'none',
    NODE_OPTIONS: `--import=${TELL_LOADED}`,
    LOADED_FILE: file,
    ...env,
  });
  expect((await product.api.get('/api/organizations')).status).toBe(200);
  expect((await product.signal('SIGTERM')).code).toBe(0);
  const lines = readFileSync(file, 'utf8').split('\n');
  return {
    packages: new Set(lines.flatMap((line) => WHOSE.exec(line)?.[1] ?? [])),
    native: lines.filter((line) => line.endsWith('.node')),
  };
}

const OF_SERVERS = /^(@kurrent\/|@grpc\/|@neon-rs\/|bullmq$|ioredis$|@ioredis\/)/;
const ofServers = (packages: Set<string>) => [...packages].filter((name) => OF_SERVERS.test(name));

describe('The product in one process', () => {
  it('loads nothing of the clients of KurrentDB and Redis, and no machine code beside Node', async () => {
    const { packages, native } = await loadedBy({});
    // What it does load shows that this would have been seen.
    expect([...packages]).toEqual(expect.arrayContaining(['@nestjs/core', 'fastify', 'class-validator']));
    expect(ofServers(packages)).toEqual([]);
    expect(native).toEqual([]);
  }, 120_000);

  it('with an event store at kurrentdb:// loads its client, and that alone', async () => {
    const server = await StandIn.start();
    const { packages, native } = await loadedBy({ EVENT_STORE_URL: server.url });
    expect(ofServers(packages)).toEqual(expect.arrayContaining(['@kurrent/kurrentdb-client', '@grpc/grpc-js']));
    expect(ofServers(packages).filter((name) => /bullmq|ioredis/.test(name))).toEqual([]);
    expect(native).toEqual([expect.stringMatching(/@kurrent\/bridge/)]);
    await server.stop();
  }, 120_000);
});

(hasRedis ? describe : describe.skip)('The product with REDIS_URL (needs redis-server)', () => {
  it('loads the clients of Redis, and nothing of KurrentDB', async () => {
    const redis = await RedisServer.start();
    const { packages } = await loadedBy({ REDIS_URL: redis.url });
    expect(ofServers(packages)).toEqual(expect.arrayContaining(['bullmq', 'ioredis']));
    expect(ofServers(packages).filter((name) => /kurrent|grpc|neon/.test(name))).toEqual([]);
    await redis.remove();
  }, 120_000);
});
