import type { ActionId } from './action/action.js';
import type { Edtf } from './edtf.js';
import type { Claim } from './report/drafting.js';
import type { ContributionStatus, Punctuality } from './report/requesting.js';
import type { CycleId } from './streams.js';

/** Sequences of the events behind a statement, ascending, each once. */
export type Why = readonly number[];

/** How one organization's report for one series and year stands. */
export interface YearStanding extends CycleId {
  /** `NO_EVIDENCE`: nothing is on record, which says nothing about the organization (rule 9). */
  readonly status: ContributionStatus | 'NO_EVIDENCE';
  readonly requestedOn?: Edtf;
  readonly deadline?: Edtf;
  readonly answeredOn?: Edtf;
  readonly punctuality: Punctuality;
  readonly reservation?: string;
  readonly version?: number;
  readonly why: Why;
}

/** What is on record about that report. */
export interface ReportYear extends YearStanding {
  readonly citations: Readonly<Record<ActionId, Citation>>;
  /** False without a report, and for a letter of which no citation is on record: nothing can be said to be absent. */
  readonly citationsKnown: boolean;
  /** By indicator. */
  readonly figures: Readonly<Record<string, ReportedFigure>>;
}

export interface Citation {
  readonly claims: readonly Claim[];
  /** The status that the report itself gives the action. */
  readonly statedStatus?: string;
  readonly why: Why;
}

export interface ReportedFigure {
  readonly value: number;
  readonly unit: string;
  readonly why: Why;
}

/** Two years of one series, the earlier one first. */
export interface TwoYears {
  readonly earlier: ReportYear;
  readonly later: ReportYear;
}

/** An empty list says that there was none. Where the record does not support that, there is no list. */
export type Category<Item> = { readonly known: true; readonly items: readonly Item[] } | NotKnown;

export interface NotKnown {
  readonly known: false;
  readonly reason: 'citations-not-on-record' | 'report-withdrawn' | 'no-actions-on-record' | 'no-figures-on-record';
  /** Those whose record does not support a statement. */
  readonly years: readonly number[];
}

/** What keeps the two reports' citations from being held against each other; nothing when both are on record. */
export function citationsMissingIn({ earlier, later }: TwoYears): NotKnown | undefined {
  const withdrawn = [earlier, later].filter((report) => report.status === 'WITHDRAWN');
  if (withdrawn.length) return { known: false, reason: 'report-withdrawn', years: withdrawn.map(({ year }) => year) };
  const silent = [earlier, later].filter((report) => !report.citationsKnown);
  if (silent.length) return { known: false, reason: 'citations-not-on-record', years: silent.map(({ year }) => year) };
  return undefined;
}

export function citationOf(report: ReportYear, action: ActionId): Citation | undefined {
  return Object.hasOwn(report.citations, action) ? report.citations[action] : undefined;
}

export function whyOf(...grounds: readonly { readonly why: Why }[]): Why {
  return [...new Set(grounds.flatMap((ground) => ground.why))].sort((a, b) => a - b);
}
