import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentsShown, withholdingAsToday } from './report-year.js';
import { reservationUpTo } from './reservation-told.js';

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
  const theirs = { ...report, documents: documents.slice(0, known) };
  const shown = of === 'submitted' ? theirs.documents : documentsShown(theirs);
  return {
    ...rest,
    ...(of === 'submitted' && awaitsSecond && { awaitsSecond }),
    ...(shown.length && { documents: shown }),
  };
}

/** Who signed a version, with which reservation, and how it may be cited, is said with its words. */
function asPublished(report: ReportDocument): ReportDocument {
  const { reservation: _, versions: all = [], ...rest } = report;
  const { published = 0 } = report;
  const reservation = reservationUpTo(report, published);
  const versions = all.filter(({ version }) => version <= published);
  const unpublished = all
    .filter(({ version }) => version > published)
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
  const { series, year, organization, versions = [] } = report;
  const version = versions.find((each) => each.version === wanted);
  const then = version && views.document('reports', `${series}/${year}/${organization}`, version.sequence);
  return then ? ((JSON.parse(then.body) as ReportDocument).documents ?? []).length : 0;
}
