import type { BriefFacts } from './brief-facts.js';
import { OwnFacts, type OwnFactsOptions } from './own-facts.js';
import type { RedisFactsOptions } from './redis-facts.js';

export type OpenFactsOptions = OwnFactsOptions & RedisFactsOptions;

/** On Redis where one is named, for all processes that name it; otherwise of this one. Only then is its client loaded. */
export async function openBriefFacts(redisUrl: string | undefined, options: OpenFactsOptions): Promise<BriefFacts> {
  if (redisUrl === undefined) return new OwnFacts(options);
  const { RedisFacts } = await import('./redis-facts.js');
  return new RedisFacts(redisUrl, options);
}

/**
 * Whether facts can be kept where all processes find them, without keeping any. `FactsUnavailable` says why not, and the mend.
 * False where each process has its own.
 */
export async function tryBriefFacts(redisUrl: string | undefined): Promise<boolean> {
  if (redisUrl === undefined) return false;
  const facts = await openBriefFacts(redisUrl, { file: ':memory:', tell: () => undefined });
  try {
    await facts.get('tried');
    return true;
  } finally {
    await facts.close();
  }
}
