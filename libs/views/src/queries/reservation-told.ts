import { Withholding } from '#reporting';
import type { ReportDocument } from '../folds/reports.js';

/**
 * The reservation of a report, as far as the versions say it that are read: that of another is for those who read that one.
 * What came by a letter is for everybody, until a version has one of its own.
 */
export function reservationIn(
  { reservation, versions = [] }: Pick<ReportDocument, 'reservation' | 'versions'>,
  isRead: (version: number) => boolean,
): string | undefined {
  const reserved = versions.filter((each) => each.reservation !== undefined);
  return reserved.length ? reserved.findLast(({ version }) => isRead(version))?.reservation : reservation;
}

/** The same, as far as it is not withheld. */
export function reservationShown(report: ReportDocument, isRead: (version: number) => boolean): string | undefined {
  return new Withholding(report.withheld).reservation() ? undefined : reservationIn(report, isRead);
}
