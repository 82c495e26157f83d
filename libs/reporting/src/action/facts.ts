import type { Dated } from '../evidence.js';
import type { OrganizationId } from '../organization/organization.js';
import type { Judged, ScopeJudgement, VisionJudgement } from './judgement.js';

/** A stakeholder group that takes part, and, where it is known, in which role and at which stage. */
export interface Involvement {
  readonly group: string;
  readonly role?: string;
  readonly stage?: string;
}

/** What is said of an action. `ActionRevised` may change any of it, and says why. */
export interface ActionFacts {
  readonly title: string;
  readonly description: string;
  readonly kind: string;
  readonly cooperation: string;
  readonly scope: Judged<ScopeJudgement>;
  readonly startedOn: Dated;
  readonly endedOn?: Dated;
  readonly issues: readonly string[];
  readonly stakeholders: readonly Involvement[];
  readonly partners: readonly OrganizationId[];
  /** Partners that are not on the register, by name. */
  readonly partnersOther: readonly string[];
  readonly vision?: Judged<VisionJudgement>;
  readonly note?: string;
}

/** The same as whoever gives the command says it: whose the judgements are, need not be said. */
export type SaidOfAction = Omit<ActionFacts, 'scope' | 'vision'> & {
  readonly scope: ScopeJudgement;
  readonly vision?: VisionJudgement;
};

/** Facts that an action need not have. */
export const REMOVABLE_FACTS = ['endedOn', 'vision', 'note'] as const satisfies readonly (keyof ActionFacts)[];
export type RemovableFact = (typeof REMOVABLE_FACTS)[number];

/** What is stated anew; `null` takes back what was stated, and states nothing in its place. */
export type FactChanges = Partial<Omit<SaidOfAction, RemovableFact>> & {
  readonly [Fact in RemovableFact]?: NonNullable<SaidOfAction[Fact]> | null;
};

/** What stands after a revision. */
export function revisedFacts<Facts extends ActionFacts>(
  facts: Facts,
  { changes, removed = [] }: { readonly changes: Partial<ActionFacts>; readonly removed?: readonly RemovableFact[] },
): Facts {
  const revised = { ...facts, ...changes };
  for (const field of removed) delete revised[field];
  return revised;
}
