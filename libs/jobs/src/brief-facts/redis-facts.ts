import { randomUUID } from 'node:crypto';
import { QueueUnavailable } from '../queue/job-queue.js';
import { GRANT } from '../queue/redis-check.js';
import { type LinkOptions, RedisLink } from '../queue/redis-link.js';
import {
  BriefFacts,
  type Fact,
  FactsUnavailable,
  lasting,
  type Line,
  MOST_COUNTED,
  type Tally,
} from './brief-facts.js';

type Client = RedisLink['client'];

export interface RedisFactsOptions extends Omit<LinkOptions, 'patienceMs'> {
  /** By which tallies count: milliseconds since 1970, by default the machine's clock. How long a fact lasts is Redis's. */
  readonly now?: () => number;
}

const PATIENCE_MS = 2_000;
/** All keys begin with it, and a user of Redis is granted no others. */
const OURS = 'para71:';

// Looks at all keys and counts under all of them, or under none: no two nodes do it at the same time. For each key: how many
// are free, within how long, and the longest wait, which is below 0 where it does not slow down.
const COUNT = `
local now, most, member = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local wait = 0
for n, key in ipairs(KEYS) do
  local free, within, longest = tonumber(ARGV[1 + 3 * n]), tonumber(ARGV[2 + 3 * n]), tonumber(ARGV[3 + 3 * n])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - within)
  local counted = redis.call('ZCARD', key)
  if counted >= free and longest < 0 then
    local first = tonumber(redis.call('ZRANGE', key, -free, -free, 'WITHSCORES')[2])
    wait = math.max(wait, first + within - now)
  elseif counted >= free then
    local last = tonumber(redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2])
    wait = math.max(wait, last + math.min(1000 * 2 ^ (counted - free), longest) - now)
  end
end
if wait > 0 then return math.ceil(wait) end
for n, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, member)
  if tonumber(ARGV[3 + 3 * n]) >= 0 then redis.call('ZREMRANGEBYRANK', key, 0, -(most + 1)) end
  redis.call('PEXPIRE', key, ARGV[2 + 3 * n])
end
return 0
`;

/** Of all processes that share a Redis, which itself lets go of what is over. */
export class RedisFacts extends BriefFacts {
  private readonly link: RedisLink;
  private readonly now: () => number;

  /** One that is away for now is waited for behind the scenes. */
  constructor(redisUrl: string, { now = Date.now, ...options }: RedisFactsOptions) {
    super();
    this.now = now;
    this.link = new RedisLink(redisUrl, { ...options, patienceMs: PATIENCE_MS });
  }

  override get trouble(): string | undefined {
    return this.link.trouble;
  }

  override async put({ key, text, lastsMs }: Fact, line?: Line): Promise<void> {
    await this.together((all) => {
      all.set(OURS + key, text, 'PX', lasting(lastsMs));
      if (line) write(all, line);
    });
  }

  override async putIfAbsent({ key, text, lastsMs }: Fact): Promise<boolean> {
    return (await this.ask((client) => client.set(OURS + key, text, 'PX', lasting(lastsMs), 'NX'))) === 'OK';
  }

  override async putIfThere({ key, text, lastsMs }: Fact): Promise<boolean> {
    return (await this.ask((client) => client.set(OURS + key, text, 'PX', lasting(lastsMs), 'XX'))) === 'OK';
  }

  override async get(...keys: readonly string[]): Promise<readonly (string | undefined)[]> {
    if (keys.length === 0) return [];
    const texts = await this.ask((client) => client.mget(ours(keys)));
    return texts.map((text) => text ?? undefined);
  }

  override async take(key: string): Promise<string | undefined> {
    return (await this.ask((client) => client.getdel(OURS + key))) ?? undefined;
  }

  override async enter(line: Line): Promise<void> {
    await this.together((all) => write(all, line));
  }

  override async lines(list: string): Promise<ReadonlyMap<string, number>> {
    const told = await this.ask((client) => client.zrange(OURS + list, 0, '-1', 'WITHSCORES'));
    return new Map(told.flatMap((name, n) => (n % 2 ? [] : [[name, Number(told[n + 1])] as const])));
  }

  override async strike(list: string, ...names: readonly string[]): Promise<void> {
    if (names.length) await this.ask((client) => client.zrem(OURS + list, ...names));
  }

  override async raise(key: string, to: number, lastsMs: number): Promise<boolean> {
    const [raised] = await this.together((all) =>
      all.zadd(OURS + key, 'GT', 'CH', to, 'last').pexpire(OURS + key, lasting(lastsMs)),
    );
    return raised === 1;
  }

  override async forget(...keys: readonly string[]): Promise<void> {
    if (keys.length) await this.ask((client) => client.del(...ours(keys)));
  }

  override async count(...tallies: readonly Tally[]): Promise<number> {
    const limits = tallies.flatMap(({ free, withinMs, longestMs = -1 }) => [free, withinMs, longestMs]);
    const given = [this.now(), MOST_COUNTED, randomUUID(), ...limits];
    const keys = ours(tallies.map(({ key }) => key));
    return Number(await this.ask((client) => client.eval(COUNT, keys.length, ...keys, ...given)));
  }

  override async uncount(...of: readonly { key: string; what: 'last' | 'all' }[]): Promise<void> {
    await this.together((all) => {
      for (const { key, what } of of) {
        if (what === 'last') all.zpopmax(OURS + key);
        else all.del(OURS + key);
      }
    });
  }

  override close(): Promise<void> {
    return this.link.close();
  }

  /** `FactsUnavailable` where no answer comes, or one that says that it cannot be done now. */
  private async ask<T>(ask: (client: Client) => Promise<T>): Promise<T> {
    const { link } = this;
    try {
      return await link.bounded(() => ask(link.client));
    } catch (error) {
      if (error instanceof QueueUnavailable) {
        // One that is there and does not answer may be half open, which nobody is told of.
        if (link.client.status === 'ready') link.client.disconnect(true);
        throw new FactsUnavailable(error.message, { cause: error });
      }
      if (error instanceof Error && error.name === 'ReplyError') throw refusedBy(link.address, error);
      throw error;
    }
  }

  /** What happens together or not at all: each answer, in its order. */
  private together(of: (all: ReturnType<Client['multi']>) => unknown): Promise<unknown[]> {
    return this.ask(async (client) => {
      const all = client.multi();
      of(all);
      const answers = (await all.exec()) ?? [];
      return answers.map(([error, answer]) => {
        if (error) throw error;
        return answer;
      });
    });
  }
}

const ours = (keys: readonly string[]) => keys.map((key) => OURS + key);

const write = (all: ReturnType<Client['multi']>, { list, name, at, lastsMs }: Line) =>
  all.zadd(OURS + list, at, name).pexpire(OURS + list, lasting(lastsMs));

/** It may not, it has no room, or it is only a copy: whatever it is, somebody has to mend it there. */
function refusedBy(address: string, error: Error): FactsUnavailable {
  const mend = error.message.startsWith('NOPERM') ? ` ${GRANT}` : '';
  return new FactsUnavailable(`Redis at ${address} does not keep what it is given (${error.message}).${mend}`, {
    cause: error,
  });
}
