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

/** Sessions, used codes and when tokens were last used: losing all of it costs a sign-in. */
export abstract class SessionStore {
  abstract insert(session: StoredSession): void;
  abstract find(hash: string): StoredSession | undefined;
  abstract touch(hash: string, seenAt: number): void;
  abstract prove(hash: string, provenAt: number): void;
  abstract delete(hash: string): void;
  abstract ofPerson(person: PersonId): readonly StoredSession[];
  /** Whatever is known of the person here, and for good. */
  abstract forget(person: PersonId): void;
  /** Ends what began or was seen before. */
  abstract sweep(limits: { readonly startedBefore: number; readonly seenBefore: number }): void;
  /** Whether the step was not used before, by this person, nor a later one: each code is good for one time. */
  abstract useStep(person: PersonId, step: number): boolean;
  abstract tokenUsed(token: string, person: PersonId, at: number): void;
  abstract tokenUses(person: PersonId): ReadonlyMap<string, number>;
  abstract close(): void;
}
