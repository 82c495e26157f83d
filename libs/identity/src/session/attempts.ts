import { type IdentityCode, refuse } from '../identity-refusal.js';

/** So many failures are free, within a quarter of an hour. */
export const FREE_FAILURES = 10;
export const WINDOW_MS = 15 * 60_000;
/** The wait doubles with each failure after that, up to here: nobody is locked out for ever. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** Of what strangers can bring upon an account: long enough to make guessing hopeless, short enough for its owner. */
const LONGEST_BY_OTHERS_MS = 30_000;
const MOST_KEYS = 100_000;
export const MOST_FAILURES = 200;

/** Counts what failed, so that guessing gets slow, and what may be done so often and no more. Several nodes count together. */
export abstract class Attempts {
  /**
   * Counts one as failed until it is known to have succeeded, so that many at once do not all pass. Refuses with
   * `sign-in-too-often`, and says after how many seconds it is worth to try again.
   */
  abstract begin(...keys: readonly AttemptKey[]): Promise<void>;
  abstract succeeded(...keys: readonly AttemptKey[]): Promise<void>;
  /** Counts one under each. Where one of them is used up it refuses with `code`, says when that is over, and counts nothing. */
  abstract allow(code: IdentityCode, ...allowances: readonly Allowance[]): Promise<void>;
}

/** What may be done `most` times within a while, whether it succeeds or not. */
export interface Allowance {
  readonly key: string;
  readonly most: number;
  readonly withinMs: number;
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

/** `again`: RFC 3339, UTC. */
export function refuseAsUsedUp(code: IdentityCode, now: number, waitsMs: number): never {
  const retryAfter = Math.ceil(waitsMs / 1_000);
  return refuse(code, { retryAfter, again: new Date(now + retryAfter * 1_000).toISOString() });
}

export function refuseUntil(waitsMs: number): never {
  return refuse('sign-in-too-often', { retryAfter: Math.ceil(waitsMs / 1_000) });
}

/** Of this process alone. */
export class AttemptsInMemory extends Attempts {
  /** Times of what was counted within the window, the oldest first. */
  private readonly counted = new Map<string, number[]>();

  constructor(private readonly now: () => number = Date.now) {
    super();
  }

  override async begin(...keys: readonly AttemptKey[]): Promise<void> {
    const waits = Math.max(...keys.map((key) => this.closedUntil(key))) - this.now();
    if (waits > 0) refuseUntil(waits);
    for (const { key } of keys) this.count(key, this.recent(key));
  }

  override async succeeded(...keys: readonly AttemptKey[]): Promise<void> {
    for (const { key, isKept } of keys) {
      if (isKept) this.counted.get(key)?.pop();
      else this.counted.delete(key);
    }
  }

  override async allow(code: IdentityCode, ...allowances: readonly Allowance[]): Promise<void> {
    const now = this.now();
    const counted = allowances.map((each) => ({ ...each, times: this.recent(each.key, each.withinMs) }));
    const waits = counted.map(({ times, most, withinMs }) => (times.at(-most) ?? now - withinMs) + withinMs - now);
    if (Math.max(...waits) > 0) refuseAsUsedUp(code, now, Math.max(...waits));
    for (const { key, times, most } of counted) this.count(key, times, most);
  }

  private count(key: string, before: readonly number[], most = MOST_FAILURES): void {
    // The one that was counted longest ago is forgotten first.
    this.counted.delete(key);
    this.counted.set(key, [...before, this.now()].slice(-most));
    if (this.counted.size > MOST_KEYS) this.counted.delete(this.counted.keys().next().value!);
  }

  private closedUntil({ key, free, longestMs }: AttemptKey): number {
    const failures = this.recent(key);
    if (failures.length < free) return 0;
    return failures.at(-1)! + Math.min(1_000 * 2 ** (failures.length - free), longestMs);
  }

  private recent(key: string, withinMs = WINDOW_MS): number[] {
    const since = this.now() - withinMs;
    return (this.counted.get(key) ?? []).filter((at) => at > since);
  }
}
