/** One side of a comparison: works for a slice of time, or through one pass, and answers how much it did per second. */
export type Slice = () => Promise<number>;

/** Two sides that ran by turns, so that a slow moment of the machine hits both. */
export interface Compared {
  /** Per second, medians of the rounds. */
  readonly ours: number;
  readonly reference: number;
  /** Ours over the reference beside it: median of the rounds, lowest and highest. */
  readonly ratio: Ratio;
}

export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Reference, ours, reference, ours, …, reference: each of ours is held against the mean of its two neighbours. */
export async function alternating(rounds: number, ours: Slice, reference: Slice): Promise<Compared> {
  const our: number[] = [];
  const their: number[] = [await reference()];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    our.push(await ours());
    their.push(await reference());
    ratios.push(our[round]! / ((their[round]! + their[round + 1]!) / 2));
  }
  return { ours: median(our), reference: median(their), ratio: ratioOf(ratios) };
}

const ratioOf = (ratios: readonly number[]): Ratio => ({
  median: median(ratios),
  low: Math.min(...ratios),
  high: Math.max(...ratios),
});

/** Of an even number the higher one of the middle. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[values.length >> 1];
  if (middle === undefined) throw new Error('There is no median of nothing');
  return middle;
}
