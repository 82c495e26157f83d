import type { ActionRecord, ActionStatus, Category, Edtf, ReportYear } from '#reporting';
import type { Plain } from './wording.js';

/** An ongoing EC action of policy scope since 2007, recorded as sequence 1, unless told otherwise. */
export function actionRecord(action: string, told: Partial<Plain<ActionRecord>> = {}): ActionRecord {
  const status = told.status ?? 'ONGOING';
  const usual: Plain<ActionRecord> = {
    action,
    title: `Title of ${action}`,
    lead: 'example-registry',
    partners: [],
    track: 'EC',
    scope: 'POLICY',
    status,
    startedOn: '2007',
    issues: [],
    groups: [],
    statusHistory: [{ status, sequence: 1 }],
    why: [1],
  };
  return { ...usual, ...told } as ActionRecord;
}

/** A status history in which the first entry was recorded as sequence 1, the next one as 2, and so on. */
export function statusesOf(...entries: readonly [ActionStatus, string?][]): ActionRecord['statusHistory'] {
  return entries.map(([status, on], n) => ({ status, sequence: n + 1, ...(on && { on: on as Edtf }) }));
}

/** A report that was answered in time and cites nothing, which is known; its ground is a sequence that is its year. */
export function reportYear(year: number, told: Partial<Plain<ReportYear>> = {}): ReportYear {
  const usual: Plain<ReportYear> = {
    series: 'ec-performance',
    year,
    status: 'ANSWERED',
    punctuality: 'on-time',
    citations: {},
    citationsKnown: true,
    figures: {},
    why: [year],
  };
  return { ...usual, ...told } as ReportYear;
}

/** Citations without claims, the first of which was recorded as sequence 100. */
export function citationsOf(...actions: readonly string[]): ReportYear['citations'] {
  return Object.fromEntries(actions.map((action, n) => [action, { claims: [], why: [100 + n] }]));
}

/** What a category lists; fails where it says that nothing is known. */
export function itemsOf<Item>(category: Category<Item>): readonly Item[] {
  if (category.known) return category.items;
  throw new Error(`Not known: ${category.reason} (${category.years.join(', ')})`);
}
