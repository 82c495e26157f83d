import type { ActionStatus, Confidence, LinkKind, ScopeTest, Track } from '../codes.js';
import type { Circumstances, Decider } from '../decider.js';
import { refuse, refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { isBefore, refuseDisorder, refuseFuture } from '../edtf.js';
import type { Source } from '../evidence.js';
import { requireSource, sameSource } from '../evidence.js';
import type { OrganizationId } from '../organization/organization.js';
import { requireSoundFacts, requireStatusOfDates } from './fact-checks.js';
import type { ActionFacts, FactChanges, RemovableFact, SaidOfAction } from './facts.js';
import { REMOVABLE_FACTS, revisedFacts } from './facts.js';
import { judgedBy } from './judgement.js';

/** Upper case, for example `ACT-0001`; its stream is the same in lower case. */
export type ActionId = string;

/** Something an organization did towards enhanced cooperation, alone or with partners. Recorded once, under its lead. */
export type ActionEvent =
  | {
      type: 'ActionRecorded';
      data: ActionFacts & {
        lead: OrganizationId;
        track: Track;
        status: ActionStatus;
        /** With status `SUPERSEDED`: by which action. */
        supersededBy?: ActionId;
        confidence: Confidence;
        sources: readonly Source[];
      };
    }
  | {
      type: 'ActionRevised';
      data: {
        changes: Partial<ActionFacts>;
        /** Facts that were stated wrongly, and of which nothing else is known. Not said in shape 1: there were none. */
        removed?: readonly RemovableFact[];
        reason: string;
        /** Revisions of this stream whose statements are corrected, oldest first. */
        corrects: readonly number[];
      };
    }
  | { type: 'ActionStatusChanged'; data: { from: ActionStatus; to: ActionStatus; on?: Edtf; reason?: string } }
  | { type: 'ActionMilestoneReached'; data: { title: string; on: Edtf; sources: readonly Source[] } }
  | { type: 'PartnerConfirmed'; data: { partner: OrganizationId; note?: string } }
  | { type: 'PartnerDisputed'; data: { partner: OrganizationId; reason: string } }
  | { type: 'ActionLinked'; data: { to: ActionId; kind: LinkKind; note?: string } }
  | { type: 'ActionTrackReassigned'; data: { from: Track; to: Track; reason: string } }
  | { type: 'ActionSuperseded'; data: { by: ActionId; on?: Edtf; reason?: string } }
  | { type: 'ActionDiscontinued'; data: { on?: Edtf; reason: string } }
  | { type: 'ActionSourceAdded'; data: { source: Source } }
  | { type: 'ActionRecordedInError'; data: { reason: string } };

export interface Action {
  /** How many events there are, which is the revision that the next one gets. */
  readonly length: number;
  readonly lead?: OrganizationId;
  readonly track?: Track;
  readonly status?: ActionStatus;
  readonly facts?: ActionFacts;
  /** The revision that last stated each fact. */
  readonly statedAt: Readonly<Partial<Record<keyof ActionFacts, number>>>;
  readonly supersededBy?: ActionId;
  readonly links: readonly { readonly to: ActionId; readonly kind: LinkKind }[];
  readonly sources: readonly Source[];
  readonly partnerStandings: Readonly<Record<OrganizationId, 'confirmed' | 'disputed'>>;
  readonly inError?: boolean;
}

export type ActionCommand =
  | ({
      type: 'RecordAction';
      action: ActionId;
      lead: OrganizationId;
      track: Track;
      status: ActionStatus;
      supersededBy?: ActionId;
      /** What `supersededBy` was itself superseded by, and that again, as far as it goes. */
      successors: readonly ActionId[];
      confidence: Confidence;
      sources: readonly Source[];
      /** Where a record is imported, its sources beside it: who had judged. */
      scope: { readonly by?: string };
      vision?: { readonly by?: string };
    } & SaidOfAction)
  | { type: 'ReviseAction'; changes: FactChanges; reason: string }
  | { type: 'ChangeStatus'; to: ActionStatus; on?: Edtf; reason?: string }
  | { type: 'ReachMilestone'; title: string; on: Edtf; sources: readonly Source[] }
  | { type: 'ConfirmPartnership'; partner: OrganizationId; note?: string }
  | { type: 'DisputePartnership'; partner: OrganizationId; reason: string }
  | { type: 'LinkAction'; action: ActionId; to: ActionId; kind: LinkKind; targetTrack: Track; note?: string }
  | { type: 'ReassignTrack'; to: Track; reason: string }
  | {
      type: 'SupersedeAction';
      action: ActionId;
      by: ActionId;
      /** What `by` was itself superseded by, and that again, as far as it goes. */
      successors: readonly ActionId[];
      on?: Edtf;
      reason?: string;
    }
  | { type: 'DiscontinueAction'; on?: Edtf; reason: string }
  | { type: 'AddSource'; source: Source }
  | { type: 'MarkRecordedInError'; reason: string };

const FINAL: readonly ActionStatus[] = ['COMPLETED', 'SUPERSEDED', 'DISCONTINUED'];

const initial: Action = { length: 0, statedAt: {}, links: [], sources: [], partnerStandings: {} };

function decide(command: ActionCommand, state: Action, at: Circumstances): ActionEvent[] {
  if (command.type === 'RecordAction') return record(command, state, at);
  const { facts, track, status } = state;
  if (!facts || !track || !status) return refuse('action-unknown');
  refuseIf(state.inError, 'action-recorded-in-error');

  switch (command.type) {
    case 'ReviseAction':
      return revise(command, { ...state, facts, status }, at);
    case 'ChangeStatus': {
      const { to, on, reason } = command;
      refuseIf(to === status, 'nothing-changed', { status });
      refuseIf(FINAL.includes(status), 'status-is-final', { status });
      refuseIf(to === 'SUPERSEDED' || to === 'DISCONTINUED', 'status-needs-its-own-command', { to });
      requireStatusOfDates(to, to === 'COMPLETED' && on ? { ...facts, endedOn: { date: on } } : facts, at);
      if (on) refuseFuture(on, at.today);
      refuseDisorder(facts.startedOn.date, on);
      return [
        { type: 'ActionStatusChanged', data: { from: status, to, ...(on && { on }), ...(reason && { reason }) } },
      ];
    }
    case 'ReachMilestone': {
      const { title, on, sources } = command;
      refuseFuture(on, at.today);
      refuseDisorder(facts.startedOn.date, on);
      requireSource(sources);
      return [{ type: 'ActionMilestoneReached', data: { title, on, sources } }];
    }
    case 'ConfirmPartnership': {
      const { partner, note } = command;
      requirePartner(facts, partner);
      refuseIf(state.partnerStandings[partner] === 'confirmed', 'nothing-changed', { partner });
      return [{ type: 'PartnerConfirmed', data: { partner, ...(note && { note }) } }];
    }
    case 'DisputePartnership': {
      const { partner, reason } = command;
      requirePartner(facts, partner);
      refuseIf(state.partnerStandings[partner] === 'disputed', 'nothing-changed', { partner });
      return [{ type: 'PartnerDisputed', data: { partner, reason } }];
    }
    case 'LinkAction': {
      const { action, to, kind, targetTrack, note } = command;
      refuseIf(to === action, 'link-to-itself', { action });
      refuseIf(
        state.links.some((link) => link.to === to && link.kind === kind),
        'link-exists',
        { to, kind },
      );
      const crosses = track !== 'IGF' && targetTrack === 'IGF';
      refuseIf(kind !== 'RELATED' && !crosses, 'link-needs-the-forum-track', { kind, track, targetTrack });
      return [{ type: 'ActionLinked', data: { to, kind, ...(note && { note }) } }];
    }
    case 'ReassignTrack':
      refuseIf(command.to === track, 'track-unchanged', { track });
      return [{ type: 'ActionTrackReassigned', data: { from: track, to: command.to, reason: command.reason } }];
    case 'SupersedeAction': {
      const { action, by, successors, on, reason } = command;
      refuseIf(FINAL.includes(status), 'status-is-final', { status });
      refuseCircle(action, by, successors);
      if (on) refuseFuture(on, at.today);
      // A plan can be given up before the day on which it was to begin.
      if (status !== 'PLANNED') refuseDisorder(facts.startedOn.date, on);
      return [{ type: 'ActionSuperseded', data: { by, ...(on && { on }), ...(reason && { reason }) } }];
    }
    case 'DiscontinueAction': {
      const { on, reason } = command;
      refuseIf(FINAL.includes(status), 'status-is-final', { status });
      if (on) refuseFuture(on, at.today);
      if (status !== 'PLANNED') refuseDisorder(facts.startedOn.date, on);
      return [{ type: 'ActionDiscontinued', data: { ...(on && { on }), reason } }];
    }
    case 'AddSource': {
      const { source } = command;
      refuseIf(
        state.sources.some((known) => sameSource(known, source) && known.confidence === source.confidence),
        'source-already-named',
        { title: source.title },
      );
      return [{ type: 'ActionSourceAdded', data: { source } }];
    }
    case 'MarkRecordedInError':
      return [{ type: 'ActionRecordedInError', data: { reason: command.reason } }];
  }
}

function evolve(state: Action, event: ActionEvent): Action {
  const next = { ...state, length: state.length + 1 };
  switch (event.type) {
    case 'ActionRecorded': {
      const { lead, track, status, supersededBy, confidence: _, sources, ...facts } = event.data;
      const statedAt = stated({}, Object.keys(facts), state.length);
      return { ...next, lead, track, status, facts, statedAt, sources, ...(supersededBy && { supersededBy }) };
    }
    case 'ActionRevised': {
      const { changes, removed = [] } = event.data;
      const anew = [...Object.keys(changes), ...removed];
      const statedAt = stated(state.statedAt, anew, state.length);
      return { ...next, statedAt, ...(state.facts && { facts: revisedFacts(state.facts, event.data) }) };
    }
    case 'ActionStatusChanged':
      return ended({ ...next, status: event.data.to }, event.data.to === 'COMPLETED' ? event.data.on : undefined);
    case 'ActionMilestoneReached':
      return next;
    case 'PartnerConfirmed':
      return { ...next, partnerStandings: { ...state.partnerStandings, [event.data.partner]: 'confirmed' } };
    case 'PartnerDisputed':
      return { ...next, partnerStandings: { ...state.partnerStandings, [event.data.partner]: 'disputed' } };
    case 'ActionLinked':
      return { ...next, links: [...state.links, { to: event.data.to, kind: event.data.kind }] };
    case 'ActionTrackReassigned':
      return { ...next, track: event.data.to };
    case 'ActionSuperseded':
      return ended({ ...next, status: 'SUPERSEDED', supersededBy: event.data.by }, event.data.on);
    case 'ActionDiscontinued':
      return ended({ ...next, status: 'DISCONTINUED' }, event.data.on);
    case 'ActionSourceAdded':
      return { ...next, sources: [...state.sources, event.data.source] };
    case 'ActionRecordedInError':
      return { ...next, inError: true };
    default:
      return unknownEvent(event);
  }
}

export const action: Decider<Action, ActionCommand, ActionEvent> = { initial, decide, evolve };

/** Rule 3: lead first, then partners; the action is in the timeline of each of them and counts once. */
export function participantsOf(lead: OrganizationId, facts: Pick<ActionFacts, 'partners'>): readonly OrganizationId[] {
  return [lead, ...facts.partners];
}

/** Rules 12 and 13: what an answer to paragraph 71 may count. */
export function countsForParagraph71(track: Track, scope: ScopeTest): boolean {
  return track === 'EC' && scope !== 'OPERATIONAL';
}

export const isFinal = (status: ActionStatus) => FINAL.includes(status);

/** Whether a plan came to nothing on that day: what never began has no end. */
export const isGivenUpBefore = (startedOn: Edtf, on: Edtf) => isBefore(on, startedOn);

function record(
  command: Extract<ActionCommand, { type: 'RecordAction' }>,
  state: Action,
  at: Circumstances,
): ActionEvent[] {
  const { type: _, action: id, successors, scope, vision, ...rest } = command;
  const judged = { scope: judgedBy(at.actor, scope), ...(vision && { vision: judgedBy(at.actor, vision) }) };
  const data = { ...rest, ...judged };
  refuseIf(state.length > 0, 'action-already-recorded', { action: id });
  const { status, supersededBy } = data;
  requireSource(data.sources);
  requireSoundFacts({ lead: data.lead, status, facts: data, stated: data }, at);
  refuseIf((status === 'SUPERSEDED') !== Boolean(supersededBy), 'status-needs-successor', { status, supersededBy });
  if (supersededBy) refuseCircle(id, supersededBy, successors);
  return [{ type: 'ActionRecorded', data }];
}

function revise(
  command: Extract<ActionCommand, { type: 'ReviseAction' }>,
  state: Action & { facts: ActionFacts; status: ActionStatus },
  at: Circumstances,
): ActionEvent[] {
  const { scope, vision } = command.changes;
  const said = {
    ...command.changes,
    ...(scope && { scope: judgedBy(at.actor, scope, state.facts.scope) }),
    ...(vision && { vision: judgedBy(at.actor, vision, state.facts.vision) }),
  };
  const fields = (Object.keys(said) as (keyof ActionFacts)[]).filter(
    (field) => JSON.stringify(said[field] ?? undefined) !== JSON.stringify(state.facts[field]),
  );
  refuseIf(!fields.length, 'nothing-changed');
  const removed = REMOVABLE_FACTS.filter((field) => fields.includes(field) && said[field] === null);
  const stays = fields.filter((field) => said[field] !== null);
  const changes: Partial<ActionFacts> = Object.fromEntries(stays.map((field) => [field, said[field]]));
  const facts = revisedFacts(state.facts, { changes, removed });
  requireSoundFacts({ lead: state.lead, status: state.status, facts, stated: changes }, at);
  const corrects = [...new Set(fields.flatMap((field) => state.statedAt[field] ?? []))].sort((a, b) => a - b);
  const data = { changes, ...(removed.length && { removed }), reason: command.reason, corrects };
  return [{ type: 'ActionRevised', data }];
}

function refuseCircle(action: ActionId, by: ActionId, successors: readonly ActionId[]): void {
  refuseIf(by === action, 'superseded-by-itself', { action });
  refuseIf(successors.includes(action), 'superseded-in-circle', { action, successors: [by, ...successors] });
}

function requirePartner(facts: ActionFacts, partner: OrganizationId): void {
  refuseIf(!facts.partners.includes(partner), 'partner-unknown', { partner, partners: facts.partners });
}

function stated(
  before: Action['statedAt'],
  facts: readonly string[],
  revision: number,
): Partial<Record<keyof ActionFacts, number>> {
  return { ...before, ...Object.fromEntries(facts.map((field) => [field, revision])) };
}

/** An end that is stated in passing is a fact like one that was stated when the action was recorded. */
function ended(state: Action, on: Edtf | undefined): Action {
  if (!on || !state.facts || isGivenUpBefore(state.facts.startedOn.date, on)) return state;
  const statedAt = { ...state.statedAt, endedOn: state.length - 1 };
  return { ...state, facts: { ...state.facts, endedOn: { date: on } }, statedAt };
}
