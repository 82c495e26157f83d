import { isPublished } from '#reporting';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, keyOfReport } from './documents.js';
import { reservationIn } from './reservation-told.js';
import { withholdingAsToday, withoutWithheld } from './withheld-parts.js';

/**
 * How a report stands, for those who do not write it: without who was asked for a section, and without documents that no
 * version names. For those who read no more than what is published, nothing waits for a second person either, and of a
 * version that is not published there is no more than that it was submitted. `asOf`: the moment at which it stood so; what
 * was withheld since is withheld there, too.
 */
export function reportForReaders(
  views: Views,
  then: ReportDocument,
  of: 'submitted' | 'published',
  asOf?: number,
): ReportDocument {
  const report = withholdingAsToday(views, then, asOf);
  const { delegations: _, awaitsSecond, documents = [], ...rest } = of === 'published' ? asPublished(report) : report;
  const version = of === 'published' ? report.published : report.versions?.at(-1)?.version;
  const known = report.phase === 'answered-by-letter' ? documents.length : documentsOf(views, report, version);
  const shown = documents.slice(0, known);
  const theirs = { ...rest, ...(shown.length && { documents: shown }) };
  if (of === 'published') return withoutWithheld(theirs);
  return { ...theirs, ...(awaitsSecond && { awaitsSecond }) };
}

/** Who signed a version, with which reservation, and how it may be cited, is said with its words. */
function asPublished(report: ReportDocument): ReportDocument {
  const { reservation: _, versions: all = [], ...rest } = report;
  const isRead = (version: number) => isPublished(report, version);
  const reservation = reservationIn(report, isRead);
  const versions = all.filter(({ version }) => isRead(version));
  const unpublished = all
    .filter(({ version }) => !isRead(version))
    .map(({ version, on, sequence }) => ({ version, on, sequence }));
  return {
    ...rest,
    ...(reservation !== undefined && { reservation }),
    ...(versions.length && { versions }),
    ...(unpublished.length && { unpublished }),
  };
}

/** How many of the documents had been attached when a version was submitted. They are never taken away. */
export function documentsOf(views: Views, report: ReportDocument, wanted: number | undefined): number {
  const version = report.versions?.find((each) => each.version === wanted);
  const then = version && documentAt(views, 'reports', keyOfReport(report), version.sequence);
  return then?.documents?.length ?? 0;
}
