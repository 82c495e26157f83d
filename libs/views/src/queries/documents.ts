import type { CycleId, ReportId } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import type { AssessmentDocument } from '../folds/assessments.js';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { CycleDocument } from '../folds/cycles.js';
import type { MandateDocument } from '../folds/mandates.js';
import type { OptionDocument } from '../folds/options.js';
import type { OrganizationDocument } from '../folds/organizations.js';
import type { ReportDocument } from '../folds/reports.js';
import type { SectionDocument } from '../folds/sections.js';
import type { TimelineEntry } from '../folds/timeline-entry.js';
import type { YearFactsDocument } from '../folds/year-facts.js';
import type { Views } from '../views.js';

/** What the documents of each view are, by its name. */
export interface DocumentOf {
  readonly organizations: OrganizationDocument;
  readonly cycles: CycleDocument;
  readonly reports: ReportDocument;
  readonly sections: SectionDocument;
  readonly 'year-facts': YearFactsDocument;
  readonly actions: ActionDocument;
  readonly options: OptionDocument;
  readonly assessments: AssessmentDocument;
  readonly clarifications: ClarificationDocument;
  readonly mandates: MandateDocument;
  readonly timeline: TimelineEntry;
}

type ViewName = keyof DocumentOf;

/** `asOf` here and below: a sequence, inclusive; absent for now. */
export function documentAt<Name extends ViewName>(
  views: Views,
  view: Name,
  key: string,
  asOf?: number,
): DocumentOf[Name] | undefined {
  const found = views.document(view, key, asOf);
  return found && (JSON.parse(found.body) as DocumentOf[Name]);
}

/** All whose keys begin with `prefix`, in the order of their keys; with `limit` no more than the first so many. */
export function documentsIn<Name extends ViewName>(
  views: Views,
  view: Name,
  prefix: string,
  asOf?: number,
  limit?: number,
): DocumentOf[Name][] {
  const page = { ...at(asOf), ...(limit !== undefined && { limit }) };
  return views.range(view, prefix, page).map(({ body }) => JSON.parse(body) as DocumentOf[Name]);
}

/** All that stand in the list (`field=value`), in the order of their keys. */
export function documentsOn<Name extends ViewName>(
  views: Views,
  view: Name,
  list: string,
  asOf?: number,
): DocumentOf[Name][] {
  return views.listed(view, [list], at(asOf)).map(({ body }) => JSON.parse(body) as DocumentOf[Name]);
}

const at = (asOf: number | undefined) => (asOf === undefined ? {} : { asOf });

export const keyOfCycle = ({ series, year }: CycleId) => `${series}/${year}`;
export const keyOfReport = ({ series, year, organization }: ReportId) => `${series}/${year}/${organization}`;
