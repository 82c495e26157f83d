import { afterEach, describe, expect, it } from '@jest/globals';
import { openLog } from '../logs/log.js';
import { Metrics } from '../metrics/metrics.js';
import { MetricsToken } from '../metrics/metrics-token.js';
import { OperationServer } from './operation-server.js';
import { Readiness } from './readiness.js';

const TOKEN = '0123456789abcdef0123456789abcdef';

let server: OperationServer;
afterEach(() => server.close());

async function listen(token?: string) {
  server = await OperationServer.listen({
    host: '127.0.0.1',
    port: 0,
    readiness: new Readiness([]),
    metrics: new Metrics(),
    log: openLog({ level: 'error', format: 'text' }, 'worker'),
    metricsToken: new MetricsToken(token),
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
