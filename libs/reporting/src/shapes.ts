import type { ReportingEvent } from './streams.js';

/**
 * The shape version of every event type that is written today. When a shape changes, its number rises here and an
 * upcaster below turns what was written before into what is read now; what was written is never touched.
 */
export const SHAPES: Readonly<Record<ReportingEvent['type'], number>> = {
  OrganizationRegistered: 1,
  OrganizationRenamed: 1,
  OrganizationProfileRevised: 1,
  OrganizationMarkedRelevant: 1,
  OrganizationRelevanceEnded: 1,
  OrganizationPlacedUnder: 1,
  OrganizationMergedInto: 1,
  PersonAppointed: 1,
  AppointmentEnded: 1,
  SignOffRuleProposed: 2,
  SignOffRuleSet: 1,
  EditingRuleSet: 1,
  CycleOpened: 1,
  CycleGuidanceIssued: 1,
  CycleDueDateMoved: 1,
  CycleClosed: 1,
  CycleReopened: 1,
  SynthesisIssued: 1,
  ReportRequested: 1,
  ReportAcknowledged: 1,
  ReportDeclined: 1,
  ReportExempted: 1,
  ReportAnsweredByLetter: 1,
  NoResponseRecorded: 1,
  ReportDeadlineExtended: 1,
  ReportStarted: 1,
  SectionAnswered: 1,
  CarriedOverConfirmed: 1,
  SectionDropped: 1,
  SectionDelegated: 1,
  FigureReported: 1,
  ActionCited: 1,
  ActionUncited: 1,
  DocumentAttached: 1,
  SignatureGiven: 1,
  ReportSubmitted: 1,
  AmendmentOpened: 1,
  ReportResubmitted: 1,
  WithdrawalProposed: 3,
  ReportWithdrawn: 1,
  ClarificationRequested: 2,
  ClarificationAnswered: 2,
  ClarificationFollowedUp: 1,
  ClarificationDueDateMoved: 1,
  ClarificationWidened: 1,
  ClarificationClosed: 1,
  ClarificationReopened: 1,
  ReportNoted: 1,
  PublicationProposed: 2,
  ReportPublished: 1,
  PartWithheld: 1,
  ReminderSent: 2,
  ActionRecorded: 1,
  ActionRevised: 2,
  ActionStatusChanged: 1,
  ActionMilestoneReached: 1,
  PartnerConfirmed: 1,
  PartnerDisputed: 1,
  ActionLinked: 1,
  ActionTrackReassigned: 1,
  ActionSuperseded: 1,
  ActionDiscontinued: 1,
  ActionSourceAdded: 1,
  ActionRecordedInError: 1,
  OptionTabled: 1,
  OptionArgued: 1,
  OptionDebated: 1,
  OptionHandedTo: 1,
  OptionTakenUp: 1,
  OptionClosed: 1,
  ReviewerAssigned: 1,
  ConflictDeclared: 1,
  NoConflictDeclared: 1,
  ReviewerRecused: 1,
  FindingRecorded: 1,
  FindingRevised: 1,
  FindingShared: 1,
  OrganizationCommented: 1,
  FindingPublished: 1,
  AssessmentConcluded: 1,
  MandateProposed: 2,
  MandateGiven: 1,
  MandateEnded: 1,
};

/** Turns one shape into the next. Keyed by type and the version it starts from. */
const UPCASTERS: Readonly<Record<string, (data: unknown) => unknown>> = {
  // Shape 2 says who asked, and on which version. Nobody can know it of what was written before.
  'ClarificationRequested/1': (data) => data,
  // Shape 2 says who may read the answer. Before, that was said of the thread as a whole.
  'ClarificationAnswered/1': (data) => data,
  // Shape 2 names facts that are removed. Before, none could be.
  'ActionRevised/1': (data) => data,
  // Shape 2 says until when a second person may agree. What was proposed before waits no more.
  'MandateProposed/1': (data) => data,
  'PublicationProposed/1': (data) => data,
  'WithdrawalProposed/1': (data) => data,
  'SignOffRuleProposed/1': (data) => data,
  // Shape 3 says which version was the latest. It is told by where the event stands.
  'WithdrawalProposed/2': (data) => data,
  // Shape 2 says at which moment it was sent. Before, only the day was said, and whether that was late.
  'ReminderSent/1': (data) => data,
};

/** An event whose meaning this edition of the rules cannot know: nobody may go on as if it had not happened. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
  constructor(type: string, version: number) {
    super(
      `No rule knows the event type ${type} in shape ${version}. ` +
        'It was written by a newer edition: run that edition, or upgrade this one.',
    );
  }
}

/** Brings a stored event into today's shape. Called once, before every fold. */
export function recognise(stored: {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, string>>;
}): ReportingEvent {
  const today = (SHAPES as Readonly<Record<string, number | undefined>>)[stored.type];
  const version = Number(stored.metadata['v'] ?? 1);
  if (version === today) return stored as unknown as ReportingEvent;
  if (today === undefined || !(version < today)) throw new UnknownEvent(stored.type, version);
  let data = stored.data;
  for (let from = version; from < today; from++) {
    const upcast = UPCASTERS[`${stored.type}/${from}`];
    if (!upcast) throw new UnknownEvent(stored.type, from);
    data = upcast(data);
  }
  return { ...stored, data } as unknown as ReportingEvent;
}
