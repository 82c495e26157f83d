import type { ActionId } from '../action/action.js';
import type { Confidence, Track } from '../codes.js';
import type { Circumstances, Decider } from '../decider.js';
import { factsOf, refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseDisorder, refuseFuture } from '../edtf.js';
import type { Source } from '../evidence.js';
import { requireSource } from '../evidence.js';
import type { OrganizationId } from '../organization/organization.js';
import { requireCode } from '../vocabulary.js';

/** In lower case, for example `public-core`. */
export type OptionId = string;

/** Who says something: a stakeholder group, and the organization that speaks for it where one does. */
export interface Voice {
  readonly group: string;
  readonly organization?: OrganizationId;
}

export type Side = 'for' | 'against';
export const SIDES: readonly Side[] = ['for', 'against'];

/** Where an option is taken next: an organization on record, or a mechanism that is none. */
export interface Addressee {
  readonly organization?: OrganizationId;
  readonly mechanism?: string;
}

/**
 * A policy option on an issue, in the order in which it lives: tabled, argued for and against, debated in an open forum,
 * handed to whom it concerns, taken up by an action there. The debate belongs to the forum and the action to its own
 * track: that an option came from the forum makes no action count for paragraph 71, and takes none away from it.
 */
export type OptionEvent =
  | {
      type: 'OptionTabled';
      data: {
        /** Of the policy issues; one, so that a map of options has a place for it. */
        issue: string;
        title: string;
        description: string;
        by: Voice;
        on: Edtf;
        confidence: Confidence;
        sources: readonly Source[];
      };
    }
  | {
      type: 'OptionArgued';
      data: { argument: string; side: Side; by: Voice; text: string; sources: readonly Source[] };
    }
  | {
      /** A session of a forum, where anybody could take part in the debate. */
      type: 'OptionDebated';
      data: { forum: string; session: string; on: Edtf; outcome?: string; sources: readonly Source[] };
    }
  | { type: 'OptionHandedTo'; data: Addressee & { on: Edtf; reason: string; undebated?: true } }
  | { type: 'OptionTakenUp'; data: { action: ActionId; track: Track; note?: string } }
  | { type: 'OptionClosed'; data: { on: Edtf; reason: string } };

export interface PolicyOption {
  readonly phase: 'none' | 'open' | 'closed';
  readonly tabledOn?: Edtf;
  /** Ids of the arguments. */
  readonly argumentIds: readonly string[];
  /** `forum/session/date`. */
  readonly debates: readonly string[];
  /** Organizations and mechanisms, `organization:…` and `mechanism:…`. */
  readonly addressees: readonly string[];
  readonly actions: readonly ActionId[];
}

type DataOf<T extends OptionEvent['type']> = Extract<OptionEvent, { type: T }>['data'];

export type OptionCommand =
  | ({ type: 'TableOption' } & DataOf<'OptionTabled'>)
  | ({ type: 'ArgueOption' } & DataOf<'OptionArgued'>)
  | ({ type: 'RecordDebate' } & DataOf<'OptionDebated'>)
  | ({ type: 'HandOption' } & Addressee & { on: Edtf; reason: string })
  | {
      type: 'TakeUpOption';
      action: ActionId;
      /** The track on which the action stands. */
      track: Track;
      note?: string;
    }
  | ({ type: 'CloseOption' } & DataOf<'OptionClosed'>);

const initial: PolicyOption = { phase: 'none', argumentIds: [], debates: [], addressees: [], actions: [] };

function decide(command: OptionCommand, state: PolicyOption, at: Circumstances): OptionEvent[] {
  if (command.type === 'TableOption') {
    refuseIf(state.phase !== 'none', 'option-already-tabled', { on: state.tabledOn });
    requireCode('policyIssues', command.issue, at.vocabulary);
    requireCode('stakeholderGroups', command.by.group, at.vocabulary);
    refuseFuture(command.on, at.today);
    requireSource(command.sources);
    return [{ type: 'OptionTabled', data: factsOf(command) }];
  }
  refuseIf(state.phase === 'none', 'option-unknown');
  refuseIf(state.phase === 'closed', 'option-closed');

  switch (command.type) {
    case 'ArgueOption': {
      const { argument, by } = command;
      refuseIf(state.argumentIds.includes(argument), 'argument-already-made', { argument });
      requireCode('stakeholderGroups', by.group, at.vocabulary);
      requireSource(command.sources);
      return [{ type: 'OptionArgued', data: factsOf(command) }];
    }
    case 'RecordDebate':
      refuseIf(state.debates.includes(debateKey(command)), 'nothing-changed', { session: command.session });
      refuseFuture(command.on, at.today);
      refuseDisorder(state.tabledOn, command.on);
      requireSource(command.sources);
      return [{ type: 'OptionDebated', data: factsOf(command) }];
    case 'HandOption': {
      const { organization, mechanism, on, reason } = command;
      // Exactly one: who answers for it later must be clear.
      refuseIf((organization === undefined) === (mechanism === undefined), 'addressee-unclear', {
        organization,
        mechanism,
      });
      refuseIf(state.addressees.includes(addresseeKey(command)), 'nothing-changed', { organization, mechanism });
      refuseFuture(on, at.today);
      refuseDisorder(state.tabledOn, on);
      const to = organization === undefined ? { mechanism: mechanism! } : { organization };
      // An option that nobody debated in the open may be handed on; a reader is to see that it was not.
      const undebated = !state.debates.length && { undebated: true as const };
      return [{ type: 'OptionHandedTo', data: { ...to, on, reason, ...undebated } }];
    }
    case 'TakeUpOption': {
      const { action } = command;
      refuseIf(state.actions.includes(action), 'nothing-changed', { action });
      return [{ type: 'OptionTakenUp', data: factsOf(command) }];
    }
    case 'CloseOption':
      refuseFuture(command.on, at.today);
      refuseDisorder(state.tabledOn, command.on);
      return [{ type: 'OptionClosed', data: factsOf(command) }];
  }
}

function evolve(state: PolicyOption, event: OptionEvent): PolicyOption {
  switch (event.type) {
    case 'OptionTabled':
      return { ...state, phase: 'open', tabledOn: event.data.on };
    case 'OptionArgued':
      return { ...state, argumentIds: [...state.argumentIds, event.data.argument] };
    case 'OptionDebated':
      return { ...state, debates: [...state.debates, debateKey(event.data)] };
    case 'OptionHandedTo':
      return { ...state, addressees: [...state.addressees, addresseeKey(event.data)] };
    case 'OptionTakenUp':
      return { ...state, actions: [...state.actions, event.data.action] };
    case 'OptionClosed':
      return { ...state, phase: 'closed' };
    default:
      return unknownEvent(event);
  }
}

export const policyOption: Decider<PolicyOption, OptionCommand, OptionEvent> = { initial, decide, evolve };

function debateKey({ forum, session, on }: { forum: string; session: string; on: Edtf }): string {
  return `${forum}/${session}/${on}`;
}

function addresseeKey({ organization, mechanism }: Addressee): string {
  return organization === undefined ? `mechanism:${mechanism}` : `organization:${organization}`;
}
