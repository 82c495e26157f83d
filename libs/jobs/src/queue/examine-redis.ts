import type { RedisFinding } from './redis-check.js';

const PATIENCE_MS = 2_000;

/** What speaks for and against the Redis of a URL. `QueueUnavailable` where it does not answer. */
export async function examineRedis(redisUrl: string): Promise<readonly RedisFinding[]> {
  const { RedisLink } = await import('./redis-link.js');
  const link = new RedisLink(redisUrl, { patienceMs: PATIENCE_MS, tell: () => undefined });
  try {
    return await link.look();
  } finally {
    await link.close();
  }
}
