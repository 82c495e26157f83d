import type { Redis } from 'ioredis';

export interface RedisFinding {
  readonly verdict: 'ok' | 'warning' | 'fault';
  readonly what: string;
  /** What to do about it; absent where nothing is wrong. */
  readonly mend?: string;
}

/** Jobs would be lost or doubled on this Redis in ways that can be helped: each finding says how. */
export class RedisUnfit extends Error {
  override readonly name = 'RedisUnfit';
  readonly code = 'redis-unfit';
  constructor(readonly findings: readonly RedisFinding[]) {
    super(
      `REDIS_URL: this Redis cannot be used:\n${findings.map(({ what, mend }) => `  ${what} ${mend ?? ''}`).join('\n')}`,
    );
  }
}

/** For whom what is asked is refused. */
export const GRANT = 'Grant it: ACL SETUSER <user> ~bull:* ~para71:* +@all -@admin +info +config|get.';

/** BullMQ 6 needs LMOVE and other commands of 6.2. Valkey says 7.2 in the same field. */
const OLDEST = [6, 2] as const;

/** Looks whether jobs are safe on this Redis. `isVolatileAccepted`: having it without persistence was asked for. */
export async function findingsOf(client: Redis, isVolatileAccepted: boolean): Promise<RedisFinding[]> {
  try {
    // Where the number is too high the connection stays on database 0 without a word.
    await client.select(client.options.db ?? 0);
    const info = fieldsOf(String(await client.call('INFO')));
    return [versionOf(info), evictionOf(info), await persistenceOf(client, info, isVolatileAccepted)];
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return [refusal];
  }
}

/** What Redis says to who may not come in, in words; absent where the error is of another kind. */
export function refusalOf(error: unknown): RedisFinding | undefined {
  const text = error instanceof Error ? error.message : '';
  if (/WRONGPASS|NOAUTH|invalid password|without any password configured/i.test(text)) {
    return {
      verdict: 'fault',
      what: 'Redis refuses the user or the password.',
      mend: 'Give both in the address, percent-encoded: redis://<user>:<password>@<host>:6379.',
    };
  }
  if (/NOPERM/.test(text)) {
    return {
      verdict: 'fault',
      what: `The user may not do what the queue needs (${text}).`,
      mend: GRANT,
    };
  }
  if (/DB index is out of range|invalid DB index/i.test(text)) {
    return { verdict: 'fault', what: `${text}.`, mend: 'Name a database that is there: redis://<host>:6379/0.' };
  }
  return undefined;
}

function versionOf(info: ReadonlyMap<string, string>): RedisFinding {
  const version = info.get('redis_version') ?? 'unknown';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
    return { verdict: 'ok', what: `Redis ${version}.` };
  }
  return { verdict: 'fault', what: `Redis is of version ${version}.`, mend: `Use ${OLDEST.join('.')} or later.` };
}

function evictionOf(info: ReadonlyMap<string, string>): RedisFinding {
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  if (policy === 'noeviction') return { verdict: 'ok', what: 'Nothing is evicted when memory is short.' };
  return {
    verdict: 'fault',
    what: `Its maxmemory-policy is ${policy}, so it would throw jobs away when memory is short.`,
    mend: 'Set "maxmemory-policy noeviction" in redis.conf, or now: CONFIG SET maxmemory-policy noeviction.',
  };
}

async function persistenceOf(
  client: Redis,
  info: ReadonlyMap<string, string>,
  isVolatileAccepted: boolean,
): Promise<RedisFinding> {
  if (info.get('aof_enabled') === '1') return { verdict: 'ok', what: 'It keeps an append-only file.' };
  const saves = await savesOf(client);
  if (saves === undefined) {
    return {
      verdict: 'warning',
      what: 'It has no append-only file, and does not tell whether it saves snapshots.',
      mend: 'Ask whoever runs it for "appendonly yes".',
    };
  }
  if (saves) {
    return {
      verdict: 'warning',
      what: 'It saves snapshots only: what ran since the last one runs again after it dies.',
      mend: 'Set "appendonly yes" to lose a second at most.',
    };
  }
  const what = 'It keeps nothing on disk: when it ends, every job is gone until it is derived from the log again.';
  const mend = 'Set "appendonly yes" in redis.conf';
  if (isVolatileAccepted) return { verdict: 'warning', what, mend: `${mend}.` };
  return { verdict: 'fault', what, mend: `${mend}, or accept it by adding ?volatile=accepted to the address.` };
}

/** Whether snapshots are saved; absent where it may not be asked, as at some providers. */
async function savesOf(client: Redis): Promise<boolean | undefined> {
  try {
    const [, save = ''] = await client.config('GET', 'save');
    return save !== '';
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown (sub)?command/i.test(error.message)) return undefined;
    throw error;
  }
}

function fieldsOf(info: string): ReadonlyMap<string, string> {
  const lines = info.split(/\r?\n/).filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}
