import type { Compared, Ratio } from './alternating.js';

export interface Settings {
  /** How often each comparison is repeated. */
  readonly rounds: number;
  /** One slice of appending. */
  readonly sliceMs: number;
  /** One slice of requests. */
  readonly loadSeconds: number;
  /** Requests before the first slice: what a command runs through is compiled well only after some 20,000 of them. */
  readonly warmUpSeconds: number;
  readonly replayEvents: number;
  /** Sizes of the records that views are built from; the target is for the last one, and its cost against the first. */
  readonly rebuildEvents: readonly [number, ...number[]];
}

/** For CI: tells that everything runs, and what is far off. */
export const SHORT: Settings = {
  rounds: 3,
  sliceMs: 250,
  loadSeconds: 1,
  warmUpSeconds: 3,
  replayEvents: 50_000,
  rebuildEvents: [50_000],
};

/** For figures to be quoted. */
export const LONG: Settings = {
  rounds: 9,
  sliceMs: 500,
  loadSeconds: 3,
  warmUpSeconds: 12,
  replayEvents: 1_000_000,
  rebuildEvents: [100_000, 1_000_000],
};

/** What a group of measurements is given. */
export interface Bench extends Settings {
  /** A folder of its own; deleted afterwards. */
  readonly folder: string;
  /** A folder of made-up records, which all groups share. */
  readonly records: string;
  /** Where servers and those who ask them run; absent where a process cannot be bound to a core. */
  readonly cores?: { readonly server: number; readonly load: number } | undefined;
}

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A line of the table. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly reference: string;
  /** What is held against the target: the median of a ratio, or a figure as such. Absent where it was not measured. */
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly unit: string;
  /** Absent where a figure is only told. */
  readonly target?: Target;
  /** What a reader must know to read the line. */
  readonly note?: string;
}

export type Group = (bench: Bench) => AsyncIterable<Row>;

/** A line about two rates. */
export function compared(
  name: string,
  { ours, reference, ratio }: Compared,
  target: Target | undefined,
  note?: string,
): Row {
  return {
    name,
    ours: `${whole(ours)}/s`,
    reference: `${whole(reference)}/s`,
    ...inRatio(ratio),
    ...(target && { target }),
    ...(note !== undefined && { note }),
  };
}

export const inRatio = ({ median, low, high }: Ratio) => ({ value: median, low, high, unit: 'x' });

export const notMeasured = (name: string, target: Target, why: string): Row => ({
  name,
  ours: '-',
  reference: '-',
  unit: 'x',
  target,
  note: why,
});

/** 12,345 */
export const whole = (figure: number) => Math.round(figure).toLocaleString('en');

/** Whether the target, or with `slack` a multiple of it, is met; never where nothing was measured. */
export function isMet({ value, target }: Row, slack = 1): boolean {
  if (value === undefined) return false;
  if (target === undefined) return true;
  return 'atLeast' in target ? value >= target.atLeast / slack : value <= target.atMost * slack;
}
