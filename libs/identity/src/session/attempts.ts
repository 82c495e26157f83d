import { refuse } from '../identity-refusal.js';

/** So many failures are free, within a quarter of an hour. */
export const FREE_FAILURES = 10;
export const WINDOW_MS = 15 * 60_000;
/** The wait doubles with each failure after that, up to here: nobody is locked out for ever. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** Of what strangers can bring upon an account: long enough to make guessing hopeless, short enough for its owner. */
const LONGEST_BY_OTHERS_MS = 30_000;
const MOST_KEYS = 100_000;
export const MOST_FAILURES = 200;

/** Counts what failed, so that guessing gets slow. Several nodes count together. */
export abstract class Attempts {
  /**
   * Counts one as failed until it is known to have succeeded, so that many at once do not all pass. Refuses with
   * `sign-in-too-often`, and says after how many seconds it is worth to try again.
   */
  abstract begin(...keys: readonly AttemptKey[]): Promise<void>;
  abstract succeeded(...keys: readonly AttemptKey[]): Promise<void>;
}

export interface AttemptKey {
  readonly key: string;
  /** How many failures are free under it. */
  readonly free: number;
  readonly longestMs: number;
  /** One success is no excuse for the failures before it. */
  readonly isKept?: true;
}

/**
 * For who tries what from where: ten for one account from one address, which nobody elsewhere can use up for its owner; a
 * hundred for an account from everywhere, and for an address on all accounts.
 */
export const attemptKeys = (account: string, from: string): AttemptKey[] => [
  { key: `both/${account}/${from}`, free: FREE_FAILURES, longestMs: LONGEST_WAIT_MS },
  { key: `account/${account}`, free: FREE_FAILURES * 10, longestMs: LONGEST_BY_OTHERS_MS },
  { key: `from/${from}`, free: FREE_FAILURES * 10, longestMs: LONGEST_WAIT_MS, isKept: true },
];

/**
 * For who tries links from somewhere. A page of another site can have any browser ask for those: that is not to keep
 * everybody who is there from signing in, so it is counted apart from passwords.
 */
export const linkKey = (kind: 'invitation' | 'oidc', from: string): AttemptKey => ({
  key: `${kind}/${from}`,
  free: FREE_FAILURES * 10,
  longestMs: LONGEST_WAIT_MS,
  isKept: true,
});

/** Of a second factor: whoever guesses here has the password. */
export const secondFactorKey = (person: string): AttemptKey => ({
  key: `second/${person}`,
  free: FREE_FAILURES,
  longestMs: LONGEST_WAIT_MS,
});

export function refuseUntil(waitsMs: number): never {
  return refuse('sign-in-too-often', { retryAfter: Math.ceil(waitsMs / 1_000) });
}

/** Of this process alone. */
export class AttemptsInMemory extends Attempts {
  /** Times of the failures within the window, the oldest first. */
  private readonly failures = new Map<string, number[]>();

  constructor(private readonly now: () => number = Date.now) {
    super();
  }

  override async begin(...keys: readonly AttemptKey[]): Promise<void> {
    const waits = Math.max(...keys.map((key) => this.closedUntil(key))) - this.now();
    if (waits > 0) refuseUntil(waits);
    for (const { key } of keys) {
      const failures = [...this.recent(key), this.now()];
      // The one that failed longest ago is forgotten first.
      this.failures.delete(key);
      this.failures.set(key, failures.slice(-MOST_FAILURES));
    }
    while (this.failures.size > MOST_KEYS) this.failures.delete(this.failures.keys().next().value!);
  }

  override async succeeded(...keys: readonly AttemptKey[]): Promise<void> {
    for (const { key, isKept } of keys) {
      if (isKept) this.failures.get(key)?.pop();
      else this.failures.delete(key);
    }
  }

  private closedUntil({ key, free, longestMs }: AttemptKey): number {
    const failures = this.recent(key);
    if (failures.length < free) return 0;
    return failures.at(-1)! + Math.min(1_000 * 2 ** (failures.length - free), longestMs);
  }

  private recent(key: string): number[] {
    const since = this.now() - WINDOW_MS;
    return (this.failures.get(key) ?? []).filter((at) => at > since);
  }
}
