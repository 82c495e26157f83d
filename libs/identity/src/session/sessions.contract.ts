import { beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FrozenClock } from '#testing';
import type { PersonId } from '../keys/person-keys.js';
import type { SessionStore } from './session-store.js';
import { Sessions } from './sessions.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface OpenSessionStore {
  readonly store: SessionStore;
  readonly clock: FrozenClock;
  /** Two who have a key. */
  readonly persons: readonly [PersonId, PersonId];
}

/** What holds wherever sessions are kept. */
export function sessionsAreKept(open: () => Promise<OpenSessionStore>): void {
  let store: SessionStore;
  let erin: PersonId;
  let other: PersonId;
  let clock: FrozenClock;
  let sessions: Sessions;

  beforeEach(async () => {
    ({
      store,
      clock,
      persons: [erin, other],
    } = await open());
    sessions = new Sessions(store, clock.now);
  });

  it('ends after thirty minutes unused, and not while it is used', async () => {
    const secret = await sessions.begin(erin, 'full');
    for (let n = 0; n < 4; n++) {
      clock.pass(29 * MINUTE);
      expect(await sessions.find(secret)).toBeDefined();
    }
    clock.pass(30 * MINUTE);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  it('ends after twelve hours, however it is used and whatever is proven in it', async () => {
    let secret = await sessions.begin(erin, 'full');
    for (let passed = 0; passed < 12 * HOUR - 20 * MINUTE; passed += 20 * MINUTE) {
      clock.pass(20 * MINUTE);
      secret = await sessions.raise(secret);
    }
    clock.pass(20 * MINUTE);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  it('that waits for a second factor waits ten minutes', async () => {
    const secret = await sessions.begin(erin, 'password');
    clock.pass(10 * MINUTE - 1);
    expect(await sessions.find(secret)).toMatchObject({ level: 'password' });
    clock.pass(1);
    expect(await sessions.find(secret)).toBeUndefined();
    await expect(sessions.raise(secret)).rejects.toThrow('not-signed-in');
  });

  it('goes on under another secret once more is proven: one that was put into a browser before is worth nothing', async () => {
    const planted = await sessions.begin(erin, 'password');
    const raised = await sessions.raise(planted);
    expect(raised).not.toBe(planted);
    expect(await sessions.find(planted)).toBeUndefined();
    expect(await sessions.find(raised)).toMatchObject({ level: 'full', isProven: true });
  });

  it('is proven for five minutes', async () => {
    const secret = await sessions.raise(await sessions.begin(erin, 'password'));
    clock.pass(5 * MINUTE);
    expect(await sessions.find(secret)).toMatchObject({ isProven: true });
    clock.pass(1);
    expect(await sessions.find(secret)).toMatchObject({ isProven: false });
  });

  it('is listed for its owner, and ended by nobody else', async () => {
    const secret = await sessions.begin(erin, 'full', { agent: 'Browser\u0000\u001b[31m 1' });
    await sessions.begin(other, 'full');
    const { session } = (await sessions.find(secret))!;
    expect(await sessions.list(erin, session)).toEqual([
      {
        session,
        startedAt: '2026-01-15T09:00:00.000Z',
        seenAt: '2026-01-15T09:00:00.000Z',
        agent: 'Browser[31m 1',
        isThis: true,
      },
    ]);
    await expect(sessions.endOf(other, session)).rejects.toThrow('session-unknown');
    await sessions.endOf(erin, session);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  it('is not made without end: the oldest gives way', async () => {
    const first = await sessions.begin(erin, 'full');
    clock.pass(1);
    for (let n = 0; n < 50; n++) await sessions.begin(erin, 'full');
    expect(await sessions.find(first)).toBeUndefined();
    expect(await sessions.list(erin)).toHaveLength(50);
  });

  it('is found by nothing but its secret, whatever a cookie holds', async () => {
    const secret = await sessions.begin(erin, 'full');
    const hash = (await store.ofPerson(erin))[0]!.hash;
    expect(await sessions.find(hash)).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)),
        async (noise) => {
          fc.pre(noise !== secret);
          expect(await sessions.find(noise)).toBeUndefined();
          await sessions.end(noise);
        },
      ),
    );
    expect(await sessions.find(secret)).toBeDefined();
  });

  it('has each step of a second factor used once, and none before it', async () => {
    const used: boolean[] = [];
    for (const step of [7, 7, 6, 8]) used.push(await store.useStep(erin, step));
    expect(used).toEqual([true, false, false, true]);
    expect(await store.useStep(other, 7)).toBe(true);
  });

  it('has what is good for one time used once, also by many at once', async () => {
    const use = (what: string) => store.useOnce(what, HOUR);
    expect((await Promise.all(Array.from({ length: 20 }, () => use('a')))).filter(Boolean)).toHaveLength(1);
    expect([await use('a'), await use('b')]).toEqual([false, true]);
  });

  it('that ends while more is proven in it does not go on', async () => {
    const secret = await sessions.begin(erin, 'password');
    const found = await store.find((await store.ofPerson(erin))[0]!.hash);
    await sessions.end(secret);
    await store.touch(found!, HOUR);
    await expect(sessions.raise(secret)).rejects.toThrow('not-signed-in');
    expect(await sessions.list(erin)).toEqual([]);
  });

  it('ends with all the others of its owner, but for the one that is asked to stay', async () => {
    const stays = await sessions.begin(erin, 'full');
    const goes = await sessions.begin(erin, 'full');
    const theirs = await sessions.begin(other, 'full');
    await sessions.endAll(erin, (await sessions.find(stays))!.session);
    expect(await Promise.all([stays, goes, theirs].map(async (each) => !!(await sessions.find(each))))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is forgotten with its owner, and so is when their tokens were used', async () => {
    const secret = await sessions.begin(erin, 'full');
    await store.tokenUsed('0123', erin, clock.now());
    await store.useStep(erin, 7);
    expect(await store.tokenUses(erin)).toEqual(new Map([['0123', clock.now()]]));
    await store.forget(erin);
    expect(await sessions.find(secret)).toBeUndefined();
    expect(await store.ofPerson(erin)).toEqual([]);
    expect(await store.tokenUses(erin)).toEqual(new Map());
    expect(await store.useStep(erin, 7)).toBe(true);
  });
}
