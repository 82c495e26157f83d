import { AssessmentsOf, AssessmentBy } from './assessments-of.js';
import { AttachmentNamed } from './attachment-named.js';
import { ChangeLog } from './change-log.js';
import { ChangesSince } from './changes-since.js';
import { ClarificationsOf } from './clarifications-of.js';
import { CompareYears } from './compare-years.js';
import { CoverageAt } from './coverage.js';
import { BoardOfCycle } from './cycle-board.js';
import { DeadlinesAt } from './deadlines.js';
import { FindDocument, FindDocuments } from './find.js';
import { InboxOfAdministrator } from './inbox-of-administrator.js';
import { InboxOfOrganization } from './inbox-of-organization.js';
import { InboxOfSecretariat } from './inbox-of-secretariat.js';
import { OptionsOf } from './options-of.js';
import { ReceiptOf } from './receipt-of.js';
import { ReportAt } from './report-at.js';
import { ReadinessOf } from './report-readiness.js';
import { WouldBeRequested } from './requests-in-bulk.js';
import { InboxOfReviewer } from './reviewer-inbox.js';
import { Search } from './search.js';
import { SectionsDelegatedTo } from './sections-delegated-to.js';
import { TimelineOf } from './timeline-of.js';
import { DifferenceOfVersions } from './version-difference.js';
import { VersionsOf } from './versions-of.js';

/** Every question by its name: what the permission table has to have a row for. */
export const QUERIES = {
  AssessmentsOf,
  AssessmentBy,
  AttachmentNamed,
  ChangeLog,
  ChangesSince,
  ClarificationsOf,
  CompareYears,
  CoverageAt,
  BoardOfCycle,
  DeadlinesAt,
  FindDocument,
  FindDocuments,
  InboxOfAdministrator,
  InboxOfOrganization,
  InboxOfSecretariat,
  OptionsOf,
  ReceiptOf,
  ReportAt,
  ReadinessOf,
  WouldBeRequested,
  InboxOfReviewer,
  Search,
  SectionsDelegatedTo,
  TimelineOf,
  DifferenceOfVersions,
  VersionsOf,
} as const;

export type QueryName = keyof typeof QUERIES;
