import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleAction } from '../support/example-action.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Identity } from '#identity';
import type { AppointedRole } from '#reporting';
import { type Answer, type Api, type Problem } from '../support/api.js';
import { operationsOf } from '../support/operations.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { MATRIX, MORE_READS, type Outcome, PERSONAS } from './authorization-matrix.js';

const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };

let product: RunningProduct;
let api: Api;
let document: OpenAPIObject;
const personas = new Map<string, Persona | undefined>();
let parameters: Readonly<Record<string, string>>;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  ({ api } = product);
  document = (await api.get<OpenAPIObject>('/api/openapi.json')).body;
  const secretariat = await signedIn(product, 'secretariat', { mandates: ['secretariat'] });
  const record = async (who: Persona, method: string, path: string, body: object) => {
    const answer = await api.send(method, path, body, who.headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  };
  for (const organization of ['example-registry', 'sample-standards-body', 'example-union']) {
    await record(secretariat, 'PUT', `/api/organizations/${organization}`, {
      name: organization,
      profile: { kind: 'TECHNICAL_COORDINATION', description: 'An example.' },
      sources: [source],
    });
  }
  const by = (organization: string, role: AppointedRole) => ({ appointments: [{ organization, role }] });
  const contributor = await signedIn(product, 'contributor-a', by('example-registry', 'contributor'));
  const signatory = await signedIn(product, 'signatory-a', by('example-registry', 'signatory'));
  const reviewer = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
  const everybody: Readonly<Record<(typeof PERSONAS)[number], Persona | undefined>> = {
    anonymous: undefined,
    contributorA: contributor,
    signatoryA: signatory,
    contributorB: await signedIn(product, 'contributor-b', by('sample-standards-body', 'contributor')),
    focalPointB: await signedIn(product, 'focal-point-b', by('sample-standards-body', 'focal-point')),
    focalPointC: await signedIn(product, 'focal-point-c', by('example-union', 'focal-point')),
    reviewer,
    formerlyA: await signedIn(product, 'formerly-a', {
      mandates: ['reviewer'],
      appointments: [{ organization: 'example-registry', role: 'contributor', ended: true }],
    }),
    secretariat,
    auditor: await signedIn(product, 'auditor', { mandates: ['auditor'] }),
    administrator: await signedIn(product, 'administrator', { mandates: ['administrator'] }),
  };
  for (const name of PERSONAS) personas.set(name, everybody[name]);

  await record(secretariat, 'PUT', '/api/cycles/ec-performance/2008', {
    title: 'Example cycle',
    opensOn: '2008-01-15',
    dueOn: '2008-10-31',
    sources: [source],
  });
  await record(
    contributor,
    'PUT',
    '/api/actions/EX-1',
    exampleAction({ partners: ['sample-standards-body'], stakeholders: [{ group: 'CS' }] }),
  );
  // A version that is submitted and not published, and an amendment that is being written.
  const report = '/api/reports/ec-performance/2008/example-registry';
  await record(contributor, 'POST', `${report}/draft`, { on: '2008-04-02' });
  for (const section of ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17']) {
    await record(contributor, 'PUT', `${report}/sections/${section}`, { lang: 'en', text: 'Yes.', origin: 'written' });
  }
  await record(signatory, 'POST', `${report}/submission`, {
    signatory: signatory.person,
    on: '2008-05-20',
    declaration: 'Complete and correct.',
    consentToBeCited: 'by-name',
  });
  await record(signatory, 'POST', `${report}/amendment`, { reason: 'Example.', material: false, sections: ['S04'] });

  const somebody = await signedIn(product, 'somebody');
  parameters = {
    organization: 'example-registry',
    parent: 'sample-standards-body',
    partner: 'sample-standards-body',
    series: 'ec-performance',
    year: '2008',
    action: 'EX-1',
    option: 'open-list',
    section: 'S04',
    indicator: 'remote-participants',
    clarification: 'Q1',
    version: '1',
    other: '1',
    finding: 'F-1',
    reviewer: reviewer.person,
    person: somebody.person,
    role: 'auditor',
    sequence: '0',
    sha256: '0'.repeat(64),
    id: 'import-1',
    code: 'revision-stale',
    session: '0'.repeat(16),
    token: '0'.repeat(16),
  };
});
afterAll(() => product.remove());

/** What no operation takes as it is, so that nothing is done; the gate looks at lead and action before that is seen. */
const NOTHING_TO_DO = { lead: 'example-registry', action: 'EX-1', takenByNone: true };

async function outcomeOf(operation: string, name: string): Promise<Outcome> {
  const [method, template] = operation.split(' ') as [string, string];
  const path = template.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = parameters[parameter];
    if (value === undefined) throw new Error(`Say in this test what {${parameter}} is to be, for ${operation}`);
    return value;
  });
  const persona = personas.get(name);
  // A session of its own for each request: some of them end it.
  const session =
    persona && (await product.app.get(Identity).sessions.begin(persona.person, 'full', { isProven: true }));
  const headers = session === undefined ? {} : { Cookie: `__Host-para71=${session}` };
  const body = method === 'GET' ? undefined : bodyFor(method as 'PUT' | 'POST', template);
  const answer = await api.send(method, path, body, headers);
  return told(answer);
}

/** What is said at the door is looked at before who says it: only what is well formed shows who may. */
function bodyFor(method: 'PUT' | 'POST', template: string): object {
  const operation = document.paths[template]?.[method === 'PUT' ? 'put' : 'post'];
  if (!operation?.tags?.includes('People')) return NOTHING_TO_DO;
  const described = operation.requestBody as { content: Record<string, { examples?: { usual: { value: object } } }> };
  return described?.content['application/json']?.examples?.usual.value ?? {};
}

function told({ status, body }: Answer<unknown>): Outcome {
  if (status < 400) return 'yes';
  if (status >= 500 && status !== 503) throw new Error(`Answered ${status}`);
  const { code, facts } = body as Problem;
  if (code === 'not-signed-in' || code === 'step-up-needed') return 'sign-in';
  if (code === 'forbidden') return 'no';
  // What is hidden is answered as what is not there; what was looked for, and is not there, is named.
  if (code === 'resource-unknown' && !facts) return 'hidden';
  if (code === 'report-unknown' || code === 'version-unknown') return 'hidden';
  return 'yes';
}

describe('Who may do what by HTTP', () => {
  it('is said of every operation, and of no other', () => {
    const operations = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(MATRIX).toSorted()).toEqual(operations.toSorted());
  });

  it.each(PERSONAS)('is so for %s', async (name) => {
    const rows = Object.entries({ ...MATRIX, ...MORE_READS });
    const outcomes: Record<string, Outcome> = {};
    for (const [operation] of rows) outcomes[operation] = await outcomeOf(operation, name);
    expect(outcomes).toEqual(Object.fromEntries(rows.map(([operation, row]) => [operation, row[name]])));
  });
});
