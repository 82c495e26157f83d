import { requireCode } from '../vocabulary.js';
import type { Circumstances, Decider } from '../decider.js';
import { factsOf, refuse, refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseDisorder, refuseFuture } from '../edtf.js';
import type { Dated, Source } from '../evidence.js';
import { requireSource } from '../evidence.js';
import type { Proposal, Proposing } from '../proposal.js';
import { agreedWith, proposalOf } from '../proposal.js';

/** Lower case slug, for example `ripe-ncc`. */
export type OrganizationId = string;

export interface Profile {
  readonly kind: string;
  /** Absent for bodies made up of several groups. */
  readonly stakeholderGroup?: string;
  readonly founded?: Dated;
  readonly seat?: { readonly city: string; readonly country: string };
  /** United Nations regional group of the state of the seat, not of the organization. */
  readonly regionOfSeat?: string;
  readonly website?: string;
  readonly description: string;
}

export type AppointedRole = 'focal-point' | 'contributor' | 'signatory';

/** What is on record about an organization that may be asked for a report, or reports unasked. */
export type OrganizationEvent =
  | {
      type: 'OrganizationRegistered';
      data: { name: string; acronym?: string; profile: Profile; sources: readonly Source[] };
    }
  | { type: 'OrganizationRenamed'; data: { name: string; acronym?: string; on?: Edtf; reason: string } }
  | { type: 'OrganizationProfileRevised'; data: { profile: Profile; reason: string; sources: readonly Source[] } }
  | { type: 'OrganizationMarkedRelevant'; data: { from: Edtf; ground: string; sources: readonly Source[] } }
  | { type: 'OrganizationRelevanceEnded'; data: { on: Edtf; reason: string } }
  | { type: 'OrganizationPlacedUnder'; data: { parent: OrganizationId; on?: Edtf; sources: readonly Source[] } }
  | { type: 'OrganizationMergedInto'; data: { successor: OrganizationId; on: Edtf; sources: readonly Source[] } }
  | {
      type: 'PersonAppointed';
      /** `by`: who gave the command. Of events that were written first it says in words of their own who appointed. */
      data: { personId: string; role: AppointedRole; from: Edtf; by: string };
    }
  | { type: 'AppointmentEnded'; data: { personId: string; role: AppointedRole; on: Edtf; reason?: string } }
  | { type: 'SignOffRuleProposed'; data: { signatures: 1; reason: string } & Proposal }
  | { type: 'SignOffRuleSet'; data: { signatures: 1 | 2; reason: string } }
  | { type: 'EditingRuleSet'; data: { sections: EditableSections; reason: string } };

/** What a contributor edits of a report: any section, or those that were delegated to them. All are read by all. */
export type EditableSections = 'any' | 'delegated';
export const EDITABLE_SECTIONS: readonly EditableSections[] = ['any', 'delegated'];

export interface Organization {
  readonly registered: boolean;
  readonly name?: string;
  readonly acronym?: string;
  readonly profile?: Profile;
  /** Since when it counts as a relevant organization of paragraph 71; absent when it does not at present. */
  readonly relevantFrom?: Edtf;
  readonly parents: readonly OrganizationId[];
  readonly mergedInto?: OrganizationId;
  readonly mergedOn?: Edtf;
  readonly appointments: readonly { readonly personId: string; readonly role: AppointedRole; readonly from: Edtf }[];
  /** Everybody who was ever appointed: they do not review what they helped to write, or to whom they were close. */
  readonly everAppointed: readonly string[];
  /** How many have to sign its reports. */
  readonly signatures: 1 | 2;
  /** Who proposed that one is enough; no other signatory has agreed yet. */
  readonly fewerProposed?: Proposal;
  readonly editing: EditableSections;
}

export type OrganizationCommand =
  | {
      type: 'RegisterOrganization';
      name: string;
      acronym?: string;
      profile: Profile;
      sources: readonly Source[];
    }
  | { type: 'RenameOrganization'; name: string; acronym?: string; on?: Edtf; reason: string }
  | { type: 'ReviseProfile'; profile: Profile; reason: string; sources: readonly Source[] }
  | { type: 'MarkRelevant'; from: Edtf; ground: string; sources: readonly Source[] }
  | { type: 'EndRelevance'; on: Edtf; reason: string }
  | {
      type: 'PlaceUnder';
      organization: OrganizationId;
      parent: OrganizationId;
      /** The parent's own parents, and theirs, as far as they go. */
      ancestors: readonly OrganizationId[];
      on?: Edtf;
      sources: readonly Source[];
    }
  | {
      type: 'MergeInto';
      organization: OrganizationId;
      successor: OrganizationId;
      /** What the successor itself was merged into, and that again, as far as it goes. */
      successors: readonly OrganizationId[];
      on: Edtf;
      sources: readonly Source[];
    }
  | {
      type: 'AppointPerson';
      personId: string;
      role: AppointedRole;
      from: Edtf;
      /** Whether the person is reviewing a report of the organization at present. */
      reviewing?: boolean;
      /** What the person does at present for the record as a whole. */
      mandates?: readonly string[];
      asSecretariat?: boolean;
    }
  | { type: 'EndAppointment'; personId: string; role: AppointedRole; on: Edtf; reason?: string }
  | ({ type: 'SetSignOffRule'; signatures: 1 | 2; reason: string } & Proposing)
  | { type: 'SetEditingRule'; sections: EditableSections; reason: string };

const initial: Organization = {
  registered: false,
  parents: [],
  appointments: [],
  everAppointed: [],
  signatures: 1,
  editing: 'any',
};

function decide(command: OrganizationCommand, state: Organization, at: Circumstances): OrganizationEvent[] {
  if (command.type === 'RegisterOrganization') {
    refuseIf(state.registered, 'organization-already-registered', { name: state.name });
    requireProfileCodes(command.profile, at);
    requireSource(command.sources);
    return [{ type: 'OrganizationRegistered', data: factsOf(command) }];
  }
  refuseIf(!state.registered, 'organization-unknown');
  // Who acted for it still reads its reports: that has to end when they leave.
  const isClosed = state.mergedInto !== undefined && command.type !== 'EndAppointment';
  refuseIf(isClosed, 'organization-merged', { into: state.mergedInto });

  switch (command.type) {
    case 'RenameOrganization': {
      refuseIf(command.name === state.name && command.acronym === state.acronym, 'nothing-changed');
      if (command.on) refuseFuture(command.on, at.today);
      return [{ type: 'OrganizationRenamed', data: factsOf(command) }];
    }
    case 'ReviseProfile': {
      requireProfileCodes(command.profile, at);
      requireSource(command.sources);
      return [{ type: 'OrganizationProfileRevised', data: factsOf(command) }];
    }
    case 'MarkRelevant': {
      refuseIf(state.relevantFrom, 'organization-already-relevant', { from: state.relevantFrom });
      requireSource(command.sources);
      return [{ type: 'OrganizationMarkedRelevant', data: factsOf(command) }];
    }
    case 'EndRelevance': {
      refuseIf(!state.relevantFrom, 'organization-not-relevant');
      refuseFuture(command.on, at.today);
      refuseDisorder(state.relevantFrom, command.on);
      return [{ type: 'OrganizationRelevanceEnded', data: { on: command.on, reason: command.reason } }];
    }
    case 'PlaceUnder': {
      const { organization, parent, ancestors, type: _, ...rest } = command;
      refuseIf(parent === organization, 'organization-refers-to-itself', { organization });
      refuseIf(ancestors.includes(organization), 'organization-placed-in-circle', { organization, ancestors });
      refuseIf(state.parents.includes(parent), 'nothing-changed');
      if (command.on) refuseFuture(command.on, at.today);
      requireSource(command.sources);
      return [{ type: 'OrganizationPlacedUnder', data: { parent, ...rest } }];
    }
    case 'MergeInto': {
      const { organization, successor, successors, type: _, ...rest } = command;
      refuseIf(successor === organization, 'organization-refers-to-itself', { organization });
      refuseIf(successors.includes(organization), 'organization-placed-in-circle', { organization, successors });
      refuseFuture(command.on, at.today);
      requireSource(command.sources);
      return [{ type: 'OrganizationMergedInto', data: { successor, ...rest } }];
    }
    case 'AppointPerson': {
      const { personId, role, from, mandates, asSecretariat } = command;
      refuseIf(appointment(state, personId, role), 'appointment-exists', { personId, role });
      // Whoever chooses who acts for an organization would else write, sign and answer in its place.
      refuseIf(at.actor === personId, 'second-person-needed', { personId });
      // Nobody publishes or reviews for whom they ever acted for: by appointing them, an organization would rid itself of
      // whom it likes. Where it is so all the same, the secretariat records it.
      refuseIf(mandates?.length && !asSecretariat, 'appointee-has-mandate', { personId, mandates });
      // Nobody acts for those whom they are reviewing: they step back from the review first.
      refuseIf(command.reviewing, 'conflict-of-interest', { personId });
      return [{ type: 'PersonAppointed', data: { personId, role, from, by: at.actor } }];
    }
    case 'EndAppointment': {
      const data = factsOf(command);
      // It ends at once: a day ahead would be on record, and not be true.
      refuseFuture(data.on, at.today);
      if (!appointment(state, data.personId, data.role)) refuse('appointment-unknown', { role: data.role });
      return [{ type: 'AppointmentEnded', data }];
    }
    case 'SetSignOffRule': {
      const { signatures, reason } = command;
      const proposed = state.fewerProposed;
      // To say again that two sign is to turn down who proposed that one does.
      refuseIf(signatures === state.signatures && !proposed, 'nothing-changed', { signatures });
      // Else one signatory would do away with the other, and then sign alone.
      if (signatures < state.signatures && !agreedWith(proposed, command, at))
        return [{ type: 'SignOffRuleProposed', data: { signatures: 1, reason, ...proposalOf(at) } }];
      return [{ type: 'SignOffRuleSet', data: { signatures, reason } }];
    }
    case 'SetEditingRule':
      refuseIf(command.sections === state.editing, 'nothing-changed', { sections: state.editing });
      return [{ type: 'EditingRuleSet', data: factsOf(command) }];
  }
}

function evolve(state: Organization, event: OrganizationEvent): Organization {
  switch (event.type) {
    case 'OrganizationRegistered': {
      const { name, acronym, profile } = event.data;
      return { ...state, registered: true, name, ...(acronym && { acronym }), profile };
    }
    case 'OrganizationRenamed': {
      const { acronym: _, ...rest } = state;
      return { ...rest, name: event.data.name, ...(event.data.acronym && { acronym: event.data.acronym }) };
    }
    case 'OrganizationProfileRevised':
      return { ...state, profile: event.data.profile };
    case 'OrganizationMarkedRelevant':
      return { ...state, relevantFrom: event.data.from };
    case 'OrganizationRelevanceEnded': {
      const { relevantFrom: _, ...rest } = state;
      return rest;
    }
    case 'OrganizationPlacedUnder':
      return { ...state, parents: [...state.parents, event.data.parent] };
    case 'OrganizationMergedInto':
      return { ...state, mergedInto: event.data.successor, mergedOn: event.data.on };
    case 'PersonAppointed': {
      const { personId, role, from } = event.data;
      return {
        ...state,
        appointments: [...state.appointments, { personId, role, from }],
        everAppointed: [...new Set([...state.everAppointed, personId])],
      };
    }
    case 'AppointmentEnded': {
      const { personId, role } = event.data;
      const rest = state.appointments.filter((held) => held.personId !== personId || held.role !== role);
      const after = { ...state, appointments: rest };
      // What a signatory proposed is not agreed with when they are none any more.
      return role === 'signatory' && personId === state.fewerProposed?.by ? withoutProposal(after) : after;
    }
    case 'SignOffRuleProposed': {
      const { signatures: _, reason: __, ...fewerProposed } = event.data;
      return { ...state, fewerProposed };
    }
    case 'SignOffRuleSet':
      return { ...withoutProposal(state), signatures: event.data.signatures };
    case 'EditingRuleSet':
      return { ...state, editing: event.data.sections };
    default:
      return unknownEvent(event);
  }
}

export const organization: Decider<Organization, OrganizationCommand, OrganizationEvent> = { initial, decide, evolve };

/**
 * Who may read the payload of an event of an organization: what nobody has agreed to yet is for who writes for it. So is an
 * appointment that says in words of its own who appointed: they may be a person's name, which no erasure would reach.
 */
export function audienceOfOrganization({ type, data, metadata }: Stored): 'public' | 'writers' {
  if (type === 'PersonAppointed') return data['by'] === metadata['actor'] ? 'public' : 'writers';
  return type === 'SignOffRuleProposed' ? 'writers' : 'public';
}

/** As it was written, in whichever shape. */
interface Stored {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
}

function withoutProposal(state: Organization): Organization {
  const { fewerProposed: _, ...rest } = state;
  return rest;
}

function appointment(state: Organization, personId: string, role: AppointedRole) {
  return state.appointments.find((held) => held.personId === personId && held.role === role);
}

function requireProfileCodes(profile: Profile, at: Circumstances): void {
  requireCode('organizationKinds', profile.kind, at.vocabulary);
  requireCode('stakeholderGroups', profile.stakeholderGroup, at.vocabulary);
  requireCode('regionalGroups', profile.regionOfSeat, at.vocabulary);
  if (profile.founded) refuseFuture(profile.founded.date, at.today);
}
