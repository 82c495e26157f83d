import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { FactsUnavailable } from './brief-facts.js';
import { briefFactsContract } from './brief-facts.contract.js';
import { tryBriefFacts } from './open-brief-facts.js';
import { RedisFacts } from './redis-facts.js';

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('on Redis (needs redis-server)', () => {
  let server: RedisServer;
  const opened: RedisFacts[] = [];
  beforeAll(async () => void (server = await RedisServer.start()));
  afterAll(() => server.remove());
  afterEach(async () => void (await Promise.all(opened.splice(0).map((facts) => facts.close()))));

  const open = () => {
    const facts = new RedisFacts(server.url, { tell: () => undefined });
    opened.push(facts);
    return facts;
  };

  briefFactsContract('Redis', async () => {
    await server.empty();
    return [open(), open()];
  });

  it('everything lasts for a while only, and stands under the keys that a narrow user is granted', async () => {
    await server.empty();
    const facts = open();
    const line = { list: 'list', name: 'a', at: 1, lastsMs: 60_000 };
    await facts.put({ key: 'a', text: 'x', lastsMs: 60_000 }, line);
    await facts.enter({ ...line, list: 'other' });
    await facts.putIfAbsent({ key: 'b', text: 'x', lastsMs: 60_000 });
    await facts.raise('step', 1, 60_000);
    await facts.count({ key: 'tally', free: 1, withinMs: 60_000 });
    const keys = await server.asked((client) => client.keys('*'));
    expect(keys.toSorted()).toEqual(['a', 'b', 'list', 'other', 'step', 'tally'].map((key) => `para71:${key}`));
    for (const key of keys) expect(await server.asked((client) => client.pttl(key))).toBeGreaterThan(0);
  });

  it('can be tried without keeping anything, and what is wrong is said with its mend', async () => {
    await server.empty();
    expect(await tryBriefFacts(server.url)).toBe(true);
    expect(await server.asked((client) => client.keys('*'))).toEqual([]);
    await server.asked((client) => client.acl('SETUSER', 'narrow', 'on', '>secret', '~bull:*', '+@all'));
    await expect(tryBriefFacts(server.url.replace('//', '//narrow:secret@'))).rejects.toThrow(
      /does not keep what it is given \(NOPERM.*Grant it:.*~para71:\*/,
    );
    await expect(tryBriefFacts('redis://127.0.0.1:1')).rejects.toThrow(FactsUnavailable);
  });
});

describe('where no Redis is named', () => {
  it('there is none to be tried', async () => expect(await tryBriefFacts(undefined)).toBe(false));
});
