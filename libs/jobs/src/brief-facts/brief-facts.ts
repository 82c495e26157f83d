/** Whoever keeps these facts does not answer, or refuses to: try again later. What was asked for may or may not have happened. */
export class FactsUnavailable extends Error {
  override readonly name = 'FactsUnavailable';
  readonly code = 'facts-unavailable';
}

export interface Fact {
  readonly key: string;
  readonly text: string;
  /** Milliseconds from now on; the least is 1. */
  readonly lastsMs: number;
}

/** Of a list, which is read in the order of `at`. The whole list lasts as long as the line that was entered last says. */
export interface Line {
  readonly list: string;
  readonly name: string;
  readonly at: number;
  readonly lastsMs: number;
}

/**
 * How often something may be done: `free` times within a while. After that not before the first of them is over; or, with
 * `longestMs`, once in a while that doubles each time, from a second to that.
 */
export interface Tally {
  readonly key: string;
  readonly free: number;
  readonly withinMs: number;
  readonly longestMs?: number;
}

/** Of a tally that slows down, older times than so many are forgotten. */
export const MOST_COUNTED = 200;

/**
 * What the processes of an installation have to know together and for a while: who is signed in, what was used up, how often
 * something was tried. It may lose everything that it holds. What one call does happens whole, and at no time together with
 * another's. `FactsUnavailable` where nobody answers in time.
 *
 * Facts, lists and numbers that rise have one set of keys; tallies have their own.
 */
export abstract class BriefFacts {
  /** Why nothing can be kept or found at present, in words; absent while all is well. */
  abstract readonly trouble: string | undefined;

  /** With a line, both are there or none. */
  abstract put(fact: Fact, line?: Line): Promise<void>;

  /** Whether it was put: of many at once, one is told so. */
  abstract putIfAbsent(fact: Fact): Promise<boolean>;

  /** Whether it was put: one that is gone does not come back. */
  abstract putIfThere(fact: Fact): Promise<boolean>;

  /** For each key its text, or nothing. */
  abstract get(...keys: readonly string[]): Promise<readonly (string | undefined)[]>;

  /** Its text, which is not there any more then: of many at once, one gets it. */
  abstract take(key: string): Promise<string | undefined>;

  /** A line of the same name is entered anew. */
  abstract enter(line: Line): Promise<void>;

  /** Names, and when they were entered for; the earliest first. */
  abstract lines(list: string): Promise<ReadonlyMap<string, number>>;

  abstract strike(list: string, ...names: readonly string[]): Promise<void>;

  /** Whether the number rose: it was not there, or lower. Of many at once, one is told so. */
  abstract raise(key: string, to: number, lastsMs: number): Promise<boolean>;

  /** Facts, whole lists, numbers; harmless where they are not there. */
  abstract forget(...keys: readonly string[]): Promise<void>;

  /** Counts one more under each, or under none where one of them does not allow it: then for how many ms it does not, else 0. */
  abstract count(...tallies: readonly Tally[]): Promise<number>;

  /** Takes back what was counted last, or all. */
  abstract uncount(...of: readonly { readonly key: string; readonly what: 'last' | 'all' }[]): Promise<void>;

  abstract close(): Promise<void>;
}

export const lasting = (ms: number): number => Math.max(1, Math.round(ms));
