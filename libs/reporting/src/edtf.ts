import { refuse, refuseIf } from './decider.js';

/**
 * When something happened, as precisely as it is known: `2008`, `2008-10` or `2008-10-06` (EDTF level 0, ISO 8601-2).
 * A year is never turned into its first of January: two dates are compared on the precision that they share.
 */
export type Edtf = string & { readonly edtf: unique symbol };
export type Precision = 'year' | 'month' | 'day';

const PATTERN = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

export function isEdtf(text: string): text is Edtf {
  if (!PATTERN.test(text)) return false;
  return text.length < 10 || Number(text.slice(8)) <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** Refuses with `date-malformed` what is not a year, a month or a day of the proleptic Gregorian calendar. */
export function edtf(text: string): Edtf {
  return isEdtf(text) ? text : refuse('date-malformed', { date: text });
}

export function precisionOf(date: Edtf): Precision {
  return date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';
}

export function yearOf(date: Edtf): number {
  return Number(date.slice(0, 4));
}

/** Negative, zero or positive on the shared precision: `2008` and `2008-10-06` are neither before nor after each other. */
export function compareDates(a: Edtf, b: Edtf): number {
  const shared = Math.min(a.length, b.length);
  const left = a.slice(0, shared);
  const right = b.slice(0, shared);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isBefore = (a: Edtf, b: Edtf) => compareDates(a, b) < 0;
export const isAfter = (a: Edtf, b: Edtf) => compareDates(a, b) > 0;

/** Calendar days from `a` to `b`, or nothing when one of them is not known to the day. */
export function daysBetween(a: Edtf, b: Edtf): number | undefined {
  if (precisionOf(a) !== 'day' || precisionOf(b) !== 'day') return undefined;
  return Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);
}

/** Whole months from `a` to `b`, or nothing when one of them is known only to the year. */
export function monthsBetween(a: Edtf, b: Edtf): number | undefined {
  if (precisionOf(a) === 'year' || precisionOf(b) === 'year') return undefined;
  return (yearOf(b) - yearOf(a)) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
}

/** The last day of a year or month; a day is its own. */
export function lastDayOf(date: Edtf): Edtf {
  if (precisionOf(date) === 'day') return date;
  const month = precisionOf(date) === 'year' ? '12' : date.slice(5, 7);
  return `${date.slice(0, 4)}-${month}-${daysInMonth(yearOf(date), Number(month))}` as Edtf;
}

/** The day that comes `days` after `day`, or before it where that is negative; nothing beyond the years 0000 to 9999. */
export function dayAfter(day: Edtf, days: number): Edtf | undefined {
  const text = new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, -14);
  return isEdtf(text) ? text : undefined;
}

/** What was, cannot be dated after today. */
export function refuseFuture(date: Edtf, today: string): void {
  refuseIf(isAfter(date, today as Edtf), 'date-in-future', { date, today });
}

export function refuseDisorder(from: Edtf | undefined, to: Edtf | undefined): void {
  if (from && to) refuseIf(isAfter(from, to), 'dates-out-of-order', { from, to });
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
