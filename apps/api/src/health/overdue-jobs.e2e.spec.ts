import { describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openJobQueue } from '#jobs';
import { readConfiguration } from '#operation';
import { Api } from '../../../../test/support/api.js';
import { temporaryFolder } from '../../../../test/support/product.js';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { startProduct } from '../product.js';

(hasRedis ? describe : describe.skip)('The metrics where no worker takes the jobs (needs redis-server)', () => {
  it('tell how many there are, and for how many seconds the oldest is overdue', async () => {
    const redis = await RedisServer.start();
    const dataDir = temporaryFolder();
    const env = { DATA_DIR: dataDir, REDIS_URL: redis.url, PORT: '0', RECORD: 'none', PEOPLE: 'off' };
    const began = Date.now();
    const product = await startProduct(readConfiguration(env));
    const queue = await openJobQueue(redis.url);
    await queue.add('example', 'a', {});
    await queue.add('example', 'later', {}, { notBefore: new Date(began + 3_600_000) });
    const added = Date.now();
    await delay(1_200);

    const asked = Date.now();
    const { text } = await new Api(product.address).get('/metrics');
    const answered = Date.now();
    const values = new Map(
      text.split('\n').map((line): [string, number] => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at))];
      }),
    );
    const { waiting, delayed } = await queue.depth();
    expect(values.get('para71_job_queue_depth{state="waiting"}')).toBe(waiting);
    expect(values.get('para71_job_queue_depth{state="delayed"}')).toBe(delayed);
    expect([waiting, delayed].every((count) => count > 0)).toBe(true);
    const overdue = values.get('para71_oldest_overdue_job_seconds');
    expect(overdue).toBeGreaterThanOrEqual((asked - added) / 1_000);
    expect(overdue).toBeLessThanOrEqual((answered - began) / 1_000);

    await queue.close();
    await product.close();
    await redis.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
