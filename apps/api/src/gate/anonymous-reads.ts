import { HttpProblem } from '../http/http-problem.js';

const MINUTE_MS = 60_000;
const MOST_ADDRESSES = 10_000;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/**
 * How many costly reads are left for each network from which nobody has signed in: so many a minute, all at once or
 * spread over it. Each node counts for itself, and forgets first who has not asked for longest.
 */
export class AnonymousReads {
  private readonly buckets = new Map<string, Bucket>();

  /** 0: no limit. */
  constructor(
    private readonly aMinute: number,
    private readonly now: () => number,
  ) {}

  /** Counts one. Throws `too-many-reads` where none is left, and says when there is one again. */
  take(network: string): void {
    if (this.aMinute === 0) return;
    const at = this.now();
    const left = this.leftFor(network, at);
    this.buckets.delete(network);
    this.buckets.set(network, { left: left < 1 ? left : left - 1, at });
    if (this.buckets.size > MOST_ADDRESSES) this.buckets.delete(this.buckets.keys().next().value!);
    if (left < 1) refuse(at, Math.ceil(((1 - left) * MINUTE_MS) / this.aMinute / 1_000));
  }

  private leftFor(network: string, at: number): number {
    const known = this.buckets.get(network);
    if (!known) return this.aMinute;
    // A clock may be set back.
    const passedMs = Math.max(0, at - known.at);
    return Math.min(this.aMinute, known.left + (passedMs * this.aMinute) / MINUTE_MS);
  }
}

function refuse(at: number, retryAfter: number): never {
  const again = new Date(at + retryAfter * 1_000).toISOString();
  throw new HttpProblem('too-many-reads', {
    what: `You can ask again from ${again} on.`,
    facts: { retryAfter, again },
    headers: { 'Retry-After': String(retryAfter) },
  });
}
