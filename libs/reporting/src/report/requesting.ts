import type { Confidence } from '../codes.js';
import type { Circumstances } from '../decider.js';
import { factsOf, refuse, refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { isAfter, refuseDisorder, refuseFuture } from '../edtf.js';
import type { DocumentRef, Source } from '../evidence.js';
import { requireSource } from '../evidence.js';
import type { OrganizationId } from '../organization/organization.js';
import type { EverTold } from './ever-told.js';
import { alsoTold } from './ever-told.js';
import type { Impartial } from './impartial.js';
import { requireImpartial } from './impartial.js';

/** The way of a request: sent, received, and what became of it if no report was written in the form. */
export type RequestingEvent =
  | {
      type: 'ReportRequested';
      data: {
        requester: OrganizationId;
        /** When the letter went out, as precisely as it is known. */
        on: Edtf;
        /** Without one, nothing about the answer can be late. */
        deadline?: Edtf;
        form?: string;
        letter?: DocumentRef;
        note?: string;
        confidence: Confidence;
        sources: readonly Source[];
      };
    }
  | { type: 'ReportAcknowledged'; data: { on: Edtf; note?: string } }
  | { type: 'ReportDeclined'; data: { on: Edtf; reason: string } }
  | { type: 'ReportExempted'; data: { reason: string } }
  | {
      /** An answer outside the form: a letter, a statement, a document of the organization's own. */
      type: 'ReportAnsweredByLetter';
      data: {
        /** Absent where the record says that an answer came, and not when. */
        on?: Edtf;
        document: DocumentRef;
        reservation?: string;
        /** Actions that the letter names, as far as the record tells. */
        cites: readonly string[];
        /** Without a request on record: whether that is known to be so, or only that no request was seen. */
        standing?: UnaskedStanding;
        note?: string;
        confidence: Confidence;
        sources: readonly Source[];
      };
    }
  | { type: 'NoResponseRecorded'; data: { on: Edtf; note?: string } }
  | { type: 'ReportDeadlineExtended'; data: { from: Edtf; to: Edtf; reason: string } };

/** `voluntary`: nobody asked. `request-not-on-record`: somebody may have, but no evidence of it was found. */
export type UnaskedStanding = 'voluntary' | 'request-not-on-record';

export const PHASES = [
  'none',
  'requested',
  'acknowledged',
  'declined',
  'exempted',
  'no-response',
  'answered-by-letter',
  'draft',
  'submitted',
  'amending',
  'withdrawn',
] as const;
export type Phase = (typeof PHASES)[number];

export interface Standing {
  readonly phase: Phase;
  readonly requestedOn?: Edtf;
  readonly deadline?: Edtf;
  readonly form?: string;
  readonly unasked?: UnaskedStanding;
  /** When the first answer came: the letter or the first submission. */
  readonly answeredOn?: Edtf;
  readonly reservation?: string;
  readonly everTold?: EverTold;
}

type DataOf<T extends RequestingEvent['type']> = Extract<RequestingEvent, { type: T }>['data'];

export type RequestingCommand =
  | ({ type: 'RequestReport' } & DataOf<'ReportRequested'>)
  | ({ type: 'AcknowledgeRequest' } & DataOf<'ReportAcknowledged'>)
  | ({ type: 'DeclineReport' } & DataOf<'ReportDeclined'>)
  | ({ type: 'ExemptFromReport' } & Impartial & DataOf<'ReportExempted'>)
  | ({
      type: 'AnswerByLetter';
      /** Out of the public record, which knows where old letters stand, and has not their bytes. */
      isImported?: boolean;
      /** Actions among `cites` in which the organization has no part. */
      ofOthers?: readonly string[];
    } & DataOf<'ReportAnsweredByLetter'>)
  | ({ type: 'RecordNoResponse' } & DataOf<'NoResponseRecorded'>)
  | ({ type: 'ExtendDeadline'; to: Edtf; reason: string } & Impartial);

/** Phases in which an organization that was asked has not answered yet, or may still change its mind. */
const OPEN: readonly Phase[] = ['requested', 'acknowledged', 'declined', 'no-response'];

export function decideRequesting(command: RequestingCommand, state: Standing, at: Circumstances): RequestingEvent[] {
  switch (command.type) {
    case 'RequestReport':
      refuseIf(state.requestedOn, 'report-already-requested', { on: state.requestedOn });
      // An unasked answer can be asked for afterwards (early records do not tell which came first), a closed one cannot.
      refuseIf(state.phase === 'exempted' || state.phase === 'withdrawn', 'report-locked', { phase: state.phase });
      refuseFuture(command.on, at.today);
      refuseDisorder(command.on, command.deadline);
      requireSource(command.sources);
      return [{ type: 'ReportRequested', data: factsOf(command) }];
    case 'AcknowledgeRequest':
      requireRequest(state);
      refuseIf(state.phase !== 'requested', 'nothing-changed', { phase: state.phase });
      refuseFuture(command.on, at.today);
      refuseDisorder(state.requestedOn, command.on);
      return [{ type: 'ReportAcknowledged', data: factsOf(command) }];
    case 'DeclineReport':
      requireUnanswered(state);
      refuseIf(state.phase === 'declined', 'nothing-changed', { phase: state.phase });
      refuseFuture(command.on, at.today);
      refuseDisorder(state.requestedOn, command.on);
      return [{ type: 'ReportDeclined', data: factsOf(command) }];
    case 'ExemptFromReport':
      requireImpartial(command.actedFor, at);
      requireUnanswered(state);
      return [{ type: 'ReportExempted', data: { reason: command.reason } }];
    case 'AnswerByLetter': {
      const unasked = !state.requestedOn;
      if (!unasked) requireUnanswered(state);
      else refuseIf(state.phase !== 'none', 'report-already-answered', { phase: state.phase });
      if (command.on) refuseFuture(command.on, at.today);
      refuseDisorder(state.requestedOn, command.on);
      requireSource(command.sources);
      const { standing, isImported, ofOthers = [], ...facts } = factsOf(command);
      // What stands elsewhere today stands there for as long as somebody else wishes.
      refuseIf(!isImported && facts.document.sha256 === undefined, 'letter-not-attached');
      // Rule 3, as where a report cites them.
      refuseIf(ofOthers.length, 'action-of-others', { actions: ofOthers });
      return [
        { type: 'ReportAnsweredByLetter', data: { ...facts, ...(unasked && { standing: standing ?? 'voluntary' }) } },
      ];
    }
    case 'RecordNoResponse': {
      requireUnanswered(state);
      refuseIf(state.phase === 'no-response' || state.phase === 'declined', 'nothing-changed', { phase: state.phase });
      if (!state.deadline) return refuse('deadline-missing');
      refuseFuture(command.on, at.today);
      refuseIf(!isAfter(command.on, state.deadline), 'dates-out-of-order', { from: state.deadline, to: command.on });
      return [{ type: 'NoResponseRecorded', data: factsOf(command) }];
    }
    case 'ExtendDeadline': {
      requireImpartial(command.actedFor, at);
      requireRequest(state);
      refuseIf(state.phase === 'exempted' || state.phase === 'withdrawn', 'report-locked', { phase: state.phase });
      refuseIf(state.answeredOn || state.phase === 'answered-by-letter', 'report-already-answered', {
        phase: state.phase,
      });
      if (!state.deadline) return refuse('deadline-missing');
      refuseIf(!isAfter(command.to, state.deadline), 'deadline-not-later', { from: state.deadline, to: command.to });
      return [
        { type: 'ReportDeadlineExtended', data: { from: state.deadline, to: command.to, reason: command.reason } },
      ];
    }
  }
}

export function evolveRequesting<S extends Standing>(state: S, event: RequestingEvent): S {
  switch (event.type) {
    case 'ReportRequested': {
      const { on, deadline, form } = event.data;
      const phase = state.phase === 'none' ? 'requested' : state.phase;
      return { ...state, phase, requestedOn: on, ...(deadline && { deadline }), ...(form && { form }) };
    }
    case 'ReportAcknowledged':
      return { ...state, phase: 'acknowledged' };
    case 'ReportDeclined':
      return { ...state, phase: 'declined' };
    case 'ReportExempted':
      return { ...state, phase: 'exempted' };
    case 'ReportAnsweredByLetter': {
      const { on, reservation, standing, cites } = event.data;
      return {
        ...state,
        phase: 'answered-by-letter',
        everTold: alsoTold(state.everTold, { figures: [], actions: cites }),
        ...(on && { answeredOn: on }),
        ...(reservation && { reservation }),
        ...(standing && { unasked: standing }),
      };
    }
    case 'NoResponseRecorded':
      return { ...state, phase: 'no-response' };
    case 'ReportDeadlineExtended':
      return { ...state, deadline: event.data.to };
  }
}

/**
 * Rule 9. Without a request and a recorded deadline nothing is late; a date too coarse to tell is said to be so; and
 * where the record of an old round was entered after its deadline, an answer that is not on it is `no-evidence`, since
 * nobody waited for it here.
 */
export const PUNCTUALITIES = [
  'not-applicable',
  'not-due',
  'overdue',
  'on-time',
  'late',
  'not-known',
  'no-evidence',
] as const;
export type Punctuality = (typeof PUNCTUALITIES)[number];

/** `today`: the day in UTC on which the question is asked. `recordedOn`: the day on which the request was recorded. */
export function punctualityOf(state: Standing, today: string, recordedOn?: string): Punctuality {
  const { phase, requestedOn, deadline, answeredOn } = state;
  if (!requestedOn || !deadline || phase === 'exempted' || phase === 'declined') return 'not-applicable';
  if (answeredOn) {
    if (isAfter(answeredOn, deadline)) return 'late';
    // A year that contains the deadline is no proof of having kept it.
    return answeredOn.length < deadline.length && deadline.startsWith(answeredOn) ? 'not-known' : 'on-time';
  }
  if (phase === 'answered-by-letter') return 'not-known';
  if (!isAfter(today as Edtf, deadline)) return 'not-due';
  return recordedOn && isAfter(recordedOn as Edtf, deadline) ? 'no-evidence' : 'overdue';
}

/** Rule 8, and the two ends that the coded list of historic contributions did not need. */
export const CONTRIBUTION_STATUSES = [
  'REQUESTED',
  'ANSWERED',
  'ANSWERED_WITH_RESERVATION',
  'IN_PREPARATION',
  'DECLINED',
  'NO_RESPONSE',
  'VOLUNTARY',
  'EXEMPTED',
  'WITHDRAWN',
] as const;
export type ContributionStatus = (typeof CONTRIBUTION_STATUSES)[number];

/** Nothing when there is nothing on record: "no evidence" is not a status of the organization. */
export function contributionStatusOf(state: Standing): ContributionStatus | undefined {
  switch (state.phase) {
    case 'none':
      return undefined;
    case 'requested':
    case 'acknowledged':
      return 'REQUESTED';
    case 'declined':
      return 'DECLINED';
    case 'exempted':
      return 'EXEMPTED';
    case 'no-response':
      return 'NO_RESPONSE';
    case 'draft':
      return 'IN_PREPARATION';
    case 'withdrawn':
      return 'WITHDRAWN';
    case 'answered-by-letter':
    case 'submitted':
    case 'amending':
      if (state.reservation) return 'ANSWERED_WITH_RESERVATION';
      return !state.requestedOn && state.unasked === 'voluntary' ? 'VOLUNTARY' : 'ANSWERED';
  }
}

function requireRequest(state: Standing): void {
  refuseIf(!state.requestedOn, 'report-not-requested', { phase: state.phase });
}

function requireUnanswered(state: Standing): void {
  requireRequest(state);
  refuseIf(!OPEN.includes(state.phase), 'report-already-answered', { phase: state.phase });
}
