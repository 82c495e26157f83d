import type { OpenAPIObject } from '@nestjs/swagger';
import { Identity } from '#identity';
import type { AppointedRole } from '#reporting';
import { exampleAction } from '../support/example-action.js';
import { exampleOrganization } from '../support/example-organization.js';
import { type Persona, signedIn } from '../support/people.js';
import type { RunningProduct } from '../support/product.js';
import { type PersonaName, PERSONAS } from './authorization-matrix.js';

const A = 'example-registry';
const B = 'sample-standards-body';
const C = 'example-union';
const ROUND = '/api/cycles/ec-performance/2008';
export const REPORT_OF_A = `/api/reports/ec-performance/2008/${A}`;
const SECTIONS = ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];

const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };

/** What the matrix is about, with everybody who comes. */
export interface Stage {
  readonly product: RunningProduct;
  readonly document: OpenAPIObject;
  readonly identity: Identity;
  readonly personas: ReadonlyMap<PersonaName, Persona>;
  readonly contributor: Persona;
  /** Of all that an address names. */
  readonly parameters: Readonly<Record<string, string>>;
  /** SHA-256 of one that everybody may read. */
  readonly publicFile: string;
  /** With whom the door opens, for whoever knocks. */
  readonly atTheDoor: { readonly address: string; readonly password: string };
  /** Until when tokens are good. */
  readonly until: string;
  readonly anAddress: () => string;
  /** Whom nothing has happened to yet. */
  readonly aPerson: (identity: Identity) => Promise<string>;
}

export async function setStage(product: RunningProduct): Promise<Stage> {
  const { api } = product;
  const identity = product.app.get(Identity);
  const document = (await api.get<OpenAPIObject>('/api/openapi.json')).body;
  const secretariat = await signedIn(product, 'secretariat', { mandates: ['secretariat'] });
  const record = async (who: Persona, method: string, path: string, body: unknown, headers = {}) => {
    const answer = await api.send<Record<string, string>>(method, path, body, { ...who.headers, ...headers });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  };
  for (const organization of [A, B, C]) {
    await record(secretariat, 'PUT', `/api/organizations/${organization}`, exampleOrganization(organization));
  }
  const by = (organization: string, role: AppointedRole) => ({ appointments: [{ organization, role }] });
  const contributor = await signedIn(product, 'contributor-a', by(A, 'contributor'));
  const signatory = await signedIn(product, 'signatory-a', by(A, 'signatory'));
  const reviewer = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
  const everybody: Readonly<Record<Exclude<PersonaName, 'anonymous'>, Persona>> = {
    withoutRole: await signedIn(product, 'without-role'),
    contributorA: contributor,
    signatoryA: signatory,
    focalPointA: await signedIn(product, 'focal-point-a', by(A, 'focal-point')),
    contributorB: await signedIn(product, 'contributor-b', by(B, 'contributor')),
    focalPointB: await signedIn(product, 'focal-point-b', by(B, 'focal-point')),
    focalPointC: await signedIn(product, 'focal-point-c', by(C, 'focal-point')),
    reviewer,
    formerlyA: await signedIn(product, 'formerly-a', {
      mandates: ['reviewer'],
      appointments: [{ organization: A, role: 'contributor', ended: true }],
    }),
    secretariat,
    auditor: await signedIn(product, 'auditor', { mandates: ['auditor'] }),
    administrator: await signedIn(product, 'administrator', { mandates: ['administrator'] }),
  };

  await record(secretariat, 'PUT', ROUND, {
    title: 'Example cycle',
    opensOn: '2008-01-15',
    dueOn: '2008-10-31',
    sources: [source],
  });
  const uploaded = await record(secretariat, 'POST', '/api/attachments', 'Example guidance.', {
    'Content-Type': 'text/plain',
    'Content-Disposition': "attachment; filename*=UTF-8''guidance.txt",
  });
  const guidance = {
    text: 'Name the actions that have partners.',
    on: '2008-03-12',
    document: { title: 'Guidance', sha256: uploaded['sha256'] },
  };
  await record(secretariat, 'POST', `${ROUND}/guidance`, guidance, { 'Upload-Token': uploaded['token']! });
  const facts = exampleAction({ partners: [B], stakeholders: [{ group: 'CS' }] });
  await record(contributor, 'PUT', '/api/actions/EX-1', facts);

  // A version that is submitted and not published, and an amendment that is being written.
  await record(contributor, 'POST', `${REPORT_OF_A}/draft`, { on: '2008-04-02' });
  for (const section of SECTIONS) {
    const answer = { lang: 'en', text: 'Yes.', origin: 'written' };
    await record(contributor, 'PUT', `${REPORT_OF_A}/sections/${section}`, answer);
  }
  await record(signatory, 'POST', `${REPORT_OF_A}/submission`, {
    signatory: signatory.person,
    on: '2008-05-20',
    declaration: 'Complete and correct.',
    consentToBeCited: 'by-name',
  });
  await record(signatory, 'POST', `${REPORT_OF_A}/amendment`, {
    reason: 'Example.',
    material: false,
    sections: ['S04'],
  });

  let n = 0;
  const anAddress = () => `somebody-${++n}@people.example`;
  const aPerson = async ({ people }: Identity) => {
    const person = await people.register('Somebody', anAddress());
    await people.joinAtOnce(person);
    return person;
  };
  const atTheDoor = { address: anAddress(), password: 'the cow jumps over my green lamp' };
  const knocking = await identity.people.register('Somebody at the door', atTheDoor.address);
  await identity.people.joinAtOnce(knocking);
  await identity.credentials.setPassword(knocking, atTheDoor.password);

  const { id: job } = await record(secretariat, 'POST', '/api/jobs/rebuild', {});
  const stage: Stage = {
    product,
    document,
    identity,
    personas: new Map(PERSONAS.flatMap((name) => (name === 'anonymous' ? [] : [[name, everybody[name]] as const]))),
    contributor,
    publicFile: uploaded['sha256']!,
    atTheDoor,
    until: new Date(Date.now() + 86_400_000).toISOString(),
    anAddress,
    aPerson,
    parameters: {
      organization: A,
      parent: B,
      partner: B,
      series: 'ec-performance',
      year: '2008',
      action: 'EX-1',
      option: 'open-list',
      section: 'S04',
      indicator: 'remote-participants',
      clarification: 'Q1',
      among: 'Q2',
      version: '1',
      other: '1',
      finding: 'F-1',
      reviewer: reviewer.person,
      person: await aPerson(identity),
      role: 'auditor',
      sequence: '0',
      sha256: uploaded['sha256']!,
      id: job!,
      code: 'revision-stale',
      session: '0'.repeat(16),
      token: '0'.repeat(16),
    },
  };
  const example = (method: string, template: string) => exampleOf(document, method, template, stage);
  const template = '/api/reports/{series}/{year}/{organization}';
  const review = `${REPORT_OF_A}/assessments/${reviewer.person}`;
  await record(secretariat, 'PUT', '/api/options/open-list', example('PUT', '/api/options/{option}'));
  await record(secretariat, 'PUT', review, example('PUT', `${template}/assessments/{reviewer}`));
  await record(reviewer, 'POST', `${review}/no-conflict`, {});
  const asked = example('POST', `${template}/clarifications`) as object;
  await record(reviewer, 'POST', `${REPORT_OF_A}/clarifications`, asked);
  const among = { clarification: 'Q2', visibility: 'organization' };
  await record(reviewer, 'POST', `${REPORT_OF_A}/clarifications`, { ...asked, ...among });
  return stage;
}

/** The example of the document; about what is on the stage. */
export function exampleOf(
  document: OpenAPIObject,
  method: string,
  template: string,
  at: Stage,
  persona?: Persona,
): unknown {
  const described = document.paths[template]?.[method.toLowerCase() as 'put']?.requestBody;
  const content = described && 'content' in described ? described.content['application/json'] : undefined;
  const [usual] = Object.values(content?.examples ?? {});
  const example: unknown = content?.example ?? (usual && 'value' in usual ? usual.value : {});
  const onStage: Readonly<Record<string, unknown>> = {
    lead: 'example-registry',
    action: 'EX-1',
    personId: at.contributor.person,
    signatory: persona?.person,
    sha256: at.publicFile,
  };
  const staged = (name: string, value: unknown) =>
    typeof value === 'string' && name in onStage ? onStage[name] : value;
  return JSON.parse(JSON.stringify(example), staged) as unknown;
}

/** Of what there is none. */
export const UNKNOWN: Readonly<Record<string, string>> = {
  organization: 'example-nothing',
  parent: 'example-nothing',
  partner: 'example-nothing',
  year: '2031',
  action: 'EX-404',
  option: 'nothing',
  clarification: 'Q404',
  finding: 'F-404',
  reviewer: 'person-00000000-0000-4000-8000-000000000000',
  person: 'person-00000000-0000-4000-8000-000000000000',
  id: 'rebuild-404',
};
/** Of parts of a report of which all know that it is there. */
export const UNKNOWN_PART: Readonly<Record<string, string>> = { version: '9', other: '9', among: 'Q404' };
