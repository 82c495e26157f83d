import type { ActionRecord, Citation, Punctuality, ReportedFigure, ReportId, ReportYear } from '#reporting';
import { punctualityOf } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import type { ReportDocument } from '../folds/reports.js';
import type { SectionDocument } from '../folds/sections.js';
import type { YearFactsDocument } from '../folds/year-facts.js';
import { Views } from '../views.js';

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
  const found = views.document('reports', keyOf(id), asOf);
  if (!found) return undefined;
  const report = JSON.parse(found.body) as ReportDocument;
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
    report,
    sections,
    citations,
    figures,
    revision: Math.max(report.revision, now.revision),
    ...(submitted && { version: submitted.version }),
  };
}

/** A section whose words are kept from readers of this version, with the reason in their place. */
export interface WithheldSection extends Omit<SectionDocument, 'text'> {
  readonly text?: never;
  readonly withheld: string;
}

/**
 * What readers are shown of a version: the words of a part that is withheld are absent, and the reason stands there.
 * A part is a section (`S13`) or a section in one language (`S13/fr`). What is withheld from one version is withheld from
 * all: the next version that says the same would tell it.
 */
export function asShown(read: ReportAsRead): ShownReport {
  const reasons = new Map((read.report.withheld ?? []).map(({ part, reason }) => [part, reason]));
  const sections = read.sections.map((each) => {
    const reason = reasons.get(each.section) ?? reasons.get(`${each.section}/${each.lang}`);
    if (reason === undefined) return each;
    const { text: _, ...rest } = each;
    return { ...rest, withheld: reason };
  });
  return { ...read, sections };
}

export interface ShownReport extends Omit<ReportAsRead, 'sections'> {
  readonly sections: readonly (SectionDocument | WithheldSection)[];
}

export const isShown = (section: SectionDocument | WithheldSection): section is SectionDocument => 'text' in section;

const keyOf = ({ series, year, organization }: ReportId) => `${series}/${year}/${organization}`;

/** What a report says in words, citations and figures; the last two by action and by indicator, as the rules take them. */
function writtenIn(views: Views, id: ReportId, asOf: number | undefined) {
  const moment = asOf === undefined ? {} : { asOf };
  const documents = <Doc>(view: string, prefix: string) =>
    views.range(view, prefix, moment).map(({ body }) => JSON.parse(body) as Doc);
  const sections = documents<SectionDocument>('sections', `${keyOf(id)}/`);
  const facts = documents<YearFactsDocument>('year-facts', `${id.organization}/${id.series}/${id.year}/`);
  const citations: Record<string, Citation> = {};
  const figures: Record<string, ReportedFigure> = {};
  for (const fact of facts) {
    if ('action' in fact) citations[fact.action] = fact;
    else figures[fact.indicator] = fact;
  }
  const revision = Math.max(0, ...[...sections, ...facts].map((each) => each.revision));
  return { sections, citations, figures, revision };
}

/** What is on record about a report, in the words of the rules. */
export function reportYearOf(views: Views, id: ReportId, read: ReportAsRead | undefined, today: string): ReportYear {
  const { series, year } = id;
  if (!read) {
    const nothing = { citations: {}, citationsKnown: false, figures: {}, why: [] };
    return { series, year, status: 'NO_EVIDENCE', punctuality: 'not-applicable', ...nothing };
  }
  const { report, version } = read;
  const { status, requestedOn, deadline, answeredOn, reservation, phase, why } = report;
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
