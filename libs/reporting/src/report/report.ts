import type { Circumstances, Decider } from '../decider.js';
import { unknownEvent } from '../decider.js';
import { overtaken } from '../proposal.js';
import type { ClarifyingCommand, ClarifyingEvent } from './clarifying.js';
import { decideClarifying, evolveClarifying, isClarifying } from './clarifying.js';
import type { DraftingCommand, DraftingEvent } from './drafting.js';
import { decideDrafting, evolveDrafting } from './drafting.js';
import type { RequestingCommand, RequestingEvent } from './requesting.js';
import { decideRequesting, evolveRequesting } from './requesting.js';
import type { Review, ReviewingCommand, ReviewingEvent } from './reviewing.js';
import { decideReviewing, evolveReviewing } from './reviewing.js';
import type { SubmittingCommand, SubmittingEvent } from './submitting.js';
import { decideSubmitting, evolveSubmitting } from './submitting.js';

/**
 * One organization's annual report for one cycle, in the order in which it lives:
 * requesting (asked, or answered outside the form), drafting, submitting (and amending), clarifying, reviewing (and publishing).
 */
export type Report = Review;
export type ReportEvent = RequestingEvent | DraftingEvent | SubmittingEvent | ClarifyingEvent | ReviewingEvent;
export type ReportCommand =
  RequestingCommand | DraftingCommand | SubmittingCommand | ClarifyingCommand | ReviewingCommand;

const initial: Report = {
  length: 0,
  phase: 'none',
  answers: {},
  offered: {},
  citations: {},
  figures: {},
  documents: [],
  delegations: {},
  touched: false,
  version: 0,
  clarifications: {},
  withheld: [],
};

const UNSIGNING: Readonly<Partial<Record<ReportEvent['type'], true>>> = {
  SectionAnswered: true,
  CarriedOverConfirmed: true,
  SectionDropped: true,
  FigureReported: true,
  ActionCited: true,
  ActionUncited: true,
  DocumentAttached: true,
};

function decide(command: ReportCommand, state: Report, at: Circumstances): ReportEvent[] {
  switch (command.type) {
    case 'RequestReport':
    case 'AcknowledgeRequest':
    case 'DeclineReport':
    case 'ExemptFromReport':
    case 'AnswerByLetter':
    case 'RecordNoResponse':
    case 'ExtendDeadline':
      return decideRequesting(command, state, at);
    case 'StartReport':
    case 'AnswerSection':
    case 'DecideCarriedOver':
    case 'DelegateSection':
    case 'ReportFigure':
    case 'CiteAction':
    case 'UnciteAction':
    case 'AttachDocument':
      return decideDrafting(command, state, at);
    case 'SubmitReport':
    case 'OpenAmendment':
    case 'WithdrawReport':
      return decideSubmitting(command, state, at);
    case 'RequestClarification':
    case 'AnswerClarification':
    case 'FollowUpClarification':
    case 'MoveClarificationDueDate':
    case 'WidenClarification':
    case 'CloseClarification':
    case 'ReopenClarification':
      return decideClarifying(command, state, at);
    case 'NoteReport':
    case 'PublishReport':
    case 'WithholdPart':
      return decideReviewing(command, state, at);
  }
}

function evolve(state: Report, event: ReportEvent): Report {
  const { signature: _, ...unsigned } = state;
  // What somebody signed is not what stands there now.
  const before = event.type in UNSIGNING ? unsigned : state;
  return { ...after(before, event), length: state.length + 1 };
}

function after(state: Report, event: ReportEvent): Report {
  if (isClarifying(event)) return evolveClarifying(state, event);
  switch (event.type) {
    case 'ReportRequested':
    case 'ReportAcknowledged':
    case 'ReportDeclined':
    case 'ReportExempted':
    case 'ReportAnsweredByLetter':
    case 'NoResponseRecorded':
    case 'ReportDeadlineExtended':
      return evolveRequesting(state, event);
    case 'ReportStarted':
    case 'SectionAnswered':
    case 'CarriedOverConfirmed':
    case 'SectionDropped':
    case 'SectionDelegated':
    case 'FigureReported':
    case 'ActionCited':
    case 'ActionUncited':
    case 'DocumentAttached':
      return evolveDrafting(state, event);
    case 'SignatureGiven':
    case 'ReportSubmitted':
    case 'AmendmentOpened':
    case 'WithdrawalProposed':
    case 'ReportWithdrawn':
      return evolveSubmitting(state, event);
    case 'ReportResubmitted':
      return withoutAgreement(evolveSubmitting(state, event));
    case 'ReportNoted':
    case 'PublicationProposed':
    case 'ReportPublished':
    case 'PartWithheld':
      return evolveReviewing(state, event);
    default:
      return unknownEvent(event);
  }
}

/** Nobody agrees with what was proposed when the version before was the latest. */
function withoutAgreement(state: Report): Report {
  const { withdrawal, publication } = state;
  return {
    ...state,
    ...(withdrawal && { withdrawal: overtaken(withdrawal) }),
    ...(publication && { publication: overtaken(publication) }),
  };
}

export const report: Decider<Report, ReportCommand, ReportEvent> = { initial, decide, evolve };
