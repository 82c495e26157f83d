import { MOST_COUNTED, type Tally } from './brief-facts.js';

const MOST_KEYS = 100_000;

/** In the memory of this process. */
export class OwnTallies {
  /** When something was counted, within the while of its tally; the earliest first. */
  private readonly counted = new Map<string, readonly number[]>();

  constructor(private readonly now: () => number) {}

  count(tallies: readonly Tally[]): number {
    const waits = Math.max(0, ...tallies.map((tally) => this.waitOf(tally)));
    if (waits === 0) for (const tally of tallies) this.add(tally);
    return waits;
  }

  uncount(of: readonly { readonly key: string; readonly what: 'last' | 'all' }[]): void {
    for (const { key, what } of of) {
      if (what === 'all') this.counted.delete(key);
      else this.counted.set(key, (this.counted.get(key) ?? []).slice(0, -1));
    }
  }

  private waitOf(tally: Tally): number {
    const { free, withinMs, longestMs } = tally;
    const times = this.recent(tally);
    if (times.length < free) return 0;
    const over =
      longestMs === undefined
        ? times.at(-free)! + withinMs
        : times.at(-1)! + Math.min(1_000 * 2 ** (times.length - free), longestMs);
    return Math.max(0, over - this.now());
  }

  private add(tally: Tally): void {
    const { key, free, longestMs } = tally;
    const times = [...this.recent(tally), this.now()].slice(-(longestMs === undefined ? free : MOST_COUNTED));
    // The one that was counted longest ago is forgotten first.
    this.counted.delete(key);
    this.counted.set(key, times);
    if (this.counted.size > MOST_KEYS) this.counted.delete(this.counted.keys().next().value!);
  }

  private recent({ key, withinMs }: Tally): readonly number[] {
    const since = this.now() - withinMs;
    return (this.counted.get(key) ?? []).filter((at) => at > since);
  }
}
