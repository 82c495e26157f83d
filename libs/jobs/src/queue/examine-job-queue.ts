import type { RedisFinding } from './redis-check.js';

const PATIENCE_MS = 2_000;

/** What speaks for and against the queue that `openJobQueue` would open. `QueueUnavailable` where it does not answer. */
export async function examineJobQueue(redisUrl: string | undefined): Promise<readonly RedisFinding[]> {
  if (redisUrl === undefined)
    return [{ verdict: 'ok', what: 'Jobs run in the process of the server: REDIS_URL is not set' }];
  const { RedisLink } = await import('./redis-link.js');
  const link = new RedisLink(redisUrl, { patienceMs: PATIENCE_MS, tell: () => undefined });
  try {
    return await link.look();
  } finally {
    await link.close();
  }
}
