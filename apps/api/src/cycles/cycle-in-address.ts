import type { CycleId } from '#reporting';

/** Series and year of an address. What is no year names a cycle that is not on record. */
export function cycleIn(series: string, year: string): CycleId {
  return { series, year: /^\d{4}$/.test(year) ? Number(year) : NaN };
}
