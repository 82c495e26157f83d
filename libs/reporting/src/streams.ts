import type { ActionEvent, ActionId } from './action/action.js';
import type { CycleEvent, SeriesId } from './cycle/cycle.js';
import type { OrganizationEvent, OrganizationId } from './organization/organization.js';
import type { ReportEvent } from './report/report.js';

/** Every event that the rules of this library know. */
export type ReportingEvent = OrganizationEvent | CycleEvent | ReportEvent | ActionEvent;

export interface CycleId {
  readonly series: SeriesId;
  /** Year of the request or session, not of the period reported on. */
  readonly year: number;
}

export interface ReportId extends CycleId {
  readonly organization: OrganizationId;
}

/** Stream categories that make up the public record. `sequence` counts their events, and no others. */
export const PUBLIC_CATEGORIES = ['organization', 'cycle', 'report', 'action'] as const;

/** Words joined by hyphens; at most 80 characters. */
export const SLUG = /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/;
/** As a slug, but no word of a series is four digits: the year in a stream's name is found by that. */
export const SERIES = /^(?=.{1,40}$)[a-z][a-z0-9]*(-(?!\d{4}(-|$))[a-z0-9]+)*$/;
export const ACTION_ID = /^(?=.{1,64}$)[A-Z0-9]+(-[A-Z0-9]+)*$/;

export const organizationStream = (organization: OrganizationId) => `organization-${organization}`;
export const cycleStream = ({ series, year }: CycleId) => `cycle-${series}-${year}`;
export const reportStream = ({ series, year, organization }: ReportId) => `report-${series}-${year}-${organization}`;
export const actionStream = (action: ActionId) => `action-${action.toLowerCase()}`;

/** What a stream of the public record is about, told from its name. */
export type Subject =
  | { readonly category: 'organization'; readonly organization: OrganizationId }
  | ({ readonly category: 'cycle' } & CycleId)
  | ({ readonly category: 'report' } & ReportId)
  | { readonly category: 'action'; readonly action: ActionId };

const CYCLE = /^cycle-(.+)-(\d{4})$/;
const REPORT = /^report-(.+?)-(\d{4})-(.+)$/;

export function subjectOf(stream: string): Subject {
  const category = stream.slice(0, stream.indexOf('-'));
  const rest = stream.slice(category.length + 1);
  if (category === 'organization') return { category, organization: rest };
  if (category === 'action') return { category, action: rest.toUpperCase() };
  const report = REPORT.exec(stream);
  if (report) return { category: 'report', series: report[1]!, year: Number(report[2]), organization: report[3]! };
  const cycle = CYCLE.exec(stream);
  if (cycle) return { category: 'cycle', series: cycle[1]!, year: Number(cycle[2]) };
  throw new Error(`${stream} is not a stream of the public record`);
}
