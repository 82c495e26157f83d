import { type EventStore, type Expected, type NewEvent, StoreUnavailable } from '#event-store';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const CATEGORY = 'traffic';

/** When a worker last did what it does, and when that began. */
interface Success {
  readonly began: number;
  readonly ended: number;
}

export interface Recovery {
  readonly append: number;
  readonly read: number;
  readonly follow: number;
}

/**
 * Writers with a stream each, readers of what they wrote, and a subscriber to all, without a pause, on a store to which
 * things happen. An append that failed is repeated, unchanged, until it is acknowledged: one that was then refused as
 * out of place would show that something was lost or written twice.
 */
export class Traffic {
  readonly #acknowledged = new Map<string, string[]>();
  readonly #followed: string[] = [];
  readonly #successes: { readonly append: (Success | undefined)[]; readonly read: (Success | undefined)[] };
  readonly #over = new AbortController();
  readonly #unfollow = new AbortController();
  readonly #workers: Promise<unknown>;
  readonly #follower: Promise<void>;
  /** The latest event that the subscriber was given: when it was made, and when it came. */
  readonly #followedAt = { event: 0, seen: 0 };
  /** The longest that a call took, in milliseconds, whether it succeeded or not. */
  longest = 0;
  /** Calls that the store refused as unavailable. */
  refused = 0;

  constructor(
    private readonly store: EventStore,
    { writers, readers }: { writers: number; readers: number },
  ) {
    this.#successes = { append: Array(writers).fill(undefined), read: Array(readers).fill(undefined) };
    this.#workers = Promise.all([
      ...Array.from({ length: writers }, (_, i) => this.#write(i)),
      ...Array.from({ length: readers }, (_, i) => this.#read(i, `${CATEGORY}-${i % writers}`)),
    ]);
    this.#follower = this.#follow();
  }

  get appends(): number {
    return [...this.#acknowledged.values()].reduce((sum, ids) => sum + ids.length, 0);
  }

  /** How long after `since` each kind of call worked again for every worker: calls begun later count, and no others. */
  async recovery(since: number, atMost: number): Promise<Recovery> {
    for (;;) {
      const append = lastOf(this.#successes.append, since);
      const read = lastOf(this.#successes.read, since);
      const follow = this.#followedAt.event > since ? this.#followedAt.seen - since : undefined;
      if (append !== undefined && read !== undefined && follow !== undefined) return { append, read, follow };
      if (performance.now() - since > atMost) {
        throw new Error(`After ${atMost} ms not all work again: ${JSON.stringify({ append, read, follow })}`);
      }
      // A worker that failed for good fails the test.
      await Promise.race([delay(5), this.#workers, this.#follower]);
    }
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#workers;
    const end = performance.now() + 30_000;
    while (this.#followed.length < this.appends && performance.now() < end) await delay(5);
    this.#unfollow.abort();
    await this.#follower;
  }

  /** What is wrong in the log, if anything: events that are missing, out of place or there twice. */
  async faults(): Promise<string[]> {
    const faults: string[] = [];
    const log = new Map<string, string[]>();
    for await (const { id, stream, revision } of this.store.readAll({ categories: [CATEGORY] })) {
      const ids = log.get(stream) ?? [];
      if (ids.push(id) !== revision + 1) faults.push(`${stream} has revision ${revision} at ${ids.length - 1}`);
      log.set(stream, ids);
    }
    for (const [stream, ids] of this.#acknowledged) {
      if (ids.join() !== log.get(stream)?.join()) faults.push(`${stream} is not what was acknowledged`);
    }
    const all = new Set(this.#followed);
    if (all.size < this.#followed.length) faults.push('the subscriber was given an event twice');
    const missing = [...this.#acknowledged.values()].flat().filter((id) => !all.has(id));
    if (missing.length > 0) faults.push(`the subscriber was not given ${missing.length} events`);
    return faults;
  }

  async #write(worker: number): Promise<void> {
    const stream = `${CATEGORY}-${worker}`;
    const acknowledged: string[] = [];
    this.#acknowledged.set(stream, acknowledged);
    for (let expected: Expected = 'no-stream'; !this.#over.signal.aborted;) {
      const events = [event(), event()];
      let revision: number | undefined;
      while (revision === undefined) {
        revision = await this.#timed('append', worker, async () => {
          return (await this.store.append(stream, expected, events)).revision;
        });
      }
      expected = revision;
      acknowledged.push(...events.map(({ id }) => id));
    }
  }

  async #read(worker: number, stream: string): Promise<void> {
    while (!this.#over.signal.aborted) {
      const before = this.#acknowledged.get(stream)?.length ?? 0;
      await this.#timed('read', worker, async () => {
        if (before === 0) return;
        for await (const { revision } of this.store.read(stream, { direction: 'backwards', limit: 1 })) {
          if (revision + 1 < before) throw new Error(`${stream} shows ${revision + 1} events of ${before}`);
        }
      });
      await delay(5);
    }
  }

  async #follow(): Promise<void> {
    for await (const step of this.store.subscribe({ categories: [CATEGORY], signal: this.#unfollow.signal })) {
      if ('caughtUp' in step) continue;
      this.#followed.push(step.id);
      this.#followedAt.event = Math.max(this.#followedAt.event, Number(step.metadata['at']));
      this.#followedAt.seen = performance.now();
    }
  }

  async #timed<T>(kind: 'append' | 'read', worker: number, call: () => Promise<T>): Promise<T | undefined> {
    const began = performance.now();
    try {
      const answer = await call();
      this.#successes[kind][worker] = { began, ended: performance.now() };
      return answer;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.refused++;
      return undefined;
    } finally {
      this.longest = Math.max(this.longest, performance.now() - began);
    }
  }
}

/** When the last worker first succeeded after `since`; nothing while one has not. */
function lastOf(successes: readonly (Success | undefined)[], since: number): number | undefined {
  let last = 0;
  for (const success of successes) {
    if (success === undefined || success.began < since) return undefined;
    last = Math.max(last, success.ended - since);
  }
  return last;
}

const event = (): NewEvent => ({
  id: randomUUID(),
  type: 'Counted',
  data: { text: 'x'.repeat(100) },
  metadata: { at: String(performance.now()) },
});
