import type { OpenAPIObject } from '@nestjs/swagger';
import type { Api } from './api.js';
import { type Operation, templateOf } from './operations.js';

export interface ExampleStep extends Operation {
  /** Who gives it, where it is not the secretariat. */
  readonly actor?: string;
  /** Where it is not the example of the OpenAPI document that is sent. */
  readonly body?: object;
  /** The text of a file that it names by its hash. */
  readonly file?: string;
}

const put = (path: string, body?: object): ExampleStep => ({ method: 'PUT', path, ...(body && { body }) });
const post = (path: string, body?: object): ExampleStep => ({ method: 'POST', path, ...(body && { body }) });

const by = (actor: string, step: ExampleStep): ExampleStep => ({ ...step, actor });
const naming = (file: string, step: ExampleStep): ExampleStep => ({ ...step, file });

const ORGANIZATIONS = '/api/organizations';
const ACTIONS = '/api/actions';
const OPTION = '/api/options/open-list';
const CYCLE = '/api/cycles/ec-performance/2008';
const reportOf = (organization: string) => `/api/reports/ec-performance/2008/${organization}`;
const REPORT = reportOf('example-registry');
const ASSESSMENT = `${REPORT}/assessments/person-7`;
const FINDING = `${ASSESSMENT}/findings/F-1`;
const NEXT_CYCLE = '/api/cycles/ec-performance/2009';
const NEXT_REPORT = '/api/reports/ec-performance/2009/example-registry';

const REQUIRED = ['S01', 'S02', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];

const OF_ORGANIZATION = { section: 'S04', question: 'Who was heard?', visibility: 'organization' };

const forumAction = {
  lead: 'example-forum',
  partners: [],
  partnersOther: [],
  title: 'Example workshop',
  description: 'A workshop of the example forum.',
  kind: 'CONVENING',
  cooperation: 'MULTISTAKEHOLDER',
  track: 'IGF',
  scope: { test: 'POLICY' },
  startedOn: { date: '2008' },
  status: 'ONGOING',
  issues: ['INF-05'],
  stakeholders: [{ group: 'CS' }],
  confidence: 'found',
  sources: [{ title: 'Programme of the example forum', confidence: 'found' }],
};

/** A year of plainly fictional organizations, in which each command of the API is given at least once as documented. */
export const EXAMPLE_YEAR: readonly ExampleStep[] = [
  ...['example-registry', 'example-forum', 'sample-standards-body', 'silent-union', 'young-union', 'brief-union'].map(
    (organization) => put(`${ORGANIZATIONS}/${organization}`),
  ),
  put(`${ORGANIZATIONS}/former-union`),
  put(`${ORGANIZATIONS}/example-registry/name`),
  put(`${ORGANIZATIONS}/example-registry/profile`),
  put(`${ORGANIZATIONS}/example-registry/relevance`),
  put(`${ORGANIZATIONS}/former-union/relevance`),
  post(`${ORGANIZATIONS}/former-union/relevance/end`),
  put(`${ORGANIZATIONS}/former-union/parents/example-forum`),
  post(`${ORGANIZATIONS}/former-union/appointments`),
  post(`${ORGANIZATIONS}/former-union/appointments/end`),
  put(`${ORGANIZATIONS}/former-union/sign-off-rule`),
  put(`${ORGANIZATIONS}/former-union/editing-rule`),
  put(`${ORGANIZATIONS}/former-union/successor`),

  put(`${ACTIONS}/EX-1`),
  put(`${ACTIONS}/EX-2`, forumAction),
  ...['EX-3', 'EX-4', 'EX-5', 'EX-6'].map((action) => put(`${ACTIONS}/${action}`)),
  put(`${ACTIONS}/EX-1/facts`),
  post(`${ACTIONS}/EX-1/milestones`),
  post(`${ACTIONS}/EX-1/partners/sample-standards-body/confirmation`),
  post(`${ACTIONS}/EX-4/partners/sample-standards-body/dispute`),
  post(`${ACTIONS}/EX-1/links`),
  post(`${ACTIONS}/EX-1/sources`),
  put(`${ACTIONS}/EX-1/status`),
  put(`${ACTIONS}/EX-4/track`),
  post(`${ACTIONS}/EX-4/supersession`),
  post(`${ACTIONS}/EX-5/discontinuation`),
  post(`${ACTIONS}/EX-6/error`),

  put(OPTION),
  post(`${OPTION}/arguments`),
  post(`${OPTION}/debates`),
  post(`${OPTION}/handovers`),
  post(`${OPTION}/actions`),
  post(`${OPTION}/closing`),

  put(CYCLE),
  post(`${CYCLE}/guidance`),
  put(`${CYCLE}/due-date`),

  post(`${REPORT}/request`),
  post(`${REPORT}/acknowledgement`),
  put(`${REPORT}/deadline`),
  post(`${REPORT}/draft`, { on: '2008-04-02' }),
  post(`${REPORT}/sections/S04/delegation`),
  put(`${REPORT}/sections/S04`),
  ...REQUIRED.map((section) => put(`${REPORT}/sections/${section}`)),
  put(`${REPORT}/figures/remote-participants`),
  put(`${REPORT}/citations/EX-1`),
  put(`${REPORT}/citations/EX-4`),
  post(`${REPORT}/citations/EX-4/removal`),
  post(`${REPORT}/documents`),
  post(`${REPORT}/submission`),
  post(`${REPORT}/clarifications`),
  put(`${REPORT}/clarifications/Q1/due-date`),
  post(`${REPORT}/clarifications/Q1/answer`),
  post(`${REPORT}/clarifications/Q1/follow-up`),
  post(`${REPORT}/clarifications/Q1/closing`),
  post(`${REPORT}/clarifications/Q1/reopening`),
  post(`${REPORT}/clarifications`, { ...OF_ORGANIZATION, clarification: 'Q2' }),
  put(`${REPORT}/clarifications/Q2/visibility`),
  post(`${REPORT}/notes`),
  post(`${REPORT}/publication`),
  by('second-secretary', post(`${REPORT}/publication`)),
  post(`${REPORT}/withheld-parts`),
  post(`${REPORT}/amendment`),
  // Whoever writes it anew has read all that was written before.
  put(`${REPORT}/sections/S04`, { lang: 'en', text: 'We began it on 14 February.', origin: 'written', seen: 99 }),
  post(`${REPORT}/submission`),

  ...['sample-standards-body', 'silent-union', 'young-union', 'brief-union'].map((organization) =>
    post(`${reportOf(organization)}/request`),
  ),
  naming('test', post(`${reportOf('sample-standards-body')}/letter`)),
  post(`${reportOf('brief-union')}/decline`),
  post(`${reportOf('silent-union')}/no-response`),
  post(`${reportOf('young-union')}/exemption`),

  put(ASSESSMENT),
  by('person-7', post(`${ASSESSMENT}/no-conflict`)),
  by('person-7', put(FINDING)),
  by('person-7', post(`${FINDING}/revision`)),
  by('person-7', post(`${FINDING}/showing`)),
  post(`${FINDING}/comments`),
  post(`${FINDING}/publication`),
  by('person-7', post(`${ASSESSMENT}/conclusion`)),
  put(`${REPORT}/assessments/person-8`),
  by('person-8', post(`${REPORT}/assessments/person-8/conflict`)),
  by('person-8', post(`${REPORT}/assessments/person-8/recusal`)),

  put('/api/mandates/person-9/administrator'),
  post('/api/mandates/person-9/administrator/end'),

  put(NEXT_CYCLE),
  post(`${NEXT_REPORT}/draft`),
  post(`${NEXT_REPORT}/sections/S01/decision`),

  post(`${CYCLE}/syntheses`),
  post(`${CYCLE}/closing`),
  post(`${CYCLE}/reopening`),
  post(`${REPORT}/withdrawal`),
];

/** What a step is sent with: who gives it, and for a file that it names the token of its upload. */
export async function headersFor({ address }: Api, { actor, file }: ExampleStep): Promise<Record<string, string>> {
  const by = { ...(actor !== undefined && { Actor: actor }) };
  if (file === undefined) return by;
  const uploaded = await fetch(`${address}/api/attachments`, {
    method: 'POST',
    headers: { Actor: 'a', 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment; filename="a.txt"' },
    body: file,
  });
  const { token } = (await uploaded.json()) as { token: string };
  return { ...by, 'Upload-Token': token };
}

/** The body that the document shows for the operation behind an address; nothing for a read. */
export function exampleFor(document: OpenAPIObject, method: Operation['method'], path: string): object | undefined {
  const item = document.paths[templateOf(document, method, path)];
  const operation = method === 'GET' ? undefined : method === 'PUT' ? item?.put : item?.post;
  const body = operation?.requestBody as { content: Record<string, { example: object }> } | undefined;
  return body?.content['application/json']?.example;
}

/** Every read of the API, after that year. */
export const EXAMPLE_READS: readonly string[] = [
  ORGANIZATIONS,
  `${ORGANIZATIONS}/example-registry`,
  `${ORGANIZATIONS}/example-registry/timeline`,
  `${ORGANIZATIONS}/example-registry/comparison?years=2008,2010`,
  '/api/cycles',
  CYCLE,
  '/api/reports',
  REPORT,
  ACTIONS,
  `${ACTIONS}/EX-1`,
  '/api/options',
  OPTION,
  `${ORGANIZATIONS}/example-registry/options`,
  `${NEXT_REPORT}/readiness`,
  `${REPORT}/receipts/1`,
  `${REPORT}/versions`,
  `${REPORT}/versions/1/difference/2`,
  `${REPORT}/clarifications`,
  `${REPORT}/clarifications/Q1`,
  `${REPORT}/assessments`,
  ASSESSMENT,
  `${REPORT}/changes?since=70`,
  '/api/search?q=delegations',
  '/api/reviewers/person-7/inbox',
  '/api/mandates/person-9',
  '/api/coverage',
  '/api/deadlines',
  '/api/deadlines.ics',
  '/api/inbox?role=secretariat',
  '/api/reminders',
  '/api/changes',
  '/api/events',
  '/api/events/0',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/health/digest',
  '/problems',
  '/problems/revision-stale',
];
