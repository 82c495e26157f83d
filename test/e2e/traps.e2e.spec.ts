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
import { PAGE, Reader, type Receipt, type Report, said, titles } from '../support/version-as-read.js';

// What went wrong elsewhere, played here. Each names the product in whose issues it was found.

interface Readiness {
  readonly blockers: readonly { readonly code: string }[];
  readonly changes: { readonly documents: readonly { readonly document: object }[] };
  readonly signatures: { readonly given: readonly string[] };
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

const { reads, page, version: versionAsRead } = new Reader(() => product);

/** Each version as it was read when it was new. */
const whenNew = new Map<number, Awaited<ReturnType<typeof versionAsRead>>>();

async function signed(version: number): Promise<void> {
  await signReport(round);
  whenNew.set(version, await versionAsRead(version, round.contributor));
}

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
    expect(await page('/inbox', late)).toContain(PAGE);
  });

  it('Trap (FAC#2654): who is named as a contact gets mail, and no access', async () => {
    const contact = await signedIn(product, 'contact');
    const contacts = { [REGISTRY]: ['contact@people.example'] };
    writeFileSync(join(product.dataDir, 'contacts.json'), JSON.stringify(contacts));
    expectProblem(await round.by(contact, 'GET', `${REPORT}?version=draft`), 404, 'report-unknown');
    const write = await round.by(contact, 'PUT', `${REPORT}/sections/S01`, written('We do.'));
    expectProblem(write, 404, 'resource-unknown');
    expect(await page(PAGE, contact)).not.toContain(SECRET);
    expect(await page('/inbox', contact)).not.toContain(PAGE);
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
      PAGE,
      `${PAGE}/history`,
      `/organizations/${REGISTRY}`,
      `/organizations/${REGISTRY}/history`,
      '/deadlines',
    ]) {
      const { status, text } = await product.api.get(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect([...personal, SECRET].filter((each) => text.includes(each))).toEqual([]);
    }
  });
});

describe('A report that is signed', () => {
  it('Trap (FAC#5734): who finds it locked is told how it is opened again, on top of its page and in the refusal', async () => {
    const { by, done, contributor } = round;
    await done(contributor, 'PUT', '/api/actions/EX-1', exampleAction());
    await done(contributor, 'PUT', `${REPORT}/citations/EX-1`, {
      claims: [{ criterion: 'C71-PACE', text: 'Within a month.' }],
    });
    await done(contributor, 'PUT', `${REPORT}/figures/meetings`, { value: 1, unit: 'meetings' });
    await done(contributor, 'POST', `${REPORT}/documents`, { document: annex(1) });
    await signed(1);
    const { revision: seen } = await reads<Report>(REPORT, contributor);
    const locked = await by(contributor, 'PUT', `${REPORT}/sections/S04`, written('Anew.', { seen }));
    const { detail } = expectProblem(locked, 409, 'report-locked');
    expect(detail).toContain('Open an amendment, with a reason');
    const [beforeState, afterIt] = (await page(PAGE, contributor)).split('<dt>State</dt>');
    expect(beforeState).toContain('This report is signed, and locked.</strong> To change it, open an amendment');
    expect(afterIt).not.toContain('amendment');
    const named = /<code>POST (\S+)<\/code>/.exec(beforeState!)?.[1];
    expect(named).toBe(`${REPORT}/amendment`);
    // Open to nobody but who signs, and there for them.
    expectProblem(await by(contributor, 'POST', named!, {}), 403, 'forbidden');
    expectProblem(await by(round.signatory, 'POST', named!, {}), 400, 'command-invalid');
    expect(await page(PAGE)).not.toContain('locked');
  });

  it('Trap (Decidim#2206): keeps citations, claims, figures and documents with the version, as it keeps its words', async () => {
    const { done, contributor, signatory } = round;
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
    await signed(2);
    await publishReport(round, 2);
    for (const who of [contributor, round.secretary, undefined]) {
      const [onFirst, onSecond] = [await page(`${PAGE}?version=1`, who), await page(`${PAGE}?version=2`, who)];
      for (const each of ['Within a month.', 'Annex 1', '>1 <bdi>meetings']) expect(onFirst).toContain(each);
      expect(onFirst).not.toContain('Annex 2');
      for (const each of ['Annex 1', 'Annex 2', '>2 <bdi>meetings']) expect(onSecond).toContain(each);
      expect(onSecond).not.toContain('Within a month.');
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
    await signed(3);
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

  it('Trap (FOIA, Kobo, TTA Hub): keeps every version and every receipt, word for word, however many follow', async () => {
    const { done, contributor, signatory, secretary } = round;
    for (let version = 4; version <= VERSIONS; version++) {
      await done(signatory, 'POST', `${REPORT}/amendment`, { reason: 'Again.', material: false, sections: ['S04'] });
      const { revision: seen } = await reads<Report>(`${REPORT}?version=draft`, contributor);
      await done(contributor, 'PUT', `${REPORT}/sections/S04`, written(`As of version ${version}.`, { seen }));
      await signed(version);
    }
    expect([...whenNew.keys()]).toEqual(Array.from({ length: VERSIONS }, (_, n) => n + 1));
    for (const [version, asItWas] of whenNew) {
      // Not by an engineer: by who wrote it, and by who reads it for the record.
      for (const who of [contributor, secretary]) expect(await versionAsRead(version, who)).toEqual(asItWas);
      expect(asItWas).toMatchObject({ receipt: { version }, hash: asItWas.receipt.sha256 });
      expect(asItWas.onPage).toHaveLength(asItWas.words.length);
    }
    const { versions } = await reads<{ versions: object[] }>(`${REPORT}/versions`, contributor);
    expect(versions).toHaveLength(VERSIONS);
  });

  it('Trap (uwazi#6677): its log names what was done, the same on its page as in the API', async () => {
    const { items } = await reads<{ items: { type: string; did: string; sentence: string }[] }>(
      `/api/changes?report=${PAGE.slice('/reports/'.length)}&order=newest&limit=200`,
      round.contributor,
    );
    const did: Readonly<Record<string, RegExp>> = {
      ReportSubmitted: /signed|submitted/,
      ReportResubmitted: /signed|submitted/,
      AmendmentOpened: /amendment/,
      ActionCited: /cited/,
      ActionUncited: /took the citation of .* out/,
      FigureReported: /reported the figure meetings/,
      DocumentAttached: /attached/,
      SectionAnswered: /wrote/,
      ReportPublished: /published/,
      PublicationProposed: /proposed/,
    };
    const told = Object.keys(did).map((type) => items.filter((each) => each.type === type));
    for (const [n, entries] of told.entries()) {
      expect(entries.length).toBeGreaterThan(0);
      for (const { sentence } of entries) expect(sentence).toMatch(Object.values(did)[n]!);
    }
    const shown = (await page(`${PAGE}/history`, round.contributor)).replaceAll(/<[^>]+>/g, '');
    for (const each of items.slice(0, 20)) expect(shown).toContain(each.did);
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
    for (const who of [undefined, contributor])
      expect(await page(NEXT.slice('/api'.length), who)).toContain('<span class="status">In preparation</span>');
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
    expect(await page(NEXT.slice('/api'.length))).not.toContain('In preparation');
    expect(await reads<Receipt>(`${NEXT}/receipts/1`, round.contributor)).toMatchObject({ sequence: body.sequence });
  });
});
