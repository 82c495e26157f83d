import type { ActionId } from './action/action.js';
import { countsForParagraph71 } from './action/action.js';
import type { ActionRecord } from './action/lifetime.js';
import { endOf, hasBegun, hasEndedBy, hasEndedSometime, ranIn } from './action/lifetime.js';
import type { ActionStatus, Track } from './codes.js';
import { refuseIf } from './decider.js';
import type { Edtf } from './edtf.js';
import { yearOf } from './edtf.js';
import type { OrganizationId } from './organization/organization.js';
import type { ClaimItem, CodeComparison, FigureItem } from './side-by-side.js';
import { compareClaims, compareCodes, compareFigures } from './side-by-side.js';
import type { ReportId } from './streams.js';
import type { Category, NotKnown, ReportYear, TwoYears, Why, YearStanding } from './year-record.js';
import { citationOf, citationsMissingIn, whyOf } from './year-record.js';

/** Rule 15. Statements side by side, each with its grounds: no score, and nobody is ranked. */
export interface YearComparison {
  readonly organization: OrganizationId;
  readonly series: string;
  readonly earlier: YearStanding;
  readonly later: YearStanding;

  readonly started: Category<ActionItem>;
  readonly continued: Category<ActionItem>;
  readonly closed: Category<ActionItem>;
  /** Nobody looked for a later record: it can be said neither to continue nor to have closed. */
  readonly notVerified: Category<ActionItem>;
  /** In a final state since a time that is not known. */
  readonly endUnknown: Category<ActionItem>;
  /** Was to start by the later year, and is still a plan. */
  readonly planned: Category<ActionItem>;
  /** Cited in the earlier report, absent from the later one, and not closed by then. */
  readonly silentlyDropped: Category<ActionItem>;
  /** Had started by the earlier year, and was cited in the later report only. */
  readonly newlyDisclosed: Category<ActionItem>;

  /** Recorded as having happened after the earlier year and up to the later one. */
  readonly statusChanges: Category<StatusChange>;
  /** Recorded without a date: they belong to no year. */
  readonly undatedStatusChanges: Category<StatusChange>;
  /** Where the two reports themselves give an action different statuses. */
  readonly statedStatusChanges: Category<StatusChange>;

  readonly issues: CodeComparison;
  readonly groups: CodeComparison;
  readonly figures: Category<FigureItem>;
  readonly claims: Category<ClaimItem>;

  /** Rules 12 and 13: shown apart, and in none of the lists above. */
  readonly otherTracks: Category<ActionItem>;
  readonly operational: Category<ActionItem>;
  /** Cited, and not among the actions on record: nothing else can be said of them. */
  readonly citedWithoutRecord: Category<CitedOnly>;
}

export interface ActionItem {
  readonly action: ActionId;
  readonly title: string;
  readonly lead: OrganizationId;
  readonly partners: readonly OrganizationId[];
  readonly track: Track;
  /** On record now, which may be a later one than that of the years compared. */
  readonly status: ActionStatus;
  readonly startedOn: Edtf;
  readonly endedOn?: Edtf;
  readonly supersededBy?: ActionId;
  readonly why: Why;
}

export interface StatusChange {
  readonly action: ActionId;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly on?: Edtf;
  readonly why: Why;
}

export interface CitedOnly {
  readonly action: ActionId;
  readonly years: readonly number[];
  readonly why: Why;
}

export interface YearsToCompare {
  readonly organization: OrganizationId;
  /** In either order. */
  readonly earlier: ReportYear;
  readonly later: ReportYear;
  /** All that the organization leads, takes part in or cites; one that is named twice counts once (rule 3). */
  readonly actions: readonly ActionRecord[];
}

/**
 * Holds what is on record about two years of one series against each other. Dates are compared by year, which every
 * date is precise enough for (rule 4). A year that a statement would need and the record does not hold makes the
 * category `known: false`: absence of evidence is never reported as absence. Refuses `years-not-distinct` and
 * `series-or-cycle-differs`.
 */
export function compareYears({ organization, earlier: one, later: other, actions }: YearsToCompare): YearComparison {
  refuseUnlessComparable({ ...one, organization }, { ...other, organization });
  const years = one.year < other.year ? { earlier: one, later: other } : { earlier: other, later: one };
  const all = [...new Map(actions.map((record) => [record.action, record])).values()];
  const counted = all.filter(({ track, scope }) => countsForParagraph71(track, scope));

  return {
    organization,
    series: one.series,
    earlier: standingOf(years.earlier),
    later: standingOf(years.later),
    ...lifetimes(years, all, counted),
    ...disclosures(years, counted),
    ...statusChanges(years, all, counted),
    issues: compareCodes(years, counted, (record) => record.issues),
    groups: compareCodes(years, counted, (record) => record.groups),
    figures: compareFigures(years),
    claims: compareClaims(years, counted),
    citedWithoutRecord: citedWithoutRecord(years, all),
  };
}

/**
 * Rule 16: two organizations stand side by side only within one series and cycle (`series-or-cycle-differs`), since
 * there is no agreed measure; an organization beside itself only over two years of one series (`years-not-distinct`).
 */
export function refuseUnlessComparable(a: ReportId, b: ReportId): void {
  const itself = a.organization === b.organization;
  const comparable = a.series === b.series && (itself || a.year === b.year);
  refuseIf(!comparable, 'series-or-cycle-differs', {
    series: [a.series, b.series],
    years: [a.year, b.year],
  });
  refuseIf(itself && a.year === b.year, 'years-not-distinct', { year: a.year });
}

/** By the dates and states on record, whatever the reports say. */
function lifetimes({ earlier, later }: TwoYears, all: readonly ActionRecord[], counted: readonly ActionRecord[]) {
  const startsBy = (year: number) => (record: ActionRecord) => yearOf(record.startedOn) <= year;
  const begun = counted.filter(hasBegun).filter(startsBy(later.year));
  const before = begun.filter(startsBy(earlier.year));
  const apart = all.filter(
    (record) =>
      !counted.includes(record) &&
      [earlier, later].some(
        (report) => citationOf(report, record.action) !== undefined || ranIn(record, report.year) !== 'no',
      ),
  );
  const listed = (records: readonly ActionRecord[]): Category<ActionItem> =>
    noActions(all, { earlier, later }) ?? { known: true, items: records.map((record) => itemOf(record)) };

  return {
    started: listed(begun.filter((record) => !before.includes(record))),
    continued: listed(before.filter((record) => endOf(record) !== 'not-known' && !hasEndedBy(record, later.year))),
    closed: listed(begun.filter((record) => hasEndedBy(record, later.year) && !hasEndedBy(record, earlier.year))),
    notVerified: listed(begun.filter((record) => record.status === 'UNVERIFIED' && endOf(record) === 'not-known')),
    endUnknown: listed(begun.filter(hasEndedSometime)),
    planned: listed(counted.filter((record) => record.status === 'PLANNED' && startsBy(later.year)(record))),
    otherTracks: listed(apart.filter((record) => record.track !== 'EC')),
    operational: listed(apart.filter((record) => record.track === 'EC')),
  };
}

/** By what the two reports cite and leave out. */
function disclosures(years: TwoYears, counted: readonly ActionRecord[]) {
  const { earlier, later } = years;
  const missing = citationsMissingIn(years);
  const citedOnlyIn = (report: ReportYear, other: ReportYear) =>
    counted.filter(({ action }) => citationOf(report, action) && !citationOf(other, action));
  const listed = (records: readonly ActionRecord[]): Category<ActionItem> => {
    if (missing) return missing;
    // What a report leaves out has no event of its own: the ground is how that report came to stand.
    return {
      known: true,
      items: records.map((record) => itemOf(record, ...citationsOf(years, record), earlier, later)),
    };
  };

  return {
    silentlyDropped: listed(
      citedOnlyIn(earlier, later).filter((record) => !hasEndedBy(record, later.year) && !hasEndedSometime(record)),
    ),
    newlyDisclosed: listed(
      citedOnlyIn(later, earlier).filter((record) => hasBegun(record) && yearOf(record.startedOn) <= earlier.year),
    ),
  };
}

function statusChanges(years: TwoYears, all: readonly ActionRecord[], counted: readonly ActionRecord[]) {
  const { earlier, later } = years;
  const recorded = counted.flatMap(({ action, title, statusHistory }) =>
    statusHistory.slice(1).map(({ status, on, sequence }, n): StatusChange => {
      return { action, title, from: statusHistory[n]!.status, to: status, ...(on && { on }), why: [sequence] };
    }),
  );
  const stated = counted.flatMap(({ action, title }): StatusChange[] => {
    const [was, is] = [citationOf(earlier, action), citationOf(later, action)];
    if (!was?.statedStatus || !is?.statedStatus || was.statedStatus === is.statedStatus) return [];
    return [{ action, title, from: was.statedStatus, to: is.statedStatus, why: whyOf(was, is) }];
  });
  const isBetween = ({ on }: StatusChange) => on && yearOf(on) > earlier.year && yearOf(on) <= later.year;
  const listed = (changes: readonly StatusChange[], missing: NotKnown | undefined): Category<StatusChange> =>
    missing ?? { known: true, items: changes };

  return {
    statusChanges: listed(recorded.filter(isBetween), noActions(all, years)),
    undatedStatusChanges: listed(
      recorded.filter(({ on }) => !on),
      noActions(all, years),
    ),
    statedStatusChanges: listed(stated, citationsMissingIn(years)),
  };
}

function citedWithoutRecord(years: TwoYears, all: readonly ActionRecord[]): Category<CitedOnly> {
  const missing = citationsMissingIn(years);
  if (missing) return missing;
  const reports = [years.earlier, years.later];
  const cited = new Set(reports.flatMap((report) => Object.keys(report.citations)));
  for (const { action } of all) cited.delete(action);
  const items = [...cited].sort().map((action) => {
    const citing = reports.filter((report) => citationOf(report, action));
    return {
      action,
      years: citing.map(({ year }) => year),
      why: whyOf(...citing.flatMap((report) => citationOf(report, action) ?? [])),
    };
  });
  return { known: true, items };
}

function noActions(all: readonly ActionRecord[], { earlier, later }: TwoYears): NotKnown | undefined {
  if (all.length) return undefined;
  return { known: false, reason: 'no-actions-on-record', years: [earlier.year, later.year] };
}

function citationsOf({ earlier, later }: TwoYears, { action }: ActionRecord) {
  return [citationOf(earlier, action) ?? [], citationOf(later, action) ?? []].flat();
}

function itemOf(record: ActionRecord, ...grounds: readonly { readonly why: Why }[]): ActionItem {
  const { action, title, lead, partners, track, status, startedOn, supersededBy } = record;
  const end = endOf(record);
  return {
    action,
    title,
    lead,
    partners,
    track,
    status,
    startedOn,
    ...(end !== 'none' && end !== 'not-known' && { endedOn: end }),
    ...(supersededBy && { supersededBy }),
    why: whyOf(record, ...grounds),
  };
}

function standingOf(report: ReportYear): YearStanding {
  const { citations: _, citationsKnown: __, figures: ___, ...standing } = report;
  return { ...standing, why: whyOf(standing) };
}
