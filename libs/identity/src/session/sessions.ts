import { createHash, randomBytes } from 'node:crypto';
import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { SessionLevel, SessionStore, StoredSession } from './session-store.js';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Between the password and the second factor. */
export const HALF_SIGNED_IN_MS = 10 * 60_000;
/** How fresh a second factor must be before something is submitted, published or granted. */
export const PROOF_MS = 5 * 60_000;
/** Being seen is written down this seldom: every request would be a write otherwise. */
const TOUCH_EVERY_MS = 60_000;
const MOST_OF_A_PERSON = 50;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const LONGEST_AGENT = 120;

export interface SignedIn {
  readonly session: string;
  readonly person: PersonId;
  readonly level: SessionLevel;
  /** A second factor was given within the last five minutes. */
  readonly isProven: boolean;
}

/** A session as its owner sees it. */
export interface SessionShown {
  readonly session: string;
  readonly startedAt: string;
  readonly seenAt: string;
  readonly agent: string;
  readonly isThis: boolean;
}

/** Browser sessions: 256 random bits of which only the hash is kept. Ended after 30 minutes unused, and after 12 hours anyhow. */
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly now: () => number = Date.now,
  ) {}

  /** What the cookie is to hold. Always a new one: nobody can have put it there before. */
  begin(person: PersonId, level: SessionLevel, { agent = '', isProven = false } = {}): string {
    const secret = randomBytes(32).toString('base64url');
    const now = this.now();
    this.store.sweep({ startedBefore: now - ABSOLUTE_MS, seenBefore: now - IDLE_MS });
    const before = this.store.ofPerson(person);
    for (const { hash } of before.slice(0, Math.max(0, before.length - MOST_OF_A_PERSON + 1))) this.store.delete(hash);
    this.store.insert({
      hash: hashOf(secret),
      id: randomBytes(8).toString('hex'),
      person,
      level,
      startedAt: now,
      seenAt: now,
      agent: visible(agent),
      ...(isProven && { provenAt: now }),
    });
    return secret;
  }

  /** Nothing for a session that ended, and for anything else that stands in a cookie. */
  find(secret: string): SignedIn | undefined {
    const found = this.live(secret);
    if (!found) return undefined;
    const { hash, id, person, level, seenAt, provenAt } = found;
    const now = this.now();
    if (now - seenAt >= TOUCH_EVERY_MS) this.store.touch(hash, now);
    return { session: id, person, level, isProven: provenAt !== undefined && now - provenAt <= PROOF_MS };
  }

  /** The same session under a new secret, once more was proven: the one before is worth nothing. The 12 hours go on. */
  raise(secret: string): string {
    const found = this.live(secret);
    if (!found) refuse('not-signed-in');
    const raised = randomBytes(32).toString('base64url');
    const now = this.now();
    this.store.delete(found.hash);
    this.store.insert({ ...found, hash: hashOf(raised), level: 'full', seenAt: now, provenAt: now });
    return raised;
  }

  end(secret: string): void {
    if (SECRET.test(secret)) this.store.delete(hashOf(secret));
  }

  list(person: PersonId, current?: string): SessionShown[] {
    return this.store
      .ofPerson(person)
      .filter((session) => this.isLive(session))
      .map(({ id, startedAt, seenAt, agent }) => ({
        session: id,
        startedAt: new Date(startedAt).toISOString(),
        seenAt: new Date(seenAt).toISOString(),
        agent,
        isThis: id === current,
      }));
  }

  /** `session-unknown` also for one of somebody else. */
  endOf(person: PersonId, session: string): void {
    const found = this.store.ofPerson(person).find(({ id }) => id === session);
    if (!found) refuse('session-unknown');
    this.store.delete(found.hash);
  }

  /** All of them, or all but one: when a password changes, an account is closed, a person is erased. */
  endAll(person: PersonId, but?: string): void {
    for (const { hash, id } of this.store.ofPerson(person)) if (id !== but) this.store.delete(hash);
  }

  private live(secret: string): StoredSession | undefined {
    if (!SECRET.test(secret)) return undefined;
    const found = this.store.find(hashOf(secret));
    if (!found) return undefined;
    if (this.isLive(found)) return found;
    this.store.delete(found.hash);
    return undefined;
  }

  private isLive({ startedAt, seenAt, level }: StoredSession): boolean {
    const now = this.now();
    const absolute = level === 'full' ? ABSOLUTE_MS : HALF_SIGNED_IN_MS;
    return now - startedAt < absolute && now - seenAt < IDLE_MS;
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
const visible = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST_AGENT);
