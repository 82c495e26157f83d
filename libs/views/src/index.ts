export { ALL_VIEWS } from './all-views.js';
export type { ActionDocument } from './folds/actions.js';
export type { AssessmentDocument, FindingDocument } from './folds/assessments.js';
export type { ClarificationDocument, ThreadMessage, ThreadStep } from './folds/clarifications.js';
export type { CycleDocument, SynthesisEntry } from './folds/cycles.js';
export type { Argument, Debate, Handover, OptionDocument, OptionState, TakingUp } from './folds/options.js';
export type { OrganizationDocument } from './folds/organizations.js';
export type { ReportDocument, SubmittedVersion } from './folds/reports.js';
export type { SectionDocument } from './folds/sections.js';
export type { TimelineEntry, TimelineKind } from './folds/timeline.js';
export type { CitationEntry, FigureEntry, YearFactsDocument } from './folds/year-facts.js';
export type { Found, Head, Where } from './engine/view-file.js';
export type { Document, Placed, View } from './view.js';
export { type ViewFileFound, viewFilesIn } from './view-files.js';
export { type RecordDigest, RecordDigests } from './record-digests.js';
export * from './views.js';
export type { AssessmentAsRead, EvidenceAsRead, FindingAsRead } from './queries/assessment-as-read.js';
export {
  AssessmentBy,
  type AssessmentsAnswer,
  AssessmentsOf,
  type CriterionSideBySide,
} from './queries/assessments-of.js';
export { AttachmentNamed, type AttachmentNaming } from './queries/attachment-named.js';
export { type ChangeEntry, ChangeLog, type ChangeLogPage, type ChangesAsked } from './queries/change-log.js';
export type { ChangesAbout } from './queries/change-log-scope.js';
export { ChangesSince, type ReportChanges } from './queries/changes-since.js';
export {
  type Deadline,
  DEADLINE_KINDS,
  DEADLINE_STATES,
  type DeadlineFilter,
  type DeadlineFor,
  type DeadlineKind,
  DeadlinesAt,
  type DeadlineState,
  DUE_SOON_DAYS,
  placeOfDeadline,
} from './queries/deadlines.js';
export type { InboxItem, InboxKind } from './queries/inbox.js';
export { InboxOfAdministrator } from './queries/inbox-of-administrator.js';
export { InboxOfOrganization } from './queries/inbox-of-organization.js';
export { InboxOfSecretariat } from './queries/inbox-of-secretariat.js';
export {
  type Addressees,
  type LeftOut,
  type NotAsked,
  type RequestsInBulk,
  WouldBeRequested,
} from './queries/requests-in-bulk.js';
export { audienceOfWaiting, InboxOfReviewer, type Waiting } from './queries/reviewer-inbox.js';
export * from './queries/compare-years.js';
export * from './queries/cycle-board.js';
export * from './queries/coverage.js';
export { FindDocument, FindDocuments } from './queries/find.js';
export { QUERIES, type QueryName } from './queries/queries.js';
export { type OptionReceived, OptionsOf } from './queries/options-of.js';
export { FormSections } from './queries/form-sections.js';
export { sequenceOf } from './queries/events-in-order.js';
export { type DelegatedSection, SectionsDelegatedTo } from './queries/sections-delegated-to.js';
export { ReadinessOf, type ReportReadiness } from './queries/report-readiness.js';
export { type Receipt, ReceiptOf } from './queries/receipt-of.js';
export { type ClarificationAsRead, ClarificationsOf, withThreadsFor } from './queries/clarifications-of.js';
export { reportForReaders } from './queries/report-for-readers.js';
export type { Insight, WhichVersion } from './queries/report-year.js';
export { withholdingAsToday, withoutWithheld } from './queries/withheld-parts.js';
export { ReportAt, type ReportAnswer } from './queries/report-at.js';
export * from './queries/section-difference.js';
export { TimelineOf, type TimelineAnswer } from './queries/timeline-of.js';
export { DifferenceOfVersions, type VersionDifference } from './queries/version-difference.js';
export { widestParts } from './queries/widest-parts.js';
export { type Signed, type VersionEntry, type VersionsAnswer, VersionsOf } from './queries/versions-of.js';
export { roleNamed } from './plain-words/english/organizations.js';
export {
  dateInWords,
  earlierYears,
  languageNamed,
  listed,
  partNamed,
  seriesNamed,
} from './plain-words/english/phrases.js';
export * from './views.module.js';
export { Search, type SearchAnswer, type Hit } from './queries/search.js';
export { askedWords } from './search/asked-words.js';
export { type Circle, ENTRY_KINDS, type EntryKind, type Place } from './search/entry.js';
export { isPlaceOfHit } from './search/finding.js';
export type { Piece } from './search/marked-text.js';
export { SearchIndex } from './search/search-index.js';
