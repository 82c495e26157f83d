export { ALL_VIEWS } from './all-views.js';
export type { ActionDocument } from './folds/actions.js';
export type { AssessmentDocument, FindingDocument } from './folds/assessments.js';
export type { ClarificationDocument } from './folds/clarifications.js';
export type { CycleDocument, SynthesisEntry } from './folds/cycles.js';
export type { Argument, Debate, Handover, OptionDocument, OptionState } from './folds/options.js';
export type { OrganizationDocument } from './folds/organizations.js';
export type { ReportDocument, SubmittedVersion } from './folds/reports.js';
export type { SectionDocument } from './folds/sections.js';
export type { TimelineEntry, TimelineKind } from './folds/timeline.js';
export type { CitationEntry, FigureEntry, YearFactsDocument } from './folds/year-facts.js';
export type { Found, Head, Where } from './engine/view-file.js';
export type { Document, Placed, View } from './view.js';
export { type ViewFileFound, viewFilesIn } from './view-files.js';
export * from './views.js';
export type { AssessmentAsRead, FindingAsRead } from './queries/assessment-as-read.js';
export {
  AssessmentBy,
  type AssessmentsAnswer,
  AssessmentsOf,
  type CriterionSideBySide,
} from './queries/assessments-of.js';
export { AttachmentNamed, type AttachmentNaming } from './queries/attachment-named.js';
export { ChangesSince, type ReportChanges } from './queries/changes-since.js';
export { InboxOfReviewer, type Waiting } from './queries/reviewer-inbox.js';
export * from './queries/compare-years.js';
export * from './queries/cycle-board.js';
export * from './queries/coverage.js';
export { FindDocument, FindDocuments } from './queries/find.js';
export { type OptionReceived, OptionsOf } from './queries/options-of.js';
export { FormSections } from './queries/form-sections.js';
export { ReadinessOf, type ReportReadiness } from './queries/report-readiness.js';
export { type Receipt, ReceiptOf } from './queries/receipt-of.js';
export { reportForReaders } from './queries/report-for-readers.js';
export type { WhichVersion } from './queries/report-year.js';
export { ReportAt, type ReportAnswer } from './queries/report-at.js';
export * from './queries/section-difference.js';
export { TimelineOf, type TimelineAnswer } from './queries/timeline-of.js';
export * from './views.module.js';
