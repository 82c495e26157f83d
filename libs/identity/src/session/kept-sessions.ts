import { join } from 'node:path';
import type { PersonKeys } from '../keys/person-keys.js';
import { type Attempts, AttemptsInMemory } from './attempts.js';
import { RedisAttempts } from './redis-attempts.js';
import { RedisSessionStore } from './redis-session-store.js';
import { SessionRedis } from './session-redis.js';
import type { SessionStore } from './session-store.js';
import { SqliteSessionStore } from './sqlite-session-store.js';

export interface KeptSessionsOptions {
  readonly dataDir: string;
  readonly keys: PersonKeys;
  readonly now: () => number;
  /** Where all nodes of the installation keep them. Absent: it has one node, which keeps them itself. */
  readonly redisUrl?: string | undefined;
  readonly tell?: ((line: string) => void) | undefined;
}

export interface KeptSessions {
  readonly store: SessionStore;
  readonly attempts: Attempts;
  /** What keeps everybody from being signed in, in words; nothing where nothing does. */
  readonly trouble: () => string | undefined;
}

/** Where sessions are kept and attempts are counted: in this process, or in one place for all nodes. */
export async function openSessions(options: KeptSessionsOptions): Promise<KeptSessions> {
  const { dataDir, keys, now, redisUrl, tell = () => undefined } = options;
  if (redisUrl === undefined) {
    const store = new SqliteSessionStore(join(dataDir, 'sessions.sqlite'));
    return { store, attempts: new AttemptsInMemory(now), trouble: () => undefined };
  }
  const redis = await SessionRedis.open(redisUrl, tell);
  return {
    store: new RedisSessionStore(redis, keys),
    attempts: new RedisAttempts(redis, keys, now),
    trouble: () => redis.trouble,
  };
}
