import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrozenClock } from '#testing';
import { Sessions } from './sessions.js';
import { SqliteSessionStore } from './sqlite-session-store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const erin = 'person-1';

describe('A session', () => {
  let folder: string;
  let file: string;
  let store: SqliteSessionStore;
  let clock: FrozenClock;
  let sessions: Sessions;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    file = join(folder, 'sessions.sqlite');
    store = new SqliteSessionStore(file);
    clock = new FrozenClock('2026-01-15T09:00:00Z');
    sessions = new Sessions(store, clock.now);
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  it('is 256 random bits, of which only the hash is kept', () => {
    const secret = sessions.begin(erin, 'full');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(sessions.find(secret)).toMatchObject({ person: erin, level: 'full', isProven: false });
    expect(readFileSync(file).includes(secret)).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('ends after thirty minutes unused, and not while it is used', () => {
    const secret = sessions.begin(erin, 'full');
    for (let n = 0; n < 4; n++) {
      clock.pass(29 * MINUTE);
      expect(sessions.find(secret)).toBeDefined();
    }
    clock.pass(30 * MINUTE);
    expect(sessions.find(secret)).toBeUndefined();
  });

  it('ends after twelve hours, however it is used and whatever is proven in it', () => {
    let secret = sessions.begin(erin, 'full');
    for (let passed = 0; passed < 12 * HOUR - 20 * MINUTE; passed += 20 * MINUTE) {
      clock.pass(20 * MINUTE);
      secret = sessions.raise(secret);
    }
    clock.pass(20 * MINUTE);
    expect(sessions.find(secret)).toBeUndefined();
  });

  it('that waits for a second factor waits ten minutes', () => {
    const secret = sessions.begin(erin, 'password');
    clock.pass(10 * MINUTE - 1);
    expect(sessions.find(secret)).toMatchObject({ level: 'password' });
    clock.pass(1);
    expect(sessions.find(secret)).toBeUndefined();
    expect(() => sessions.raise(secret)).toThrow('not-signed-in');
  });

  it('goes on under another secret once more is proven: one that was put into a browser before is worth nothing', () => {
    const planted = sessions.begin(erin, 'password');
    const raised = sessions.raise(planted);
    expect(raised).not.toBe(planted);
    expect(sessions.find(planted)).toBeUndefined();
    expect(sessions.find(raised)).toMatchObject({ level: 'full', isProven: true });
  });

  it('is proven for five minutes', () => {
    const secret = sessions.raise(sessions.begin(erin, 'password'));
    clock.pass(5 * MINUTE);
    expect(sessions.find(secret)).toMatchObject({ isProven: true });
    clock.pass(1);
    expect(sessions.find(secret)).toMatchObject({ isProven: false });
  });

  it('is listed for its owner, and ended by nobody else', () => {
    const secret = sessions.begin(erin, 'full', { agent: 'Browser\u0000\u001b[31m 1' });
    sessions.begin('person-2', 'full');
    const { session } = sessions.find(secret)!;
    expect(sessions.list(erin, session)).toEqual([
      {
        session,
        startedAt: '2026-01-15T09:00:00.000Z',
        seenAt: '2026-01-15T09:00:00.000Z',
        agent: 'Browser[31m 1',
        isThis: true,
      },
    ]);
    expect(() => sessions.endOf('person-2', session)).toThrow('session-unknown');
    sessions.endOf(erin, session);
    expect(sessions.find(secret)).toBeUndefined();
  });

  it('is not made without end: the oldest gives way', () => {
    const first = sessions.begin(erin, 'full');
    clock.pass(1);
    for (let n = 0; n < 50; n++) sessions.begin(erin, 'full');
    expect(sessions.find(first)).toBeUndefined();
    expect(sessions.list(erin)).toHaveLength(50);
  });

  it('is found by nothing but its secret, whatever a cookie holds', () => {
    const secret = sessions.begin(erin, 'full');
    const hash = store.ofPerson(erin)[0]!.hash;
    expect(sessions.find(hash)).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)), (noise) => {
        fc.pre(noise !== secret);
        expect(sessions.find(noise)).toBeUndefined();
        sessions.end(noise);
      }),
    );
    expect(sessions.find(secret)).toBeDefined();
  });

  it('leaves nothing in any file when the person is forgotten', () => {
    const canary = 'Canary Browser 4711';
    sessions.begin(erin, 'full', { agent: canary });
    const holds = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(canary));
    expect(holds()).toEqual(['sessions.sqlite']);
    store.forget(erin);
    expect(holds()).toEqual([]);
  });

  it('has each step of a second factor used once, and none before it', () => {
    expect([store.useStep(erin, 7), store.useStep(erin, 7), store.useStep(erin, 6), store.useStep(erin, 8)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(store.useStep('person-2', 7)).toBe(true);
  });
});
