import type { Circumstances } from './decider.js';
import { refuse, refuseIf } from './decider.js';
import type { Edtf } from './edtf.js';
import { dayAfter, isAfter } from './edtf.js';

/**
 * What takes two persons waits so many days for the second one: long enough for a holiday, and short enough that whoever
 * agrees has before them what was proposed. The day of the proposal is not counted; days are those of UTC.
 */
export const PROPOSAL_DAYS = 14;

/** What one person has proposed, and another has to agree with. */
export type Proposal = {
  readonly by: string;
  /**
   * The last day on which another can. Not said where what was proposed has changed since, nor in shape 1: nobody told then
   * how long it would wait. It has lapsed.
   */
  readonly until?: Edtf;
};

/** A proposal on what has changed since. Nobody agrees with it any more: who proposed it had something else before them. */
export function overtaken<P extends Proposal>(proposal: P): Omit<P, 'until'> {
  const { until: _, ...rest } = proposal;
  return rest;
}

/** What takes two persons is one command: the first to give it proposes, the second agrees. */
export interface Proposing {
  /** Proposes it again, where what somebody else proposed has lapsed. */
  readonly anew?: boolean;
}

/** As an event of today tells it. */
export function proposalOf({ actor, today }: Pick<Circumstances, 'actor' | 'today'>): Required<Proposal> {
  return { by: actor, until: dayAfter(today as Edtf, PROPOSAL_DAYS)! };
}

export function hasLapsed({ until }: Pick<Proposal, 'until'>, today: string): boolean {
  return until === undefined || isAfter(today as Edtf, until);
}

/**
 * The proposal with which whoever gives the command agrees; nothing where they propose it themselves. Refuses who proposed
 * it, and whoever would take for an agreement what is only another proposal, since the one before has lapsed.
 */
export function agreedWith(
  proposal: Proposal | undefined,
  { anew }: Proposing,
  { actor, today }: Pick<Circumstances, 'actor' | 'today'>,
  facts: Readonly<Record<string, unknown>> = {},
): Proposal | undefined {
  if (!proposal) return undefined;
  const { by, until } = proposal;
  if (!hasLapsed(proposal, today)) {
    refuseIf(by === actor, 'second-person-needed', { ...facts, proposedBy: by });
    return proposal;
  }
  if (!anew && by !== actor) refuse('proposal-lapsed', { ...facts, proposedBy: by, ...(until && { until }) });
  return undefined;
}
