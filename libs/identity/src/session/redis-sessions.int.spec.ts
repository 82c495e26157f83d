import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { KeyFolder } from '../keys/key-folder.js';
import { attemptKeys } from './attempts.js';
import { attemptsAreCounted } from './attempts.contract.js';
import { RedisAttempts } from './redis-attempts.js';
import { RedisSessionStore } from './redis-session-store.js';
import { SessionRedis } from './session-redis.js';
import { SessionsUnavailable } from './session-store.js';
import { sessionsAreKept } from './sessions.contract.js';
import { Sessions } from './sessions.js';

const describeWithRedis = hasRedis ? describe : describe.skip;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeWithRedis('In a Redis that all nodes share (needs redis-server)', () => {
  let server: RedisServer;
  let folder: string;
  let keys: KeyFolder;
  let redis: SessionRedis;
  let told: string[];

  beforeAll(async () => {
    server = await RedisServer.start();
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    keys = new KeyFolder(folder);
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    told = [];
    redis = await SessionRedis.open(server.url, (line) => void told.push(line));
    await server.empty();
  });
  afterEach(() => redis.close());

  const somebody = async () => {
    const person = `person-${randomUUID()}`;
    await keys.create(person);
    return person;
  };
  const keysThere = () => server.asked((client) => client.keys('*'));

  describe('a session', () =>
    sessionsAreKept(async () => ({
      store: new RedisSessionStore(redis, keys),
      persons: [await somebody(), await somebody()],
      close: async () => undefined,
    })));

  describe('who guesses', () => attemptsAreCounted((now) => new RedisAttempts(redis, keys, now)));

  it('a session that ends on one node has ended on the other', async () => {
    const second = await SessionRedis.open(server.url, () => undefined);
    try {
      const erin = await somebody();
      const [here, there] = [redis, second].map((each) => new Sessions(new RedisSessionStore(each, keys)));
      const secret = await here!.begin(erin, 'full', { agent: 'A browser' });
      const [shown] = await there!.list(erin);
      expect(shown).toMatchObject({ agent: 'A browser' });
      await there!.endOf(erin, shown!.session);
      expect(await here!.find(secret)).toBeUndefined();
    } finally {
      await second.close();
    }
  });

  it('two nodes that use one code at once let one of them', async () => {
    const second = await SessionRedis.open(server.url, () => undefined);
    try {
      const erin = await somebody();
      const stores = [redis, second].map((each) => new RedisSessionStore(each, keys));
      for (let step = 1; step <= 20; step++) {
        const used = await Promise.all(stores.map((store) => store.useStep(erin, step)));
        expect(used.filter(Boolean)).toHaveLength(1);
      }
    } finally {
      await second.close();
    }
  });

  it('nothing is kept for longer than it can count', async () => {
    const erin = await somebody();
    const store = new RedisSessionStore(redis, keys);
    await new Sessions(store).begin(erin, 'full');
    await store.useStep(erin, 7);
    await store.useOnce('example', Date.now(), 600_000);
    await store.tokenUsed('0123', erin, Date.now());
    await new RedisAttempts(redis, keys).begin(...attemptKeys('erin', '192.0.2.1'));
    const there = await keysThere();
    expect(there.toSorted().map((key) => key.split(':')[1])).toEqual([
      'attempts',
      'attempts',
      'attempts',
      'session',
      'sessions-of',
      'step-of',
      'token-uses-of',
      'used',
    ]);
    const longest = {
      session: HOUR / 2,
      'sessions-of': DAY,
      'step-of': HOUR,
      'token-uses-of': 400 * DAY,
      used: 600_000,
      attempts: HOUR,
    };
    for (const key of there) {
      const lasts = await server.asked((client) => client.pttl(key));
      expect(lasts).toBeGreaterThan(0);
      expect(lasts).toBeLessThanOrEqual(longest[key.split(':')[1] as keyof typeof longest]);
    }
  });

  it('and in what Redis writes to its disk stands nothing that names a person, a browser or a place', async () => {
    const erin = await somebody();
    const sessions = new Sessions(new RedisSessionStore(redis, keys));
    const agent = 'Canary Browser 4711';
    const secret = await sessions.begin(erin, 'full', { agent });
    await new RedisAttempts(redis, keys).begin(...attemptKeys('erin@registry.example', '192.0.2.71'));
    expect(await sessions.list(erin)).toEqual([expect.objectContaining({ agent })]);
    await server.asked((client) => client.wait(0, 0));
    const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const written = Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
    expect(written.includes('para71:session:')).toBe(true);
    for (const text of [agent, 'erin@registry', '192.0.2.71', secret]) expect(written.includes(text)).toBe(false);
    await keys.destroy(erin);
    expect(await sessions.list(erin)).toEqual([expect.objectContaining({ agent: '' })]);
  });

  it('what it cannot do says so, and is done again when it can', async () => {
    const erin = await somebody();
    const sessions = new Sessions(new RedisSessionStore(redis, keys));
    const secret = await sessions.begin(erin, 'full');
    await server.kill();
    try {
      const began = performance.now();
      await expect(sessions.find(secret)).rejects.toThrow(SessionsUnavailable);
      expect(performance.now() - began).toBeLessThan(4_000);
    } finally {
      await server.start();
    }
    for (let n = 0; n < 100 && told.length < 2; n++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await sessions.find(secret)).toMatchObject({ person: erin });
    expect(told[0]).toContain('Nobody is signed in until it can');
  }, 30_000);

  it('a user who may not touch its keys is told with the mend', async () => {
    await server.asked((client) => client.acl('SETUSER', 'narrow', 'on', '>secret', '~bull:*', '+@all'));
    const narrow = await SessionRedis.open(server.url.replace('//', '//narrow:secret@'), () => undefined);
    try {
      const found = new RedisSessionStore(narrow, keys).find('0');
      await expect(found).rejects.toThrow(/does not keep sessions \(NOPERM.*~para71:\*/);
    } finally {
      await narrow.close();
    }
  });
});
