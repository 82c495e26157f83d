/** What can be read or started, apart from commands: one name for all that is for the same readers. */
export const READS = [
  'PublicRecord',
  'Health',
  'Draft',
  'Readiness',
  'Receipt',
  'SubmittedReport',
  'AssessmentDraft',
  'SharedFinding',
  'ReviewerInbox',
  'Inbox',
  'Bookmark',
  'ReminderPlan',
  'JobList',
  'StartJob',
  'Digest',
  'UploadFile',
  'Metrics',
  'PersonList',
  'InvitePerson',
  'CloseAccount',
  'ResetSecondFactor',
  'ErasePerson',
] as const;

export type ReadName = (typeof READS)[number];
