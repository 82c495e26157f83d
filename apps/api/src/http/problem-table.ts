import type { IdentityCode } from '#identity';
import type { RefusalCode } from '#reporting';
import type { AttachmentRefusedCode } from '#documents';
import type { BadJsonCode } from './bad-json.js';
import { bad, conflict, later, missing, unsound, type ProblemKind } from './problem-kinds.js';
import { PROBLEMS_OF_PEOPLE } from './problems-of-people.js';
import { PROBLEMS_OF_PROVIDERS } from './problems-of-providers.js';
import { PROBLEMS_OF_RULES } from './problems-of-rules.js';

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
  | 'on-behalf-not-taken'
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
  | 'requests-changed'
  // Reads
  | 'query-parameter-unknown'
  | 'query-parameter-malformed'
  | 'as-of-malformed'
  | 'limit-malformed'
  | 'cursor-malformed'
  | 'min-sequence-malformed'
  | 'sequence-not-reached'
  | 'too-many-reads'
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
  | 'sessions-unavailable'
  | 'oidc-unavailable'
  | 'internal-error';

export type ProblemCode = RefusalCode | HttpProblemCode;

/** Every problem that this server answers with. A code without an entry, or an entry without a code, does not compile. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  ...PROBLEMS_OF_RULES,

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
  // Also of what is on record, for who has nothing to do with it.
  'resource-unknown': missing(
    'There is no such thing, or none that is yours',
    'Check the ids in the address, and for which organization you act.',
  ),
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
    'Name who acts in the header Actor: where nobody signs in, every command says so itself.',
  ),
  'requests-changed': conflict(
    'The list is no longer the one that was previewed',
    'Look at what has changed in facts, preview it anew, and send what the new preview says.',
  ),
  'actor-not-taken': bad(
    'Who acts is who signed in',
    'Leave the headers Actor and Actor-Role out: who gives a command, and in which role, stands on the record.',
  ),
  'on-behalf-not-taken': {
    status: 403,
    title: 'You may not do this for that organization',
    next: 'Leave the header On-Behalf-Of out, or name an organization that appointed you, or for which the secretariat may record this.',
  },
  'step-up-needed': {
    status: 401,
    title: 'Prove once more who you are',
    next: 'Give a code of your second factor at /api/second-factor/proof, or sign in by your provider again; then give the same command again.',
  },

  ...PROBLEMS_OF_PEOPLE,
  ...PROBLEMS_OF_PROVIDERS,

  'header-malformed': bad(
    'A header is malformed',
    'Correct it as errors says: at most 200 visible ASCII characters, and no name that the product has for itself.',
  ),
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
  'too-many-reads': {
    status: 429,
    title: 'You have asked too often',
    next: 'Wait for the seconds that Retry-After names, and ask again, or sign in: who has signed in is not limited.',
  },
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
  'sessions-unavailable': later(
    'Nobody can be told from anybody else now',
    'Try again in a moment, with the same Idempotency-Key; you are still signed in. The public record can be read.',
  ),
  'internal-error': {
    status: 500,
    title: 'The server failed',
    next: 'Report it with the correlationId. Before you repeat a command, look whether it was recorded.',
  },
};

/** RFC 9457 `type`: resolves to a description on this server, and stays the same when the server moves. */
export const problemType = (code: ProblemCode) => `/problems/${code}`;
