import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { withholdingAsToday } from './report-year.js';

/**
 * How a report stands, for those who do not write it: without who was asked for a section, and without documents that no
 * version names. For those who read no more than what is published, nothing waits for a second person either. `asOf`: the
 * moment at which it stood so; what was withheld since is withheld there, too.
 */
export function reportForReaders(
  views: Views,
  then: ReportDocument,
  of: 'submitted' | 'published',
  asOf?: number,
): ReportDocument {
  const report = withholdingAsToday(views, then, asOf);
  const { delegations: _, awaitsSecond, documents = [], ...rest } = report;
  const version = of === 'published' ? report.published : report.versions?.at(-1)?.version;
  const known = report.phase === 'answered-by-letter' ? documents.length : documentsOf(views, report, version);
  const withheld = new Set((report.withheld ?? []).map(({ part }) => part.split('/', 1)[0]));
  const shown = documents
    .slice(0, known)
    .filter(({ section }) => of === 'submitted' || section === undefined || !withheld.has(section));
  return {
    ...rest,
    ...(of === 'submitted' && awaitsSecond && { awaitsSecond }),
    ...(shown.length && { documents: shown }),
  };
}

/** How many of the documents had been attached when a version was submitted. They are never taken away. */
export function documentsOf(views: Views, report: ReportDocument, wanted: number | undefined): number {
  const { series, year, organization, versions = [] } = report;
  const version = versions.find((each) => each.version === wanted);
  const then = version && views.document('reports', `${series}/${year}/${organization}`, version.sequence);
  return then ? ((JSON.parse(then.body) as ReportDocument).documents ?? []).length : 0;
}
