import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectProblem } from '../support/api.js';
import { exampleAction } from '../support/example-action.js';
import { invite, joined, setUp } from '../support/joining.js';
import { type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import {
  beginRound,
  publishReport,
  REGISTRY,
  REPORT,
  type Round,
  signReport,
  source,
  writeReport,
  written,
} from '../support/signed-report.js';

// What went wrong elsewhere, played here. Each names the product in whose issues it was found.

interface Report {
  readonly report: {
    readonly phase: string;
    readonly status: string;
    readonly documents?: readonly { readonly document: { readonly title: string } }[];
  };
  readonly sections: readonly { readonly section: string; readonly text: string }[];
  readonly citations: Readonly<Record<string, { readonly claims: readonly { readonly text: string }[] }>>;
  readonly figures: Readonly<Record<string, { readonly value: number }>>;
  readonly revision: number;
}
interface Readiness {
  readonly blockers: readonly { readonly code: string }[];
  readonly changes: { readonly documents: readonly { readonly document: object }[] };
  readonly signatures: { readonly given: readonly string[] };
}
interface Receipt {
  readonly sequence: number;
  readonly sha256: string;
  readonly content: { readonly documents?: readonly { readonly document: { readonly title: string } }[] };
}

const SECRET = 'Kanarienvogel im Entwurf';
const VERSIONS = 8;
const annex = (n: number) => ({ title: `Annex ${n}`, address: `https://example.org/annex-${n}` });

// Its steps are many requests each, and the machine may be busy with other servers.
jest.setTimeout(60_000);

let product: RunningProduct;
let round: Round;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  round = await beginRound(product);
});
afterAll(() => product.remove());

async function reads<Body>(path: string, who?: Persona): Promise<Body> {
  const { status, text, body } = await product.api.get<Body>(path, who?.headers);
  if (status !== 200) throw new Error(`GET ${path}: ${text}`);
  return body;
}

const titles = ({ report }: Report) => (report.documents ?? []).map(({ document }) => document.title);

describe('Who may come in', () => {
  it('Trap (FAC#2938): the account of who signs is made after the appointment, and leads to the report', async () => {
    const administrator = await setUp(product, 'First Administrator');
    const person = await invite(product, administrator, 'Late Signatory');
    const appointed = { personId: person, role: 'signatory', from: '2008-02-01' };
    await round.done(round.secretary, 'POST', `/api/organizations/${REGISTRY}/appointments`, appointed);
    await writeReport(round, { S13: SECRET });
    const late = await joined(product, 'Late Signatory');
    expect(late.person).toBe(person);
    const { sections } = await reads<Report>(`${REPORT}?version=draft`, late);
    expect(sections.map(({ text }) => text)).toContain(SECRET);
  });

  it('Trap (FAC#2654): who is named as a contact gets mail, and no access', async () => {
    const contact = await signedIn(product, 'contact');
    const contacts = { [REGISTRY]: ['contact@people.example'] };
    writeFileSync(join(product.dataDir, 'contacts.json'), JSON.stringify(contacts));
    expectProblem(await round.by(contact, 'GET', `${REPORT}?version=draft`), 404, 'report-unknown');
    const write = await round.by(contact, 'PUT', `${REPORT}/sections/S01`, written('We do.'));
    expectProblem(write, 404, 'resource-unknown');
  });

  it('is named by an id that is somebody’s, in the role that is taken for granted, and never by a name', async () => {
    const { by, reviewer, secretary, signatory } = round;
    const appointed = { role: 'contributor', from: '2008-02-01' };
    const appoint = (personId: string) =>
      by(secretary, 'POST', `/api/organizations/${REGISTRY}/appointments`, { ...appointed, personId });
    for (const personId of ['jane-doe', 'person-of-nobody']) {
      const { errors } = expectProblem(await appoint(personId), 400, 'command-invalid');
      expect(errors).toMatchObject([{ field: 'personId' }]);
    }
    const delegated = await by(signatory, 'POST', `${REPORT}/sections/S04/delegation`, { to: reviewer.person });
    expect(expectProblem(delegated, 400, 'command-invalid').errors).toMatchObject([{ field: 'to' }]);
    const assigned = await by(secretary, 'PUT', `${REPORT}/assessments/${signatory.person}`, { from: '2008-06-01' });
    expect(expectProblem(assigned, 400, 'command-invalid').errors).toMatchObject([{ parameter: 'reviewer' }]);
  });

  it('Trap (CBD#245): what everybody may download names no person, and says no word of a draft', async () => {
    const people = await reads<{ items: { name: string; address: string }[] }>('/api/persons', round.secretary);
    // So it is looked for in the right way: there it has to be.
    expect(people.items.map(({ name }) => name)).toContain('Late Signatory');
    const personal = people.items.flatMap(({ name, address }) => (name.includes(' ') ? [name, address] : [address]));
    for (const path of [
      '/api/events',
      '/api/changes',
      '/api/reports',
      `/api/organizations/${REGISTRY}`,
      `/api/organizations/${REGISTRY}/timeline`,
      '/api/deadlines',
      '/api/deadlines.ics',
      `/api/search?q=${encodeURIComponent(SECRET)}`,
      REPORT,
    ]) {
      const { status, text } = await product.api.get(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect([...personal, SECRET].filter((each) => text.includes(each))).toEqual([]);
    }
  });
});

describe('A report that is signed', () => {
  it('Trap (FAC#5734): who finds it locked is told how it is opened again', async () => {
    const { by, done, contributor } = round;
    await done(contributor, 'PUT', '/api/actions/EX-1', exampleAction());
    await done(contributor, 'PUT', `${REPORT}/citations/EX-1`, {
      claims: [{ criterion: 'C71-PACE', text: 'Within a month.' }],
    });
    await done(contributor, 'PUT', `${REPORT}/figures/meetings`, { value: 1, unit: 'meetings' });
    await done(contributor, 'POST', `${REPORT}/documents`, { document: annex(1) });
    await signReport(round);
    const { revision: seen } = await reads<Report>(REPORT, contributor);
    const locked = await by(contributor, 'PUT', `${REPORT}/sections/S04`, written('Anew.', { seen }));
    const { detail } = expectProblem(locked, 409, 'report-locked');
    expect(detail).toContain('Open an amendment, with a reason');
  });

  it('Trap (Decidim#2206): keeps citations, claims, figures and documents with the version, as it keeps its words', async () => {
    const { done, contributor, signatory } = round;
    const said = ({ sections, citations, figures, ...read }: Report) => ({
      words: sections.map(({ text }) => text),
      claims: Object.values(citations).flatMap(({ claims }) => claims.map(({ text }) => text)),
      figures: Object.values(figures).map(({ value }) => value),
      documents: titles({ sections, citations, figures, ...read }),
    });
    const first = said(await reads<Report>(`${REPORT}?version=1`, contributor));
    expect(first).toMatchObject({ claims: ['Within a month.'], figures: [1], documents: ['Annex 1'] });
    await publishReport(round, 1);
    await done(signatory, 'POST', `${REPORT}/amendment`, { reason: 'An annex.', material: true, sections: ['S04'] });
    await done(contributor, 'POST', `${REPORT}/citations/EX-1/removal`, {});
    await done(contributor, 'PUT', `${REPORT}/figures/meetings`, { value: 2, unit: 'meetings' });
    await done(contributor, 'POST', `${REPORT}/documents`, { document: annex(2), section: 'S04' });
    for (const who of [contributor, round.secretary]) {
      expect(said(await reads<Report>(REPORT, who))).toEqual(first);
    }
    expect(titles(await reads<Report>(`${REPORT}?version=draft`, contributor))).toEqual(['Annex 1', 'Annex 2']);
    await signReport(round);
    await publishReport(round, 2);
    for (const who of [contributor, round.secretary, undefined]) {
      expect(said(await reads<Report>(`${REPORT}?version=1`, who))).toEqual(first);
      expect(said(await reads<Report>(`${REPORT}?version=2`, who))).toMatchObject({
        claims: [],
        figures: [2],
        documents: ['Annex 1', 'Annex 2'],
      });
    }
  });

  it('is amended by a document alone: that is a change, which its receipt and who last looked can tell', async () => {
    const { done, contributor, signatory } = round;
    await done(signatory, 'POST', `${REPORT}/amendment`, { reason: 'An annex.', material: false, sections: ['S04'] });
    const ready = () => reads<Readiness>(`${REPORT}/readiness`, contributor);
    expect(await ready()).toMatchObject({
      blockers: [{ code: 'nothing-changed' }],
      lastSigned: { version: 2, declaration: 'Complete and correct.', consentToBeCited: 'by-name' },
    });
    await done(contributor, 'POST', `${REPORT}/documents`, { document: annex(3), section: 'S04' });
    expect(await ready()).toMatchObject({ blockers: [], changes: { documents: [{ document: annex(3) }] } });
    await signReport(round);
    const [second, third] = await Promise.all(
      [2, 3].map((version) => reads<Receipt>(`${REPORT}/receipts/${version}`, contributor)),
    );
    expect(third!.sha256).not.toBe(second!.sha256);
    expect(third!.content.documents).toMatchObject([1, 2, 3].map((n) => ({ document: annex(n) })));
    expect(await reads(`${REPORT}/changes?since=${second!.sequence}`, round.secretary)).toMatchObject({
      sections: [],
      documents: [{ document: annex(3), section: 'S04' }],
    });
  });

  it('Trap (FOIA, Kobo, TTA Hub): keeps every version and every receipt, however many follow', async () => {
    const { done, contributor, signatory } = round;
    const receipts = new Map<number, Receipt>();
    for (let version = 4; version <= VERSIONS; version++) {
      await done(signatory, 'POST', `${REPORT}/amendment`, { reason: 'Again.', material: false, sections: ['S04'] });
      const { revision: seen } = await reads<Report>(`${REPORT}?version=draft`, contributor);
      await done(contributor, 'PUT', `${REPORT}/sections/S04`, written(`As of version ${version}.`, { seen }));
      await signReport(round);
      receipts.set(version, await reads<Receipt>(`${REPORT}/receipts/${version}`, contributor));
    }
    for (const [version, receipt] of receipts) {
      const { sections } = await reads<Report>(`${REPORT}?version=${version}`, contributor);
      expect(sections.find(({ section }) => section === 'S04')?.text).toBe(`As of version ${version}.`);
      expect(await reads(`${REPORT}/receipts/${version}`, contributor)).toEqual(receipt);
    }
    const { versions } = await reads<{ versions: object[] }>(`${REPORT}/versions`, contributor);
    expect(versions).toHaveLength(VERSIONS);
  });

  it('says what a withheld part kept from the receipt, and betrays it by no hash but to who may read it', async () => {
    const { contributor, done, secretary } = round;
    const reason = 'It names a person.';
    const { sha256, content } = await reads<Receipt>(`${REPORT}/receipts/2`);
    await done(secretary, 'POST', `${REPORT}/withheld-parts`, { version: 2, part: 'S04', reason });
    const receipt = await reads<Receipt & { withheld: string[] }>(`${REPORT}/receipts/2`);
    expect(receipt).toMatchObject({ withheld: ['S04/en', 'S04'] });
    for (const path of [`${REPORT}/receipts/2`, `${REPORT}/versions`, `${REPORT.slice('/api'.length)}?version=2`])
      expect((await product.api.get(path)).text).not.toContain(sha256);
    for (const insider of [contributor, secretary])
      expect(await reads(`${REPORT}/receipts/2`, insider)).toMatchObject({ sha256, content });
    expect(receipt.content.documents).toEqual([{ document: annex(1) }]);
    expect(titles(await reads<Report>(`${REPORT}?version=2`))).toEqual(['Annex 1']);
  });
});

describe('A report that waits for a second signature', () => {
  const NEXT = REPORT.replace('2008', '2009');
  const sign = ({ person, headers }: Persona) =>
    product.api.send<{ sequence: number }>(
      'POST',
      `${NEXT}/submission`,
      { signatory: person, on: '2009-05-20', declaration: 'Complete.', consentToBeCited: 'by-name' },
      headers,
    );
  let other: Persona;

  beforeAll(async () => {
    const { done, contributor, secretary, signatory } = round;
    other = await signedIn(product, 'other', { appointments: [{ organization: REGISTRY, role: 'signatory' }] });
    const next = { title: 'Next cycle', opensOn: '2009-01-15', sources: [source] };
    await done(secretary, 'PUT', '/api/cycles/ec-performance/2009', next);
    const twice = { signatures: 2, reason: 'Its statutes' };
    await done(signatory, 'PUT', `/api/organizations/${REGISTRY}/sign-off-rule`, twice);
    await done(contributor, 'POST', `${NEXT}/draft`, { on: '2009-04-02' });
    const { blockers } = await reads<{ blockers: { section: string }[] }>(`${NEXT}/readiness`, contributor);
    for (const { section } of blockers)
      await done(contributor, 'PUT', `${NEXT}/sections/${section}`, written('As it is.'));
    await done(contributor, 'PUT', `${NEXT}/citations/EX-1`, { claims: [] });
  });

  it('Trap (FAC#3764): is not shown as submitted before it is, and is as soon as that is answered', async () => {
    const { by, contributor, signatory } = round;
    expect((await sign(signatory)).status).toBe(200);
    const { report } = await reads<Report>(NEXT);
    expect(report).toMatchObject({ phase: 'draft', status: 'IN_PREPARATION' });
    expect((await by(contributor, 'GET', `${NEXT}/receipts/1`)).status).toBe(404);
  });

  it.each([
    ['a citation is taken back', 'POST', 'citations/EX-1/removal', {}],
    ['a document is attached', 'POST', 'documents', { document: annex(9) }],
  ] as const)(
    'waits for the first one again when %s: nobody signed what stands there now',
    async (_, method, path, body) => {
      const { done, contributor, signatory } = round;
      const given = async () => (await reads<Readiness>(`${NEXT}/readiness`, contributor)).signatures.given;
      expect(await given()).toEqual([signatory.person]);
      await done(contributor, method, `${NEXT}/${path}`, body);
      expect(await given()).toEqual([]);
      const { inboxes } = await reads<{ inboxes: { waiting: { kind: string }[] }[] }>('/api/inbox', other);
      const waiting = inboxes.flatMap((inbox) => inbox.waiting).map(({ kind }) => kind);
      expect(waiting).toContain('ready-for-signature');
      expect(waiting).not.toContain('signature-to-second');
      expect((await sign(signatory)).status).toBe(200);
      expect(await reads<Report>(NEXT)).toMatchObject({ report: { phase: 'draft' } });
    },
  );

  it('is submitted by the second, and its receipt can be read at once', async () => {
    const { body, status } = await sign(other);
    expect(status).toBe(200);
    expect(await reads<Report>(NEXT)).toMatchObject({ report: { phase: 'submitted' } });
    expect(await reads<Receipt>(`${NEXT}/receipts/1`, round.contributor)).toMatchObject({ sequence: body.sequence });
  });
});
