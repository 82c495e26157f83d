import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Audience, CycleId, Edtf, Punctuality } from '#reporting';
import { daysBetween, isAfter, isBefore, lastDayOf, participantsOf } from '#reporting';
import { PLANNED_END } from '../folds/actions.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { audienceOfThread, stoodSince } from './clarification-standing.js';
import { documentAt, type DocumentOf, documentsIn, documentsOn, keyOfCycle } from './documents.js';
import { punctualityOn, Today } from './report-year.js';
import { withholdingsToday } from './withheld-parts.js';

export const DEADLINE_KINDS = ['cycle', 'request', 'clarification', 'finding-comment', 'action-end'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/**
 * Derived for the day that is asked for, never stored. `overdue` and `late` need a request that named the day (rule 9): of
 * a round, of a comment that may be made and of a planned end it is said that the day has `passed`.
 */
export const DEADLINE_STATES = [
  'not-due',
  'due-soon',
  'overdue',
  'passed',
  'in-time',
  'late',
  'not-known',
  'no-evidence',
] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];

/** `due-soon` begins so many days before the last day. */
export const DUE_SOON_DAYS = 14;

/** Something that is due on a day, and for whom. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** As precisely as it is known; a month or a year ends with its last day. */
  readonly dueOn: Edtf;
  readonly state: DeadlineState;
  /** Of the round, or of the action. */
  readonly title: string;
  readonly series?: string;
  readonly year?: number;
  /** Whose day it is; none where it is everybody's. */
  readonly organization?: string;
  readonly section?: string;
  readonly clarification?: string;
  readonly reviewer?: string;
  readonly finding?: string;
  readonly action?: string;
  /** Every day that it was before, and why it was moved. */
  readonly moved?: ReportDocument['extensions'];
  readonly why: readonly number[];
}

/** What is not for everybody is left out by whoever answers: who reads is known only there. */
export interface DeadlineFor extends Deadline {
  readonly audience: Audience;
}

export interface DeadlineFilter {
  readonly cycle?: { readonly series: string; readonly year?: number };
  readonly organization?: string;
  readonly kind?: DeadlineKind;
  readonly state?: DeadlineState;
  /** First and last day, inclusive. */
  readonly from?: Edtf;
  readonly to?: Edtf;
}

/** What is due when, in the order of the days. */
export class DeadlinesAt extends Query<readonly DeadlineFor[]> {
  constructor(
    readonly filter: DeadlineFilter = {},
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(DeadlinesAt)
export class DeadlinesAtHandler implements IQueryHandler<DeadlinesAt> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ filter, asOf }: DeadlinesAt): Promise<readonly DeadlineFor[]> {
    const day = this.today.asOf(asOf) as Edtf;
    const all = KINDS.filter(([kind]) => filter.kind === undefined || filter.kind === kind).flatMap(([, found]) =>
      found({ views: this.views, filter, asOf, today: day }),
    );
    return Promise.resolve(all.filter((each) => isAsked(each, filter)).sort(byPlace));
  }
}

/** Where it stands in the list. */
export const placeOfDeadline = ({ dueOn, kind, series, year, organization, ...rest }: Deadline): string =>
  [lastDayOf(dueOn), kind, series, year, organization, rest.reviewer, rest.clarification, rest.finding, rest.action]
    .filter((part) => part !== undefined)
    .join('/');

const byPlace = (a: Deadline, b: Deadline) => (placeOfDeadline(a) < placeOfDeadline(b) ? -1 : 1);

function isAsked(deadline: Deadline, { state, from, to }: DeadlineFilter): boolean {
  if (state !== undefined && deadline.state !== state) return false;
  if (from !== undefined && isBefore(lastDayOf(deadline.dueOn), from)) return false;
  return to === undefined || !isAfter(deadline.dueOn, to);
}

/** Of what is still open, by a day that a request named. */
export function openState(dueOn: Edtf, today: Edtf): 'not-due' | 'due-soon' | 'overdue' {
  if (isAfter(today, dueOn)) return 'overdue';
  return (daysBetween(today, lastDayOf(dueOn)) ?? 0) <= DUE_SOON_DAYS ? 'due-soon' : 'not-due';
}

/** Of what nobody has to do. */
const freeState = (dueOn: Edtf, today: Edtf) => {
  const state = openState(dueOn, today);
  return state === 'overdue' ? 'passed' : state;
};

/** Nothing where the day binds nobody any more. */
export function stateOfRequest(punctuality: Punctuality, deadline: Edtf, today: Edtf): DeadlineState | undefined {
  if (punctuality === 'not-applicable') return undefined;
  if (punctuality === 'on-time') return 'in-time';
  return punctuality === 'not-due' ? openState(deadline, today) : punctuality;
}

interface Looking {
  readonly views: Views;
  readonly filter: DeadlineFilter;
  readonly asOf: number | undefined;
  readonly today: Edtf;
}

const KINDS: readonly (readonly [DeadlineKind, (looking: Looking) => DeadlineFor[]])[] = [
  ['cycle', ofCycles],
  ['request', ofRequests],
  ['clarification', ofClarifications],
  ['finding-comment', ofFindings],
  ['action-end', ofActions],
];

function ofCycles(looking: Looking): DeadlineFor[] {
  if (looking.filter.organization !== undefined) return [];
  return inCycle(looking, 'cycles').flatMap(({ series, year, title, dueOn, phase, why }) => {
    if (!dueOn) return [];
    const state = phase === 'closed' ? 'passed' : freeState(dueOn, looking.today);
    return [{ kind: 'cycle', dueOn, state, title, series, year, why, audience: 'public' } as const];
  });
}

function ofRequests(looking: Looking): DeadlineFor[] {
  const { views, today } = looking;
  const titles = titlesIn(looking);
  return inCycle(looking, 'reports').flatMap((report) => {
    const { series, year, organization, deadline: dueOn, extensions: moved, why } = report;
    const state = dueOn && stateOfRequest(punctualityOn(views, report, today), dueOn, today);
    if (!dueOn || !state) return [];
    const of = { series, year, organization, title: titles(report), ...(moved && { moved }) };
    return [{ kind: 'request', dueOn, state, ...of, why, audience: 'public' } as const];
  });
}

function ofClarifications(looking: Looking): DeadlineFor[] {
  const { views, today } = looking;
  const titles = titlesIn(looking);
  const withheldOf = withholdingsToday(views);
  return inCycle(looking, 'clarifications').flatMap((thread) => {
    const { series, year, organization, section, clarification, dueOn, steps, why } = thread;
    if (!dueOn || thread.state === 'closed') return [];
    const answeredOn = thread.state === 'answered' && views.mark(stoodSince(thread))?.recordedAt.slice(0, 10);
    const kept = answeredOn && (isAfter(answeredOn as Edtf, dueOn) ? 'late' : 'in-time');
    // What was done while fewer read the thread was done among fewer.
    const since = steps.slice(steps.findLastIndex(({ kind }) => kind === 'widened') + 1);
    const moved = since.flatMap((step) =>
      step.dueOn?.from ? [{ from: step.dueOn.from, to: step.dueOn.to, reason: step.reason ?? '', why: step.why }] : [],
    );
    const of = { series, year, organization, section, clarification, title: titles(thread) };
    const told = { ...of, ...(moved.length && { moved }), why: why.slice(0, 1) };
    const state = kept || openState(dueOn, today);
    const isKept = withheldOf(thread).clarification(clarification) !== undefined;
    const audience = isKept ? 'organization' : audienceOfThread(thread);
    return [{ kind: 'clarification', dueOn, state, ...told, audience } as const];
  });
}

/** As long as the organization may still be heard. */
function ofFindings(looking: Looking): DeadlineFor[] {
  const titles = titlesIn(looking);
  return inCycle(looking, 'assessments').flatMap((assessment) => {
    const { series, year, organization, reviewer, phase, conflict, findings = [] } = assessment;
    if (phase === 'recused' || conflict) return [];
    return findings.flatMap(({ finding, standing, shown }) => {
      if (standing !== 'shown' || !shown) return [];
      const state = shown.comments.length ? 'in-time' : freeState(shown.until, looking.today);
      const of = { series, year, organization, reviewer, finding, title: titles(assessment) };
      const { until: dueOn, why } = shown;
      return [{ kind: 'finding-comment', dueOn, state, ...of, why, audience: 'organization' } as const];
    });
  });
}

function ofActions({ views, filter, asOf, today }: Looking): DeadlineFor[] {
  if (filter.cycle) return [];
  const { organization } = filter;
  const all = documentsOn(views, 'actions', PLANNED_END, asOf);
  const found =
    organization === undefined ? all : all.filter((each) => participantsOf(each.lead, each).includes(organization));
  return found.map(({ action, lead, title, endedOn, why }) => {
    const { date: dueOn } = endedOn!;
    const of = { action, organization: organization ?? lead, title };
    return { kind: 'action-end', dueOn, state: freeState(dueOn, today), ...of, why, audience: 'public' } as const;
  });
}

/** Documents of the round that is asked about, or of all, and of the organization. */
function inCycle<Name extends 'cycles' | 'reports' | 'clarifications' | 'assessments'>(
  { views, filter: { cycle, organization }, asOf }: Looking,
  view: Name,
) {
  const prefix = cycle ? `${cycle.series}/${cycle.year ?? ''}` : '';
  const found: readonly (DocumentOf[Name] & { readonly organization?: string })[] = documentsIn(
    views,
    view,
    prefix,
    asOf,
  );
  return found.filter((each) => organization === undefined || each.organization === organization);
}

function titlesIn({ views, asOf }: Looking): (of: CycleId) => string {
  const known = new Map<string, string>();
  return ({ series, year }) => {
    const key = keyOfCycle({ series, year });
    const title = known.get(key) ?? documentAt(views, 'cycles', key, asOf)?.title ?? key;
    known.set(key, title);
    return title;
  };
}
