import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem, type ListOf } from '../support/api.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { beginRound, REPORT, REQUIRED, type Round, source, written } from '../support/signed-report.js';

interface Inboxes {
  readonly person: string;
  readonly inboxes: readonly {
    role: string;
    organization?: string;
    waiting: { kind: string; organization?: string; section?: string }[];
  }[];
}

let product: RunningProduct;
let by: Round['by'];
let done: Round['done'];
let secretary: Persona;
let second: Persona;
let once: Persona;
let contributor: Persona;
let signatory: Persona;
let stranger: Persona;
let reviewer: Persona;
let formerly: Persona;
let auditor: Persona;
let administrator: Persona;

async function waiting(who: Persona, query = ''): Promise<string[]> {
  const { status, body, text } = await product.api.get<Inboxes>(`/api/inbox${query}`, who.headers);
  if (status !== 200) throw new Error(text);
  return body.inboxes.flatMap(({ role, organization, waiting: items }) =>
    items.map(({ kind }) => [role, organization, kind].filter(Boolean).join(' ')),
  );
}

async function due(who: Persona | undefined): Promise<string[]> {
  const { body } = await product.api.get<ListOf<{ kind: string; clarification?: string }>>(
    '/api/deadlines?organization=example-registry',
    who?.headers,
  );
  return body.items.map(({ kind, clarification = '' }) => `${kind} ${clarification}`.trim());
}

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  ({ by, done, secretary, second, contributor, signatory, reviewer } = await beginRound(product));
  stranger = await signedIn(product, 'stranger', {
    appointments: [{ organization: 'sample-standards-body', role: 'focal-point' }],
  });
  once = await signedIn(product, 'once', {
    mandates: ['secretariat'],
    appointments: [{ organization: 'example-registry', role: 'contributor', ended: true }],
  });
  formerly = await signedIn(product, 'formerly', {
    mandates: ['reviewer'],
    appointments: [{ organization: 'example-registry', role: 'contributor', ended: true }],
  });
  auditor = await signedIn(product, 'auditor', { mandates: ['auditor'] });
  administrator = await signedIn(product, 'administrator', { mandates: ['administrator'] });
  await done(contributor, 'POST', `${REPORT}/draft`, { on: '2008-04-02' });
  for (const section of REQUIRED.slice(1))
    await done(contributor, 'PUT', `${REPORT}/sections/${section}`, written('Yes.'));
});
afterAll(() => product.remove());

describe('The inbox of who signed in', () => {
  it('is theirs in each of their roles, and nobody else’s', async () => {
    await done(signatory, 'POST', `${REPORT}/sections/S01/delegation`, { to: contributor.person });
    expect(await waiting(contributor)).toEqual(['contributor example-registry section-delegated']);
    expect([await waiting(signatory), await waiting(stranger), await waiting(secretary)]).toEqual([[], [], []]);
    await done(contributor, 'PUT', `${REPORT}/sections/S01`, written('Yes.'));
    expect(await waiting(contributor)).toEqual([]);
    expect(await waiting(signatory)).toEqual(['signatory example-registry ready-for-signature']);
  });

  it('is shown to nobody who claims a role that is not on record', async () => {
    expect(await waiting(stranger, '?role=signatory&organization=example-registry')).toEqual([]);
    expect(await waiting(contributor, '?role=secretariat')).toEqual([]);
    expectProblem(
      await by(contributor, 'GET', `/api/inbox?person=${signatory.person}`),
      400,
      'query-parameter-malformed',
    );
    expectProblem(await by(undefined, 'GET', '/api/inbox?role=secretariat'), 401, 'not-signed-in');
    const nobody = await signedIn(product, 'nobody');
    expectProblem(await by(nobody, 'GET', '/api/inbox'), 403, 'forbidden');
  });

  it('goes on with what others did, and asks who proposed something for nothing more', async () => {
    await done(signatory, 'POST', `${REPORT}/submission`, {
      signatory: signatory.person,
      on: '2008-05-20',
      declaration: 'Complete and correct.',
      consentToBeCited: 'by-name',
    });
    expect(await waiting(secretary)).toEqual(['secretariat version-to-note']);
    // Who ever acted for the organization does not note for it.
    expect(await waiting(once)).toEqual([]);
    const { headers } = await by(secretary, 'GET', REPORT);
    const read = { version: 1, sequence: Number(headers.get('Sequence')) };
    await done(secretary, 'POST', `${REPORT}/notes`, read);
    await done(secretary, 'POST', `${REPORT}/publication`, { version: 1 });
    expect(await waiting(secretary)).toEqual([]);
    expect(await waiting(second)).toEqual(['secretariat publication-to-second']);
  });

  it('of an administrator has what takes another one, and of an auditor nothing', async () => {
    const another = await signedIn(product, 'another', { mandates: ['administrator'] });
    const from = '2008-03-01';
    await done(administrator, 'PUT', `/api/mandates/${stranger.person}/auditor`, { from });
    await done(administrator, 'POST', `/api/persons/${contributor.person}/second-factor/reset`, {});
    expect(await waiting(another)).toEqual(['administrator mandate-to-agree', 'administrator reset-to-agree']);
    expect(await waiting(administrator)).toEqual([]);
    const { body } = await by(auditor, 'GET', '/api/inbox');
    expect(body['inboxes']).toMatchObject([{ role: 'auditor', note: expect.any(String), waiting: [] }]);
  });

  it('is kept by no cache for others', async () => {
    const { headers } = await by(secretary, 'GET', '/api/inbox');
    expect(headers.get('Cache-Control')).toBe('private, no-cache');
  });
});

describe('Deadlines', () => {
  it('of what reviewers ask among themselves are not for the organization (trap: operators see the regulators at work)', async () => {
    for (const visibility of ['internal', 'organization', 'public'])
      await done(secretary, 'POST', `${REPORT}/clarifications`, {
        clarification: visibility,
        section: 'S01',
        question: 'Who attended?',
        dueOn: '2099-01-31',
        visibility,
      });
    const thread = (name: string) => `clarification ${name}`;
    const everything = [thread('internal'), thread('organization'), thread('public')];
    expect(await due(undefined)).toEqual([thread('public')]);
    expect(await due(stranger)).toEqual([thread('public')]);
    expect(await due(contributor)).toEqual([thread('organization'), thread('public')]);
    expect(await due(secretary)).toEqual(everything);
    expect(await due(auditor)).toEqual(everything);
    // Nobody reads for the review of whom they acted for.
    expect(await due(formerly)).toEqual([thread('public')]);
    expect(await due(reviewer)).toEqual([thread('organization'), thread('public')]);
    const calendar = await product.api.get('/api/deadlines.ics?organization=example-registry', contributor.headers);
    expect(calendar.text).not.toContain('internal');
  });

  it('to comment on a draft finding are for the organization and the reviewers', async () => {
    const review = `${REPORT}/assessments/${reviewer.person}`;
    await done(secretary, 'PUT', review, { from: '2008-06-01' });
    await done(reviewer, 'POST', `${review}/no-conflict`, {});
    await done(reviewer, 'PUT', `${review}/findings/F-1`, {
      criterion: 'C71-STAKEHOLDERS',
      statement: 'Three groups were in the room.',
      evidence: [{ section: 'S01' }],
      version: 1,
      sequence: Number((await by(reviewer, 'GET', REPORT)).headers.get('Sequence')),
    });
    await done(reviewer, 'POST', `${review}/findings/F-1/showing`, { until: '2099-02-28' });
    const ofFindings = async (who: Persona | undefined) => (await due(who)).includes('finding-comment');
    expect([await ofFindings(undefined), await ofFindings(stranger), await ofFindings(formerly)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([await ofFindings(contributor), await ofFindings(reviewer), await ofFindings(secretary)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await waiting(signatory)).toEqual([
      'signatory example-registry thread-open',
      'signatory example-registry thread-open',
      'signatory example-registry finding-to-comment',
    ]);
  });
});

describe('Requests to a list', () => {
  it('are previewed and sent by the secretariat alone', async () => {
    const body = {
      to: { relevance: 'relevant' },
      on: '2008-03-14',
      requester: 'example-registry',
      confidence: 'found',
    };
    const path = '/api/cycles/ec-performance/2008/requests/preview';
    for (const who of [reviewer, auditor])
      expectProblem(await by(who, 'POST', path, { ...body, sources: [source] }), 403, 'forbidden');
    for (const who of [contributor, stranger, administrator])
      expectProblem(await by(who, 'POST', path, { ...body, sources: [source] }), 404, 'resource-unknown');
    expectProblem(await by(undefined, 'POST', path, { ...body, sources: [source] }), 401, 'not-signed-in');
    expect((await by(secretary, 'POST', path, { ...body, sources: [source] })).status).toBe(200);
  });
});
