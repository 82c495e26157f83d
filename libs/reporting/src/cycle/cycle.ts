import { requireCode } from '../vocabulary.js';
import type { Circumstances, Decider } from '../decider.js';
import { factsOf, refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseDisorder, refuseFuture } from '../edtf.js';
import type { DocumentRef, Source } from '../evidence.js';
import { requireSource } from '../evidence.js';
import type { OrganizationId } from '../organization/organization.js';

/** Lower case, for example `ec-performance` (paragraph 71) or `wsis-annual` (ECOSOC resolution 2006/46). */
export type SeriesId = string;

export interface CyclePeriod {
  readonly from: Edtf;
  readonly to: Edtf;
}

/** Somebody named as having contributed to a synthesis, with the status that the record gives it. */
export interface NamedContributor {
  readonly organization: OrganizationId;
  readonly status: string;
  readonly on?: Edtf;
  readonly confidence: Source['confidence'];
  readonly note?: string;
}

/** One round of one series: who asks, about which period, until when, on which form. */
export type CycleEvent =
  | {
      type: 'CycleOpened';
      data: {
        title: string;
        /** Absent in a series of reports that nobody asks for. */
        requester?: OrganizationId;
        opensOn: Edtf;
        /** Absent where the record of an old round names none; then nothing in it can be late. */
        dueOn?: Edtf;
        period?: CyclePeriod;
        form: string;
        note?: string;
        sources: readonly Source[];
      };
    }
  | { type: 'CycleGuidanceIssued'; data: { text: string; on?: Edtf; document?: DocumentRef } }
  | { type: 'CycleDueDateMoved'; data: { from?: Edtf; to: Edtf; reason: string } }
  | { type: 'CycleClosed'; data: { on: Edtf } }
  | { type: 'CycleReopened'; data: { on: Edtf; reason: string } }
  | {
      /** A report made out of the contributions, such as the Secretary-General's to ECOSOC. Nobody's annual report. */
      type: 'SynthesisIssued';
      data: {
        id: string;
        title: string;
        symbol?: string;
        issuer: OrganizationId;
        on: Edtf;
        period?: CyclePeriod;
        description?: string;
        note?: string;
        contributors: readonly NamedContributor[];
        actions: readonly string[];
        confidence: Source['confidence'];
        sources: readonly Source[];
      };
    };

type DataOf<T extends CycleEvent['type']> = Extract<CycleEvent, { type: T }>['data'];

export interface Cycle {
  readonly phase: 'none' | 'open' | 'closed';
  readonly opensOn?: Edtf;
  readonly dueOn?: Edtf;
  readonly form?: string;
  readonly syntheses: readonly string[];
}

export type CycleCommand =
  | ({ type: 'OpenCycle' } & DataOf<'CycleOpened'>)
  | ({ type: 'IssueGuidance' } & DataOf<'CycleGuidanceIssued'>)
  | { type: 'MoveDueDate'; to: Edtf; reason: string }
  | { type: 'CloseCycle'; on: Edtf }
  | { type: 'ReopenCycle'; on: Edtf; reason: string }
  | ({ type: 'IssueSynthesis' } & DataOf<'SynthesisIssued'>);

const initial: Cycle = { phase: 'none', syntheses: [] };

function decide(command: CycleCommand, state: Cycle, at: Circumstances): CycleEvent[] {
  if (command.type === 'OpenCycle') {
    refuseIf(state.phase !== 'none', 'cycle-already-open', { phase: state.phase });
    refuseDisorder(command.opensOn, command.dueOn);
    refuseDisorder(command.period?.from, command.period?.to);
    requireSource(command.sources);
    return [{ type: 'CycleOpened', data: factsOf(command) }];
  }
  refuseIf(state.phase === 'none', 'cycle-unknown');

  switch (command.type) {
    case 'IssueGuidance': {
      refuseIf(state.phase === 'closed', 'cycle-closed');
      return [{ type: 'CycleGuidanceIssued', data: factsOf(command) }];
    }
    case 'MoveDueDate': {
      refuseIf(state.phase === 'closed', 'cycle-closed');
      refuseIf(command.to === state.dueOn, 'nothing-changed', { dueOn: state.dueOn });
      refuseDisorder(state.opensOn, command.to);
      const { to, reason } = command;
      return [{ type: 'CycleDueDateMoved', data: { ...(state.dueOn && { from: state.dueOn }), to, reason } }];
    }
    case 'CloseCycle':
      refuseIf(state.phase === 'closed', 'cycle-closed');
      refuseFuture(command.on, at.today);
      refuseDisorder(state.opensOn, command.on);
      return [{ type: 'CycleClosed', data: { on: command.on } }];
    case 'ReopenCycle':
      refuseIf(state.phase !== 'closed', 'cycle-not-closed');
      refuseFuture(command.on, at.today);
      return [{ type: 'CycleReopened', data: { on: command.on, reason: command.reason } }];
    case 'IssueSynthesis': {
      refuseIf(state.syntheses.includes(command.id), 'nothing-changed', { synthesis: command.id });
      refuseFuture(command.on, at.today);
      refuseDisorder(command.period?.from, command.period?.to);
      requireSource(command.sources);
      for (const named of command.contributors) requireCode('contributionStatuses', named.status, at.vocabulary);
      return [{ type: 'SynthesisIssued', data: factsOf(command) }];
    }
  }
}

function evolve(state: Cycle, event: CycleEvent): Cycle {
  switch (event.type) {
    case 'CycleOpened': {
      const { opensOn, dueOn, form } = event.data;
      return { ...state, phase: 'open', opensOn, form, ...(dueOn && { dueOn }) };
    }
    case 'CycleGuidanceIssued':
      return state;
    case 'CycleDueDateMoved':
      return { ...state, dueOn: event.data.to };
    case 'CycleClosed':
      return { ...state, phase: 'closed' };
    case 'CycleReopened':
      return { ...state, phase: 'open' };
    case 'SynthesisIssued':
      return { ...state, syntheses: [...state.syntheses, event.data.id] };
    default:
      return unknownEvent(event);
  }
}

export const cycle: Decider<Cycle, CycleCommand, CycleEvent> = { initial, decide, evolve };
