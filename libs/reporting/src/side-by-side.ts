import type { ActionId } from './action/action.js';
import type { ActionRecord, Presence } from './action/lifetime.js';
import { ranIn } from './action/lifetime.js';
import type { Category, NotKnown, ReportedFigure, ReportYear, TwoYears, Why } from './year-record.js';
import { citationOf, citationsMissingIn, whyOf } from './year-record.js';

export interface CodeItem {
  readonly code: string;
  readonly actions: readonly ActionId[];
  readonly why: Why;
}

export type CodeComparison =
  | {
      readonly known: true;
      /** Over what both reports cite or, where that is not known, over what ran in each year by the record. */
      readonly basis: 'citations' | 'record';
      readonly gained: readonly CodeItem[];
      readonly lost: readonly CodeItem[];
      readonly kept: readonly CodeItem[];
      /** In one of the years carried only by actions of which the record does not tell whether they still ran. */
      readonly unclear: readonly CodeItem[];
    }
  | NotKnown;

/** `codesOf`: the issues or the stakeholder groups of an action. */
export function compareCodes(
  { earlier, later }: TwoYears,
  actions: readonly ActionRecord[],
  codesOf: (record: ActionRecord) => readonly string[],
): CodeComparison {
  if (!actions.length) return { known: false, reason: 'no-actions-on-record', years: [earlier.year, later.year] };
  const basis = citationsMissingIn({ earlier, later }) ? 'record' : 'citations';
  const presence = (record: ActionRecord, report: ReportYear): Presence => {
    if (basis === 'record') return ranIn(record, report.year);
    return citationOf(report, record.action) ? 'yes' : 'no';
  };
  const found = [...new Set(actions.flatMap(codesOf))].sort().map((code) => {
    const carriers = actions.filter((record) => codesOf(record).includes(code));
    const present = carriers.filter((record) => [earlier, later].some((report) => presence(record, report) !== 'no'));
    const citations = present.flatMap(({ action }) => [
      citationOf(earlier, action) ?? [],
      citationOf(later, action) ?? [],
    ]);
    return {
      before: strongest(carriers.map((record) => presence(record, earlier))),
      after: strongest(carriers.map((record) => presence(record, later))),
      item: {
        code,
        actions: present.map(({ action }) => action),
        why: whyOf(...present, ...(basis === 'citations' ? citations.flat() : [])),
      },
    };
  });
  const where = (before: Presence, after: Presence) =>
    found.filter((code) => code.before === before && code.after === after).map(({ item }) => item);
  return {
    known: true,
    basis,
    gained: where('no', 'yes'),
    lost: where('yes', 'no'),
    kept: where('yes', 'yes'),
    unclear: found.filter(({ before, after }) => before === 'unclear' || after === 'unclear').map(({ item }) => item),
  };
}

function strongest(presences: readonly Presence[]): Presence {
  if (presences.includes('yes')) return 'yes';
  return presences.includes('unclear') ? 'unclear' : 'no';
}

export interface FigureItem {
  readonly indicator: string;
  readonly earlier?: Omit<ReportedFigure, 'why'>;
  readonly later?: Omit<ReportedFigure, 'why'>;
  /** Later less earlier; absent where one is missing or the units differ. */
  readonly change?: number;
  readonly unitsDiffer: boolean;
  readonly why: Why;
}

export function compareFigures({ earlier, later }: TwoYears): Category<FigureItem> {
  const before = new Map(Object.entries(earlier.figures));
  const after = new Map(Object.entries(later.figures));
  const indicators = [...new Set([...before.keys(), ...after.keys()])].sort();
  if (!indicators.length) return { known: false, reason: 'no-figures-on-record', years: [earlier.year, later.year] };
  return { known: true, items: indicators.map((name) => compareFigure(name, before.get(name), after.get(name))) };
}

function compareFigure(indicator: string, before?: ReportedFigure, after?: ReportedFigure): FigureItem {
  const unitsDiffer = before !== undefined && after !== undefined && before.unit !== after.unit;
  return {
    indicator,
    ...(before && { earlier: { value: before.value, unit: before.unit } }),
    ...(after && { later: { value: after.value, unit: after.unit } }),
    ...(before && after && !unitsDiffer && { change: difference(before.value, after.value) }),
    unitsDiffer,
    why: whyOf(...[before ?? [], after ?? []].flat()),
  };
}

/** Twelve digits: enough for any figure of a report, and 4.3 less 4.1 is 0.2. */
function difference(before: number, after: number): number {
  return Number((after - before).toPrecision(12));
}

export interface ClaimItem {
  readonly criterion: string;
  readonly earlier: readonly ClaimedBy[];
  readonly later: readonly ClaimedBy[];
  readonly why: Why;
}

export interface ClaimedBy {
  readonly action: ActionId;
  readonly text: string;
}

/** Rule 10: what the organization says of each criterion in either year; what reviewers found stands elsewhere. */
export function compareClaims({ earlier, later }: TwoYears, actions: readonly ActionRecord[]): Category<ClaimItem> {
  const missing = citationsMissingIn({ earlier, later });
  if (missing) return missing;
  const before = claimsIn(earlier, actions);
  const after = claimsIn(later, actions);
  const criteria = [...new Set([...before, ...after].map(({ criterion }) => criterion))].sort();
  const items = criteria.map((criterion) => {
    const [was, is] = [before, after].map((claims) => claims.filter((claim) => claim.criterion === criterion));
    return { criterion, earlier: was!.map(claimedBy), later: is!.map(claimedBy), why: whyOf(...was!, ...is!) };
  });
  return { known: true, items };
}

function claimsIn(report: ReportYear, actions: readonly ActionRecord[]) {
  return actions.flatMap(({ action }) => {
    const citation = citationOf(report, action);
    return citation ? citation.claims.map((claim) => ({ ...claim, action, why: citation.why })) : [];
  });
}

function claimedBy({ action, text }: ClaimedBy): ClaimedBy {
  return { action, text };
}
