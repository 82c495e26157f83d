/** Who comes. A and B are organizations; what is asked for is A's, an action of A's with B, and the review of A by `reviewer`. */
export const PERSONAS = [
  'anonymous',
  'contributorA',
  'signatoryA',
  'contributorB',
  'focalPointB',
  'reviewer',
  // Reviews, and wrote for A in former years.
  'formerlyA',
  'secretariat',
  'auditor',
  'administrator',
] as const;

type PersonaName = (typeof PERSONAS)[number];

/** `hidden`: answered as what is not there. */
export type Outcome = 'yes' | 'no' | 'hidden' | 'sign-in';
export type Row = Readonly<Record<PersonaName, Outcome>>;
type Rows = Readonly<Record<string, Row>>;

const MEANING: Readonly<Record<string, Outcome>> = { y: 'yes', n: 'no', '-': 'hidden', '?': 'sign-in' };

/** A letter for each persona, in their order: may (y), may not (n), sees nothing there (-), has to sign in (?). */
function rows(letters: string, ...operations: readonly string[]): Rows {
  const row = Object.fromEntries(PERSONAS.map((name, n) => [name, MEANING[letters[n]!]!])) as Row;
  return Object.fromEntries(operations.map((operation) => [operation, row]));
}

/** What is expected of each operation, whoever sends it. That a command is refused by a rule afterwards is no matter of this. */
export const MATRIX: Rows = {
  // Everybody: the public record, and the ways in.
  ...rows(
    'yyyyyyyyyy',
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
    'GET /health/digest',
    'GET /problems',
    'GET /problems/{code}',
    'GET /api/mandates/{person}',
    'POST /api/sign-in',
    'POST /api/invitations/acceptance',
    'POST /api/invitations/provider',
    'POST /api/set-up',
  ),
  // Whoever signed in, about themselves.
  ...rows(
    '?yyyyyyyyy',
    'POST /api/second-factor/proof',
    'POST /api/second-factor',
    'POST /api/second-factor/confirmation',
    'POST /api/recovery-codes',
    'POST /api/password',
    'POST /api/sign-out',
    'GET /api/me',
    'GET /api/sessions',
    'POST /api/sessions/{session}/end',
    'GET /api/tokens',
    'POST /api/tokens',
    'POST /api/tokens/{token}/revocation',
    'GET /api/provider',
    'POST /api/provider/link',
    'POST /api/provider/unlink',
  ),
  // Whoever has a role: what waits in it.
  ...rows('?yyyyyyyyy', 'GET /api/inbox'),
  // Whoever may name a file afterwards.
  ...rows('?yyyynnynn', 'POST /api/attachments'),
  // Those who write for A, up to the signature.
  ...rows(
    '?yynnnnnnn',
    'POST /api/reports/{series}/{year}/{organization}/acknowledgement',
    'POST /api/reports/{series}/{year}/{organization}/draft',
    'PUT /api/reports/{series}/{year}/{organization}/sections/{section}',
    'POST /api/reports/{series}/{year}/{organization}/sections/{section}/decision',
    'PUT /api/reports/{series}/{year}/{organization}/figures/{indicator}',
    'PUT /api/reports/{series}/{year}/{organization}/citations/{action}',
    'POST /api/reports/{series}/{year}/{organization}/citations/{action}/removal',
    'POST /api/reports/{series}/{year}/{organization}/documents',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/answer',
  ),
  // Who answers for A.
  ...rows(
    '?nynnnnnnn',
    'PUT /api/organizations/{organization}/sign-off-rule',
    'PUT /api/organizations/{organization}/editing-rule',
    'POST /api/reports/{series}/{year}/{organization}/decline',
    'POST /api/reports/{series}/{year}/{organization}/sections/{section}/delegation',
    'POST /api/reports/{series}/{year}/{organization}/submission',
    'POST /api/reports/{series}/{year}/{organization}/amendment',
    'POST /api/reports/{series}/{year}/{organization}/withdrawal',
  ),
  // Who answers for A, or the secretariat that puts it on record.
  ...rows(
    '?nynnnnynn',
    'POST /api/reports/{series}/{year}/{organization}/letter',
    'POST /api/options/{option}/actions',
  ),
  // The lead of the action, and the secretariat.
  ...rows(
    '?yynnnnynn',
    'PUT /api/actions/{action}',
    'PUT /api/actions/{action}/facts',
    'PUT /api/actions/{action}/status',
    'POST /api/actions/{action}/milestones',
    'POST /api/actions/{action}/links',
    'POST /api/actions/{action}/supersession',
    'POST /api/actions/{action}/discontinuation',
    'POST /api/actions/{action}/sources',
  ),
  // The partner itself, by who answers for it: not its contributors, and not the lead.
  ...rows(
    '?nnnynnnnn',
    'POST /api/actions/{action}/partners/{partner}/confirmation',
    'POST /api/actions/{action}/partners/{partner}/dispute',
  ),
  // The secretariat.
  ...rows(
    '?nnnnnnynn',
    'PUT /api/organizations/{organization}',
    'PUT /api/organizations/{organization}/name',
    'PUT /api/organizations/{organization}/profile',
    'PUT /api/organizations/{organization}/relevance',
    'POST /api/organizations/{organization}/relevance/end',
    'PUT /api/organizations/{organization}/parents/{parent}',
    'PUT /api/organizations/{organization}/successor',
    'POST /api/organizations/{organization}/appointments',
    'POST /api/organizations/{organization}/appointments/end',
    'PUT /api/cycles/{series}/{year}',
    'POST /api/cycles/{series}/{year}/guidance',
    'PUT /api/cycles/{series}/{year}/due-date',
    'POST /api/cycles/{series}/{year}/closing',
    'POST /api/cycles/{series}/{year}/reopening',
    'POST /api/cycles/{series}/{year}/syntheses',
    'POST /api/cycles/{series}/{year}/requests/preview',
    'POST /api/cycles/{series}/{year}/requests',
    'POST /api/reports/{series}/{year}/{organization}/request',
    'POST /api/reports/{series}/{year}/{organization}/exemption',
    'POST /api/reports/{series}/{year}/{organization}/no-response',
    'PUT /api/reports/{series}/{year}/{organization}/deadline',
    'POST /api/reports/{series}/{year}/{organization}/notes',
    'POST /api/reports/{series}/{year}/{organization}/publication',
    'POST /api/reports/{series}/{year}/{organization}/withheld-parts',
    'PUT /api/actions/{action}/track',
    'POST /api/actions/{action}/error',
    'PUT /api/options/{option}',
    'POST /api/options/{option}/arguments',
    'POST /api/options/{option}/debates',
    'POST /api/options/{option}/handovers',
    'POST /api/options/{option}/closing',
  ),
  // Whoever asks back. That one who acted for A does not is a rule, and no matter of the gate.
  ...rows(
    '?nnnnyyynn',
    'POST /api/reports/{series}/{year}/{organization}/clarifications',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/follow-up',
    'PUT /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/due-date',
    'PUT /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/visibility',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/closing',
    'POST /api/reports/{series}/{year}/{organization}/clarifications/{clarification}/reopening',
  ),
  // Who answers for A, on what reviewers show to A.
  ...rows(
    '?-y-------',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/comments',
  ),
  // The reviewer, and no other one.
  ...rows(
    '?----y----',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/no-conflict',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/conflict',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/recusal',
    'PUT /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/revision',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/showing',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/conclusion',
  ),
  // The reviewer or the secretariat, which each do half of it.
  ...rows(
    '?----y-y--',
    'POST /api/reports/{series}/{year}/{organization}/assessments/{reviewer}/findings/{finding}/publication',
  ),
  // The secretariat; for others there is no review.
  ...rows('?------y--', 'PUT /api/reports/{series}/{year}/{organization}/assessments/{reviewer}'),
  // A, and those who look after its progress; not who reviews.
  ...rows('?yy----yy-', 'GET /api/reports/{series}/{year}/{organization}/readiness'),
  // What is submitted and not published: A, the secretariat, auditors, and reviewers who never acted for A.
  ...rows(
    '-yy--y-yy-',
    'GET /api/reports/{series}/{year}/{organization}/receipts/{version}',
    'GET /api/reports/{series}/{year}/{organization}/versions/{version}/difference/{other}',
  ),
  // Those who run it.
  ...rows('?nnnnnnyyy', 'GET /api/reminders', 'GET /api/jobs', 'GET /api/jobs/{id}'),
  // The secretariat and administrators.
  ...rows('?nnnnnnyny', 'POST /api/jobs/rebuild', 'POST /api/jobs/import', 'GET /api/persons'),
  // Whoever may bring people in.
  ...rows('?nnnynnyny', 'POST /api/invitations'),
  // Whoever may bring people in; for others there is no such person.
  ...rows('?---y--y-y', 'POST /api/persons/{person}/invitation'),
  // Whoever deals with people; for others there is no such person.
  ...rows('?------y-y', 'GET /api/persons/{person}'),
  // Administrators; for others there is no such person.
  ...rows(
    '?--------y',
    'POST /api/persons/{person}/closing',
    'POST /api/persons/{person}/second-factor/reset',
    'POST /api/persons/{person}/erasure',
  ),
  // Administrators.
  ...rows('?nnnnnnnny', 'PUT /api/mandates/{person}/{role}', 'POST /api/mandates/{person}/{role}/end'),
  // Who looks after the machine.
  ...rows('?nnnnnnnyy', 'GET /metrics'),
};

/** Words of a report, which stand behind an address that everybody may ask. */
export const MORE_READS: Rows = {
  ...rows('-yy--y-yy-', 'GET /api/reports/{series}/{year}/{organization}?version=1'),
  ...rows('-yy-------', 'GET /api/reports/{series}/{year}/{organization}?version=draft'),
};
