export { allJobs, type JobSurroundings, runAllJobs } from './all-jobs.js';
export { IMPORT_JOB, importJob, type ImportJobOptions, sendingSteps } from './import-job.js';
export { examineRedis } from './queue/examine-redis.js';
export { type AddressBook, Contacts, ContactsFault } from './mail/contacts.js';
export { escaped, type Letter, type Template, type Templates } from './mail/letter.js';
export { type Mail, type MailEvent, type MailFailure, MAIL_CATEGORY, mailStream, type Recipient } from './mail/mail.js';
export { MAIL_JOB, mailJob, type MailJobOptions, type MailOutcome } from './mail/mail-job.js';
export { forgetMails } from './mail/folder-transport.js';
export { MailTransport } from './mail/mail-transport.js';
export { openMailTransport } from './mail/open-mail-transport.js';
export { mailIdOf, type NewMail, Outbox } from './mail/outbox.js';
export * from './queue/in-process-queue.js';
export {
  type AddOptions,
  type Job,
  type JobProgress,
  JobQueue,
  type JobState,
  type JobStatus,
  type QueueDepth,
  QueueUnavailable,
  type Running,
} from './queue/job-queue.js';
export type { RedisFinding } from './queue/redis-check.js';
export { openRedisLink } from './queue/open-redis-link.js';
export type { RedisLink } from './queue/redis-link.js';
export { openJobQueue, type OpenQueueOptions } from './queue/open-job-queue.js';
export { Agenda } from './reminders/agenda.js';
export { REMINDER, reminderKey, reminderTemplate } from './reminders/reminder-mail.js';
export {
  placeOf,
  type ReminderEntry,
  type ReminderFilter,
  ReminderPlan,
  type ReminderState,
} from './reminders/reminder-plan.js';
export { Reminding, type RemindingOptions } from './reminders/reminding.js';
export {
  REMINDERS_EVERY_MS,
  REMINDERS_JOB,
  remindersJob,
  type RemindersJobOptions,
} from './reminders/reminders-job.js';
export { emptyPlaces, type LetterToAll, REQUEST, usualLetter } from './requests/request-letter.js';
export {
  requestCommandId,
  type RequestOutcome,
  RequestSending,
  type RequestsOrder,
  type RequestsSent,
} from './requests/request-sending.js';
export { REQUESTS_JOB, requestsJob } from './requests/requests-job.js';
export { REBUILD_JOB, rebuildJob } from './rebuild-job.js';
