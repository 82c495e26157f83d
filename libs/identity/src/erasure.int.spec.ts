import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { SqliteEventStore } from '#event-store';
import { FrozenClock, RecordInFolder } from '#testing';
import { hasRedis, RedisServer } from '../../../test/support/redis.js';
import { Identity } from './identity.js';
import type { PersonId } from './keys/person-keys.js';
import { PersonPost } from './person/person-post.js';

const itWithRedis = hasRedis ? it : it.skip;

const CANARY = 'Canary Kanarienvogel 4711';
const ADDRESS = 'canary4711@registry.example';
const password = 'the cow jumps over my green lamp';
const caller = { from: '192.0.2.1', agent: CANARY };

class NoPost extends PersonPost {
  override async send(): Promise<void> {}
}

/** Every file in the folder that holds one of the texts, as it stands or in base64. */
function filesWith(folder: string, ...texts: readonly string[]): string[] {
  const patterns = texts.flatMap((text) => [text, Buffer.from(text).toString('base64').slice(0, -4)]);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => patterns.some((pattern) => readFileSync(join(folder, name)).includes(pattern)));
}

describe('Erasing a person', () => {
  let record: RecordInFolder;
  let clock: FrozenClock;
  let identity: Identity;
  let canary: PersonId;
  const told: string[] = [];

  const open = (dataDir = record.folder, store = record.store, factsUrl?: string) =>
    Identity.open({
      store,
      clock: new RecordingClock(clock.now),
      dataDir,
      post: new NoPost(),
      now: clock.now,
      factsUrl,
      tell: (line) => void told.push(line),
    });

  beforeEach(async () => {
    record = new RecordInFolder();
    clock = new FrozenClock('2026-02-01T09:00:00Z');
    identity = await open();
    canary = await identity.people.register(CANARY, ADDRESS);
    await identity.people.joinAtOnce(canary);
    await identity.credentials.setPassword(canary, password);
    await identity.signIn.withPassword(ADDRESS, password, caller);
  });
  afterEach(async () => {
    await identity.close();
    await record.close();
  });

  const erase = async () => {
    expect(await identity.people.erase(canary, 'asked-by-the-person', 'person-a')).toBe('proposed');
    expect(await identity.people.erase(canary, 'asked-by-the-person', 'person-b')).toBe('erased');
  };

  it('takes two persons who agree on the ground', async () => {
    await identity.people.erase(canary, 'asked-by-the-person', 'person-a');
    await expect(identity.people.erase(canary, 'asked-by-the-person', 'person-a')).rejects.toThrow(
      'erasure-needs-another',
    );
    expect(await identity.people.erase(canary, 'no-longer-needed', 'person-b')).toBe('proposed');
    expect(await identity.directory.cardOf(canary)).toMatchObject({ name: CANARY });
    expect(await identity.people.erase(canary, 'no-longer-needed', 'person-a')).toBe('erased');
  });

  it('waits fourteen days for the second person, and is proposed again after that', async () => {
    const erase = (by: PersonId, anew?: true) =>
      identity.people.erase(canary, 'asked-by-the-person', by, anew ? { anew } : {});
    await erase('person-a');
    expect(await identity.people.show(canary)).toMatchObject({ erasureProposed: { until: '2026-02-15' } });
    clock.set('2026-02-16T00:00:00Z');
    await expect(erase('person-b')).rejects.toMatchObject({
      code: 'erasure-proposal-lapsed',
      facts: { until: '2026-02-15' },
    });
    expect(await erase('person-b', true)).toBe('proposed');
    await expect(erase('person-b')).rejects.toThrow('erasure-needs-another');
    clock.set('2026-03-02T23:59:59Z');
    expect(await erase('person-a')).toBe('erased');
  });

  it('never had the name or the address in the log, and leaves them in no file', async () => {
    expect(filesWith(record.folder, CANARY, ADDRESS)).toEqual([]);
    await erase();
    expect(filesWith(record.folder, CANARY, ADDRESS)).toEqual([]);
    expect(readdirSync(join(record.folder, 'keys'))).toEqual(['folder.id', 'server.key']);
  });

  it('leaves nobody who could sign in, be found, be invited or be erased again', async () => {
    const { secret } = await identity.signIn.withPassword(ADDRESS, password, caller);
    const { text } = await identity.credentials.issueToken(canary, {
      name: 'x',
      scopes: ['read'],
      until: '2026-03-01T00:00:00.000Z',
    });
    await erase();
    expect(await identity.signIn.whoBySession(secret)).toBeUndefined();
    expect(await identity.signIn.whoByToken(text)).toBeUndefined();
    await expect(identity.signIn.withPassword(ADDRESS, password, caller)).rejects.toThrow('sign-in-failed');
    expect(await identity.directory.cardOf(canary)).toBeUndefined();
    expect(await identity.people.show(canary)).toEqual({ person: canary, phase: 'erased' });
    await expect(identity.people.invite(canary, 'person-a')).rejects.toThrow('person-erased');
    await expect(identity.people.erase(canary, 'asked-by-the-person', 'person-a')).rejects.toThrow('person-erased');
  });

  it('leaves the address for somebody else', async () => {
    await erase();
    const other = await identity.people.register('Somebody else', ADDRESS);
    expect(await identity.directory.withAddress(ADDRESS)).toBe(other);
  });

  it('says who agreed on it and why, and stays on the log', async () => {
    await erase();
    const events = [];
    for await (const event of record.store.read(canary)) events.push(event);
    const { type, data } = events.at(-1)!;
    expect({ type, data }).toEqual({
      type: 'PersonErased',
      data: { by: 'person-b', proposedBy: 'person-a', ground: 'asked-by-the-person' },
    });
    for (const { data: sealed } of events.slice(0, -1)) expect(Object.keys(sealed)).toEqual(['sealed']);
  });

  it('is not undone by a backup of the keys from before: the log says so at the next start', async () => {
    const backup = join(record.folder, 'backup');
    cpSync(join(record.folder, 'keys'), backup, { recursive: true });
    await erase();
    await identity.close();
    cpSync(backup, join(record.folder, 'keys'), { recursive: true });
    expect(readdirSync(join(record.folder, 'keys'))).toContain(`${canary}.key`);
    identity = await open();
    expect(readdirSync(join(record.folder, 'keys'))).toEqual(['folder.id', 'server.key']);
    expect(await identity.people.show(canary)).toEqual({ person: canary, phase: 'erased' });
  });

  it('is seen by another node, which forgets what it had in memory and in its sessions', async () => {
    const dataDir = join(record.folder, 'other-node');
    mkdirSync(dataDir);
    cpSync(join(record.folder, 'keys'), join(dataDir, 'keys'), { recursive: true });
    const other = await open(dataDir);
    try {
      const { secret } = await other.signIn.withPassword(ADDRESS, password, caller);
      expect(await other.directory.cardOf(canary)).toMatchObject({ name: CANARY });
      other.follow((error) => {
        throw error;
      });
      await erase();
      for (let n = 0; n < 1_000 && readdirSync(join(dataDir, 'keys')).length > 2; n++)
        await new Promise((resolve) => setTimeout(resolve, 25));
      expect(await other.directory.cardOf(canary)).toBeUndefined();
      expect(await other.sessions.find(secret)).toBeUndefined();
      expect(filesWith(dataDir, CANARY, ADDRESS)).toEqual([]);
      expect(readdirSync(join(dataDir, 'keys'))).toEqual(['folder.id', 'server.key']);
    } finally {
      await other.close();
    }
  });

  itWithRedis(
    'does not wait for a Redis that is away, nor does the next start (needs redis-server)',
    async () => {
      const redis = await RedisServer.start();
      const dataDir = join(record.folder, 'on-redis');
      mkdirSync(dataDir);
      cpSync(join(record.folder, 'keys'), join(dataDir, 'keys'), { recursive: true });
      const onRedis = () => open(dataDir, record.store, redis.url);
      let other = await onRedis();
      try {
        const { secret } = await other.signIn.withPassword(ADDRESS, password, caller);
        await redis.kill();
        expect(await other.people.erase(canary, 'asked-by-the-person', 'person-a')).toBe('proposed');
        expect(await other.people.erase(canary, 'asked-by-the-person', 'person-b')).toBe('erased');
        expect(readdirSync(join(dataDir, 'keys'))).toEqual(['folder.id', 'server.key']);
        expect(told.join()).toContain('Nobody is signed in until it can; the public record can be read.');
        await other.close();
        other = await onRedis();
        await redis.start();
        await other.close();
        other = await onRedis();
        expect(await other.signIn.whoBySession(secret)).toBeUndefined();
      } finally {
        await other.close();
        await redis.remove();
      }
    },
    60_000,
  );

  it('makes a copy of the log from before unreadable', async () => {
    const copy = join(record.folder, 'copy');
    mkdirSync(copy);
    await record.store.close();
    cpSync(record.logFile, join(copy, 'events.sqlite'));
    await record.reopen();
    await identity.close();
    identity = await open();
    await erase();
    const store = SqliteEventStore.open(join(copy, 'events.sqlite'));
    cpSync(join(record.folder, 'keys'), join(copy, 'keys'), { recursive: true });
    const restored = await open(copy, store);
    try {
      expect(restored.directory.unreadable).toEqual([canary]);
      expect(filesWith(copy, CANARY, ADDRESS)).toEqual([]);
    } finally {
      await restored.close();
      await store.close();
    }
  });

  it('changes nothing in the log but by what is added to it', async () => {
    const before: string[] = [];
    for await (const event of record.store.readAll()) before.push(JSON.stringify(event));
    await erase();
    const after: string[] = [];
    for await (const event of record.store.readAll()) after.push(JSON.stringify(event));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 2);
  });
});
