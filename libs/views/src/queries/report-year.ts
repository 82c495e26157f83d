import type { ActionRecord, Citation, Punctuality, ReportedFigure, ReportId, ReportYear } from '#reporting';
import { isPublished, punctualityOf, Withholding } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import type { AttachedDocument, ReportDocument, SubmittedVersion } from '../folds/reports.js';
import type { SectionDocument } from '../folds/sections.js';
import { Views } from '../views.js';
import { documentAt, documentsIn, keyOfReport } from './documents.js';
import { reservationShown } from './reservation-told.js';
import { withholdingAsToday } from './withheld-parts.js';

/** A report as it is read: what its last submitted version said, or the draft where there is no version. */
export interface ReportAsRead {
  readonly report: ReportDocument;
  readonly sections: readonly SectionDocument[];
  readonly citations: Readonly<Record<string, Citation>>;
  readonly figures: Readonly<Record<string, ReportedFigure>>;
  /** Of the report's stream, as far as it is read: what a next command may name as seen. */
  readonly revision: number;
  /** The version whose words these are; absent for a draft and for an answer outside the form. */
  readonly version?: number;
}

/** Tells what day it is, to questions whose answer depends on it. */
export class Today {
  /** `now`: milliseconds since 1970, by default the machine's. */
  constructor(
    private readonly views: Views,
    private readonly now: () => number = Date.now,
  ) {}

  /** The day in UTC on which lateness is judged: that of the moment that is asked for. */
  asOf(sequence: number | undefined): string {
    const recordedAt = sequence === undefined ? undefined : this.views.mark(sequence)?.recordedAt;
    return (recordedAt ?? new Date(this.now()).toISOString()).slice(0, 10);
  }
}

/** Derived for a day, never stored. */
export function punctualityOn(views: Views, report: ReportDocument, today: string): Punctuality {
  const recordedOn = views.mark(report.why[0]!)?.recordedAt.slice(0, 10);
  return punctualityOf(report, today, recordedOn);
}

/** A version by its number, or what is being written: a draft, or an amendment that is not submitted yet. */
export type WhichVersion = number | 'draft';

/** `published`: the version that is readable for everybody, or the answer that came outside the form. */
export type WhichWords = WhichVersion | 'published';

const NOTHING_WRITTEN: Pick<ReportAsRead, 'sections' | 'citations' | 'figures'> = {
  sections: [],
  citations: {},
  figures: {},
};

/** Without `version`: the last one that was submitted, else the draft. */
export function readReport(views: Views, id: ReportId, asOf?: number, version?: WhichWords): ReportAsRead | undefined {
  const found = documentAt(views, 'reports', keyOfReport(id), asOf);
  if (!found) return undefined;
  const report = withholdingAsToday(views, found, asOf);
  const versions = report.versions ?? [];
  const wanted = version === 'published' ? report.published : version;
  const submitted = version === undefined ? versions.at(-1) : versions.find((each) => each.version === wanted);
  if (typeof version === 'number' && !submitted) return undefined;
  // Version n is the report as of the event that submitted it.
  const now = writtenIn(views, id, asOf);
  const hasDraft = now.sections.length > 0 || report.phase !== 'answered-by-letter';
  const unsaid = version === 'published' && hasDraft ? NOTHING_WRITTEN : now;
  const { sections, citations, figures } = submitted ? writtenIn(views, id, submitted.sequence) : unsaid;
  return {
    report: submitted ? withDocumentsOf(views, report, submitted) : report,
    sections,
    citations,
    figures,
    revision: Math.max(report.revision, now.revision),
    ...(submitted && { version: submitted.version }),
  };
}

/** Of a version are the documents that it was submitted with: what was attached later belongs to the next one. */
function withDocumentsOf(views: Views, report: ReportDocument, { sequence }: SubmittedVersion): ReportDocument {
  if (!report.documents) return report;
  const { documents: _, ...rest } = report;
  const { documents } = documentAt(views, 'reports', keyOfReport(report), sequence)!;
  return { ...rest, ...(documents && { documents }) };
}

/** A section whose words are kept from readers of this version, with the reason in their place. */
export interface WithheldSection extends Omit<SectionDocument, 'text'> {
  readonly text?: never;
  readonly withheld: string;
  /** It was withheld after the moment that is asked for. */
  readonly withheldLater?: true;
}

/** A section for those who may read what is withheld from others. */
export interface SectionForInsiders extends SectionDocument {
  readonly withheld: string;
}

/** Whether a reader is one of those who read what was submitted, and so what is withheld from the public. */
export type Insight = 'public' | 'insider';

/**
 * What readers are shown of a version: the words of a part that is withheld are absent, and the reason stands there.
 * Which parts there are is said of `Withholding`; those of the report as such are cut by `withoutWithheld`.
 */
export function asShown(read: ReportAsRead, insight: Insight = 'public'): ShownReport {
  const withholding = new Withholding(read.report.withheld);
  const sections = read.sections.map((each) => {
    const part = withholding.section(each.section, each.lang);
    if (part === undefined) return each;
    if (insight === 'insider') return { ...each, withheld: part.reason };
    const { text: _, ...rest } = each;
    return { ...rest, withheld: part.reason, ...(part.later && { withheldLater: part.later }) };
  });
  if (insight === 'insider') return { ...read, sections };
  const without = <Item>(all: Readonly<Record<string, Item>>, isKept: (name: string) => unknown) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !isKept(name)));
  return {
    ...read,
    sections,
    citations: without(read.citations, (action) => withholding.action(action) ?? withholding.letter()),
    figures: without(read.figures, (indicator) => withholding.figure(indicator)),
  };
}

export interface ShownReport extends Omit<ReportAsRead, 'sections'> {
  readonly sections: readonly (SectionDocument | SectionForInsiders | WithheldSection)[];
}

export const isShown = (section: SectionDocument | WithheldSection): section is SectionDocument => 'text' in section;

/** Those of `all` that are not among the others. */
export function documentsBeside(
  all: readonly AttachedDocument[],
  others: readonly AttachedDocument[],
): readonly AttachedDocument[] {
  const known = new Set(others.map((each) => JSON.stringify(each)));
  return all.filter((each) => !known.has(JSON.stringify(each)));
}

/** What a report says in words, citations and figures; the last two by action and by indicator, as the rules take them. */
function writtenIn(views: Views, id: ReportId, asOf: number | undefined) {
  const sections = documentsIn(views, 'sections', `${keyOfReport(id)}/`, asOf);
  const facts = documentsIn(views, 'year-facts', `${id.organization}/${id.series}/${id.year}/`, asOf);
  const citations: Record<string, Citation> = {};
  const figures: Record<string, ReportedFigure> = {};
  for (const fact of facts) {
    if ('action' in fact) citations[fact.action] = fact;
    else figures[fact.indicator] = fact;
  }
  const revision = Math.max(0, ...[...sections, ...facts].map((each) => each.revision));
  return { sections, citations, figures, revision };
}

/** What is on record about a report, in the words of the rules; `words`: as it was read. */
export function reportYearOf(
  views: Views,
  id: ReportId,
  read: Omit<ReportAsRead, 'sections'> | undefined,
  today: string,
  words?: WhichWords,
): ReportYear {
  const { series, year } = id;
  if (!read) {
    const nothing = { citations: {}, citationsKnown: false, figures: {}, why: [] };
    return { series, year, status: 'NO_EVIDENCE', punctuality: 'not-applicable', ...nothing };
  }
  const { report, version } = read;
  const { status, requestedOn, deadline, answeredOn, phase, why } = report;
  const isRead = (each: number) => each <= (version ?? 0) && (words !== 'published' || isPublished(report, each));
  const reservation = reservationShown(report, isRead);
  // What was not signed was not said: a draft names nothing yet.
  const written = version !== undefined;
  const said = written || phase === 'answered-by-letter';
  const { citations, figures } = said ? read : { citations: {}, figures: {} };
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
