import type { Answer } from './api.js';
import { exampleOrganization } from './example-organization.js';
import { type Persona, signedIn } from './people.js';
import type { RunningProduct } from './product.js';

export const REGISTRY = 'example-registry';
export const SUCCESSOR = 'sample-standards-body';
export const REPORT = `/api/reports/ec-performance/2008/${REGISTRY}`;
export const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };
export const written = (text: string, more = {}) => ({ lang: 'en', text, origin: 'written', ...more });

export const REQUIRED = ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];

type Body = Record<string, never>;

/** A product where people sign in, with two organizations, those who act for one of them, and those who deal with both. */
export interface Round {
  readonly secretary: Persona;
  readonly second: Persona;
  readonly contributor: Persona;
  readonly signatory: Persona;
  /** Assigned to the report, once there is one. */
  readonly reviewer: Persona;
  readonly by: (
    who: Persona | undefined,
    method: string,
    path: string,
    body?: object,
    headers?: object,
  ) => Promise<Answer<Body>>;
  /** As `by`; throws what is refused. */
  readonly done: (who: Persona, method: string, path: string, body?: object) => Promise<Answer<Body>>;
}

export async function beginRound(product: RunningProduct): Promise<Round> {
  const by: Round['by'] = (who, method, path, body, headers = {}) =>
    product.api.send<Body>(method, path, body, { ...who?.headers, ...headers });
  const done: Round['done'] = async (who, method, path, body) => {
    const answer = await by(who, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer;
  };
  const secretary = await signedIn(product, 'secretary', { mandates: ['secretariat'] });
  for (const organization of [REGISTRY, SUCCESSOR]) {
    await done(secretary, 'PUT', `/api/organizations/${organization}`, exampleOrganization(organization));
  }
  await done(secretary, 'PUT', '/api/cycles/ec-performance/2008', {
    title: 'Example cycle',
    opensOn: '2008-01-15',
    dueOn: '2008-10-31',
    sources: [source],
  });
  const of = (role: 'contributor' | 'signatory') => ({ appointments: [{ organization: REGISTRY, role }] });
  return {
    by,
    done,
    secretary,
    second: await signedIn(product, 'second', { mandates: ['secretariat'] }),
    contributor: await signedIn(product, 'contributor', of('contributor')),
    signatory: await signedIn(product, 'signatory', of('signatory')),
    reviewer: await signedIn(product, 'reviewer', { mandates: ['reviewer'] }),
  };
}

/** The report is written, and not signed. `texts`: what is not to be said as everywhere else. */
export async function writeReport({ done, contributor }: Round, texts: Readonly<Record<string, string>> = {}) {
  await done(contributor, 'POST', `${REPORT}/draft`, { on: '2008-04-02' });
  for (const section of REQUIRED) {
    await done(contributor, 'PUT', `${REPORT}/sections/${section}`, written(texts[section] ?? `About ${section}.`));
  }
}

/** `more`: what is said with the signature that is not said as everywhere else. */
export async function signReport({ done, signatory }: Round, more: { readonly reservation?: string } = {}) {
  await done(signatory, 'POST', `${REPORT}/submission`, {
    signatory: signatory.person,
    on: '2008-05-20',
    declaration: 'Complete and correct.',
    consentToBeCited: 'by-name',
    ...more,
  });
}

export async function publishReport({ done, secretary, second }: Round, version = 1) {
  for (const who of [secretary, second]) await done(who, 'POST', `${REPORT}/publication`, { version });
}

/** Last event of the public record that is shown now: a moment for `asOf=…`. */
export const sequenceNow = async ({ by }: Round): Promise<number> =>
  Number((await by(undefined, 'GET', '/api/reports')).headers.get('Sequence'));

/** Of which the report is published, and somebody reviews it. */
export async function publishedRound(product: RunningProduct): Promise<Round> {
  const round = await beginRound(product);
  await writeReport(round);
  await signReport(round);
  await assignReviewer(round);
  await publishReport(round);
  return round;
}

/** Wherever the report is read, and what was made of it, at a moment (`asOf=…`) or now. */
export const readingsOfReport = (asOf: string): string[] => [
  `${REPORT}?${asOf}`,
  `/api/reports?${asOf}`,
  `${REPORT}/versions?${asOf}`,
  `${REPORT}/clarifications?${asOf}`,
  `${REPORT}/assessments?${asOf}`,
  `${REPORT}/changes?since=0&${asOf}`,
  `/api/organizations/${REGISTRY}/timeline?${asOf}`,
  `/api/organizations/${REGISTRY}/comparison?years=2007,2008&${asOf}`,
  `/api/cycles/ec-performance/2008?${asOf}`,
  `/api/changes?report=ec-performance/2008/${REGISTRY}&${asOf}`,
  `/organizations/${REGISTRY}?${asOf}`,
  `/organizations/${REGISTRY}/history?${asOf}`,
  `/reports/ec-performance/2008/${REGISTRY}?${asOf}`,
  `/reports/ec-performance/2008/${REGISTRY}/history?${asOf}`,
];

/** Wherever one of its versions is. */
export const readingsOfVersion = (version: number, asOf: string): string[] => [
  `${REPORT}?version=${version}&${asOf}`,
  `${REPORT}/versions/${version}/difference/${version}?${asOf}`,
  `/reports/ec-performance/2008/${REGISTRY}?version=${version}&${asOf}`,
  `/reports/ec-performance/2008/${REGISTRY}/difference?versions=${version},${version}&${asOf}`,
];

export async function assignReviewer({ done, secretary, reviewer }: Round) {
  await done(secretary, 'PUT', `${REPORT}/assessments/${reviewer.person}`, { from: '2008-06-01' });
  await done(reviewer, 'POST', `${REPORT}/assessments/${reviewer.person}/no-conflict`, {});
}
