import type { PersonId } from '../keys/person-keys.js';

/** `password`: who has to give a second factor before anything else. `full`: signed in. */
export type SessionLevel = 'password' | 'full';

export interface StoredSession {
  /** SHA-256 of what stands in the cookie, which is kept nowhere. */
  readonly hash: string;
  /** To show and to end it by. */
  readonly id: string;
  readonly person: PersonId;
  readonly level: SessionLevel;
  /** Milliseconds since 1970, as all times here. */
  readonly startedAt: number;
  readonly seenAt: number;
  /** When a second factor was last given in it. */
  readonly provenAt?: number;
  /** What the browser calls itself, so that its owner knows it again. */
  readonly agent: string;
}

/** Whoever keeps the sessions does not answer: try again later. Nobody is signed out by that. */
export class SessionsUnavailable extends Error {
  override readonly name = 'SessionsUnavailable';
  readonly code = 'sessions-unavailable';
}

/**
 * Sessions, what was used up, and when tokens were last used: losing all of it costs a sign-in. `SessionsUnavailable` where it is
 * kept elsewhere, and nobody answers there.
 */
export abstract class SessionStore {
  /** `lastsMs`: after that it is over if nobody has seen it, and need not be kept. */
  abstract insert(session: StoredSession, lastsMs: number): Promise<void>;
  abstract find(hash: string): Promise<StoredSession | undefined>;
  /** Writes down when it was seen, unless it has ended in the meantime. */
  abstract touch(session: StoredSession, lastsMs: number): Promise<void>;
  /** Whether it was there: of two who end it at once, one is told so. */
  abstract delete(hash: string): Promise<boolean>;
  /** The oldest first. */
  abstract ofPerson(person: PersonId): Promise<readonly StoredSession[]>;
  /** Whatever is known of the person here, and for good. */
  abstract forget(person: PersonId): Promise<void>;
  /** Ends what began or was seen before. */
  abstract sweep(limits: { readonly startedBefore: number; readonly seenBefore: number }): Promise<void>;
  /** Whether the step was not used before, by this person, nor a later one: each code is good for one time. */
  abstract useStep(person: PersonId, step: number): Promise<boolean>;
  /** Whether nobody has used it before: of many at once, one is told so. Remembered for `lastsMs` from `now` on. */
  abstract useOnce(what: string, now: number, lastsMs: number): Promise<boolean>;
  abstract tokenUsed(token: string, person: PersonId, at: number): Promise<void>;
  abstract tokenUses(person: PersonId): Promise<ReadonlyMap<string, number>>;
  abstract close(): Promise<void>;
}
