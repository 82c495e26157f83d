import { createHash, randomBytes } from 'node:crypto';
import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { SessionLevel, SessionStore, StoredSession } from './session-store.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
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
  /** A second factor was given in it at any time. */
  readonly wasProven: boolean;
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
  async begin(person: PersonId, level: SessionLevel, { agent = '', isProven = false } = {}): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.now();
    const before = await this.store.ofPerson(person);
    for (const { hash } of before.slice(0, Math.max(0, before.length - MOST_OF_A_PERSON + 1)))
      await this.store.delete(hash);
    await this.insert({
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
  async find(secret: string): Promise<SignedIn | undefined> {
    const found = await this.live(secret);
    if (!found) return undefined;
    const { id, person, level, seenAt, provenAt } = found;
    const now = this.now();
    if (now - seenAt >= TOUCH_EVERY_MS) {
      const touched = { ...found, seenAt: now };
      await this.store.touch(touched, this.lastsMs(touched));
    }
    const wasProven = provenAt !== undefined;
    return { session: id, person, level, isProven: wasProven && now - provenAt <= PROOF_MS, wasProven };
  }

  /** The same session under a new secret, once more was proven: the one before is worth nothing. The 12 hours go on. */
  async raise(secret: string): Promise<string> {
    const found = await this.live(secret);
    // It may have been ended just now, here or on another node: then it does not go on.
    if (!found || !(await this.store.delete(found.hash))) refuse('not-signed-in');
    const raised = randomBytes(32).toString('base64url');
    const now = this.now();
    await this.insert({ ...found, hash: hashOf(raised), level: 'full', seenAt: now, provenAt: now });
    return raised;
  }

  async end(secret: string): Promise<void> {
    if (SECRET.test(secret)) await this.store.delete(hashOf(secret));
  }

  async list(person: PersonId, current?: string): Promise<SessionShown[]> {
    const all = await this.store.ofPerson(person);
    return all
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
  async endOf(person: PersonId, session: string): Promise<void> {
    const found = (await this.store.ofPerson(person)).find(({ id }) => id === session);
    if (!found) refuse('session-unknown');
    await this.store.delete(found.hash);
  }

  /** All of them, or all but one. */
  async endAll(person: PersonId, but?: string): Promise<void> {
    for (const { hash, id } of await this.store.ofPerson(person)) if (id !== but) await this.store.delete(hash);
  }

  /**
   * Ends them with a change that they must not outlive. Before it: where nobody can be signed out at present, nothing is
   * changed either, and it can be asked for again. And after it, for whoever came in meanwhile.
   */
  async endAllWith<T>(person: PersonId, change: () => Promise<T>, but?: string): Promise<T> {
    await this.endAll(person, but);
    const changed = await change();
    await this.endAll(person, but);
    return changed;
  }

  private insert(session: StoredSession): Promise<void> {
    return this.store.insert(session, this.lastsMs(session));
  }

  private async live(secret: string): Promise<StoredSession | undefined> {
    if (!SECRET.test(secret)) return undefined;
    const found = await this.store.find(hashOf(secret));
    if (!found) return undefined;
    if (this.isLive(found)) return found;
    await this.store.delete(found.hash);
    return undefined;
  }

  private isLive(session: StoredSession): boolean {
    return this.lastsMs(session) > 0;
  }

  /** For how long it is good from now on, if nobody sees it again. */
  private lastsMs({ startedAt, seenAt, level }: StoredSession): number {
    const absolute = level === 'full' ? ABSOLUTE_MS : HALF_SIGNED_IN_MS;
    return Math.min(startedAt + absolute, seenAt + IDLE_MS) - this.now();
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
const visible = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST_AGENT);
