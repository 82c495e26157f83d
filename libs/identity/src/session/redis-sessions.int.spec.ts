import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FactsUnavailable } from '#jobs';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { attemptKeys } from './attempts.js';
import { attemptsAreCounted } from './attempts.contract.js';
import { FactsInFolder } from './facts-in-folder.contract.js';
import { sessionsAreKept } from './sessions.contract.js';
import { Sessions } from './sessions.js';

const describeWithRedis = hasRedis ? describe : describe.skip;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeWithRedis('In a Redis that all nodes share (needs redis-server)', () => {
  let server: RedisServer;
  let here: FactsInFolder;

  // On its disk before it answers: with the usual setting it answers before where its disk is slow.
  const safest = ['--appendonly', 'yes', '--appendfsync', 'always'];
  beforeAll(async () => void (server = await RedisServer.start(safest)));
  afterAll(() => server.remove());
  beforeEach(async () => {
    await server.empty();
    here = new FactsInFolder(server.url);
  });
  afterEach(() => here.remove());

  const keysThere = () => server.asked((client) => client.keys('*'));

  describe('a session', () => sessionsAreKept(() => here.kept()));

  describe('who guesses', () => attemptsAreCounted((now) => here.attempts(now)));

  it('a session that ends on one node has ended on the other', async () => {
    const erin = await here.somebody();
    const [one, another] = [await here.sessions(), await here.sessions()];
    const secret = await one.begin(erin, 'full', { agent: 'A browser' });
    const [shown] = await another.list(erin);
    expect(shown).toMatchObject({ agent: 'A browser' });
    await another.endOf(erin, shown!.session);
    expect(await one.find(secret)).toBeUndefined();
  });

  it('two nodes that use one code at once let one of them', async () => {
    const erin = await here.somebody();
    const stores = [await here.store(), await here.store()];
    for (let step = 1; step <= 20; step++) {
      const used = await Promise.all(stores.map((store) => store.useStep(erin, step)));
      expect(used.filter(Boolean)).toHaveLength(1);
    }
  });

  it('nothing is kept for longer than it can count', async () => {
    const erin = await here.somebody();
    const store = await here.store();
    await new Sessions(store).begin(erin, 'full');
    await store.useStep(erin, 7);
    await store.useOnce('example', 600_000);
    await store.tokenUsed('0123', erin, Date.now());
    await (await here.attempts()).begin(...attemptKeys('erin', '192.0.2.1'));
    const there = await keysThere();
    expect(there.toSorted().map((key) => key.split(':')[1])).toEqual([
      'attempts',
      'attempts',
      'attempts',
      'session',
      'sessions-of',
      'step-of',
      'tokens-used-by',
      'used',
    ]);
    const longest = {
      session: HOUR / 2,
      'sessions-of': DAY,
      'step-of': HOUR,
      'tokens-used-by': 400 * DAY,
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
    const erin = await here.somebody();
    const sessions = await here.sessions();
    const agent = 'Canary Browser 4711';
    const secret = await sessions.begin(erin, 'full', { agent });
    await (await here.attempts()).begin(...attemptKeys('erin@registry.example', '192.0.2.71'));
    expect(await sessions.list(erin)).toEqual([expect.objectContaining({ agent })]);
    const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const written = Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
    expect(written.includes('para71:session:')).toBe(true);
    for (const text of [agent, 'erin@registry', '192.0.2.71', secret]) expect(written.includes(text)).toBe(false);
    await here.keys.destroy(erin);
    expect(await sessions.list(erin)).toEqual([expect.objectContaining({ agent: '' })]);
  });

  it('what it cannot do says so, and is done again when it can', async () => {
    const erin = await here.somebody();
    const sessions = await here.sessions();
    const secret = await sessions.begin(erin, 'full');
    await server.kill();
    try {
      const began = performance.now();
      await expect(sessions.find(secret)).rejects.toThrow(FactsUnavailable);
      expect(performance.now() - began).toBeLessThan(15_000);
    } finally {
      await server.start();
    }
    for (let n = 0; n < 600 && here.told.length < 2; n++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await sessions.find(secret)).toMatchObject({ person: erin });
    expect(here.told).toEqual([
      expect.stringContaining('cannot be reached'),
      expect.stringContaining('is there again'),
    ]);
  }, 60_000);

  it('a user who may not touch its keys is told with the mend', async () => {
    await server.asked((client) => client.acl('SETUSER', 'narrow', 'on', '>secret', '~bull:*', '+@all'));
    const narrow = await here.store(Date.now, server.url.replace('//', '//narrow:secret@'));
    await expect(narrow.find('0')).rejects.toThrow(/does not keep what it is given \(NOPERM.*~para71:\*/);
  });
});
