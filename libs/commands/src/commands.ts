import type {
  ActionCommand,
  AssessmentCommand,
  CycleCommand,
  MandateCommand,
  OptionCommand,
  OrganizationCommand,
  ReminderCommand,
  ReportCommand,
} from '#reporting';
import { AddSource, AddSourceHandler } from './actions/add-source.js';
import { ChangeStatus, ChangeStatusHandler } from './actions/change-status.js';
import { ConfirmPartnership, ConfirmPartnershipHandler } from './actions/confirm-partnership.js';
import { DiscontinueAction, DiscontinueActionHandler } from './actions/discontinue-action.js';
import { DisputePartnership, DisputePartnershipHandler } from './actions/dispute-partnership.js';
import { LinkAction, LinkActionHandler } from './actions/link-action.js';
import { MarkRecordedInError, MarkRecordedInErrorHandler } from './actions/mark-recorded-in-error.js';
import { ReachMilestone, ReachMilestoneHandler } from './actions/reach-milestone.js';
import { ReassignTrack, ReassignTrackHandler } from './actions/reassign-track.js';
import { RecordAction, RecordActionHandler } from './actions/record-action.js';
import { ReviseAction, ReviseActionHandler } from './actions/revise-action.js';
import { SupersedeAction, SupersedeActionHandler } from './actions/supersede-action.js';
import { AssignReviewer, AssignReviewerHandler } from './assessments/assign-reviewer.js';
import { CommentOnFinding, CommentOnFindingHandler } from './assessments/comment-on-finding.js';
import { ConcludeAssessment, ConcludeAssessmentHandler } from './assessments/conclude-assessment.js';
import { DeclareConflict, DeclareConflictHandler } from './assessments/declare-conflict.js';
import { DeclareNoConflict, DeclareNoConflictHandler } from './assessments/declare-no-conflict.js';
import { PublishFinding, PublishFindingHandler } from './assessments/publish-finding.js';
import { RecordFinding, RecordFindingHandler } from './assessments/record-finding.js';
import { RecuseReviewer, RecuseReviewerHandler } from './assessments/recuse-reviewer.js';
import { ReviseFinding, ReviseFindingHandler } from './assessments/revise-finding.js';
import { ShareFinding, ShareFindingHandler } from './assessments/share-finding.js';
import { CloseCycle, CloseCycleHandler } from './cycles/close-cycle.js';
import { IssueGuidance, IssueGuidanceHandler } from './cycles/issue-guidance.js';
import { IssueSynthesis, IssueSynthesisHandler } from './cycles/issue-synthesis.js';
import { MoveDueDate, MoveDueDateHandler } from './cycles/move-due-date.js';
import { OpenCycle, OpenCycleHandler } from './cycles/open-cycle.js';
import { ReopenCycle, ReopenCycleHandler } from './cycles/reopen-cycle.js';
import { EndMandate, EndMandateHandler } from './mandates/end-mandate.js';
import { GiveMandate, GiveMandateHandler } from './mandates/give-mandate.js';
import { ArgueOption, ArgueOptionHandler } from './options/argue-option.js';
import { CloseOption, CloseOptionHandler } from './options/close-option.js';
import { HandOption, HandOptionHandler } from './options/hand-option.js';
import { RecordDebate, RecordDebateHandler } from './options/record-debate.js';
import { TableOption, TableOptionHandler } from './options/table-option.js';
import { TakeUpOption, TakeUpOptionHandler } from './options/take-up-option.js';
import { AppointPerson, AppointPersonHandler } from './organizations/appoint-person.js';
import { EndAppointment, EndAppointmentHandler } from './organizations/end-appointment.js';
import { EndRelevance, EndRelevanceHandler } from './organizations/end-relevance.js';
import { MarkRelevant, MarkRelevantHandler } from './organizations/mark-relevant.js';
import { MergeInto, MergeIntoHandler } from './organizations/merge-into.js';
import { PlaceUnder, PlaceUnderHandler } from './organizations/place-under.js';
import { RegisterOrganization, RegisterOrganizationHandler } from './organizations/register-organization.js';
import { RenameOrganization, RenameOrganizationHandler } from './organizations/rename-organization.js';
import { ReviseProfile, ReviseProfileHandler } from './organizations/revise-profile.js';
import { RecordReminder, RecordReminderHandler } from './reminders/record-reminder.js';
import { SetEditingRule, SetEditingRuleHandler } from './organizations/set-editing-rule.js';
import { SetSignOffRule, SetSignOffRuleHandler } from './organizations/set-sign-off-rule.js';
import { AcknowledgeRequest, AcknowledgeRequestHandler } from './reports/acknowledge-request.js';
import { AnswerByLetter, AnswerByLetterHandler } from './reports/answer-by-letter.js';
import { AnswerClarification, AnswerClarificationHandler } from './reports/answer-clarification.js';
import { AnswerSection, AnswerSectionHandler } from './reports/answer-section.js';
import { AttachDocument, AttachDocumentHandler } from './reports/attach-document.js';
import { CiteAction, CiteActionHandler } from './reports/cite-action.js';
import { CloseClarification, CloseClarificationHandler } from './reports/close-clarification.js';
import { DecideCarriedOver, DecideCarriedOverHandler } from './reports/decide-carried-over.js';
import { DeclineReport, DeclineReportHandler } from './reports/decline-report.js';
import { DelegateSection, DelegateSectionHandler } from './reports/delegate-section.js';
import { ExemptFromReport, ExemptFromReportHandler } from './reports/exempt-from-report.js';
import { ExtendDeadline, ExtendDeadlineHandler } from './reports/extend-deadline.js';
import { FollowUpClarification, FollowUpClarificationHandler } from './reports/follow-up-clarification.js';
import { MoveClarificationDueDate, MoveClarificationDueDateHandler } from './reports/move-clarification-due-date.js';
import { NoteReport, NoteReportHandler } from './reports/note-report.js';
import { OpenAmendment, OpenAmendmentHandler } from './reports/open-amendment.js';
import { PublishReport, PublishReportHandler } from './reports/publish-report.js';
import { RecordNoResponse, RecordNoResponseHandler } from './reports/record-no-response.js';
import { ReopenClarification, ReopenClarificationHandler } from './reports/reopen-clarification.js';
import { ReportFigure, ReportFigureHandler } from './reports/report-figure.js';
import { RequestClarification, RequestClarificationHandler } from './reports/request-clarification.js';
import { RequestReport, RequestReportHandler } from './reports/request-report.js';
import { StartReport, StartReportHandler } from './reports/start-report.js';
import { SubmitReport, SubmitReportHandler } from './reports/submit-report.js';
import { UnciteAction, UnciteActionHandler } from './reports/uncite-action.js';
import { WidenClarification, WidenClarificationHandler } from './reports/widen-clarification.js';
import { WithdrawReport, WithdrawReportHandler } from './reports/withdraw-report.js';
import { WithholdPart, WithholdPartHandler } from './reports/withhold-part.js';
import type { RecordedCommand } from './recorded-command.js';

/** Every command that the rules know, by its name. */
export type CommandName = (
  | OrganizationCommand
  | CycleCommand
  | ReportCommand
  | ReminderCommand
  | ActionCommand
  | OptionCommand
  | AssessmentCommand
  | MandateCommand
)['type'];

/** Everything that a person can do, in the order in which it happens. The compiler misses none. */
export const COMMANDS = {
  RegisterOrganization,
  RenameOrganization,
  ReviseProfile,
  MarkRelevant,
  EndRelevance,
  PlaceUnder,
  MergeInto,
  AppointPerson,
  EndAppointment,
  SetSignOffRule,
  SetEditingRule,

  OpenCycle,
  IssueGuidance,
  MoveDueDate,
  CloseCycle,
  ReopenCycle,
  IssueSynthesis,

  RequestReport,
  AcknowledgeRequest,
  DeclineReport,
  ExemptFromReport,
  AnswerByLetter,
  RecordNoResponse,
  ExtendDeadline,
  StartReport,
  AnswerSection,
  DecideCarriedOver,
  DelegateSection,
  ReportFigure,
  CiteAction,
  UnciteAction,
  AttachDocument,
  SubmitReport,
  OpenAmendment,
  WithdrawReport,
  RequestClarification,
  AnswerClarification,
  FollowUpClarification,
  MoveClarificationDueDate,
  WidenClarification,
  CloseClarification,
  ReopenClarification,
  NoteReport,
  PublishReport,
  WithholdPart,

  RecordReminder,

  RecordAction,
  ReviseAction,
  ChangeStatus,
  ReachMilestone,
  ConfirmPartnership,
  DisputePartnership,
  LinkAction,
  ReassignTrack,
  SupersedeAction,
  DiscontinueAction,
  AddSource,
  MarkRecordedInError,

  TableOption,
  ArgueOption,
  RecordDebate,
  HandOption,
  TakeUpOption,
  CloseOption,

  AssignReviewer,
  DeclareConflict,
  DeclareNoConflict,
  RecuseReviewer,
  RecordFinding,
  ReviseFinding,
  ShareFinding,
  CommentOnFinding,
  PublishFinding,
  ConcludeAssessment,

  GiveMandate,
  EndMandate,
} as const satisfies Record<CommandName, new () => RecordedCommand>;

export const COMMAND_HANDLERS = [
  RegisterOrganizationHandler,
  RenameOrganizationHandler,
  ReviseProfileHandler,
  MarkRelevantHandler,
  EndRelevanceHandler,
  PlaceUnderHandler,
  MergeIntoHandler,
  AppointPersonHandler,
  EndAppointmentHandler,
  SetSignOffRuleHandler,
  SetEditingRuleHandler,

  OpenCycleHandler,
  IssueGuidanceHandler,
  MoveDueDateHandler,
  CloseCycleHandler,
  ReopenCycleHandler,
  IssueSynthesisHandler,

  RequestReportHandler,
  AcknowledgeRequestHandler,
  DeclineReportHandler,
  ExemptFromReportHandler,
  AnswerByLetterHandler,
  RecordNoResponseHandler,
  ExtendDeadlineHandler,
  StartReportHandler,
  AnswerSectionHandler,
  DecideCarriedOverHandler,
  DelegateSectionHandler,
  ReportFigureHandler,
  CiteActionHandler,
  UnciteActionHandler,
  AttachDocumentHandler,
  SubmitReportHandler,
  OpenAmendmentHandler,
  WithdrawReportHandler,
  RequestClarificationHandler,
  AnswerClarificationHandler,
  FollowUpClarificationHandler,
  MoveClarificationDueDateHandler,
  WidenClarificationHandler,
  CloseClarificationHandler,
  ReopenClarificationHandler,
  NoteReportHandler,
  PublishReportHandler,
  WithholdPartHandler,

  RecordReminderHandler,

  RecordActionHandler,
  ReviseActionHandler,
  ChangeStatusHandler,
  ReachMilestoneHandler,
  ConfirmPartnershipHandler,
  DisputePartnershipHandler,
  LinkActionHandler,
  ReassignTrackHandler,
  SupersedeActionHandler,
  DiscontinueActionHandler,
  AddSourceHandler,
  MarkRecordedInErrorHandler,

  TableOptionHandler,
  ArgueOptionHandler,
  RecordDebateHandler,
  HandOptionHandler,
  TakeUpOptionHandler,
  CloseOptionHandler,

  AssignReviewerHandler,
  DeclareConflictHandler,
  DeclareNoConflictHandler,
  RecuseReviewerHandler,
  RecordFindingHandler,
  ReviseFindingHandler,
  ShareFindingHandler,
  CommentOnFindingHandler,
  PublishFindingHandler,
  ConcludeAssessmentHandler,

  GiveMandateHandler,
  EndMandateHandler,
] as const;
