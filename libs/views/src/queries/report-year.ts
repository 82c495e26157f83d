import type { ActionRecord, Citation, Punctuality, ReportedFigure, ReportId, ReportYear } from '#reporting';
import { punctualityOf } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import type { ReportDocument } from '../folds/reports.js';
import type { SectionDocument } from '../folds/sections.js';
import type { YearFactsDocument } from '../folds/year-facts.js';
import type { Views } from '../views.js';

/** A report as it is read: what its last submitted version said, or the draft where there is no version. */
export interface ReportAsRead {
  readonly report: ReportDocument;
  readonly sections: readonly SectionDocument[];
  readonly citations: Readonly<Record<string, Citation>>;
  readonly figures: Readonly<Record<string, ReportedFigure>>;
  /** The version whose words these are; absent for a draft and for an answer outside the form. */
  readonly version?: number;
}

/** The day in UTC on which lateness is judged: that of the moment that is asked for. */
export function dayOf(views: Views, asOf: number | undefined, now: () => number): string {
  const recordedAt = asOf === undefined ? undefined : views.mark(asOf)?.recordedAt;
  return (recordedAt ?? new Date(now()).toISOString()).slice(0, 10);
}

/** Derived for a day, never stored. */
export function punctualityOn(views: Views, report: ReportDocument, today: string): Punctuality {
  const recordedOn = views.mark(report.why[0]!)?.recordedAt.slice(0, 10);
  return punctualityOf(report, today, recordedOn);
}

export function readReport(
  views: Views,
  { series, year, organization }: ReportId,
  asOf?: number,
  version?: number,
): ReportAsRead | undefined {
  const key = `${series}/${year}/${organization}`;
  const found = views.document('reports', key, asOf);
  if (!found) return undefined;
  const report = JSON.parse(found.body) as ReportDocument;
  const versions = report.versions ?? [];
  const submitted = version === undefined ? versions.at(-1) : versions.find((each) => each.version === version);
  if (version !== undefined && !submitted) return undefined;
  // Version n is the report as of the event that submitted it.
  const at = submitted?.sequence ?? asOf;
  const facts = factsOf(views, `${organization}/${series}/${year}`, at);
  const sections = views.range('sections', `${key}/`, at === undefined ? {} : { asOf: at });
  return {
    report,
    sections: sections.map(({ body }) => JSON.parse(body) as SectionDocument),
    ...facts,
    ...(submitted && { version: submitted.version }),
  };
}

/** By action and by indicator, as the rules take them. */
function factsOf(views: Views, key: string, asOf: number | undefined): Pick<ReportAsRead, 'citations' | 'figures'> {
  const citations: Record<string, Citation> = {};
  const figures: Record<string, ReportedFigure> = {};
  for (const { body } of views.range('year-facts', `${key}/`, asOf === undefined ? {} : { asOf })) {
    const fact = JSON.parse(body) as YearFactsDocument;
    if ('action' in fact) citations[fact.action] = fact;
    else figures[fact.indicator] = fact;
  }
  return { citations, figures };
}

/** What is on record about a report, in the words of the rules. */
export function reportYearOf(views: Views, id: ReportId, read: ReportAsRead | undefined, today: string): ReportYear {
  const { series, year } = id;
  if (!read) {
    const nothing = { citations: {}, citationsKnown: false, figures: {}, why: [] };
    return { series, year, status: 'NO_EVIDENCE', punctuality: 'not-applicable', ...nothing };
  }
  const { report, citations, figures, version } = read;
  const { status, requestedOn, deadline, answeredOn, reservation, phase, why } = report;
  const written = phase !== 'answered-by-letter' && version !== undefined;
  return {
    series,
    year,
    status,
    ...(requestedOn && { requestedOn }),
    ...(deadline && { deadline }),
    ...(answeredOn && { answeredOn }),
    ...(reservation && { reservation }),
    ...(version !== undefined && { version }),
    punctuality: punctualityOn(views, report, today),
    citations,
    citationsKnown: written || Object.keys(citations).length > 0,
    figures,
    why,
  };
}

/** An action as the rules compare it; nothing for what was recorded in error. */
export function actionRecordOf(action: ActionDocument): ActionRecord | undefined {
  if (action.inError) return undefined;
  const { stakeholders, scope, startedOn, endedOn, supersededBy, statusHistory, why } = action;
  return {
    action: action.action,
    title: action.title,
    lead: action.lead,
    partners: action.partners,
    track: action.track,
    scope: scope.test,
    status: action.status,
    startedOn: startedOn.date,
    ...(endedOn && { endedOn: endedOn.date }),
    issues: action.issues,
    groups: [...new Set(stakeholders.map(({ group }) => group))],
    ...(supersededBy && { supersededBy }),
    statusHistory,
    why,
  };
}
