import { createHmac, randomUUID } from 'node:crypto';
import type { IdentityCode } from '../identity-refusal.js';
import type { PersonKeys } from '../keys/person-keys.js';
import {
  type Allowance,
  type AttemptKey,
  Attempts,
  MOST_FAILURES,
  refuseAsUsedUp,
  refuseUntil,
  WINDOW_MS,
} from './attempts.js';
import type { SessionRedis } from './session-redis.js';

// Looks at all keys and counts under all of them, or under none: no two nodes do it at the same time. For each key: how many
// are free, and the longest wait. Answers how long to wait, 0 where it may be tried.
const BEGIN = `
local now, window, most, member = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local wait = 0
for n, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
  local failures = redis.call('ZCARD', key)
  local free, longest = tonumber(ARGV[3 + 2 * n]), tonumber(ARGV[4 + 2 * n])
  if failures >= free then
    local last = tonumber(redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2])
    wait = math.max(wait, last + math.min(1000 * 2 ^ (failures - free), longest) - now)
  end
end
if wait > 0 then return math.ceil(wait) end
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, member)
  redis.call('ZREMRANGEBYRANK', key, 0, -(most + 1))
  redis.call('PEXPIRE', key, window)
end
return 0
`;

// For each key: how many are allowed, and within how long. Answers as the other.
const ALLOW = `
local now, member = tonumber(ARGV[1]), ARGV[2]
local wait = 0
for n, key in ipairs(KEYS) do
  local most, within = tonumber(ARGV[1 + 2 * n]), tonumber(ARGV[2 + 2 * n])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - within)
  if redis.call('ZCARD', key) >= most then
    local first = tonumber(redis.call('ZRANGE', key, -most, -most, 'WITHSCORES')[2])
    wait = math.max(wait, first + within - now)
  end
end
if wait > 0 then return math.ceil(wait) end
for n, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, member)
  redis.call('PEXPIRE', key, ARGV[2 + 2 * n])
end
return 0
`;

/** Counted by all nodes of an installation together. Under which address and from where stands there for nobody to read. */
export class RedisAttempts extends Attempts {
  constructor(
    private readonly redis: SessionRedis,
    private readonly keys: PersonKeys,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  override async begin(...keys: readonly AttemptKey[]): Promise<void> {
    const names = await Promise.all(keys.map(({ key }) => this.nameOf(key)));
    const limits = keys.flatMap(({ free, longestMs }) => [free, longestMs]);
    const counted = [this.now(), WINDOW_MS, MOST_FAILURES, randomUUID(), ...limits];
    const waits = Number(await this.redis.ask((client) => client.eval(BEGIN, names.length, ...names, ...counted)));
    if (waits > 0) refuseUntil(waits);
  }

  override async succeeded(...keys: readonly AttemptKey[]): Promise<void> {
    const named = await Promise.all(keys.map(async ({ key, isKept }) => ({ name: await this.nameOf(key), isKept })));
    await this.redis.together((all) => {
      for (const { name, isKept } of named) {
        if (isKept) all.zpopmax(name);
        else all.del(name);
      }
    });
  }

  override async allow(code: IdentityCode, ...allowances: readonly Allowance[]): Promise<void> {
    const names = await Promise.all(allowances.map(({ key }) => this.nameOf(key)));
    const now = this.now();
    const counted = [now, randomUUID(), ...allowances.flatMap(({ most, withinMs }) => [most, withinMs])];
    const waits = Number(await this.redis.ask((client) => client.eval(ALLOW, names.length, ...names, ...counted)));
    if (waits > 0) refuseAsUsedUp(code, now, waits);
  }

  private async nameOf(key: string): Promise<string> {
    const server = await this.keys.ofServer();
    return `para71:attempts:${createHmac('sha256', server).update(`attempts/${key}`).digest('base64url')}`;
  }
}
