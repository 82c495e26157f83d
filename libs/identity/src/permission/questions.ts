import type { CommandName } from '#commands';
import type { QueryName } from '#views';
import type { ReadName } from './reads.js';

/**
 * Which row of the permission table a question is asked under. Those of a row that is everybody's may be asked on the way of
 * anything else; what is not here cannot be asked.
 */
export const QUESTIONS: Readonly<Record<QueryName, CommandName | ReadName>> = {
  // Of the record, in words that are cut to what each reader may see
  FindDocument: 'PublicRecord',
  FindDocuments: 'PublicRecord',
  TimelineOf: 'PublicRecord',
  CompareYears: 'PublicRecord',
  BoardOfCycle: 'PublicRecord',
  CoverageAt: 'PublicRecord',
  OptionsOf: 'PublicRecord',
  DeadlinesAt: 'PublicRecord',
  Search: 'PublicRecord',
  ChangeLog: 'PublicRecord',
  ReportAt: 'PublicRecord',
  VersionsOf: 'PublicRecord',
  DifferenceOfVersions: 'PublicRecord',
  ReceiptOf: 'PublicRecord',
  ClarificationsOf: 'PublicRecord',
  AssessmentsOf: 'PublicRecord',
  AssessmentBy: 'PublicRecord',
  ChangesSince: 'PublicRecord',
  InboxOfReviewer: 'PublicRecord',
  AttachmentNamed: 'PublicRecord',

  ReadinessOf: 'Readiness',
  InboxOfSecretariat: 'Inbox',
  InboxOfOrganization: 'Inbox',
  InboxOfAdministrator: 'Inbox',
  /** Left by whoever leaves. */
  SectionsDelegatedTo: 'EndAppointment',
  /** Before they are asked. */
  WouldBeRequested: 'RequestReport',
};
