import type { ActionStatus } from '../codes.js';
import type { Circumstances } from '../decider.js';
import { refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { isAfter, isBefore, refuseDisorder, refuseFuture } from '../edtf.js';
import type { OrganizationId } from '../organization/organization.js';
import { requireCode, requireCodes } from '../vocabulary.js';
import type { ActionFacts } from './facts.js';

interface Checked {
  readonly lead: OrganizationId | undefined;
  readonly status: ActionStatus;
  readonly facts: ActionFacts;
  /** Those that are stated now. A code may have been retired since another fact was stated. */
  readonly stated: Partial<ActionFacts>;
}

/** What is said of an action has to agree with itself, with the coded lists and with today. */
export function requireSoundFacts({ lead, status, facts, stated }: Checked, at: Circumstances): void {
  const { partners } = facts;
  refuseIf(partners.includes(lead ?? ''), 'partner-is-lead', { lead });
  refuseIf(new Set(partners).size < partners.length, 'partner-repeated', { partners });
  checkCodes(stated, at);
  checkScope(facts.scope);
  refuseDisorder(facts.startedOn.date, facts.endedOn?.date);
  requireStatusOfDates(status, facts, at);
}

function checkCodes(facts: Partial<ActionFacts>, at: Circumstances): void {
  requireCode('actionKinds', facts.kind, at.vocabulary);
  requireCode('cooperationKinds', facts.cooperation, at.vocabulary);
  requireCode('visions', facts.vision?.code, at.vocabulary);
  requireCodes('policyIssues', facts.issues, at.vocabulary);
  requireCodes(
    'stakeholderGroups',
    facts.stakeholders?.map((involved) => involved.group),
    at.vocabulary,
  );
}

/** Rule 13: what is left out of the count says why. */
function checkScope(scope: ActionFacts['scope']): void {
  refuseIf(scope.test === 'OPERATIONAL' && !scope.reason, 'scope-needs-a-reason', { test: scope.test });
}

/** Rules 4 and 5: a status has to agree with the dates. */
export function requireStatusOfDates(
  status: ActionStatus,
  facts: Pick<ActionFacts, 'startedOn' | 'endedOn'>,
  at: Circumstances,
): void {
  const starts = facts.startedOn.date;
  const inFuture = isAfter(starts, at.today as Edtf);
  // A plan, and what was one until it was given up.
  const mayLieAhead = status === 'PLANNED' || status === 'SUPERSEDED' || status === 'DISCONTINUED';
  refuseIf(inFuture && !mayLieAhead, 'start-in-future-means-planned', { startedOn: starts, status });
  const open = status === 'ONGOING' || status === 'PLANNED';
  const end = facts.endedOn?.date;
  const isOver = end !== undefined && isBefore(end, at.today as Edtf);
  refuseIf(open && isOver, 'ongoing-has-an-end', { status, endedOn: end });
  if (end && status === 'COMPLETED') refuseFuture(end, at.today);
}
