/** The views did not get there in the time that the caller would wait. What was recorded is recorded. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';
  constructor(
    readonly at: number,
    readonly waitedMs: number,
  ) {
    super(`The views are at sequence ${at} and did not reach what was asked for within ${waitedMs} ms`);
  }
}

/** Positions of the latest events, so that who just recorded one learns its sequence without a query. */
const RECENT = 20_000;

interface Waiter {
  /** The sequence that is waited for, if it is passed. `anew`: the views may have passed it without being heard of. */
  readonly passed: (anew: boolean) => number | undefined;
  readonly resolve: (sequence: number) => void;
  readonly giveUp: () => void;
}

/** Those who wait until the views have passed something. */
export class Passing {
  private readonly recent = new Map<string, number>();
  private readonly waiters = new Set<Waiter>();

  constructor(
    private readonly head: () => number,
    /** Looks a position up among all that the views have passed. */
    private readonly sequenceOf: (position: string) => number | undefined,
  ) {}

  position(position: string, withinMs: number): Promise<number> {
    return this.wait((anew) => this.recent.get(position) ?? (anew ? this.sequenceOf(position) : undefined), withinMs);
  }

  sequence(sequence: number, withinMs: number): Promise<number> {
    return this.wait(() => (this.head() >= sequence ? this.head() : undefined), withinMs);
  }

  /** These events are passed now, the last of them at the head. */
  passed(events: readonly { readonly position: string }[]): void {
    let sequence = this.head() - events.length + 1;
    for (const { position } of events) this.recent.set(position, sequence++);
    for (const position of this.recent.keys()) {
      if (this.recent.size <= RECENT) break;
      this.recent.delete(position);
    }
    this.look(false);
  }

  /** Other documents answer now, which may be further. */
  switched(): void {
    this.look(true);
  }

  /** Nothing will be passed any more. */
  giveUp(): void {
    // Of the latest some may have been undone.
    this.recent.clear();
    for (const waiter of this.waiters) waiter.giveUp();
  }

  private look(anew: boolean): void {
    for (const waiter of this.waiters) {
      const sequence = waiter.passed(anew);
      if (sequence !== undefined) waiter.resolve(sequence);
    }
  }

  private wait(passed: Waiter['passed'], withinMs: number): Promise<number> {
    const now = passed(true);
    if (now !== undefined) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const began = Date.now();
      const leave = () => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
      };
      const waiter: Waiter = {
        passed,
        resolve: (sequence) => {
          leave();
          resolve(sequence);
        },
        giveUp: () => {
          leave();
          reject(new ViewsBehind(this.head(), Date.now() - began));
        },
      };
      const timer = setTimeout(waiter.giveUp, withinMs);
      this.waiters.add(waiter);
    });
  }
}
