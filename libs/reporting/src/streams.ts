import type { ActionEvent, ActionId } from './action/action.js';
import type { AssessmentEvent } from './assessment/assessment.js';
import type { CycleEvent, SeriesId } from './cycle/cycle.js';
import type { MandateEvent } from './mandate/mandate.js';
import type { OptionEvent, OptionId } from './option/option.js';
import type { OrganizationEvent, OrganizationId } from './organization/organization.js';
import type { ReminderEvent } from './reminder/reminder.js';
import type { ReportEvent } from './report/report.js';

/** Every event that the rules of this library know. */
export type ReportingEvent =
  | OrganizationEvent
  | CycleEvent
  | ReportEvent
  | ReminderEvent
  | ActionEvent
  | OptionEvent
  | AssessmentEvent
  | MandateEvent;

export interface CycleId {
  readonly series: SeriesId;
  /** Year of the request or session, not of the period reported on. */
  readonly year: number;
}

export interface ReportId extends CycleId {
  readonly organization: OrganizationId;
}

/** What one reviewer finds in one report. */
export interface AssessmentId extends ReportId {
  /** The id of a person. */
  readonly reviewer: string;
}

/** Stream categories that make up the public record. `sequence` counts their events, and no others. */
export const PUBLIC_CATEGORIES = [
  'organization',
  'cycle',
  'report',
  'reminder',
  'action',
  'option',
  'assessment',
  'mandate',
] as const;

/** Words joined by hyphens; at most 80 characters. */
export const SLUG = /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/;
/** As a slug, but no word of a series is four digits: the year in a stream's name is found by that. */
export const SERIES = /^(?=.{1,40}$)[a-z][a-z0-9]*(-(?!\d{4}(-|$))[a-z0-9]+)*$/;
export const ACTION_ID = /^(?=.{1,64}$)[A-Z0-9]+(-[A-Z0-9]+)*$/;

export const organizationStream = (organization: OrganizationId) => `organization-${organization}`;
export const cycleStream = ({ series, year }: CycleId) => `cycle-${series}-${year}`;
export const reportStream = ({ series, year, organization }: ReportId) => `report-${series}-${year}-${organization}`;
export const reminderStream = ({ series, year, organization }: ReportId) =>
  `reminder-${series}-${year}-${organization}`;
export const actionStream = (action: ActionId) => `action-${action.toLowerCase()}`;
export const optionStream = (option: OptionId) => `option-${option}`;
/** The first two hyphens in a row end the organization: in its own name they never follow each other. */
export const assessmentStream = ({ series, year, organization, reviewer }: AssessmentId) =>
  `assessment-${series}-${year}-${organization}--${reviewer}`;

/** Of one person, named by their opaque id. */
export const mandateStream = (person: string) => `mandate-${person}`;

/** What a stream of the public record is about, told from its name. */
export type Subject =
  | { readonly category: 'organization'; readonly organization: OrganizationId }
  | ({ readonly category: 'cycle' } & CycleId)
  | ({ readonly category: 'report' | 'reminder' } & ReportId)
  | { readonly category: 'action'; readonly action: ActionId }
  | { readonly category: 'option'; readonly option: OptionId }
  | ({ readonly category: 'assessment' } & AssessmentId)
  | { readonly category: 'mandate'; readonly person: string };

const CYCLE = /^cycle-(.+)-(\d{4})$/;
const ASSESSMENT = /^assessment-(.+?)-(\d{4})-(.+?)--(.+)$/;
const REPORT = /^(report|reminder)-(.+?)-(\d{4})-(.+)$/;

export function subjectOf(stream: string): Subject {
  const category = stream.slice(0, stream.indexOf('-'));
  const rest = stream.slice(category.length + 1);
  if (category === 'organization') return { category, organization: rest };
  if (category === 'action') return { category, action: rest.toUpperCase() };
  if (category === 'option') return { category, option: rest };
  if (category === 'mandate') return { category, person: rest };
  const report = REPORT.exec(stream);
  if (report) {
    const [, of, series, year, organization] = report;
    return { category: of as 'report' | 'reminder', series: series!, year: Number(year), organization: organization! };
  }
  const assessment = ASSESSMENT.exec(stream);
  if (assessment) {
    const [, series, year, organization, reviewer] = assessment as unknown as [string, string, string, string, string];
    return { category: 'assessment', series, year: Number(year), organization, reviewer };
  }
  const cycle = CYCLE.exec(stream);
  if (cycle) return { category: 'cycle', series: cycle[1]!, year: Number(cycle[2]) };
  throw new Error(`${stream} is not a stream of the public record`);
}
