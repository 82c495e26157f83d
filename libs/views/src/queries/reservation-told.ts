import type { ReportDocument } from '../folds/reports.js';

/**
 * The reservation of a report, as far as its versions up to `last` say it: that of a later version is for those who read
 * that one. What came by a letter is for everybody, until a version has one of its own.
 */
export function reservationUpTo(
  { reservation, versions = [] }: Pick<ReportDocument, 'reservation' | 'versions'>,
  last: number,
): string | undefined {
  const reserved = versions.filter((each) => each.reservation !== undefined);
  if (!reserved.some(({ version }) => version > last)) return reservation;
  return reserved.findLast(({ version }) => version <= last)?.reservation;
}
