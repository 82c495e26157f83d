export { COMMANDS, type CommandName } from './commands.js';
export * from './commands.module.js';
export * from './faults.js';
export { canonical } from './canonical.js';
export { IsSources, SourceFields } from './evidence-fields.js';
export {
  IsCode,
  IsConfidence,
  IsEdtf,
  IsForm,
  IsAnew,
  IsInstant,
  IsLang,
  IsLine,
  IsOrganizationId,
  IsOrganizationIds,
  IsProse,
  IsRevision,
  IsSeries,
  IsYear,
  Nested,
  NestedList,
  Optional,
  PERSON_ID,
} from './fields.js';
export { commandOfStep } from './import/command-of-step.js';
export { IMPORTER } from './import/importer.js';
export * from './import/import-log.js';
export * from './import/public-event.js';
export * from './known.js';
export { commandOf, type FieldsOf, RecordedCommand } from './recorded-command.js';
export type { Given, Recorded } from './recorder.js';
export * from './recording-faults.js';
export * from './recording-clock.js';
export { AddSource } from './actions/add-source.js';
export { ChangeStatus } from './actions/change-status.js';
export { ConfirmPartnership } from './actions/confirm-partnership.js';
export { DiscontinueAction } from './actions/discontinue-action.js';
export { DisputePartnership } from './actions/dispute-partnership.js';
export { LinkAction } from './actions/link-action.js';
export { MarkRecordedInError } from './actions/mark-recorded-in-error.js';
export { ReachMilestone } from './actions/reach-milestone.js';
export { ReassignTrack } from './actions/reassign-track.js';
export { RecordAction } from './actions/record-action.js';
export { ReviseAction } from './actions/revise-action.js';
export { SupersedeAction } from './actions/supersede-action.js';
export { Bookmarks } from './assessments/bookmarks.js';
export { Places } from './assessments/places.js';
export { AssignReviewer } from './assessments/assign-reviewer.js';
export { CommentOnFinding } from './assessments/comment-on-finding.js';
export { ConcludeAssessment } from './assessments/conclude-assessment.js';
export { DeclareConflict } from './assessments/declare-conflict.js';
export { DeclareNoConflict } from './assessments/declare-no-conflict.js';
export { PublishFinding } from './assessments/publish-finding.js';
export { RecordFinding } from './assessments/record-finding.js';
export { RecuseReviewer } from './assessments/recuse-reviewer.js';
export { ReviseFinding } from './assessments/revise-finding.js';
export { ShareFinding } from './assessments/share-finding.js';
export { CloseCycle } from './cycles/close-cycle.js';
export { IssueGuidance } from './cycles/issue-guidance.js';
export { IssueSynthesis } from './cycles/issue-synthesis.js';
export { MoveDueDate } from './cycles/move-due-date.js';
export { OpenCycle } from './cycles/open-cycle.js';
export { ReopenCycle } from './cycles/reopen-cycle.js';
export { EndMandate } from './mandates/end-mandate.js';
export { GiveMandate } from './mandates/give-mandate.js';
export { ArgueOption } from './options/argue-option.js';
export { CloseOption } from './options/close-option.js';
export { HandOption } from './options/hand-option.js';
export { RecordDebate } from './options/record-debate.js';
export { TableOption } from './options/table-option.js';
export { TakeUpOption } from './options/take-up-option.js';
export { AppointPerson } from './organizations/appoint-person.js';
export { EndAppointment } from './organizations/end-appointment.js';
export { EndRelevance } from './organizations/end-relevance.js';
export { MarkRelevant } from './organizations/mark-relevant.js';
export { MergeInto } from './organizations/merge-into.js';
export { PlaceUnder } from './organizations/place-under.js';
export { RegisterOrganization } from './organizations/register-organization.js';
export { RenameOrganization } from './organizations/rename-organization.js';
export { ReviseProfile } from './organizations/revise-profile.js';
export { RecordReminder } from './reminders/record-reminder.js';
export { SetEditingRule } from './organizations/set-editing-rule.js';
export { SetSignOffRule } from './organizations/set-sign-off-rule.js';
export { AcknowledgeRequest } from './reports/acknowledge-request.js';
export { AnswerByLetter } from './reports/answer-by-letter.js';
export { AnswerClarification } from './reports/answer-clarification.js';
export { AnswerSection } from './reports/answer-section.js';
export { AttachDocument } from './reports/attach-document.js';
export { CiteAction } from './reports/cite-action.js';
export { CloseClarification } from './reports/close-clarification.js';
export { DecideCarriedOver } from './reports/decide-carried-over.js';
export { DeclineReport } from './reports/decline-report.js';
export { DelegateSection } from './reports/delegate-section.js';
export { ExemptFromReport } from './reports/exempt-from-report.js';
export { ExtendDeadline } from './reports/extend-deadline.js';
export { FollowUpClarification } from './reports/follow-up-clarification.js';
export { MoveClarificationDueDate } from './reports/move-clarification-due-date.js';
export { NoteReport } from './reports/note-report.js';
export { OpenAmendment } from './reports/open-amendment.js';
export { PublishReport } from './reports/publish-report.js';
export { RecordNoResponse } from './reports/record-no-response.js';
export { ReopenClarification } from './reports/reopen-clarification.js';
export { ReportFigure } from './reports/report-figure.js';
export { RequestClarification } from './reports/request-clarification.js';
export { RequestReport } from './reports/request-report.js';
export { StartReport } from './reports/start-report.js';
export { SubmitReport } from './reports/submit-report.js';
export { UnciteAction } from './reports/uncite-action.js';
export { WidenClarification } from './reports/widen-clarification.js';
export { WithdrawReport } from './reports/withdraw-report.js';
export { WithholdPart } from './reports/withhold-part.js';
