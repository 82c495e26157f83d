import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleAction } from '../support/example-action.js';
import { hash } from 'node:crypto';
import { expectProblem } from '../support/api.js';
import { exampleOrganization } from '../support/example-organization.js';
import { type RunningProduct, runProduct } from '../support/product.js';

interface Section {
  readonly section: string;
  readonly lang: string;
  readonly text: string;
  readonly origin: string;
  readonly basedOn?: object;
  readonly revision: number;
}
interface Report {
  readonly sections: readonly Section[];
  readonly revision: number;
}
interface Readiness {
  readonly version: number;
  readonly sections: readonly { readonly section: string; readonly state: string }[];
  readonly blockers: readonly { readonly code: string; readonly section?: string }[];
  readonly warnings: readonly { readonly code: string; readonly action?: string; readonly indicator?: string }[];
  readonly changes: { readonly sections: readonly { readonly section: string }[]; readonly citations: object };
  readonly signatures: { readonly needed: number; readonly given: readonly string[] };
}

const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };
const reportOf = (year: number) => `/api/reports/ec-performance/${year}/example-registry`;
const written = (text: string, more = {}) => ({ lang: 'en', text, origin: 'written', ...more });
const signature = (signatory: string, on: string) => ({
  signatory,
  on,
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
});

let product: RunningProduct;
const as = (actor: string, method: string, path: string, body: object = {}) =>
  product.api.command(method, path, body, { Actor: actor });
const record = (method: string, path: string, body: object = {}) => product.api.record(method, path, body);
const draft = (year: number) => product.api.read<Report>(`${reportOf(year)}?version=draft`);
const readiness = (year: number) => product.api.read<Readiness>(`${reportOf(year)}/readiness`);

beforeAll(async () => {
  product = await runProduct();
  await record('PUT', '/api/organizations/example-registry', exampleOrganization('Example Registry'));
  await record('PUT', '/api/actions/EX-1', exampleAction());
  for (const year of [2008, 2009, 2010, 2011, 2012]) {
    await record('PUT', `/api/cycles/ec-performance/${year}`, {
      title: `Round of ${year}`,
      opensOn: `${year}-03-01`,
      sources: [source],
    });
  }
});
afterAll(() => product.remove());

describe('two contributors who type in the same section at once', () => {
  const address = `${reportOf(2008)}/sections/S01`;

  it('lose nothing: one stands, and the other gets both texts and what became of the words', async () => {
    await record('POST', `${reportOf(2008)}/draft`, { on: '2008-04' });
    const texts = ['We keep the example registry.', 'We keep the example registry open to all.'];
    const answers = await Promise.all(texts.map((text, n) => as(`contributor-${n}`, 'PUT', address, written(text))));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const lost = answers.findIndex(({ status }) => status === 409);
    const { facts } = expectProblem(answers[lost]!, 409, 'section-changed');
    expect(facts).toMatchObject({
      section: 'S01',
      lang: 'en',
      present: { text: texts[1 - lost] },
      yours: { text: texts[lost] },
      difference: expect.arrayContaining([{ kind: lost ? 'added' : 'removed', text: expect.stringContaining('open') }]),
    });
    expect((await draft(2008)).sections).toMatchObject([{ section: 'S01', text: texts[1 - lost] }]);
    // Having read it, the second writer says what is to stand.
    const { revision: seen } = facts!['present'] as { revision: number };
    const merged = await as(`contributor-${lost}`, 'PUT', address, written('Both of us keep it.', { seen }));
    expect(merged.status).toBe(200);
    expectProblem(await as('contributor-0', 'PUT', address, written('Too late.', { seen })), 409, 'section-changed');
  });

  it('lose nothing where they are many: each who comes too late adds to what stands, until all of it stands', async () => {
    const S16 = `${reportOf(2008)}/sections/S16`;
    const sentences = Array.from({ length: 6 }, (_, n) => `Sentence of writer ${n}.`);
    const tries = await Promise.all(
      sentences.map(async (mine, n) => {
        let [text, seen] = [mine, undefined as number | undefined];
        for (let attempt = 1; attempt <= sentences.length; attempt++) {
          const answer = await as(`contributor-${n}`, 'PUT', S16, written(text, seen !== undefined && { seen }));
          if (answer.status === 200) return attempt;
          const { facts } = expectProblem(answer, 409, 'section-changed');
          const present = facts!['present'] as { text: string; revision: number };
          expect(facts).toMatchObject({ yours: { text }, difference: expect.any(Array) });
          [text, seen] = [`${present.text} ${mine}`, present.revision];
        }
        throw new Error(`${mine} is lost`);
      }),
    );
    // Else nobody was in anybody's way.
    expect(Math.max(...tries)).toBeGreaterThan(1);
    const { text } = (await draft(2008)).sections.find(({ section }) => section === 'S16')!;
    expect(text.match(/Sentence of writer \d\./g)!.toSorted()).toEqual(sentences);
  });

  it('do not disturb each other in two languages, or in two sections', async () => {
    const answers = await Promise.all([
      as('contributor-0', 'PUT', address, { ...written('Nous la tenons.'), lang: 'fr' }),
      as('contributor-1', 'PUT', `${reportOf(2008)}/sections/S03`, written('Working together.')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('a draft', () => {
  it('is answered in each section of the form, S01 to S17, in any language, and reads as it was typed', async () => {
    const said = {
      ar: 'نحن نمسك السجل.',
      en: 'We keep the register.',
      es: 'Llevamos el registro.',
      fr: 'Nous tenons le registre.',
      ru: 'Мы ведём реестр.',
      zh: '我们管理登记册。',
      'sr-Latn': 'Mi vodimo registar.',
    };
    await record('POST', `${reportOf(2012)}/draft`, { on: '2012-04' });
    const sections = (await readiness(2012)).sections.map(({ section }) => section);
    expect(sections).toEqual(Array.from({ length: 17 }, (_, n) => `S${String(n + 1).padStart(2, '0')}`));
    const answers = sections.flatMap((section) =>
      Object.entries(said).map(([lang, text]) => ({ section, lang, text: `${section}. ${text}` })),
    );
    for (const { section, lang, text } of answers)
      await record('PUT', `${reportOf(2012)}/sections/${section}`, written(text, { lang }));
    const read = (await draft(2012)).sections.map(({ section, lang, text }) => ({ section, lang, text }));
    expect(read).toHaveLength(answers.length);
    expect(read).toEqual(expect.arrayContaining(answers));
  });

  it('says at any time what it lacks, and what of that is only advice', async () => {
    const { version, blockers, sections } = await readiness(2008);
    expect(version).toBe(1);
    const missing = blockers.filter(({ code }) => code === 'section-missing').map(({ section }) => section);
    expect(missing).toContain('S04');
    expect(missing).not.toContain('S01');
    expect(sections.find(({ section }) => section === 'S01')).toMatchObject({ state: 'written', langs: ['en', 'fr'] });
    for (const section of missing) {
      await record('PUT', `${reportOf(2008)}/sections/${section}`, written(`About ${section}.`));
    }
    expect((await readiness(2008)).blockers).toEqual([]);
    await record('PUT', `${reportOf(2008)}/citations/EX-1`, { claims: [] });
    await record('PUT', `${reportOf(2008)}/figures/meetings`, { value: 4, unit: 'meetings' });
  });

  it('is signed by two where the organization asks for two, and not by one of them twice', async () => {
    await record('PUT', '/api/organizations/example-registry/sign-off-rule', { signatures: 2, reason: 'Its council' });
    const sign = (person: string) =>
      as(person, 'POST', `${reportOf(2008)}/submission`, signature(`Officer ${person}`, '2008-05-20'));
    expect((await sign('person-1')).status).toBe(200);
    expect(await readiness(2008)).toMatchObject({
      blockers: [{ code: 'second-signature-missing' }],
      signatures: { needed: 2, given: ['Officer person-1'] },
    });
    expectProblem(await sign('person-1'), 409, 'second-person-needed');
    // Whatever is written now was not read by who signed first.
    const { sections } = await draft(2008);
    const { revision: seen } = sections.find(({ section, lang }) => section === 'S01' && lang === 'en')!;
    await record('PUT', `${reportOf(2008)}/sections/S01`, written('We keep it together.', { seen }));
    expect((await readiness(2008)).signatures.given).toEqual([]);
    expect((await sign('person-2')).status).toBe(200);
    expect((await sign('person-1')).status).toBe(200);
    expect((await product.api.get(`${reportOf(2008)}/readiness`)).status).toBe(404);
  });

  it('gets a receipt as a version, the same for ever, whose hash anybody can compute', async () => {
    const receipt = await product.api.read<{ sha256: string; content: Record<string, unknown>; sequence: number }>(
      `${reportOf(2008)}/receipts/1`,
    );
    expect(receipt).toMatchObject({
      number: 'ec-performance/2008/example-registry/1',
      version: 1,
      signatory: 'Officer person-1',
      firstSignatory: 'Officer person-2',
      content: { citations: [{ action: 'EX-1', claims: [] }], figures: [{ indicator: 'meetings', value: 4 }] },
    });
    expect(receipt.sha256).toBe(hash('sha256', canonical(receipt.content)));
    await record('POST', `${reportOf(2008)}/amendment`, { reason: 'A slip.', material: false, sections: ['S03'] });
    expect(await product.api.read(`${reportOf(2008)}/receipts/1`)).toEqual(receipt);
    expectProblem(await product.api.get(`${reportOf(2008)}/receipts/2`), 404, 'report-unknown');
  });

  it('is not amended by saying the same again: that is no new version', async () => {
    const { revision: seen } = await draft(2008);
    const address = `${reportOf(2008)}/sections/S03`;
    await record('PUT', address, written('Working apart.', { seen }));
    const { revision: later } = await draft(2008);
    await record('PUT', address, written('Working together.', { seen: later }));
    expect((await readiness(2008)).blockers).toMatchObject([{ code: 'nothing-changed' }]);
    const signed = await as('person-1', 'POST', `${reportOf(2008)}/submission`, signature('Officer', '2008-06-01'));
    expectProblem(signed, 409, 'nothing-changed');
  });
});

describe("a report that begins with last year's words", () => {
  it('is offered what may be copied, marked with the year in which it was said, and nothing else', async () => {
    await record('POST', `${reportOf(2009)}/draft`, { on: '2009-04', prefilledFrom: 2008 });
    const { sections } = await draft(2009);
    const origins = new Set(sections.map(({ origin }) => origin));
    expect(origins).toEqual(new Set(['prefilled']));
    const codes = sections.map(({ section }) => section);
    expect(codes).toContain('S01');
    for (const ofOneYear of ['S02', 'S04', 'S13', 'S14', 'S17']) expect(codes).not.toContain(ofOneYear);
    expect(sections[0]).toMatchObject({ text: 'We keep it together.', basedOn: { year: 2008, section: 'S01' } });
    const { citations, figures } = await product.api.read<{ citations: object; figures: object }>(reportOf(2009));
    expect({ citations, figures }).toEqual({ citations: {}, figures: {} });
  });

  it('warns of what was said last year and is not said now', async () => {
    const { warnings } = await readiness(2009);
    expect(warnings).toMatchObject([
      { code: 'action-dropped', action: 'EX-1' },
      { code: 'figure-dropped', indicator: 'meetings' },
    ]);
  });

  it('is not signed before of every one of them is said whether it still holds', async () => {
    const undecided = (await draft(2009)).sections;
    const [first, second, ...others] = undecided;
    const decide = ({ section, lang }: Section, decision: string) =>
      record('POST', `${reportOf(2009)}/sections/${section}/decision`, { lang, decision });
    await decide(first!, 'still-true');
    await decide(second!, 'drop');
    const { blockers } = await readiness(2009);
    expect(blockers.filter(({ code }) => code === 'carried-over-undecided')).toHaveLength(others.length);
    const { sections } = await draft(2009);
    expect(sections.find(({ section, lang }) => section === first!.section && lang === first!.lang)).toMatchObject({
      origin: 'carried-over',
      text: first!.text,
    });
    expect(sections.some(({ section, lang }) => section === second!.section && lang === second!.lang)).toBe(false);
    const refused = await as('person-1', 'POST', `${reportOf(2009)}/submission`, signature('Officer', '2009-05-01'));
    expectProblem(refused, 409, 'carried-over-undecided');
  });
});

describe('words that are said year after year', () => {
  const decide = (year: number, section: string, decision: string) =>
    record('POST', `${reportOf(year)}/sections/${section}/decision`, { lang: 'en', decision });
  const write = (year: number, section: string, text: string) =>
    record('PUT', `${reportOf(year)}/sections/${section}`, written(text, { seen: 1_000 }));
  const pageOf = async (year: number) =>
    (await product.api.get(`${reportOf(year).slice('/api'.length)}?version=1`)).text.replaceAll(/\s+/g, ' ');

  async function sign(year: number): Promise<void> {
    for (const blocker of (await readiness(year)).blockers) {
      if (blocker.code === 'section-missing') await write(year, blocker.section!, `${blocker.section} in ${year}.`);
    }
    for (const person of ['person-1', 'person-2'])
      expect(
        (await as(person, 'POST', `${reportOf(year)}/submission`, signature(person, `${year}-05-20`))).status,
      ).toBe(200);
  }

  async function begin(year: number): Promise<void> {
    await record('POST', `${reportOf(year)}/draft`, { on: `${year}-04`, prefilledFrom: year - 1 });
    const offered = (await readiness(year)).blockers.find(({ section }) => section === 'S01');
    const told = year === 2010 ? '2009, first said in 2008' : '2010, first said in 2008';
    expect(offered).toMatchObject({ code: 'carried-over-undecided', detail: expect.stringContaining(told) });
    const texts = new Map([['S05', `S05 anew in ${year}.`]]);
    for (const { section, lang } of (await draft(year)).sections) {
      if (lang !== 'en')
        await record('POST', `${reportOf(year)}/sections/${section}/decision`, { lang, decision: 'drop' });
      else if (texts.has(section)) await write(year, section, texts.get(section)!);
      else await decide(year, section, 'still-true');
    }
  }

  it('are told with the year in which they were first said, and changed ones as said in the year of the change', async () => {
    for (const { section, lang, origin } of (await draft(2009)).sections) {
      if (origin !== 'prefilled') continue;
      if (section === 'S05') await write(2009, 'S05', 'S05 anew in 2009.');
      else await record('POST', `${reportOf(2009)}/sections/${section}/decision`, { lang, decision: 'still-true' });
    }
    await sign(2009);
    for (const year of [2010, 2011]) {
      await begin(year);
      if (year === 2011) {
        const again = written('S05 anew in 2010.', { seen: 1_000 });
        await record('PUT', `${reportOf(year)}/sections/S05`, again);
      }
      await sign(year);
    }
    const { sections } = await product.api.read<Report>(`${reportOf(2011)}?version=1`);
    const told = new Map(sections.map(({ section, ...rest }) => [section, rest]));
    expect(told.get('S01')).toMatchObject({
      text: 'We keep it together.',
      origin: 'carried-over',
      basedOn: { year: 2010, section: 'S01', firstSaidIn: 2008 },
    });
    expect(told.get('S05')).toMatchObject({ origin: 'carried-over', basedOn: { year: 2010, section: 'S05' } });
    expect(told.get('S05')!.basedOn).not.toHaveProperty('firstSaidIn');
    expect(told.get('S04')).toMatchObject({ origin: 'written', text: 'S04 in 2011.' });
    expect(told.get('S04')).not.toHaveProperty('basedOn');
    expect(await pageOf(2011)).toContain('carried over from 2010, first said in 2008, and still true');
    expect(await pageOf(2010)).toContain('changed from what was said in 2009');
  });
});

describe('a part that is withheld', () => {
  const report = () => product.api.read<{ sections: readonly (Section & { withheld?: string })[] }>(reportOf(2008));

  it('is absent from every answer, with the reason in its place, and of its receipt the hash, which would betray it', async () => {
    const receipt = () => product.api.read<{ sha256: string; withheld?: string[] }>(`${reportOf(2008)}/receipts/1`);
    const { sha256 } = await receipt();
    expect(sha256).toBeDefined();
    const secret = (await report()).sections.find(({ section }) => section === 'S13')!.text;
    await record('POST', `${reportOf(2008)}/withheld-parts`, { version: 1, part: 'S13', reason: 'It names a person.' });
    const { text } = await product.api.get(reportOf(2008));
    expect(text).not.toContain(secret);
    const [part] = (await report()).sections.filter(({ section }) => section === 'S13');
    expect(part).toMatchObject({ section: 'S13', withheld: 'It names a person.' });
    const comparison = await product.api.get('/api/organizations/example-registry/comparison?years=2008,2009');
    expect(comparison.text).not.toContain(secret);
    expect(await receipt()).toMatchObject({ sha256Withheld: expect.any(String), withheld: ['S13/en'] });
    for (const path of ['receipts/1', 'versions']) {
      const answer = await product.api.get(`${reportOf(2008)}/${path}`);
      for (const told of [secret, sha256]) expect(answer.text).not.toContain(told);
    }
  });
});

describe('what takes two persons', () => {
  it('is not done by one: publishing and withdrawing', async () => {
    const publish = (actor: string) => as(actor, 'POST', `${reportOf(2008)}/publication`, { version: 1 });
    expect((await publish('secretary-1')).status).toBe(200);
    expect(await product.api.read(reportOf(2008))).not.toMatchObject({ report: { published: 1 } });
    expectProblem(await publish('secretary-1'), 409, 'second-person-needed');
    expect((await publish('secretary-2')).status).toBe(200);
    expect(await product.api.read(reportOf(2008))).toMatchObject({ report: { published: 1 } });
    const withdraw = (actor: string) => as(actor, 'POST', `${reportOf(2008)}/withdrawal`, { reason: 'A mistake.' });
    expect((await withdraw('person-1')).status).toBe(200);
    expectProblem(await withdraw('person-1'), 409, 'second-person-needed');
    expect((await withdraw('person-2')).status).toBe(200);
    expect(await product.api.read(reportOf(2008))).toMatchObject({ report: { phase: 'withdrawn' } });
  });

  it('and nobody notes, asks back, publishes or withholds who ever acted for the organization', async () => {
    await record('POST', '/api/organizations/example-registry/appointments', {
      personId: 'person-7',
      role: 'contributor',
      from: '2008-01-01',
    });
    await record('POST', '/api/organizations/example-registry/appointments/end', {
      personId: 'person-7',
      role: 'contributor',
      on: '2008-12-31',
    });
    const noted = await as('person-7', 'POST', `${reportOf(2008)}/notes`, { version: 1, sequence: 1 });
    expectProblem(noted, 403, 'conflict-of-interest');
    const published = await as('person-7', 'POST', `${reportOf(2008)}/publication`, { version: 1 });
    expectProblem(published, 403, 'conflict-of-interest');
    const part = { version: 1, part: 'S13', reason: 'We would rather not.' };
    const withheld = await as('person-7', 'POST', `${reportOf(2008)}/withheld-parts`, part);
    expectProblem(withheld, 403, 'conflict-of-interest');
  });
});

/** RFC 8785 for what a receipt holds: members sorted by their names, no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
