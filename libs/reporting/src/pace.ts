import type { Edtf } from './edtf.js';
import { daysBetween, monthsBetween } from './edtf.js';

/** How long something took, in the unit that its dates support. */
export type Pace =
  | { readonly known: true; readonly unit: 'days' | 'months'; readonly length: number }
  | { readonly known: false; readonly reason: 'not-ended' | 'not-precise-enough' };

/**
 * Rule 17. Days only where both dates are known to the day, calendar months where both are known at least to the month;
 * a year has no first of January to count from.
 */
export function paceOf({ startedOn, endedOn }: { readonly startedOn: Edtf; readonly endedOn?: Edtf }): Pace {
  if (!endedOn) return { known: false, reason: 'not-ended' };
  const days = daysBetween(startedOn, endedOn);
  if (days !== undefined) return { known: true, unit: 'days', length: days };
  const months = monthsBetween(startedOn, endedOn);
  if (months !== undefined) return { known: true, unit: 'months', length: months };
  return { known: false, reason: 'not-precise-enough' };
}
