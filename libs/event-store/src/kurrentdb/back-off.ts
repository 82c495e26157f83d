const FIRST_MS = 100;
const GROWTH = 1.5;
const LONGEST_MS = 2_000;

/**
 * How long to wait after so many failures in a row, from 1. Grown and spread, so that the many who lost the same server
 * do not come back at the same moment; never long, as elections take seconds.
 */
export function backOff(failures: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * GROWTH ** (failures - 1));
  return longest * (0.5 + random() / 2);
}
