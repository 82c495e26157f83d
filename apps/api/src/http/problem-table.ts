import type { IdentityCode } from '#identity';
import type { RefusalCode } from '#reporting';
import type { AttachmentRefusedCode } from '#documents';
import type { BadJsonCode } from './bad-json.js';

/** What goes wrong before, around and behind the rules. As stable as the codes of the rules. */
export type HttpProblemCode =
  | BadJsonCode
  | IdentityCode
  // The request as such
  | 'request-malformed'
  | 'request-timeout'
  | 'headers-too-large'
  | 'address-malformed'
  | 'address-too-long'
  | 'host-unknown'
  | 'cross-site-request'
  | 'forbidden'
  | 'route-unknown'
  | 'resource-unknown'
  | 'method-not-allowed'
  | 'content-type-unsupported'
  | 'too-many-requests'
  // Commands
  | 'command-invalid'
  | 'actor-missing'
  | 'actor-not-taken'
  | 'step-up-needed'
  | 'header-malformed'
  | 'idempotency-key-malformed'
  | 'if-match-malformed'
  | 'if-none-match-unsupported'
  | 'revision-stale'
  | 'wrong-expected-revision'
  | 'command-id-reused'
  | 'too-much-contention'
  | 'event-too-large'
  // Reads
  | 'query-parameter-unknown'
  | 'query-parameter-malformed'
  | 'as-of-malformed'
  | 'limit-malformed'
  | 'cursor-malformed'
  | 'min-sequence-malformed'
  | 'sequence-not-reached'
  | 'position-unknown'
  | 'stream-not-found'
  // Attachments
  | AttachmentRefusedCode
  | 'attachment-unknown'
  | 'document-not-stored'
  | 'attachment-damaged'
  | 'storage-full'
  // The server
  | 'store-unavailable'
  | 'queue-unavailable'
  | 'internal-error';

export type ProblemCode = RefusalCode | HttpProblemCode;

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What the reader of the answer does next. */
  readonly next: string;
}

const bad = (title: string, next: string): ProblemKind => ({ status: 400, title, next });
/** What the address names is not on record. */
const missing = (title: string, next: string): ProblemKind => ({ status: 404, title, next });
/** The command is sound, but not in the state that the record is in. */
const conflict = (title: string, next: string): ProblemKind => ({ status: 409, title, next });
/** The command contradicts a rule, whatever state the record is in. */
const unsound = (title: string, next: string): ProblemKind => ({ status: 422, title, next });
/** Nothing is wrong with the request: the answer says when to send it again. */
const later = (title: string, next: string): ProblemKind => ({ status: 503, title, next });

/** Every problem that this server answers with. A code without an entry, or an entry without a code, does not compile. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  // Every aggregate
  'code-unknown': unsound('The code is not on its list', 'Use a code of the list that is named; the lists are public.'),
  'code-retired': unsound('The code is no longer used', 'Use the code that took its place on the list.'),
  'date-malformed': unsound('The date is malformed', 'Write a year (2008), a month (2008-10) or a day (2008-10-06).'),
  'date-in-future': unsound('The date lies in the future', 'Give the day on which it happened, at the latest today.'),
  'dates-out-of-order': unsound('The dates are out of order', 'Let what comes first have the earlier date.'),
  'source-missing': unsound('No source is named', 'Say in at least one source where this was seen.'),
  'nothing-changed': conflict('Nothing would change', 'Nothing is to be done: the record already says so.'),

  // Organization
  'organization-unknown': missing('The organization is unknown', 'Check its id, or register the organization first.'),
  'organization-already-registered': conflict(
    'The organization is already registered',
    'Use the one that is there, or choose another id.',
  ),
  'organization-merged': conflict(
    'The organization was merged into another',
    'Address the organization that it was merged into.',
  ),
  'organization-not-relevant': conflict(
    'The organization is not marked as relevant',
    'Mark it as relevant first, with the ground on which it is.',
  ),
  'organization-already-relevant': conflict(
    'The organization is already marked as relevant',
    'End its present relevance first if the ground has changed.',
  ),
  'organization-refers-to-itself': unsound(
    'The organization refers to itself',
    'Name another organization as its parent or successor.',
  ),
  'organization-placed-in-circle': unsound(
    'The organizations would form a circle',
    'Choose an organization that is not itself placed under this one or merged into it.',
  ),
  'appointment-exists': conflict(
    'The appointment exists',
    'Nothing is to be done, or end the present appointment first.',
  ),
  'appointment-unknown': missing('The appointment is unknown', 'Check the person and the role.'),

  // Cycle
  'cycle-unknown': missing('The cycle is unknown', 'Check series and year, or open the cycle first.'),
  'cycle-already-open': conflict('The cycle was already opened', 'Use the cycle that is there.'),
  'cycle-closed': conflict('The cycle is closed', 'Reopen the cycle, with a reason, before it is changed.'),
  'cycle-not-closed': conflict('The cycle is not closed', 'Nothing is to be reopened: go on with the cycle as it is.'),

  // Report
  'report-unknown': missing('The report is unknown', 'Check series, year and organization.'),
  'report-already-requested': conflict(
    'The report was already requested',
    'Extend the deadline instead of asking again.',
  ),
  'report-not-requested': conflict('The report was not requested', 'Request the report first.'),
  'report-already-started': conflict('The report was already started', 'Go on with the draft that is there.'),
  'report-already-answered': conflict(
    'The request was already answered',
    'Read the report to see how it was answered.',
  ),
  'report-not-started': conflict('The report was not started', 'Start the report, or open an amendment, first.'),
  'report-locked': conflict('The report is locked', 'Open an amendment, with a reason, to change what was submitted.'),
  'report-not-submitted': conflict('The report was not submitted', 'Wait until the organization has submitted it.'),
  'report-withdrawn': conflict('The report was withdrawn', 'Nothing more can be added to it.'),
  'report-exempted': conflict('The organization was exempted', 'No report is expected from it in this cycle.'),
  'report-declined': conflict('The request was declined', 'Start a report if the organization has changed its mind.'),
  'deadline-missing': conflict('There is no deadline', 'Request the report with a deadline first.'),
  'deadline-not-later': unsound('The deadline is not later', 'Give a day after the present deadline.'),
  'section-unknown': unsound('The section is not part of the form', "Use a section of the cycle's form, such as S04."),
  'section-not-reopened': conflict(
    'The section was not reopened',
    'Change only the sections that the amendment reopened, or open another amendment later.',
  ),
  'section-changed': conflict(
    'Somebody else has written in this section',
    'Read both texts below, and send the one that is to stand with `seen` set to the present revision.',
  ),
  'carried-over-undecided': conflict(
    'Words of an earlier year are still to be decided on',
    'Say of each section whether it is still true, write it anew, or drop it.',
  ),
  'later-version-published': conflict('A later version is published', 'Publish the latest version.'),
  'second-person-needed': conflict(
    'It takes a second person',
    'Another person than the first one has to give the same command.',
  ),
  'conflict-of-interest': {
    status: 403,
    title: 'You have acted for this organization',
    next: 'Leave it to somebody who never acted for the organization.',
  },
  'section-unanswered': conflict('The section has no answer', 'Answer the section first.'),
  'sections-missing': unsound('Sections are missing', 'Answer the sections that are named, then submit again.'),
  'carried-over-without-origin': unsound(
    'Carried over from nowhere',
    'Say which earlier report the text was carried over from.',
  ),
  'action-already-cited': conflict('The action is already cited', 'Remove the citation first to claim something else.'),
  'action-not-cited': conflict('The action is not cited', 'Cite the action first.'),
  'criterion-repeated': unsound('A criterion is claimed twice', 'Make one claim for each criterion.'),
  'document-already-attached': conflict('The document is already attached', 'Nothing is to be done.'),
  'clarification-unknown': missing('The clarification is unknown', 'Check its id in the report.'),
  'clarification-already-answered': conflict(
    'The clarification was already answered',
    'Ask for another clarification if the answer leaves something open.',
  ),
  'version-unknown': missing('The version is unknown', 'Use a version that was submitted; the latest is named.'),
  'already-published': conflict('The version is already published', 'Nothing is to be done.'),
  'part-already-withheld': conflict('The part is already withheld', 'Nothing is to be done.'),

  // Reminder
  'reminder-already-sent': conflict(
    'This reminder was already sent',
    'Nothing is to be done: a deadline is reminded of once on each of its days.',
  ),

  // Action
  'action-unknown': missing('The action is unknown', 'Check its id, or record the action first.'),
  'action-already-recorded': conflict('The action is already recorded', 'Revise it, or choose another id.'),
  'action-recorded-in-error': conflict('The action was recorded in error', 'Record the action that was meant.'),
  'partner-is-lead': unsound('The lead is also a partner', 'Name the lead only as the lead.'),
  'partner-repeated': unsound('A partner is repeated', 'Name each partner once.'),
  'partner-unknown': missing('The organization is no partner', 'Name a partner of the action, or revise its partners.'),
  'status-is-final': conflict('The status is final', 'Record a new action: one that has ended does not go on.'),
  'status-needs-successor': unsound(
    'Status and successor contradict each other',
    'Name a successor if, and only if, the action is superseded.',
  ),
  'status-needs-its-own-command': unsound(
    'The status has a command of its own',
    'Supersede or discontinue the action instead of changing its status.',
  ),
  'start-in-future-means-planned': unsound(
    'What has not begun is planned',
    'Give the status PLANNED, or the day on which it began.',
  ),
  'ongoing-has-an-end': unsound('What goes on has no end', 'Leave the end out, or give the status that it ended with.'),
  'superseded-by-itself': unsound('The action would supersede itself', 'Name another action as its successor.'),
  'superseded-in-circle': unsound('The actions would form a circle', 'Name a successor that does not lead back here.'),
  'scope-needs-a-reason': unsound('The scope needs a reason', 'Say why the action is only operational.'),
  'track-unchanged': conflict('The action is on this track already', 'Nothing is to be done.'),
  'link-to-itself': unsound('The action would be linked to itself', 'Name another action.'),
  'link-exists': conflict('The link exists', 'Nothing is to be done.'),
  'link-needs-the-forum-track': unsound(
    'The link needs the track of the forum',
    'Use RELATED, or link an action on another track to one on the track IGF.',
  ),
  'source-already-named': conflict('The source is already named', 'Nothing is to be done.'),

  // Policy option
  'option-unknown': missing('The policy option is unknown', 'Check its id, or table the option first.'),
  'option-already-tabled': conflict(
    'The policy option is already tabled',
    'Argue for or against the one that is there.',
  ),
  'option-closed': conflict(
    'The policy option is closed',
    'Table a new option; what was said of this one stays on record.',
  ),
  'argument-already-made': conflict('The argument has its place already', 'Give another argument an id of its own.'),
  'addressee-unclear': unsound(
    'It is not clear to whom the option is handed',
    'Name either an organization on record or a mechanism that is none, not both.',
  ),

  // Assessment
  'assessment-unknown': missing('The reviewer is not assigned', 'Check report and reviewer, or assign them first.'),
  'assessment-over': conflict('The assessment has ended', 'Assign another reviewer; what was published stays.'),
  'reviewer-already-assigned': conflict('The reviewer is already assigned', 'Nothing is to be done.'),
  'not-the-reviewer': {
    status: 403,
    title: "This is the reviewer's own to do",
    next: 'Leave it to the reviewer whose assessment it is.',
  },
  'declaration-missing': conflict(
    'The reviewer has not declared yet',
    'Say first whether anything keeps you from judging freely.',
  ),
  'finding-unknown': missing('The finding is unknown', 'Check its id in the assessment.'),
  'finding-already-recorded': conflict('The finding has its place already', 'Revise it, or choose another id.'),
  'finding-not-shown': conflict(
    'The finding is not before the organization',
    'Show it to the organization, in the words in which it is to be public.',
  ),
  'evidence-unclear': unsound(
    'A piece of evidence is none, or several',
    'Let each name one thing: an action, a section, a document or a source.',
  ),
  'sequence-before-version': unsound(
    'The version was not on record then',
    'Name the Sequence of the answer in which you read the version.',
  ),
  'organization-not-heard': conflict(
    'The organization has not been heard',
    'Wait for its comment, or until the day that it was given has passed.',
  ),
  'version-not-published': conflict(
    'The version is not published',
    'Publish the version first: a finding tells what stands in it.',
  ),

  // Mandate
  'mandate-held': conflict(
    'The person holds this mandate already',
    'There is nothing to do, unless it is to end first.',
  ),
  'mandate-unknown': missing('The person does not hold this mandate', 'Check the person and the role.'),
  'mandate-for-oneself': {
    status: 403,
    title: 'Nobody gives themselves a mandate',
    next: 'Two others have to agree on it.',
  },

  // Comparison
  'years-not-distinct': unsound('The years are the same', 'Name two different years.'),
  'series-or-cycle-differs': unsound(
    'What is compared does not belong together',
    'Compare organizations within one series and cycle.',
  ),

  // The body
  'body-too-large': { status: 413, title: 'The body is too large', next: 'Send at most 1,000,000 bytes.' },
  'json-not-utf8': bad('The body is not UTF-8', 'Encode the JSON text as UTF-8.'),
  'json-begins-with-bom': bad('The body begins with a byte order mark', 'Send the JSON text without it.'),
  'json-malformed': bad('The body is not JSON', 'Correct the text at the place that is named.'),
  'json-key-repeated': bad('A key is repeated', 'Give each key of an object once.'),
  'json-key-forbidden': bad('A key is not allowed', 'Remove the key.'),
  'json-too-deep': bad('The JSON is nested too deeply', 'Let at most 32 objects and arrays stand in each other.'),
  'json-half-surrogate': bad('A character is incomplete', 'Write the character itself, or both halves of its escape.'),
  'json-number-out-of-range': bad(
    'A number is out of range',
    'Use integers between -(2^53-1) and 2^53-1, and numbers that a double can hold.',
  ),
  'content-type-unsupported': {
    status: 415,
    title: 'The type of the body is not supported',
    next: 'Send the body as application/json, without a Content-Encoding.',
  },

  // The request as such
  'request-malformed': bad('The request is malformed', 'Send a request as HTTP/1.1 (RFC 9112) has it.'),
  'request-timeout': { status: 408, title: 'The request took too long', next: 'Send it again, in one go.' },
  'headers-too-large': { status: 431, title: 'The headers are too large', next: 'Send fewer or shorter headers.' },
  'address-malformed': bad('The address is malformed', 'Write % only before two hexadecimal digits of UTF-8.'),
  'address-too-long': { status: 414, title: 'The address is too long', next: 'Use an address from this API.' },
  'host-unknown': {
    status: 421,
    title: 'This server does not answer for that host',
    next: 'Address it by a name that it was configured with; by default localhost.',
  },
  'cross-site-request': {
    status: 403,
    title: 'A page of another site sent this',
    next: 'Give the command from a page of this site, or from a program that is not a browser.',
  },
  forbidden: { status: 403, title: 'This is not allowed', next: 'Ask somebody whose role allows it.' },
  'route-unknown': missing('There is nothing at this address', 'Look the address and the method up in /api/docs.'),
  'resource-unknown': missing('There is no such thing on record', 'Check the ids in the address.'),
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    next: 'Use one of the methods in the header Allow.',
  },
  'too-many-requests': { status: 429, title: 'There were too many requests', next: 'Wait before you send more.' },

  // Commands. Faults of form are 400 and never depend on the record; what a rule refuses is 404, 409 or 422.
  'command-invalid': bad('The command is not well formed', 'Correct each field that is named in errors.'),
  'actor-missing': bad(
    'Nobody gives this command',
    'Name who acts in the header Actor: until people have accounts, every command says so itself.',
  ),
  'actor-not-taken': bad(
    'Who acts is who signed in',
    'Leave the headers Actor and Actor-Role out: who gives a command, and in which role, stands on the record.',
  ),
  'step-up-needed': {
    status: 401,
    title: 'Prove once more who you are',
    next: 'Give a code of your second factor at /api/second-factor/proof, and then the same command again.',
  },

  // People
  'not-signed-in': { status: 401, title: 'Nobody is signed in', next: 'Sign in, or send a token that is still good.' },
  'sign-in-failed': {
    status: 401,
    title: 'Address and password do not belong together',
    next: 'Check both. Whoever has lost their password asks an administrator for another invitation.',
  },
  'sign-in-too-often': {
    status: 429,
    title: 'There were too many attempts',
    next: 'Wait for the seconds that Retry-After names, and try again.',
  },
  'second-factor-wrong': {
    status: 401,
    title: 'The code is not right, or was used already',
    next: 'Wait for the next code of your authenticator, or use a recovery code. Each is good for one time.',
  },
  'second-factor-missing': conflict('There is no second factor', 'Enrol one at /api/second-factor first.'),
  'second-factor-exists': conflict('There is a second factor already', 'Use it, or one of your recovery codes.'),
  'second-factor-not-begun': conflict(
    'This second factor was not begun, or another one was since',
    'Begin at /api/second-factor, and confirm what it answered last.',
  ),
  'password-too-short': unsound(
    'The password is too short',
    'Choose one of at least 15 characters, such as a few words.',
  ),
  'password-too-long': unsound('The password is too long', 'Choose one of at most 256 characters.'),
  'password-guessable': unsound(
    'Somebody would guess this password',
    'Leave out common words, runs such as 12345, your name, your address and what this record is about.',
  ),
  'person-unknown': missing('The person is unknown', 'Check the id.'),
  'person-erased': {
    status: 410,
    title: 'The person was erased',
    next: 'Nothing can be done for them or with them here.',
  },
  'person-closed': conflict('The account is closed', 'Invite the person under another address.'),
  'mail-address-taken': conflict('Somebody has this address already', 'Give another one, or invite that person again.'),
  'mail-address-malformed': unsound(
    'This is no mail address',
    'Give one such as erin@registry.example, without a name.',
  ),
  'invitation-void': {
    status: 404,
    title: 'The invitation is not good any more',
    next: 'Ask whoever invited you for another one: each is good for seven days and one time.',
  },
  'set-up-void': {
    status: 404,
    title: 'The set-up link is not good any more',
    next: 'Start the server again: it prints another one, as long as nobody administers it.',
  },
  'erasure-needs-another': conflict('It takes a second person', 'Somebody else has to agree on the same ground.'),
  'session-unknown': missing('There is no such session of yours', 'Look at your sessions again.'),
  'token-unknown': missing('There is no such token of yours', 'Look at your tokens again.'),
  'token-lasts-too-long': unsound('A token cannot last that long', 'Name a moment within a year from now.'),
  'tokens-too-many': conflict('You have too many tokens', 'Revoke one that is not needed any more.'),
  'header-malformed': bad('A header is malformed', 'Give it at most 200 visible ASCII characters.'),
  'idempotency-key-malformed': bad(
    'The Idempotency-Key is malformed',
    'Give one key of 1 to 255 visible ASCII characters, such as a UUID.',
  ),
  'if-match-malformed': bad(
    'The If-Match is malformed',
    'Give the ETag of the revision that you have seen, such as "3", or leave the header out.',
  ),
  'if-none-match-unsupported': bad(
    'If-None-Match has no meaning here',
    'Use If-Match on changes; If-None-Match: * is understood where something is created.',
  ),
  'revision-stale': {
    status: 412,
    title: 'It has changed since you read it',
    next: 'Read it again, look at what has changed, and give the command with its present ETag.',
  },
  'wrong-expected-revision': conflict('Somebody else was faster', 'Read it again and give the command again.'),
  'command-id-reused': unsound(
    'The Idempotency-Key belongs to another command',
    'Use a new key for a new command; repeat the first command unchanged to see its answer.',
  ),
  'too-much-contention': later(
    'Others keep changing it',
    'Nothing was recorded. Give the same command again, after a moment.',
  ),
  'event-too-large': {
    status: 413,
    title: 'The event is too large',
    next: 'Say it in fewer bytes, or in several commands; attach long texts as documents.',
  },

  // Reads
  'query-parameter-unknown': bad('A query parameter is unknown', 'Use the parameters of /api/docs.'),
  'query-parameter-malformed': bad(
    'A query parameter is malformed',
    'Give it once, with a value of 1 to 200 characters.',
  ),
  'as-of-malformed': bad(
    'asOf is malformed',
    'Give a sequence (1207) or a time with its zone (2026-11-22T09:30:00Z); write + as %2B.',
  ),
  'limit-malformed': bad('limit is malformed', 'Give a whole number from 1 to 200.'),
  'cursor-malformed': bad(
    'The cursor does not belong to this list',
    'Use the cursor exactly as the page before gave it, with the same filters, or begin without one.',
  ),
  'min-sequence-malformed': bad('The Min-Sequence is malformed', 'Give the Sequence of an earlier answer.'),
  'sequence-not-reached': later(
    'This server has not read that far',
    'Ask again after a moment, or without the sequence.',
  ),
  'position-unknown': bad('The position is unknown', 'Use a position that this server has given.'),
  'stream-not-found': missing('There is no such thing on record', 'Check the ids in the address.'),

  // Attachments
  'attachment-name-malformed': bad(
    'The name of the file is malformed',
    "Give it as Content-Disposition: attachment; filename*=UTF-8''<name>, with %-escapes, without a folder.",
  ),
  'attachment-too-large': {
    status: 413,
    title: 'The file is too large',
    next: 'Make it smaller, or name it by the address at which it is published.',
  },
  'attachment-type-unknown': {
    status: 415,
    title: 'Files of this type are not taken',
    next: 'Save it as PDF, DOCX, XLSX, ODT, ODS, CSV, TXT, PNG or JPEG.',
  },
  'attachment-type-disagrees': {
    status: 415,
    title: 'The file is not what it is called',
    next: 'Let its name, its Content-Type and what it holds be of one type.',
  },
  'attachment-malformed': unsound(
    'The file is damaged',
    'Save it anew with the program that made it, and upload that.',
  ),
  'attachment-archive-too-large': unsound('The file becomes too large', 'Split it, or save it as PDF.'),
  'attachment-unsafe': unsound(
    'The file has something in it that is not taken',
    'Save it without that, without a password, or print it to a new PDF.',
  ),
  'attachment-unknown': missing('There is no such file', 'Check its hash, and whether it is published yet.'),
  'document-not-stored': unsound(
    'The document was not uploaded',
    'Upload it to /api/attachments, and give the token of the answer as Upload-Token, within an hour.',
  ),
  'attachment-damaged': {
    status: 500,
    title: 'The file is damaged',
    next: 'Report it with the correlationId: the file has to come from a backup, or be uploaded again.',
  },
  'storage-full': { status: 507, title: 'There is no room for the file', next: 'Nothing was kept. Try again later.' },

  // The server
  // A store that is asked over a network may have done what it gave no answer to.
  'store-unavailable': later(
    'The record cannot be written or read now',
    'Try again in a moment; a command with the same Idempotency-Key, which is recorded once even if it was already.',
  ),
  'queue-unavailable': later(
    'Jobs cannot be taken now',
    'Try again in a moment, with the same Idempotency-Key; nothing but jobs depends on the queue.',
  ),
  'internal-error': {
    status: 500,
    title: 'The server failed',
    next: 'Report it with the correlationId. Before you repeat a command, look whether it was recorded.',
  },
};

/** RFC 9457 `type`: resolves to a description on this server, and stays the same when the server moves. */
export const problemType = (code: ProblemCode) => `/problems/${code}`;
