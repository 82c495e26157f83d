import { BROWSER_ALONE } from './authorization-matrix-proofs.js';

/**
 * Who comes. A, B and C are organizations; what is asked for is A's, an action of A's with B, and the review of A by
 * `reviewer`. C has nothing to do with any of it.
 */
export const PERSONAS = [
  'anonymous',
  // Joined, and was given nothing to do.
  'withoutRole',
  'contributorA',
  'signatoryA',
  'focalPointA',
  'contributorB',
  'focalPointB',
  'focalPointC',
  'reviewer',
  // Reviews, and wrote for A in former years.
  'formerlyA',
  'secretariat',
  'auditor',
  'administrator',
] as const;

export type PersonaName = (typeof PERSONAS)[number];

export type Outcome = 'yes' | 'no' | 'hidden' | 'sign-in';
export type Row = Readonly<Record<PersonaName, Outcome>>;
type Rows = Readonly<Record<string, Row>>;

const MEANING: Readonly<Record<string, Outcome>> = { y: 'yes', n: 'no', '-': 'hidden', '?': 'sign-in' };

/** A letter for each persona, in their order. */
function rows(letters: string, ...operations: readonly string[]): Rows {
  const row = Object.fromEntries(PERSONAS.map((name, n) => [name, MEANING[letters[n]!]!])) as Row;
  return Object.fromEntries(operations.map((operation) => [operation, row]));
}

/**
 * What is expected of each operation, whoever sends it.
 *
 * - `?` 401: who has not signed in is asked to, wherever the thing is not for all; also where there is no such thing.
 * - `-` 404: what is foreign is answered in the words in which what is not there is. Foreign is a thing to who has no role that
 *   gives them anything on it, also where all may know of it and they may read it: to C, an action of A's is not there to be
 *   changed. It is not foreign to B, A's partner in it, who may confirm or dispute it, and is told (403) what the rest takes.
 * - `n` 403: it is theirs, or looked after by them, and takes more than they have.
 * - `y` 2xx; or what a rule refuses it with, to whoever was let in alone: `authorization-matrix-requests.ts` says which.
 */
export const MATRIX: Rows = {
  // Everybody: the public record, and the ways in.
  ...rows(
    'yyyyyyyyyyyyy',
    'GET /api/organizations',
    'GET /api/organizations/{organization}',
    'GET /api/organizations/{organization}/timeline',
    'GET /api/organizations/{organization}/comparison',
    'GET /api/cycles',
    'GET /api/cycles/{series}/{year}',
    'GET /api/reports',
    'GET /api/reports/{series}/{year}/{organization}',
    'GET /api/reports/{series}/{year}/{organization}/assessments',
    'GET /api/reports/{series}/{year}/{organization}/assessments/{reviewer}',
    'GET /api/reports/{series}/{year}/{organization}/changes',
    'GET /api/reports/{series}/{year}/{organization}/clarifications',
    'GET /api/reports/{series}/{year}/{organization}/clarifications/{clarification}',
    'GET /api/reviewers/{person}/inbox',
    'GET /api/actions',
    'GET /api/actions/{action}',
    'GET /api/options',
    'GET /api/options/{option}',
    'GET /api/organizations/{organization}/options',
    'GET /api/coverage',
    'GET /api/search',
    'GET /api/deadlines',
    'GET /api/deadlines.ics',
    'GET /api/attachments/{sha256}',
    'GET /api/events',
    'GET /api/events/{sequence}',
    'GET /api/changes',
    'GET /api/reports/{series}/{year}/{organization}/versions',
    'GET /health/live',
    'GET /health/ready',
    'GET /problems',
    'GET /problems/{code}',
    'GET /api/mandates/{person}',
    'POST /api/sign-in',
    'POST /api/invitations/acceptance',
    'POST /api/invitations/provider',
    'POST /api/set-up',
  ),
  // Whoever signed in, about themselves.
  ...rows('?yyyyyyyyyyyy', 'GET /api/me', ...BROWSER_ALONE),
  // Whoever has a role: what waits in it, and how far they have looked at a report.
  ...rows('?nyyyyyyyyyyy', 'GET /api/inbox'),
  ...rows('?-yyyyyyyyyyy', 'PUT /api/reports/{series}/{year}/{organization}/bookmark'),
  // Whoever may name a file afterwards.
  ...rows('?nyyyyyyyyynn', 'POST /api/attachments'),
  // What A reports, up to the signature: those who write for A. Reviewers, secretariat and auditors have to do with
  // every report.
  ...rows(
    '?-yyy---nnnn-',
    'POST /api/reports/{series}/{year}/{organization}/acknowledgement',
    'POST /api/reports/{series}/{year}/{organization}/draft',
    'POST /api/reports/{series}/{year}/{organization}/documents',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/answer',
    'PUT /api/reports/{series}/{year}/{organization}/sections/{section}',
    'POST /api/reports/{series}/{year}/{organization}/sections/{section}/decision',
    'PUT /api/reports/{series}/{year}/{organization}/figures/{indicator}',
    'PUT /api/reports/{series}/{year}/{organization}/citations/{action}',
    'POST /api/reports/{series}/{year}/{organization}/citations/{action}/removal',
  ),
  // Who writes what: who answers for A.
  ...rows('?-nyy---nnnn-', 'POST /api/reports/{series}/{year}/{organization}/sections/{section}/delegation'),
  // What A signs for.
  ...rows(
    '?-nyn---nnnn-',
    'POST /api/reports/{series}/{year}/{organization}/decline',
    'POST /api/reports/{series}/{year}/{organization}/submission',
    'POST /api/reports/{series}/{year}/{organization}/amendment',
    'POST /api/reports/{series}/{year}/{organization}/withdrawal',
  ),
  // Who signs for A, or the secretariat that puts it on record.
  ...rows('?-nyn---nnyn-', 'POST /api/reports/{series}/{year}/{organization}/letter'),
  // How A signs: who does. How A writes: who answers for A.
  ...rows('?-nyn-----n--', 'PUT /api/organizations/{organization}/sign-off-rule'),
  ...rows('?-nyy-----n--', 'PUT /api/organizations/{organization}/editing-rule'),
  // Actions: the lead, and the secretariat. A partner has to do with it.
  ...rows(
    '?-yyynn---y--',
    'PUT /api/actions/{action}',
    'PUT /api/actions/{action}/facts',
    'PUT /api/actions/{action}/status',
    'POST /api/actions/{action}/milestones',
    'POST /api/actions/{action}/links',
    'POST /api/actions/{action}/supersession',
    'POST /api/actions/{action}/discontinuation',
    'POST /api/actions/{action}/sources',
  ),
  // An option that an action takes up: who answers for its lead, and the secretariat.
  ...rows('?-nyynn---y--', 'POST /api/options/{option}/actions'),
  // The partner itself, by who answers for it: not its contributors, and not the lead.
  ...rows(
    '?-nnnny---n--',
    'POST /api/actions/{action}/partners/{partner}/confirmation',
    'POST /api/actions/{action}/partners/{partner}/dispute',
  ),
  // What the secretariat alone says of an action; and what the focal point of its lead does, too.
  ...rows('?-nnnnn---y--', 'PUT /api/actions/{action}/track'),
  ...rows('?-nnynn---y--', 'POST /api/actions/{action}/error'),
  // The register: the secretariat. What is said of A, and who acts for it: A's focal point, too.
  ...rows(
    '?-nny-----y--',
    'PUT /api/organizations/{organization}/profile',
    'POST /api/organizations/{organization}/appointments',
    'POST /api/organizations/{organization}/appointments/end',
  ),
  ...rows(
    '?-nnn-----y--',
    'PUT /api/organizations/{organization}',
    'PUT /api/organizations/{organization}/name',
    'PUT /api/organizations/{organization}/relevance',
    'POST /api/organizations/{organization}/relevance/end',
    'PUT /api/organizations/{organization}/parents/{parent}',
    'PUT /api/organizations/{organization}/successor',
  ),
  // Requests to many: the secretariat. Reviewers and auditors have to do with every report.
  ...rows(
    '?-------nnyn-',
    'POST /api/cycles/{series}/{year}/requests/preview',
    'POST /api/cycles/{series}/{year}/requests',
  ),
  // Rounds and options: the secretariat, and nobody else has to do with them.
  ...rows(
    '?---------y--',
    'PUT /api/cycles/{series}/{year}',
    'POST /api/cycles/{series}/{year}/guidance',
    'PUT /api/cycles/{series}/{year}/due-date',
    'POST /api/cycles/{series}/{year}/closing',
    'POST /api/cycles/{series}/{year}/reopening',
    'POST /api/cycles/{series}/{year}/syntheses',
    'PUT /api/options/{option}',
    'POST /api/options/{option}/arguments',
    'POST /api/options/{option}/debates',
    'POST /api/options/{option}/handovers',
    'POST /api/options/{option}/closing',
  ),
  // What the secretariat does with a report.
  ...rows(
    '?-nnn---nnyn-',
    'POST /api/reports/{series}/{year}/{organization}/request',
    'POST /api/reports/{series}/{year}/{organization}/exemption',
    'POST /api/reports/{series}/{year}/{organization}/no-response',
    'POST /api/reports/{series}/{year}/{organization}/notes',
    'POST /api/reports/{series}/{year}/{organization}/publication',
    'POST /api/reports/{series}/{year}/{organization}/withheld-parts',
    'PUT /api/reports/{series}/{year}/{organization}/deadline',
  ),
  // Whoever asks back. That one who acted for A does not is a rule, and no matter of the gate.
  ...rows(
    '?-nnn---yyyn-',
    'POST /api/reports/{series}/{year}/{organization}/clarifications',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/follow-up',
    'PUT /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/due-date',
    'PUT /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/visibility',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/closing',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/reopening',
  ),
  // Who answers for A, on what reviewers show to A. For other reviewers, a review is not there to be written in.
  ...rows(
    '?-nyy---n-nn-',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/comments',
  ),
  // The reviewer or the secretariat, which each do half of it.
  ...rows(
    '?-nnn---y-yn-',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/publication',
  ),
  // The secretariat.
  ...rows('?-nnn---n-yn-', 'PUT /api/reports/{series}/{year}/{organization}/assessments/{reviewer}'),
  // The reviewer, and no other one.
  ...rows(
    '?-nnn---y-nn-',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/no-conflict',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/conflict',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/recusal',
    'PUT /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/revision',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/showing',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/conclusion',
  ),
  // A, and those who look after its progress; not who reviews.
  ...rows('?-yyy---nnyy-', 'GET /api/reports/{series}/{year}/{organization}/readiness'),
  // What is submitted and not published: A, the secretariat, auditors, and reviewers who never acted for A.
  ...rows(
    '?-yyy---y-yy-',
    'GET /api/reports/{series}/{year}/{organization}/receipts/{version}',
    'GET /api/reports/{series}/{year}/{organization}/versions/{version}/difference/{other}',
  ),
  // Those who run it.
  ...rows('?nnnnnnnnnyyy', 'GET /api/reminders', 'GET /api/jobs', 'GET /health/digest'),
  // Those who run it; for others there is no such job.
  ...rows('?---------yyy', 'GET /api/jobs/{id}'),
  // The secretariat and administrators.
  ...rows('?nnnnnnnnnyny', 'POST /api/jobs/rebuild', 'POST /api/jobs/import', 'GET /api/persons'),
  // Whoever may bring people in.
  ...rows('?nnnynyynnyny', 'POST /api/invitations'),
  // Whoever may bring people in; for others there is no such person.
  ...rows('?---y-yy--y-y', 'POST /api/persons/{person}/invitation'),
  // Whoever deals with people; for others there is no such person.
  ...rows('?---------y-y', 'GET /api/persons/{person}'),
  // Administrators. The secretariat deals with people, too; for others there is no such person.
  ...rows(
    '?---------n-y',
    'POST /api/persons/{person}/closing',
    'POST /api/persons/{person}/second-factor/reset',
    'POST /api/persons/{person}/erasure',
    'PUT /api/mandates/{person}/{role}',
    'POST /api/mandates/{person}/{role}/end',
  ),
  // Who looks after the machine.
  ...rows('?nnnnnnnnnnyy', 'GET /metrics'),
};

/** For everybody where what is named is published, which here it is not. */
export const PARTLY_PUBLIC: ReadonlySet<string> = new Set([
  'GET /api/reports/{series}/{year}/{organization}/receipts/{version}',
  'GET /api/reports/{series}/{year}/{organization}/versions/{version}/difference/{other}',
]);

/** Words of a report, which stand behind an address that everybody may ask. */
export const MORE_READS: Rows = {
  ...rows('?-yyy---y-yy-', 'GET /api/reports/{series}/{year}/{organization}?version={version}'),
  ...rows('?-yyy--------', 'GET /api/reports/{series}/{year}/{organization}?version=draft'),
  // A thread between A and those who ask back
  ...rows('?-yyy---y-yy-', 'GET /api/reports/{series}/{year}/{organization}/clarifications/{among}'),
};
