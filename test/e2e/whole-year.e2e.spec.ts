import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type EventLine, expectProblem, type Recorded } from '../support/api.js';
import { invited, setUp } from '../support/joining.js';
import type { Persona } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';

// One round from its opening to its published reports, played over HTTP by seven personas. Whatever a step needs to know of
// the one before it is taken from what the API answered: numbers of sections, revisions, sequences, hashes.

interface Section {
  readonly section: string;
  readonly lang: string;
  readonly text: string;
  readonly origin: string;
  readonly revision: number;
  readonly withheld?: string;
}
interface Report {
  readonly asOf: number;
  readonly report: Readonly<Record<string, unknown>>;
  readonly sections: readonly Section[];
  readonly version?: number;
  readonly revision: number;
  readonly punctuality: string;
}
interface Readiness {
  readonly version: number;
  readonly sections: readonly { readonly section: string; readonly required: boolean; readonly state: string }[];
  readonly blockers: readonly { readonly code: string; readonly section?: string }[];
  readonly warnings: readonly { readonly code: string }[];
  readonly signatures: { readonly needed: number; readonly given: readonly string[] };
}
interface Receipt {
  readonly number: string;
  readonly sha256: string;
  readonly sequence: number;
  readonly content: Readonly<Record<string, unknown>>;
}
interface SideBySide {
  readonly reader: string;
  readonly criteria: readonly {
    readonly criterion: string;
    readonly claims: readonly object[];
    readonly findings: readonly {
      readonly standing: string;
      readonly statement: string;
      readonly comments?: string[];
    }[];
  }[];
}

let secretary: Persona;
let otherSecretary: Persona;
let registry: Readonly<Record<'contributor' | 'signatory' | 'otherSignatory', Persona>>;
let standards: Readonly<Record<'contributor' | 'signatory', Persona>>;
let reviewer: Persona;
/** A reviewer, too, who once wrote for the registry. */
let formerly: Persona;
let auditor: Persona;
const everybody: Pick<Persona, 'headers'> = { headers: {} };

const REGISTRY = 'example-registry';
const STANDARDS = 'sample-standards-body';
const YEAR = 2025;
const reportOf = (organization: string, year = YEAR) => `/api/reports/ec-performance/${year}/${organization}`;
const source = {
  title: 'Letter of the Example Secretariat',
  address: 'https://example.org/letter',
  confidence: 'found',
};
const written = (text: string, more: object = {}) => ({ lang: 'en', text, origin: 'written', ...more });
const signature = ({ person }: Persona, on: string) => ({
  signatory: person,
  on,
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
});
const organization = (name: string) => ({
  name,
  profile: { kind: 'TECHNICAL_COORDINATION', description: 'An example.' },
  sources: [source],
});

// Its steps are many requests each, and the machine may be busy with other servers.
jest.setTimeout(60_000);

let product: RunningProduct;

const attempt = (as: Persona, method: string, path: string, body: object = {}): Promise<Answer<Recorded>> =>
  product.api.send<Recorded>(method, path, body, as.headers);

async function does(as: Persona, method: string, path: string, body: object = {}): Promise<Recorded> {
  const answer = await attempt(as, method, path, body);
  if (answer.status >= 300) throw new Error(`${as.person}: ${method} ${path}: ${answer.text}`);
  return answer.body;
}

async function reads<Body>(as: typeof everybody, path: string): Promise<Body> {
  const { status, text, body } = await product.api.get<Body>(path, as.headers);
  if (status !== 200) throw new Error(`GET ${path}: ${text}`);
  return body;
}

/** Writes all that the draft is said to lack. */
async function writesWhatIsMissing(as: Persona, address: string): Promise<void> {
  const { blockers } = await reads<Readiness>(as, `${address}/readiness`);
  for (const { code, section } of blockers) {
    if (code !== 'section-missing') continue;
    await does(as, 'PUT', `${address}/sections/${section}`, written(`About ${section}, in ${address.slice(-20)}.`));
  }
}

const PEOPLE = { PEOPLE: 'required' };
const TODAY = new Date().toISOString().slice(0, 10);

/** By two administrators, neither of whom it is for. */
async function mandated(administrators: readonly Persona[], { person }: Persona, role: string): Promise<void> {
  for (const by of administrators) await does(by, 'PUT', `/api/mandates/${person}/${role}`, { from: TODAY });
}

beforeAll(async () => {
  product = await runProduct({ env: PEOPLE });
  const first = await setUp(product, 'First Administrator');
  const people = await invited(product, first, [
    'Second Administrator',
    'Secretary',
    'Other Secretary',
    'Registry Contributor',
    'Registry Signatory',
    'Other Registry Signatory',
    'Standards Contributor',
    'Standards Signatory',
    'Reviewer',
    'Former Contributor',
    'Auditor',
  ]);
  const second = people['Second Administrator'];
  await mandated([first], second, 'administrator');
  const both = [first, second];
  secretary = people['Secretary'];
  otherSecretary = people['Other Secretary'];
  for (const each of [secretary, otherSecretary]) await mandated(both, each, 'secretariat');
  reviewer = people['Reviewer'];
  formerly = people['Former Contributor'];
  for (const each of [reviewer, formerly]) await mandated(both, each, 'reviewer');
  auditor = people['Auditor'];
  await mandated(both, auditor, 'auditor');
  registry = {
    contributor: people['Registry Contributor'],
    signatory: people['Registry Signatory'],
    otherSignatory: people['Other Registry Signatory'],
  };
  standards = { contributor: people['Standards Contributor'], signatory: people['Standards Signatory'] };
});
afterAll(() => product.remove());

describe('A year', () => {
  /** The sequence at which nothing was submitted yet. */
  let early = 0;
  /** At which the reviewer read version 1. */
  let read = 0;

  it('begins on a record with two organizations, who acts for them, and what one of them said the year before', async () => {
    await does(secretary, 'PUT', '/api/organizations/example-secretariat', organization('Example Secretariat'));
    for (const [slug, name, persons] of [
      [REGISTRY, 'Example Registry', registry],
      [STANDARDS, 'Sample Standards Body', standards],
    ] as const) {
      await does(secretary, 'PUT', `/api/organizations/${slug}`, organization(name));
      for (const [as, { person }] of Object.entries<Persona>(persons)) {
        const role = as === 'contributor' ? 'contributor' : 'signatory';
        const appointed = { personId: person, role, from: '2023', by: 'its council' };
        await does(secretary, 'POST', `/api/organizations/${slug}/appointments`, appointed);
      }
    }
    const former = { personId: formerly.person, role: 'contributor' };
    const appointments = `/api/organizations/${REGISTRY}/appointments`;
    await does(secretary, 'POST', appointments, { ...former, from: '2015', by: 'its council' });
    await does(secretary, 'POST', `${appointments}/end`, { ...former, on: '2018' });
    const twice = { signatures: 2, reason: 'Its statutes' };
    await does(registry.signatory, 'PUT', `/api/organizations/${REGISTRY}/sign-off-rule`, twice);
    await does(registry.contributor, 'PUT', '/api/actions/EX-1', {
      lead: REGISTRY,
      partners: [STANDARDS],
      partnersOther: [],
      title: 'Example agreement',
      description: 'An example.',
      kind: 'AGREEMENT',
      cooperation: 'TECH_TECH',
      track: 'EC',
      scope: { test: 'POLICY', by: 'secretariat' },
      startedOn: { date: '2024' },
      status: 'ONGOING',
      issues: ['INF-05'],
      stakeholders: [{ group: 'TECH' }],
      confidence: 'found',
      sources: [source],
    });
    await does(standards.signatory, 'POST', `/api/actions/EX-1/partners/${STANDARDS}/confirmation`, {});

    const before = { title: 'Round of 2024', opensOn: '2024-03-01', sources: [source] };
    await does(secretary, 'PUT', '/api/cycles/ec-performance/2024', before);
    const address = reportOf(REGISTRY, 2024);
    await does(registry.contributor, 'POST', `${address}/draft`, { on: '2024-04' });
    await writesWhatIsMissing(registry.contributor, address);
    await does(registry.contributor, 'PUT', `${address}/figures/participants`, { value: 180, unit: 'people' });
    await does(registry.signatory, 'POST', `${address}/submission`, signature(registry.signatory, '2024-05-20'));
    await does(
      registry.otherSignatory,
      'POST',
      `${address}/submission`,
      signature(registry.otherSignatory, '2024-05-21'),
    );
    for (const by of [secretary, otherSecretary]) await does(by, 'POST', `${address}/publication`, { version: 1 });
    await does(secretary, 'POST', '/api/cycles/ec-performance/2024/closing', { on: '2024-12-31' });
  });

  it('is opened with period, dates and guidance, and both are asked by letter', async () => {
    await does(secretary, 'PUT', `/api/cycles/ec-performance/${YEAR}`, {
      title: 'Round of 2025',
      requester: 'example-secretariat',
      opensOn: '2025-03-01',
      dueOn: '2025-06-30',
      period: { from: '2024', to: '2024' },
      sources: [source],
    });
    await does(secretary, 'POST', `/api/cycles/ec-performance/${YEAR}/guidance`, { text: 'A letter is an answer.' });
    for (const asked of [REGISTRY, STANDARDS]) {
      await does(secretary, 'POST', `${reportOf(asked)}/request`, {
        requester: 'example-secretariat',
        on: '2025-03-12',
        deadline: '2025-06-30',
        confidence: 'found',
        sources: [source],
      });
    }
    const { items } = await reads<{ items: object[] }>(everybody, `/api/reports?series=ec-performance&year=${YEAR}`);
    expect(items).toMatchObject([
      { organization: REGISTRY, phase: 'requested', deadline: '2025-06-30', form: 'para71/1' },
      { organization: STANDARDS, phase: 'requested' },
    ]);
  });

  it('is acknowledged by both, and one of them is given more time', async () => {
    await does(registry.contributor, 'POST', `${reportOf(REGISTRY)}/acknowledgement`, { on: '2025-03-20' });
    await does(standards.contributor, 'POST', `${reportOf(STANDARDS)}/acknowledgement`, { on: '2025-03-25' });
    const more = { to: '2025-07-31', reason: 'Their council meets in July.' };
    await does(secretary, 'PUT', `${reportOf(STANDARDS)}/deadline`, more);
    expect(await reads<Report>(everybody, reportOf(STANDARDS))).toMatchObject({
      report: {
        phase: 'acknowledged',
        deadline: '2025-07-31',
        extensions: [{ from: '2025-06-30', reason: more.reason }],
      },
    });
  });

  it("is begun with last year's words, of each of which somebody says whether it still holds", async () => {
    const address = reportOf(REGISTRY);
    const { sequence } = await does(registry.contributor, 'POST', `${address}/draft`, {
      on: '2025-04-02',
      prefilledFrom: 2024,
    });
    early = sequence;
    const draft = await reads<Report>(registry.contributor, `${address}?version=draft`);
    expect(new Set(draft.sections.map(({ origin }) => origin))).toEqual(new Set(['prefilled']));
    const [dropped, changed, ...kept] = draft.sections;
    const decision = ({ section, lang }: Section, what: string) =>
      does(registry.contributor, 'POST', `${address}/sections/${section}/decision`, { lang, decision: what });
    await decision(dropped!, 'drop');
    for (const section of kept) await decision(section, 'still-true');
    const { revision: seen } = changed!;
    const anew = written('We keep the register with users.', { seen });
    await does(registry.contributor, 'PUT', `${address}/sections/${changed!.section}`, anew);
    const { blockers } = await reads<Readiness>(registry.contributor, `${address}/readiness`);
    expect(blockers.map(({ code }) => code)).not.toContain('carried-over-undecided');
    expect(blockers).toContainEqual(expect.objectContaining({ code: 'section-missing', section: dropped!.section }));
  });

  it('is written in two languages, delegated, with an action cited for two criteria and a figure', async () => {
    const address = reportOf(REGISTRY);
    const delegation = { to: registry.otherSignatory.person, note: 'You were there.' };
    await does(registry.signatory, 'POST', `${address}/sections/S04/delegation`, delegation);
    const S04 = `${address}/sections/S04`;
    await does(registry.otherSignatory, 'PUT', S04, written('We carried the agreement on.'));
    const french = written('Nous avons poursuivi l’accord.', { lang: 'fr' });
    await does(registry.contributor, 'PUT', S04, french);
    const unread = await attempt(registry.contributor, 'PUT', S04, written('We began it.'));
    expectProblem(unread, 409, 'section-changed');
    await writesWhatIsMissing(registry.contributor, address);
    await does(registry.contributor, 'PUT', `${address}/citations/EX-1`, {
      claims: [
        { criterion: 'C71-PACE', text: 'Signed within four months.' },
        { criterion: 'C71-STAKEHOLDERS', text: 'Users were heard.' },
      ],
    });
    const { warnings } = await reads<Readiness>(registry.contributor, `${address}/readiness`);
    expect(warnings).toMatchObject([{ code: 'figure-dropped' }]);
    await does(registry.contributor, 'PUT', `${address}/figures/participants`, { value: 214, unit: 'people' });
    expect(await reads<Readiness>(registry.contributor, `${address}/readiness`)).toMatchObject({
      blockers: [],
      warnings: [],
      signatures: { needed: 2, given: [] },
    });
  });

  it('is signed by two persons, and gets a receipt with a hash that anybody can compute', async () => {
    const address = reportOf(REGISTRY);
    const sign = (as: Persona) => attempt(as, 'POST', `${address}/submission`, signature(as, '2025-06-20'));
    expect((await sign(registry.signatory)).status).toBe(200);
    expectProblem(await sign(registry.signatory), 409, 'second-person-needed');
    expect((await sign(registry.otherSignatory)).status).toBe(200);
    const receipt = await reads<Receipt>(registry.contributor, `${address}/receipts/1`);
    expect(receipt).toMatchObject({
      number: `ec-performance/${YEAR}/${REGISTRY}/1`,
      firstSignatory: registry.signatory.person,
    });
    expect(receipt.sha256).toBe(hash('sha256', canonical(receipt.content)));
    // What is not published is there for the public, and no more than that.
    expect((await product.api.get(`${address}/receipts/1`)).status).toBe(404);
    expect(await reads<Report>(everybody, address)).toMatchObject({ sections: [], punctuality: 'on-time' });
    expect(await reads<Report>(auditor, address)).toMatchObject({ version: 1 });
    read = receipt.sequence;
  });

  it('is reported on by the other one in the meantime, late', async () => {
    const address = reportOf(STANDARDS);
    await does(standards.contributor, 'POST', `${address}/draft`, { on: '2025-07-01' });
    await writesWhatIsMissing(standards.contributor, address);
    const signed = { ...signature(standards.signatory, '2025-08-04'), reservation: 'As a courtesy.' };
    await does(standards.signatory, 'POST', `${address}/submission`, signed);
    expect(await reads<Report>(everybody, address)).toMatchObject({
      report: { status: 'ANSWERED_WITH_RESERVATION' },
      punctuality: 'late',
    });
  });

  it('is asked back about, and answered', async () => {
    const address = reportOf(REGISTRY);
    const question = { clarification: 'Q-1', section: 'S04', question: 'When was it signed?', visibility: 'public' };
    expectProblem(await attempt(formerly, 'POST', `${address}/clarifications`, question), 403, 'conflict-of-interest');
    await does(otherSecretary, 'POST', `${address}/clarifications`, { ...question, dueOn: '2025-09-30' });
    expect(await reads<Report>(everybody, address)).toMatchObject({ report: { openClarifications: 1 } });
    const answer = { text: 'On 14 February.', visibility: 'public' };
    await does(registry.contributor, 'POST', `${address}/clarifications/Q-1/answer`, answer);
    expect(await reads<Report>(everybody, address)).toMatchObject({ report: { openClarifications: 0 } });
    const { clarifications } = await reads<{ clarifications: object[] }>(everybody, `${address}/changes?since=${read}`);
    expect(clarifications).toMatchObject([{ clarification: 'Q-1', state: 'answered' }]);
  });

  it('is amended in the section that was reopened and in no other, and version 1 stays what it was', async () => {
    const address = reportOf(REGISTRY);
    const first = await reads<Receipt>(registry.contributor, `${address}/receipts/1`);
    const amendment = { reason: 'The day was missing.', material: true, sections: ['S04'] };
    await does(registry.signatory, 'POST', `${address}/amendment`, amendment);
    const { revision: seen } = await reads<Report>(registry.contributor, `${address}?version=draft`);
    const elsewhere = await attempt(registry.contributor, 'PUT', `${address}/sections/S01`, written('Us.', { seen }));
    expectProblem(elsewhere, 409, 'section-not-reopened');
    const sign = (as: Persona) => attempt(as, 'POST', `${address}/submission`, signature(as, '2025-09-10'));
    expectProblem(await sign(registry.signatory), 409, 'nothing-changed');
    const dated = written('We carried on the agreement of 14 February.', { seen });
    await does(registry.contributor, 'PUT', `${address}/sections/S04`, dated);
    expect((await sign(registry.signatory)).status).toBe(200);
    expect((await sign(registry.otherSignatory)).status).toBe(200);
    expect(await reads<Receipt>(registry.contributor, `${address}/receipts/1`)).toEqual(first);
    const texts = async (version: number) =>
      (await reads<Report>(registry.contributor, `${address}?version=${version}`)).sections.map(({ text }) => text);
    expect(await texts(1)).toContain('We carried the agreement on.');
    expect(await texts(2)).toContain('We carried on the agreement of 14 February.');
    // Punctual is who was punctual first.
    expect(await reads<Report>(auditor, address)).toMatchObject({ version: 2, punctuality: 'on-time' });
  });

  it('is reviewed by whoever never acted for the organization, and by nobody else', async () => {
    const of = (person: Persona) => `${reportOf(REGISTRY)}/assessments/${person.person}`;
    const assigned = { from: '2025-09-15' };
    expectProblem(await attempt(secretary, 'PUT', of(formerly), assigned), 403, 'conflict-of-interest');
    await does(secretary, 'PUT', of(reviewer), assigned);
    // Of the organization that they never worked for they may.
    await does(secretary, 'PUT', `${reportOf(STANDARDS)}/assessments/${formerly.person}`, assigned);
    await does(reviewer, 'POST', `${of(reviewer)}/no-conflict`);
  });

  it('is found on: drafted, shown, commented on, and public only once its version is', async () => {
    const address = reportOf(REGISTRY);
    const finding = `${address}/assessments/${reviewer.person}/findings/F-1`;
    const { asOf } = await reads<Report>(reviewer, address);
    const statement = 'The minutes show five months, and not four.';
    await does(reviewer, 'PUT', finding, {
      criterion: 'C71-PACE',
      statement,
      evidence: [{ action: 'EX-1' }, { section: 'S04' }],
      version: 2,
      sequence: asOf,
    });
    const seenBy = async (as: typeof everybody) => {
      const { criteria } = await reads<SideBySide>(as, `${address}/assessments`);
      return criteria.flatMap(({ findings }) => findings).map(({ standing }) => standing);
    };
    expect(await seenBy(reviewer)).toEqual(['draft']);
    for (const other of [everybody, registry.contributor, standards.contributor, formerly]) {
      expect(await seenBy(other)).toEqual([]);
    }
    await does(reviewer, 'POST', `${finding}/showing`, { until: '2999-12-31' });
    expect(await seenBy(registry.contributor)).toEqual(['shown']);
    expect(await seenBy(everybody)).toEqual([]);
    expectProblem(await attempt(secretary, 'POST', `${finding}/publication`), 409, 'organization-not-heard');
    await does(registry.signatory, 'POST', `${finding}/comments`, { text: 'Four, by our count.' });
    expectProblem(await attempt(secretary, 'POST', `${finding}/publication`), 409, 'version-not-published');

    expectProblem(
      await attempt(formerly, 'POST', `${address}/notes`, { version: 2, sequence: asOf }),
      403,
      'forbidden',
    );
    await does(secretary, 'POST', `${address}/notes`, { version: 2, sequence: asOf, note: 'At its second meeting.' });
    const publish = (as: Persona) => attempt(as, 'POST', `${address}/publication`, { version: 2 });
    expect((await publish(secretary)).status).toBe(200);
    expectProblem(await publish(secretary), 409, 'second-person-needed');
    expectProblem(await publish(formerly), 403, 'forbidden');
    expect((await publish(otherSecretary)).status).toBe(200);
    await does(secretary, 'POST', `${finding}/publication`);
    const { criteria } = await reads<SideBySide>(everybody, `${address}/assessments`);
    expect(criteria.find(({ criterion }) => criterion === 'C71-PACE')).toMatchObject({
      claims: [{ text: 'Signed within four months.' }],
      findings: [{ standing: 'published', statement, comments: ['Four, by our count.'] }],
    });
    const conclusion = `${address}/assessments/${reviewer.person}/conclusion`;
    await does(reviewer, 'POST', conclusion, { summary: 'Read with care.' });
  });

  it('Trap: is withheld in a part, and says so with the reason, so that nobody takes it for a leak', async () => {
    const address = reportOf(REGISTRY);
    const secret = (await reads<Report>(everybody, address)).sections.find(({ section }) => section === 'S13')!.text;
    const reason = 'It names a person.';
    await does(otherSecretary, 'POST', `${address}/withheld-parts`, { version: 2, part: 'S13', reason });
    const { text } = await product.api.get(address);
    expect(text).not.toContain(secret);
    expect(text).toContain(reason);
  });

  it('is compared with the year before', async () => {
    const comparison = await reads<{ figures: object; claims: object; sections: { section: string }[] }>(
      everybody,
      `/api/organizations/${REGISTRY}/comparison?years=2024,${YEAR}`,
    );
    expect(comparison.figures).toMatchObject({ items: [{ indicator: 'participants', change: 34 }] });
    expect(comparison.claims).toMatchObject({ items: [{ criterion: 'C71-PACE' }, { criterion: 'C71-STAKEHOLDERS' }] });
    expect(comparison.sections.length).toBeGreaterThan(5);
  });

  it('Trap: is neither hidden nor mixed up when the next one begins', async () => {
    const list = (year: number) =>
      reads<{ items: object[] }>(everybody, `/api/reports?series=ec-performance&year=${year}`);
    const before = (await list(YEAR)).items;
    const next = { title: 'Round of 2026', opensOn: '2026-03-01', sources: [source] };
    await does(secretary, 'PUT', '/api/cycles/ec-performance/2026', next);
    expect((await list(2026)).items).toEqual([]);
    const address = reportOf(STANDARDS, 2026);
    const started = { on: '2026-04', prefilledFrom: YEAR };
    await does(standards.contributor, 'POST', `${address}/draft`, started);
    expect((await list(2026)).items).toMatchObject([{ organization: STANDARDS, phase: 'draft' }]);
    // What was not published when the year ended is still there to be.
    expect((await list(YEAR)).items).toEqual(before);
    await does(secretary, 'POST', `${reportOf(STANDARDS)}/publication`, { version: 1 });
    await does(otherSecretary, 'POST', `${reportOf(STANDARDS)}/publication`, { version: 1 });
    expect(await reads<Report>(everybody, reportOf(STANDARDS))).toMatchObject({ report: { published: 1 } });
  });

  it('can be read as it stood at an earlier moment', async () => {
    const address = reportOf(REGISTRY);
    expect(await reads<Report>(auditor, `${address}?asOf=${early}`)).toMatchObject({
      asOf: early,
      report: { phase: 'draft', deadline: '2025-06-30' },
    });
    const then = await reads<Report>(auditor, `${address}?asOf=${read}`);
    expect(then).toMatchObject({ version: 1, report: { phase: 'submitted' } });
    expect(then.sections.map(({ text }) => text)).toContain('We carried the agreement on.');
    expect(then.report).not.toHaveProperty('published');
  });

  it('is told again by its events alone, to the last word', async () => {
    const { text } = await product.api.get('/api/events', auditor.headers);
    const sequences = text.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as EventLine).sequence] : []));
    const digest = await reads<{ sequence: number; digest: string }>(auditor, '/health/digest');
    expect(sequences).toEqual(Array.from({ length: digest.sequence + 1 }, (_, n) => n));
    const address = reportOf(REGISTRY);
    const before = await reads<Report>(everybody, address);
    const { dataDir } = product;
    await product.close();
    rmSync(join(dataDir, 'views'), { recursive: true });
    product = await runProduct({ dataDir, env: PEOPLE });
    expect(await reads(auditor, '/health/digest')).toEqual(digest);
    expect(await reads<Report>(everybody, address)).toEqual(before);
  });
});

/** RFC 8785 for what a receipt holds: members sorted by their names, no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
