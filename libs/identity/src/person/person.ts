import { hasLapsed, type Proposal, proposalOf, type Proposing } from '#reporting';
import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';

/** Why somebody is forgotten. A list, not a text: it stays on the log, and must say nothing of the person. */
export type ErasureGround = 'asked-by-the-person' | 'no-longer-needed' | 'created-by-mistake' | 'ordered-by-law';
export const ERASURE_GROUNDS: readonly ErasureGround[] = [
  'asked-by-the-person',
  'no-longer-needed',
  'created-by-mistake',
  'ordered-by-law',
];

/**
 * A person, in the order in which an account lives: registered, invited, joined, corrected, closed, erased. Not part of the
 * public record. All of it is sealed under the person's key but `PersonErased`, which must be readable when that is gone.
 */
export type PersonEvent =
  | { type: 'PersonRegistered'; data: { name: string; address: string } }
  | {
      type: 'PersonInvited';
      data: {
        invitation: string;
        until: string;
        /** Not in invitations of before they were told who sends them. */
        by?: PersonId;
      };
    }
  | { type: 'PersonJoined'; data: { invitation: string } }
  | { type: 'PersonCorrected'; data: { name: string } }
  | { type: 'AccountClosed'; data: { by: PersonId } }
  | {
      type: 'ErasureProposed';
      /** `until`: the last day on which another can agree. Not in proposals of before they lapsed. */
      data: { ground: ErasureGround } & Proposal;
    }
  | { type: 'PersonErased'; data: { by: PersonId; proposedBy: PersonId; ground: ErasureGround } };

/** Readable without a key. */
export const PLAIN_EVENTS: ReadonlySet<string> = new Set<PersonEvent['type']>(['PersonErased']);

export interface Person {
  readonly phase: 'none' | 'registered' | 'joined' | 'closed' | 'erased';
  readonly name?: string;
  readonly address?: string;
  /** The last one, unless it was used. The ones before it are void. */
  readonly invitation?: { readonly id: string; readonly until: string; readonly by?: PersonId };
  readonly erasure?: { readonly ground: ErasureGround } & Proposal;
}

export type PersonCommand =
  | { type: 'RegisterPerson'; name: string; address: string }
  | { type: 'InvitePerson'; invitation: string; until: string }
  | { type: 'JoinByInvitation'; invitation: string }
  | { type: 'CorrectPerson'; name: string }
  | { type: 'CloseAccount' }
  | ({ type: 'ErasePerson'; ground: ErasureGround } & Proposing);

/** What is true when a command is given. */
export interface Moment {
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly actor: PersonId;
}

const initial: Person = { phase: 'none' };

function decide(command: PersonCommand, state: Person, { now, actor }: Moment): PersonEvent[] {
  if (command.type === 'RegisterPerson') {
    const { name, address } = command;
    return state.phase === 'none' ? [{ type: 'PersonRegistered', data: { name, address } }] : [];
  }
  if (state.phase === 'none') refuse('person-unknown');
  if (state.phase === 'erased') refuse('person-erased');

  switch (command.type) {
    case 'InvitePerson': {
      if (state.phase === 'closed') refuse('person-closed');
      const { invitation, until } = command;
      return [{ type: 'PersonInvited', data: { invitation, until, by: actor } }];
    }
    case 'JoinByInvitation': {
      const { invitation } = state;
      // One answer for what is unknown, used, replaced and too late: whoever guesses learns nothing.
      if (invitation?.id !== command.invitation || invitation.until <= now || state.phase === 'closed')
        refuse('invitation-void');
      return [{ type: 'PersonJoined', data: { invitation: command.invitation } }];
    }
    case 'CorrectPerson':
      return command.name === state.name ? [] : [{ type: 'PersonCorrected', data: { name: command.name } }];
    case 'CloseAccount':
      return state.phase === 'closed' ? [] : [{ type: 'AccountClosed', data: { by: actor } }];
    case 'ErasePerson': {
      const { ground, anew } = command;
      const proposed = state.erasure;
      const today = now.slice(0, 10);
      const lapsed = proposed && hasLapsed(proposed, today);
      // What two agree on is the same thing; another ground is a proposal of its own.
      if (proposed?.ground !== ground || (lapsed && (anew || proposed.by === actor)))
        return [{ type: 'ErasureProposed', data: { ground, ...proposalOf({ actor, today }) } }];
      if (lapsed) refuse('erasure-proposal-lapsed', { ground, until: proposed.until });
      if (proposed.by === actor) refuse('erasure-needs-another');
      return [{ type: 'PersonErased', data: { by: actor, proposedBy: proposed.by, ground } }];
    }
  }
}

function evolve(state: Person, event: PersonEvent): Person {
  switch (event.type) {
    case 'PersonRegistered':
      return { ...state, phase: 'registered', ...event.data };
    case 'PersonInvited': {
      const { invitation: id, ...rest } = event.data;
      return { ...state, invitation: { id, ...rest } };
    }
    case 'PersonJoined': {
      const { invitation: _, ...rest } = state;
      return { ...rest, phase: 'joined' };
    }
    case 'PersonCorrected':
      return { ...state, name: event.data.name };
    case 'AccountClosed': {
      const { invitation: _, ...rest } = state;
      return { ...rest, phase: 'closed' };
    }
    case 'ErasureProposed':
      return { ...state, erasure: event.data };
    case 'PersonErased':
      return { phase: 'erased' };
    default:
      return unknown(event);
  }
}

function unknown(event: never): never {
  throw new Error(`No rule knows the event type ${(event as PersonEvent).type}: run the edition that wrote it.`);
}

export const person = { initial, decide, evolve };
