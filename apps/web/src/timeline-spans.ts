import type { Edtf } from '#reporting';
import { precisionOf, yearOf } from '#reporting';

/** A stretch of time in years: 2008.5 is the middle of 2008. `from` equals `to` where a day is known. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a date lies: a year is all of that year, a month all of that month, a day one point. */
export function spanOf(date: Edtf): Span {
  const year = yearOf(date);
  switch (precisionOf(date)) {
    case 'year':
      return { from: year, to: year + 1 };
    case 'month': {
      const month = Number(date.slice(5, 7));
      return { from: year + (month - 1) / 12, to: year + month / 12 };
    }
    case 'day': {
      const [start, end, day] = [Date.UTC(year, 0), Date.UTC(year + 1, 0), Date.parse(date)];
      // Noon, so that the last day of a year does not stand on the line of the next.
      const at = year + (day + 43_200_000 - start) / (end - start);
      return { from: at, to: at };
    }
  }
}

/** `open`: it went on, by the record. `not-known`: it ended at no known time, or nobody looked. */
export type Ending = Span | 'open' | 'not-known';

/**
 * What to draw of something that went on for a time. Between `solidFrom` and `solidTo` it is known to have run; it began
 * at some time from `from` on, and ended at some time up to `to`.
 */
export interface Stretch {
  readonly from: number;
  readonly solidFrom: number;
  readonly solidTo: number;
  readonly to: number;
}

/** How long a bar goes on to fade where nobody knows what became of it. */
const FADE_YEARS = 1;

/** `edge`: the right end of the drawing, in years. */
export function stretchOf(start: Span, ending: Ending, edge: number): Stretch {
  if (ending === 'not-known') {
    return { from: start.from, solidFrom: start.to, solidTo: start.to, to: Math.min(edge, start.to + FADE_YEARS) };
  }
  if (ending === 'open') {
    const solidTo = Math.max(start.to, edge - FADE_YEARS);
    return { from: start.from, solidFrom: start.to, solidTo, to: Math.max(edge, solidTo) };
  }
  const to = Math.max(start.from, ending.to);
  if (start.to <= ending.from) return { from: start.from, solidFrom: start.to, solidTo: ending.from, to };
  // Begun and ended within the same uncertainty: there is no time at which it is known to have run.
  const middle = (Math.min(start.to, to) + Math.max(start.from, ending.from)) / 2;
  return { from: start.from, solidFrom: middle, solidTo: middle, to };
}

/** A moment in time of its own, such as a request: drawn over all that its date may mean. */
export const momentOf = (span: Span): Stretch => stretchOf(span, span, span.to);
