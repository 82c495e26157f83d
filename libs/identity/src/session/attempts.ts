import { createHmac } from 'node:crypto';
import type { BriefFacts, Tally } from '#jobs';
import { type IdentityCode, refuse } from '../identity-refusal.js';
import type { PersonKeys } from '../keys/person-keys.js';

/** So many failures are free, within a quarter of an hour. */
const FREE_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;
/** The wait doubles with each failure after that, up to here: nobody is locked out for ever. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** Of what strangers can bring upon an account: long enough to make guessing hopeless, short enough for its owner. */
const LONGEST_BY_OTHERS_MS = 30_000;

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

/**
 * Counts what failed, so that guessing gets slow, and what may be done so often and no more. Several nodes count together.
 * Under which address and from where stands there for nobody to read.
 */
export class Attempts {
  constructor(
    private readonly facts: BriefFacts,
    private readonly keys: PersonKeys,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Counts one as failed until it is known to have succeeded, so that many at once do not all pass. Refuses with
   * `sign-in-too-often`, and says after how many seconds it is worth to try again.
   */
  async begin(...keys: readonly AttemptKey[]): Promise<void> {
    const waits = await this.count(
      keys.map(({ key, free, longestMs }) => ({ key, free, withinMs: WINDOW_MS, longestMs })),
    );
    if (waits > 0) refuse('sign-in-too-often', { retryAfter: Math.ceil(waits / 1_000) });
  }

  async succeeded(...keys: readonly AttemptKey[]): Promise<void> {
    const whatOf = ({ isKept }: AttemptKey) => (isKept ? 'last' : 'all');
    const named = keys.map(async (each) => ({ key: await this.nameOf(each.key), what: whatOf(each) }) as const);
    await this.facts.uncount(...(await Promise.all(named)));
  }

  /** Counts one under each. Where one of them is used up it refuses with `code`, says when that is over, and counts nothing. */
  async allow(code: IdentityCode, ...allowances: readonly Allowance[]): Promise<void> {
    const waits = await this.count(allowances.map(({ key, most, withinMs }) => ({ key, free: most, withinMs })));
    if (waits === 0) return;
    const retryAfter = Math.ceil(waits / 1_000);
    refuse(code, { retryAfter, again: new Date(this.now() + retryAfter * 1_000).toISOString() });
  }

  private async count(tallies: readonly Tally[]): Promise<number> {
    const named = tallies.map(async (tally) => ({ ...tally, key: await this.nameOf(tally.key) }));
    return this.facts.count(...(await Promise.all(named)));
  }

  private async nameOf(key: string): Promise<string> {
    const server = await this.keys.ofServer();
    return `attempts:${createHmac('sha256', server).update(`attempts/${key}`).digest('base64url')}`;
  }
}
