import type { LinkOptions, RedisLink } from './redis-link.js';

/** A way to a Redis for what else is kept there beside jobs. Only then is anything of its client loaded. */
export async function openRedisLink(redisUrl: string, options: LinkOptions): Promise<RedisLink> {
  const { RedisLink: Link } = await import('./redis-link.js');
  return new Link(redisUrl, options);
}
