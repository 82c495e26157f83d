import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleAction } from '../support/example-action.js';
import { Identity } from '#identity';
import { type Api, type EventLine, expectProblem } from '../support/api.js';
import { exampleOrganization } from '../support/example-organization.js';
import { expectNotFor, type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const REPORT = '/api/reports/ec-performance/2008/example-registry';
const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };
const written = { lang: 'en', text: 'We opened two meetings.', origin: 'written' };
const REQUIRED = ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];

let product: RunningProduct;
let api: Api;
let secretary: Persona;
let second: Persona;
let contributor: Persona;
let signatory: Persona;
let stranger: Persona;
let formerly: Persona;
let reviewer: Persona;

const by = (who: Persona | undefined, method: string, path: string, body?: object, headers = {}) =>
  api.send<Record<string, never>>(method, path, body, { ...who?.headers, ...headers });

async function done(who: Persona, method: string, path: string, body?: object) {
  const answer = await by(who, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer;
}

const signature = (person: string) => ({
  signatory: person,
  on: '2008-05-20',
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
});

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  ({ api } = product);
  secretary = await signedIn(product, 'secretary', { mandates: ['secretariat'] });
  second = await signedIn(product, 'second', { mandates: ['secretariat'] });
  for (const organization of ['example-registry', 'sample-standards-body']) {
    await done(secretary, 'PUT', `/api/organizations/${organization}`, exampleOrganization(organization));
  }
  const ofRegistry = (role: 'contributor' | 'signatory') => ({
    appointments: [{ organization: 'example-registry', role }],
  });
  contributor = await signedIn(product, 'contributor', ofRegistry('contributor'));
  signatory = await signedIn(product, 'signatory', ofRegistry('signatory'));
  stranger = await signedIn(product, 'stranger', {
    appointments: [{ organization: 'sample-standards-body', role: 'focal-point' }],
  });
  reviewer = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
  formerly = await signedIn(product, 'formerly', {
    mandates: ['reviewer'],
    appointments: [{ organization: 'example-registry', role: 'contributor', ended: true }],
  });
  await done(secretary, 'PUT', '/api/cycles/ec-performance/2008', {
    title: 'Example cycle',
    opensOn: '2008-01-15',
    dueOn: '2008-10-31',
    sources: [source],
  });
});
afterAll(() => product.remove());

describe('Commands at the gate', () => {
  it('are given by who signed in, in the role that the record says', async () => {
    await done(contributor, 'POST', `${REPORT}/draft`, { on: '2008-04-02' });
    await done(contributor, 'PUT', `${REPORT}/sections/S04`, written);
    const { text } = await by(contributor, 'GET', '/api/events?stream=report-ec-performance-2008-example-registry');
    const { metadata } = JSON.parse(text.split('\n')[1]!) as EventLine;
    expect(metadata).toMatchObject({
      actor: contributor.person,
      role: 'contributor',
      onBehalfOf: 'example-registry',
    });
  });

  it('are given by nobody who did not sign in, nor by a token that is not good', async () => {
    expectProblem(await by(undefined, 'PUT', `${REPORT}/sections/S04`, written), 401, 'not-signed-in');
    const wrong = { Authorization: 'Bearer p71_x' };
    expectProblem(await by(undefined, 'PUT', `${REPORT}/sections/S04`, written, wrong), 401, 'not-signed-in');
    expectProblem(await by(undefined, 'GET', '/api/organizations', undefined, wrong), 401, 'not-signed-in');
  });

  it('do not believe a header about who acts', async () => {
    for (const header of [{ Actor: signatory.person }, { 'Actor-Role': 'secretariat' }]) {
      const answer = await by(contributor, 'PUT', `${REPORT}/sections/S04`, written, header);
      expectProblem(answer, 400, 'actor-not-taken');
    }
  });

  it('on what is foreign find nothing there, though all know of it, in the same words as where nothing is', async () => {
    const body = { ...written, organization: 'sample-standards-body' };
    const foreign = await by(stranger, 'PUT', `${REPORT}/sections/S04`, body);
    expect(expectProblem(foreign, 404, 'resource-unknown').detail).toContain(
      'There is no report here that you may change.',
    );
    const missing = await by(stranger, 'PUT', `${REPORT.replace('registry', 'nothing')}/sections/S04`, body);
    const same = (text: string) =>
      text.replaceAll(/example-(registry|nothing)/g, '').replace(/"correlationId":"[^"]*"/, '');
    expect(same(foreign.text)).toBe(same(missing.text));
    const nobody = await signedIn(product, 'nobody');
    for (const [method, path] of [
      ['PUT', '/api/organizations/example-registry/name'],
      ['POST', '/api/cycles/ec-performance/2008/closing'],
      ['PUT', '/api/options/open-list'],
    ] as const)
      expectProblem(await by(nobody, method, path, {}), 404, 'resource-unknown');
  });

  it('are refused to who has to do with it and lacks the role, with what it takes', async () => {
    for (const who of [secretary, formerly]) {
      const refused = await by(who, 'PUT', `${REPORT}/sections/S04`, written);
      const { facts, detail } = expectProblem(refused, 403, 'forbidden');
      expect(facts).toEqual({ roles: ['focal-point', 'contributor', 'signatory'] });
      expect(detail).toContain('It takes one of these roles: focal-point, contributor, signatory.');
    }
  });

  it('by a token are refused with what the token lacks', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const asked = { name: 'reading', scopes: ['read'], until };
    const issued = await by(contributor, 'POST', '/api/tokens', asked);
    const token = { Authorization: `Bearer ${issued.body['text']}` };
    const drafting = await by(undefined, 'PUT', `${REPORT}/sections/S04`, written, token);
    expect(expectProblem(drafting, 403, 'forbidden').facts).toEqual({ scope: 'draft' });
    const foreign = REPORT.replace('example-registry', 'sample-standards-body');
    expectProblem(await by(undefined, 'PUT', `${foreign}/sections/S04`, written, token), 404, 'resource-unknown');
  });

  it('about an action are for the lead that is on record, not for the one that a body names', async () => {
    const recording = exampleAction({ partners: ['sample-standards-body'] });
    expectProblem(await by(stranger, 'PUT', '/api/actions/EX-1', recording), 404, 'resource-unknown');
    await done(contributor, 'PUT', '/api/actions/EX-1', recording);
    const discontinuing = { reason: 'Example.', lead: 'sample-standards-body' };
    expectProblem(await by(stranger, 'POST', '/api/actions/EX-1/discontinuation', discontinuing), 403, 'forbidden');
    const confirmation = '/api/actions/EX-1/partners/sample-standards-body/confirmation';
    expectProblem(await by(contributor, 'POST', confirmation, {}), 403, 'forbidden');
    expectProblem(await by(signatory, 'POST', confirmation, {}), 403, 'forbidden');
    await done(stranger, 'POST', confirmation, {});
  });

  it('that sign are for a signatory, in their own name, with a second factor just given', async () => {
    for (const section of REQUIRED) {
      if (section !== 'S04') await done(contributor, 'PUT', `${REPORT}/sections/${section}`, written);
    }
    const signing = signature(signatory.person);
    expectProblem(await by(contributor, 'POST', `${REPORT}/submission`, signing), 403, 'forbidden');
    const inAnothersName = await by(signatory, 'POST', `${REPORT}/submission`, signature(contributor.person));
    expect(expectProblem(inAnothersName, 400, 'command-invalid').errors?.[0]?.field).toBe('signatory');
    const identity = product.app.get(Identity);
    const stale = { Cookie: `__Host-para71=${await identity.sessions.begin(signatory.person, 'full')}` };
    expectProblem(await by(undefined, 'POST', `${REPORT}/submission`, signing, stale), 401, 'step-up-needed');
  });

  it('that appoint are not for oneself, whoever one is', async () => {
    const appointing = (personId: string) => ({ personId, role: 'signatory', from: '2008-01-01' });
    const at = '/api/organizations/sample-standards-body/appointments';
    for (const who of [secretary, stranger]) {
      const refused = await by(who, 'POST', at, appointing(who.person));
      expect(expectProblem(refused, 409, 'second-person-needed').facts).toEqual({ personId: who.person });
      expectProblem(
        await by(who, 'POST', '/api/reports/ec-performance/2008/sample-standards-body/withdrawal', {}),
        403,
        'forbidden',
      );
    }
  });

  it('given with a cookie from a page of another site go no further', async () => {
    const crossSite = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    const answer = await by(contributor, 'PUT', `${REPORT}/sections/S04`, written, crossSite);
    expectProblem(answer, 403, 'cross-site-request');
  });

  it('end with the appointment that allowed them', async () => {
    const leaving = await signedIn(product, 'leaving', {
      appointments: [{ organization: 'example-registry', role: 'contributor' }],
    });
    const figure = (value: number) => ({ value, unit: 'participants' });
    await done(leaving, 'PUT', `${REPORT}/figures/remote-participants`, figure(1));
    await done(secretary, 'POST', '/api/organizations/example-registry/appointments/end', {
      personId: leaving.person,
      role: 'contributor',
      on: '2008-03-01',
    });
    const after = await by(leaving, 'PUT', `${REPORT}/figures/remote-participants`, figure(2));
    expectProblem(after, 404, 'resource-unknown');
  });
});

describe('What is read at the gate', () => {
  const stream = '/api/events?stream=report-ec-performance-2008-example-registry';
  const eventsFor = async (who: Persona | undefined) => {
    const { text } = await by(who, 'GET', stream);
    return text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as EventLine & { withheld?: true }] : []));
  };
  const wordsFor = async (who: Persona | undefined, query = '') => {
    const { text, status } = await by(who, 'GET', `${REPORT}${query}`);
    return { status, reads: text.includes(written.text) };
  };

  it('a draft is for those who write it, and for nobody else', async () => {
    expect(await wordsFor(contributor)).toEqual({ status: 200, reads: true });
    expect(await wordsFor(signatory, '?version=draft')).toEqual({ status: 200, reads: true });
    for (const who of [undefined, stranger, secretary, reviewer, formerly]) {
      expect(await wordsFor(who)).toEqual({ status: 200, reads: false });
      const hidden = await by(who, 'GET', `${REPORT}?version=draft`);
      const unknown = await by(who, 'GET', `${REPORT.replace('registry', 'nothing')}?version=draft`);
      expectNotFor(who, hidden, 'report-unknown');
      const same = (text: string) =>
        text.replaceAll(/example-(registry|nothing)/g, '').replace(/"correlationId":"[^"]*"/, '');
      expect(same(hidden.text)).toBe(same(unknown.text));
      for (const path of ['/', '/organizations/example-registry', '/api/reports', `${REPORT}/changes?since=0`, stream])
        expect((await by(who, 'GET', path)).text).not.toContain(written.text);
    }
    expectProblem(await by(undefined, 'GET', `${REPORT}/readiness`), 401, 'not-signed-in');
    expectProblem(await by(stranger, 'GET', `${REPORT}/readiness`), 404, 'resource-unknown');
  });

  it('an event that is not for its reader is told without what it says, and without its salt', async () => {
    const [all, some] = [await eventsFor(contributor), await eventsFor(undefined)];
    expect(all.some(({ withheld }) => withheld)).toBe(false);
    expect(some.map(({ sequence, id, revision, type }) => ({ sequence, id, revision, type }))).toEqual(
      all.map(({ sequence, id, revision, type }) => ({ sequence, id, revision, type })),
    );
    const written = some.find(({ type }) => type === 'SectionAnswered')!;
    expect(written).toMatchObject({ withheld: true, metadata: { actor: contributor.person } });
    expect(written.data).toBeUndefined();
    expect(written.metadata['salt']).toBeUndefined();
    const one = await by(undefined, 'GET', `/api/events/${written.sequence}`);
    expect(one.body).toEqual(written);
    expect(some.find(({ type }) => type === 'ReportStarted')!.data).toBeDefined();
  });

  it('words of former days about who appointed somebody are not for everybody, and what is recorded now is an id', async () => {
    const { store } = product;
    const place = 'organization-sample-standards-body';
    let revision = -1;
    for await (const event of store.read(place)) revision = event.revision;
    const appointed = { personId: 'person-of-old', role: 'signatory', from: '2007', by: 'Erin Xample, its director' };
    const metadata = { actor: 'office-of-old', commandId: randomUUID(), correlationId: 'old', salt: '00', v: '1' };
    const recordedAt = new Date().toISOString();
    const event = { id: randomUUID(), type: 'PersonAppointed', data: appointed, metadata: { ...metadata, recordedAt } };
    const { position } = await store.append(place, revision, [event]);
    await product.views.passedPosition(position, 30_000);
    const paths = [`/api/events?stream=${place}`, '/api/changes?organization=sample-standards-body', '/api/events'];
    for (const path of paths) {
      for (const who of [undefined, contributor, secretary])
        expect((await by(who, 'GET', path)).text).not.toContain('Erin Xample');
    }
    expect((await by(stranger, 'GET', paths[0]!)).text).toContain('Erin Xample');
    const { text } = await by(undefined, 'GET', paths[0]!);
    const now = text
      .split('\n')
      .flatMap((line) => (line.includes(stranger.person) ? [JSON.parse(line) as EventLine] : []));
    expect(now[0]!.data).toMatchObject({ by: now[0]!.metadata['actor'] });
  });

  it('a file is for those who may read the report that names it', async () => {
    const upload = await fetch(`${api.address}/api/attachments`, {
      method: 'POST',
      headers: {
        ...contributor.headers,
        'Content-Type': 'text/plain',
        'Content-Disposition': "attachment; filename*=UTF-8''minutes.txt",
      },
      body: 'Example minutes.',
    });
    const { sha256, token } = (await upload.json()) as { sha256: string; token: string };
    const naming = { document: { title: 'Example minutes', sha256 } };
    const answer = await by(contributor, 'POST', `${REPORT}/documents`, naming, { 'Upload-Token': token });
    expect(answer.status).toBe(200);
    expect((await by(signatory, 'GET', `/api/attachments/${sha256}`)).text).toBe('Example minutes.');
    for (const who of [undefined, stranger, secretary, formerly]) {
      expectNotFor(who, await by(who, 'GET', `/api/attachments/${sha256}`), 'attachment-unknown');
      expect((await by(who, 'GET', '/api/reports')).text).not.toContain(sha256);
    }
  });

  it('a version that was submitted is for the secretariat and reviewers too, but for one who acted for its author', async () => {
    await done(signatory, 'POST', `${REPORT}/submission`, signature(signatory.person));
    for (const who of [contributor, secretary, reviewer]) expect((await wordsFor(who)).reads).toBe(true);
    for (const who of [undefined, stranger, formerly]) {
      expect((await wordsFor(who)).reads).toBe(false);
      expectNotFor(who, await by(who, 'GET', `${REPORT}?version=1`), 'version-unknown');
      expectNotFor(who, await by(who, 'GET', `${REPORT}/receipts/1`), 'report-unknown');
      const { text } = await by(who, 'GET', '/api/organizations/example-registry/comparison?years=2008,2009');
      expect(text).not.toContain(written.text);
    }
  });

  it('an internal thread is for reviewers, not for the organization that it is about', async () => {
    await done(secretary, 'POST', `${REPORT}/clarifications`, {
      clarification: 'Q1',
      section: 'S04',
      question: 'Is this plausible to you?',
      visibility: 'internal',
    });
    const reads = async (who: Persona | undefined) => JSON.stringify(await eventsFor(who)).includes('plausible');
    expect(await reads(secretary)).toBe(true);
    for (const who of [undefined, contributor, stranger, reviewer]) expect(await reads(who)).toBe(false);
  });

  it('what is published is for everybody, once two persons have said so, and nothing beside it is', async () => {
    const earlier = 'A sentence that no version says.';
    await done(secretary, 'POST', `${REPORT}/publication`, { version: 1 });
    expect((await wordsFor(undefined)).reads).toBe(false);
    await done(second, 'POST', `${REPORT}/publication`, { version: 1 });
    expect(await wordsFor(undefined)).toEqual({ status: 200, reads: true });
    await done(signatory, 'POST', `${REPORT}/amendment`, {
      reason: 'Example.',
      material: false,
      sections: ['S04'],
    });
    const { body } = await by(contributor, 'GET', `${REPORT}?version=draft`);
    await done(contributor, 'PUT', `${REPORT}/sections/S04`, { ...written, text: earlier, seen: body['revision'] });
    expect((await by(undefined, 'GET', REPORT)).text).not.toContain(earlier);
    expect((await by(undefined, 'GET', stream)).text).not.toContain(earlier);
    expect((await by(undefined, 'GET', stream)).text).toContain(written.text);
    expect((await by(secretary, 'GET', stream)).text).not.toContain(earlier);
    const readiness = await by(secretary, 'GET', `${REPORT}/readiness`);
    expect(readiness.status).toBe(200);
    expect(readiness.text).not.toContain('no version says');
    expect((await by(contributor, 'GET', `${REPORT}/readiness`)).text).toContain('no version says');
    expect((await by(contributor, 'GET', stream)).text).toContain(earlier);
  });

  it('a part that is withheld is not told by its event either', async () => {
    const of = (events: readonly (EventLine & { withheld?: true })[]) =>
      events.filter(({ type }) => type === 'SectionAnswered').map(({ withheld = false }) => withheld);
    const before = of(await eventsFor(undefined));
    await done(secretary, 'POST', `${REPORT}/withheld-parts`, { version: 1, part: 'S04', reason: 'Example.' });
    const after = of(await eventsFor(undefined));
    expect(after.filter(Boolean)).toHaveLength(before.filter(Boolean).length + 1);
  });

  it('plans and jobs are for those who run it', async () => {
    for (const path of ['/api/reminders', '/api/jobs']) {
      expectProblem(await by(undefined, 'GET', path), 401, 'not-signed-in');
      expectProblem(await by(stranger, 'GET', path), 403, 'forbidden');
      expect((await by(secretary, 'GET', path)).status).toBe(200);
    }
  });

  it('an answer for one reader is not kept for another', async () => {
    await by(contributor, 'GET', REPORT);
    const mine = await by(contributor, 'GET', REPORT);
    expect(mine.headers.get('cache-control')).toBe('private, no-cache');
    expect(mine.headers.get('vary')).toContain('Cookie');
    expect(await wordsFor(undefined, '?asOf=5')).toEqual(await wordsFor(stranger, '?asOf=5'));
  });
});
