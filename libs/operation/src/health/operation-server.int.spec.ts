import { afterEach, describe, expect, it } from '@jest/globals';
import { openLog } from '../logs/log.js';
import { Metrics } from '../metrics/metrics.js';
import { MetricsToken } from '../metrics/metrics-token.js';
import { type Digest, OperationServer } from './operation-server.js';
import { Readiness } from './readiness.js';

const TOKEN = '0123456789abcdef0123456789abcdef';

let server: OperationServer;
afterEach(() => server.close());

const HEAD = 7;
const digestFor = (isForAll: boolean): Digest => ({
  covering: async (least = 0) => (least > HEAD ? undefined : { sequence: HEAD, digest: 'a'.repeat(64) }),
  isForAll,
});

async function listen(token?: string, digest = digestFor(true)) {
  server = await OperationServer.listen({
    host: '127.0.0.1',
    port: 0,
    readiness: new Readiness([]),
    metrics: new Metrics(),
    log: openLog({ level: 'error', format: 'text' }, 'worker'),
    metricsToken: new MetricsToken(token),
    digest,
  });
  return async (path: string, headers = {}) => (await fetch(server.address + path, { headers })).status;
}

describe('What a worker tells of itself', () => {
  it('is for who reaches it, where no token is asked for', async () => {
    const status = await listen();
    expect([await status('/health/live'), await status('/health/ready'), await status('/metrics')]).toEqual([
      200, 200, 200,
    ]);
  });

  it('is for who shows the token where one is, but for its health', async () => {
    const status = await listen(TOKEN);
    expect([await status('/health/live'), await status('/health/ready')]).toEqual([200, 200]);
    expect(await status('/metrics')).toBe(401);
    expect(await status('/metrics', { Authorization: `Bearer ${TOKEN}x` })).toBe(401);
    expect(await status('/metrics', { Authorization: `Bearer ${TOKEN}` })).toBe(200);
  });
});

describe('The digest of a worker', () => {
  const PATH = '/health/digest';

  it('is for who reaches it where nobody signs in, from the sequence on that is asked for', async () => {
    const status = await listen(undefined, digestFor(true));
    expect(await (await fetch(server.address + PATH)).json()).toEqual({ sequence: HEAD, digest: 'a'.repeat(64) });
    expect(await status(PATH, { 'Min-Sequence': '7' })).toBe(200);
    const behind = await fetch(server.address + PATH, { headers: { 'Min-Sequence': '8' } });
    expect([behind.status, behind.headers.get('Retry-After')]).toEqual([503, '1']);
    for (const least of ['-1', '1.5', 'latest']) expect(await status(PATH, { 'Min-Sequence': least })).toBe(400);
  });

  it('is for nobody but who shows the token where people sign in', async () => {
    const status = await listen(TOKEN, digestFor(false));
    expect(await status(PATH)).toBe(401);
    expect(await status(PATH, { Authorization: `Bearer ${TOKEN}` })).toBe(200);
    await server.close();
    const without = await listen(undefined, digestFor(false));
    expect(await without(PATH)).toBe(403);
    expect(await without(PATH, { Authorization: `Bearer ${TOKEN}` })).toBe(403);
  });
});
