import type { Audience } from '../assessment/assessment.js';
import type { Circumstances, Decider } from '../decider.js';
import { refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseDisorder, refuseFuture } from '../edtf.js';
import type { Proposal, Proposing } from '../proposal.js';
import { agreedWith, proposalOf } from '../proposal.js';

/** What somebody does for the record as a whole. What they do for one organization stands on that organization's record. */
export type PlatformRole = 'secretariat' | 'reviewer' | 'auditor' | 'administrator';
export const PLATFORM_ROLES: readonly PlatformRole[] = ['secretariat', 'reviewer', 'auditor', 'administrator'];

/**
 * The mandates of one person, in the order in which a mandate lives: proposed by one, given by another, ended. Public, and
 * the person is named by an opaque id alone.
 */
export type MandateEvent =
  | { type: 'MandateProposed'; data: { role: PlatformRole; from: Edtf } & Proposal }
  | {
      type: 'MandateGiven';
      data: { role: PlatformRole; from: Edtf; by: string } & (
        | { proposedBy: string }
        | {
            /** Given to oneself: by the set-up link. To another: there were not yet two who could have agreed on it. */
            ground: 'set-up';
          }
      );
    }
  | { type: 'MandateEnded'; data: { role: PlatformRole; on: Edtf; reason: string } };

export interface Mandates {
  readonly held: Readonly<Partial<Record<PlatformRole, Edtf>>>;
  /** Proposed, and nobody else has agreed yet. */
  readonly proposed: Readonly<Partial<Record<PlatformRole, { readonly from: Edtf } & Proposal>>>;
}

export type MandateCommand =
  | (Proposing & {
      type: 'GiveMandate';
      /** Whose mandate it is. */
      person: string;
      role: PlatformRole;
      from: Edtf;
      /** Everybody who was ever given the role of an administrator. */
      everAdministrators: readonly string[];
      /** By the link that only whoever runs the installation can read, where too few are left who could agree. */
      byLink?: true;
    })
  | { type: 'EndMandate'; role: PlatformRole; on: Edtf; reason: string };

/** So many are made without a second person: before there are two, nobody could agree with anybody. */
const FIRST_ADMINISTRATORS = 2;

const initial: Mandates = { held: {}, proposed: {} };

function decide(command: MandateCommand, state: Mandates, at: Circumstances): MandateEvent[] {
  const { role } = command;
  const held = state.held[role];
  switch (command.type) {
    case 'GiveMandate': {
      const { person, from, everAdministrators, byLink } = command;
      const by = at.actor;
      refuseIf(held, 'mandate-held', { person, role, from: held });
      refuseFuture(from, at.today);
      if (role === 'administrator' && (byLink || everAdministrators.length < FIRST_ADMINISTRATORS)) {
        refuseIf(by === person && everAdministrators.length && !byLink, 'mandate-for-oneself', { role });
        return [{ type: 'MandateGiven', data: { role, from, by, ground: 'set-up' } }];
      }
      refuseIf(by === person, 'mandate-for-oneself', { role });
      const proposed = state.proposed[role];
      // What two agree on is the same thing; another date is a proposal of its own.
      const agreed = agreedWith(proposed?.from === from ? proposed : undefined, command, at, { role });
      if (!agreed) return [{ type: 'MandateProposed', data: { role, from, ...proposalOf(at) } }];
      return [{ type: 'MandateGiven', data: { role, from, by, proposedBy: agreed.by } }];
    }
    case 'EndMandate': {
      const { on, reason } = command;
      refuseIf(!held, 'mandate-unknown', { role });
      refuseFuture(on, at.today);
      refuseDisorder(held, on);
      return [{ type: 'MandateEnded', data: { role, on, reason } }];
    }
  }
}

function evolve(state: Mandates, event: MandateEvent): Mandates {
  const { role } = event.data;
  switch (event.type) {
    case 'MandateProposed': {
      const { role: _, ...proposed } = event.data;
      return { ...state, proposed: { ...state.proposed, [role]: proposed } };
    }
    case 'MandateGiven': {
      const { [role]: _, ...proposed } = state.proposed;
      return { held: { ...state.held, [role]: event.data.from }, proposed };
    }
    case 'MandateEnded': {
      const { [role]: _, ...held } = state.held;
      return { ...state, held };
    }
    default:
      return unknownEvent(event);
  }
}

export const mandate: Decider<Mandates, MandateCommand, MandateEvent> = { initial, decide, evolve };

/** Who may read the payload of an event of a mandate: what nobody has agreed to yet is not for everybody. */
export function audienceOfMandate({ type }: Pick<MandateEvent, 'type'>): Audience {
  return type === 'MandateProposed' ? 'secretariat' : 'public';
}
