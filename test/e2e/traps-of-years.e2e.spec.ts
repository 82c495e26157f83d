import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exampleAction } from '../support/example-action.js';
import { exampleOrganization } from '../support/example-organization.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { source, written } from '../support/signed-report.js';

// What went wrong elsewhere when one year followed another, played on a clock that is far ahead of ours.

// Its steps are many requests each, and the machine may be busy with other servers.
jest.setTimeout(60_000);

const THIS = 2041;
const NEXT = 2042;
const REGISTRY = 'example-registry';
const reportOf = (year: number, organization = REGISTRY) => `/api/reports/ec-performance/${year}/${organization}`;
const cycleOf = (year: number) => `/api/cycles/ec-performance/${year}`;
const PRIVATE = 'Our treasurer is ill.';

let product: RunningProduct;
let today = Date.parse(`${THIS}-04-03T09:00:00Z`);
const record = (method: string, path: string, body: object = {}) => product.api.record(method, path, body);
const page = async (path: string) => {
  const { status, text } = await product.api.get(path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return text.replaceAll(/\s+/g, ' ');
};
const pageOf = (year: number, more = '') => page(`${reportOf(year).slice('/api'.length)}${more}`);

beforeAll(async () => {
  product = await runProduct({ options: { now: () => today } });
  for (const id of [REGISTRY, 'example-union', 'example-secretariat']) {
    await record('PUT', `/api/organizations/${id}`, exampleOrganization(id));
  }
});
afterAll(() => product.remove());

async function ask(year: number, organization = REGISTRY): Promise<void> {
  await record('POST', `${reportOf(year, organization)}/request`, {
    requester: 'example-secretariat',
    on: `${year}-03-12`,
    deadline: `${year}-07-31`,
    confidence: 'found',
    sources: [source],
  });
}

async function open(year: number): Promise<void> {
  await record('PUT', cycleOf(year), {
    title: 'Example round',
    requester: 'example-secretariat',
    opensOn: `${year}-03-01`,
    dueOn: `${year}-07-31`,
    sources: [source],
  });
}

async function write(year: number): Promise<void> {
  const { blockers } = await product.api.read<{ blockers: { code: string; section?: string }[] }>(
    `${reportOf(year)}/readiness`,
  );
  for (const { code, section } of blockers) {
    if (code !== 'section-missing') continue;
    const text = section === 'S13' ? PRIVATE : `About ${section}.`;
    await record('PUT', `${reportOf(year)}/sections/${section}`, written(text));
  }
}

const sign = (year: number, on: string) =>
  record('POST', `${reportOf(year)}/submission`, {
    signatory: 'E. Xample',
    on,
    declaration: 'Complete and correct.',
    consentToBeCited: 'by-name',
  });

/** Years that a text names. What is counted, hashed or called by an id names none. */
const yearsIn = (text: string): Set<string> =>
  new Set(text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}/g, '').match(/(?<![\d.,-])(?:19|20)\d{2}(?!\d)/g));

describe('Of a round in a year that nobody thought of', () => {
  beforeAll(async () => {
    await open(THIS);
    await ask(THIS);
    await ask(THIS, 'example-union');
    const relevance = { from: `${THIS}-01`, ground: 'An example', sources: [source] };
    await record('PUT', '/api/organizations/example-secretariat/relevance', relevance);
    await record('POST', `${reportOf(THIS)}/draft`, { on: `${THIS}-04-02` });
    await write(THIS);
    await record('PUT', '/api/actions/EX-1', exampleAction({ startedOn: { date: `${THIS}-02` } }));
    await record('PUT', `${reportOf(THIS)}/citations/EX-1`, { claims: [] });
    await record('PUT', `${reportOf(THIS)}/figures/meetings`, { value: 4, unit: 'meetings' });
    await record('POST', `${reportOf(THIS)}/documents`, {
      document: { title: 'Annex', address: 'https://example.org' },
    });
  });

  it('Trap (CARTS): forms, letters, pages and answers name its year and no other, since none is written into them', async () => {
    const named: [string, string[]][] = [];
    for (const path of [
      cycleOf(THIS),
      `${reportOf(THIS)}?version=draft`,
      `${reportOf(THIS)}/readiness`,
      reportOf(THIS, 'example-union'),
      `/api/deadlines?series=ec-performance&year=${THIS}`,
      `/api/changes?report=ec-performance/${THIS}/${REGISTRY}`,
      `/cycles/ec-performance/${THIS}`,
      reportOf(THIS).slice('/api'.length),
      `${reportOf(THIS).slice('/api'.length)}/history`,
      `/deadlines?series=ec-performance&year=${THIS}`,
    ])
      named.push([path, [...yearsIn(await page(path))]]);
    const letters = await record('POST', `${cycleOf(THIS)}/requests/preview`, {
      to: { organizations: ['example-secretariat'] },
      on: `${THIS}-04-01`,
      confidence: 'found',
      sources: [source],
    });
    expect(letters.body).toMatchObject({ reached: [{ organization: 'example-secretariat' }] });
    named.push(['letters', [...yearsIn(letters.text)]]);
    // The two that tell of nothing but sections name none.
    expect(named.filter(([, years]) => years.length).length).toBeGreaterThanOrEqual(named.length - 2);
    expect(named.flatMap(([path, years]) => years.filter((year) => year !== `${THIS}`).map(() => path))).toEqual([]);
  });

  it('Trap (UNGC): who could not submit on the last day is given grace on the record, and is not late', async () => {
    today = Date.parse(`${THIS}-08-03T09:00:00Z`);
    const standing = () => product.api.read<{ punctuality: string }>(reportOf(THIS));
    expect(await standing()).toMatchObject({ punctuality: 'overdue' });
    expect(await pageOf(THIS)).toContain('Overdue');
    const reason = 'Nobody could sign in on the last day.';
    for (const late of [REGISTRY, 'example-union'])
      await record('PUT', `${reportOf(THIS, late)}/deadline`, { to: `${THIS}-08-05`, reason });
    await sign(THIS, `${THIS}-08-03`);
    expect(await standing()).toMatchObject({
      punctuality: 'on-time',
      report: { deadline: `${THIS}-08-05`, extensions: [{ from: `${THIS}-07-31`, reason }] },
    });
    const shown = await pageOf(THIS);
    expect(shown).toContain(reason);
    expect(shown).not.toContain('Overdue');
  });
});

describe('When the next year begins', () => {
  const list = async (year: number) =>
    (await product.api.read<{ items: object[] }>(`/api/reports?series=ec-performance&year=${year}`)).items;
  let before: object[];

  beforeAll(async () => {
    before = await list(THIS);
    today = Date.parse(`${NEXT}-04-03T09:00:00Z`);
    await open(NEXT);
    await ask(NEXT);
  });

  it('Trap (opendatasurvey#735): what was not finished in the year before is still there, on pages and in lists', async () => {
    expect(await list(THIS)).toEqual(before);
    expect(before).toMatchObject([{ organization: REGISTRY, phase: 'submitted' }, { organization: 'example-union' }]);
    const union = { organization: 'example-union', year: THIS };
    const { items } = await product.api.read<{ items: object[] }>('/api/deadlines?state=overdue');
    expect(items).toContainEqual(expect.objectContaining(union));
    expect(await page('/deadlines?state=overdue')).toContain(`/reports/ec-performance/${THIS}/example-union`);
    const { inboxes } = await product.api.read<{ inboxes: { waiting: object[] }[] }>('/api/inbox?role=secretariat');
    expect(inboxes.flatMap(({ waiting }) => waiting)).toContainEqual(expect.objectContaining(union));
    expect(await page(`/cycles/ec-performance/${THIS}`)).toContain('example-union');
  });

  it('Trap (opendatasurvey#491): no list, count or page mixes the years', async () => {
    expect(await list(NEXT)).toMatchObject([{ organization: REGISTRY, phase: 'requested', year: NEXT }]);
    for (const year of [THIS, NEXT]) {
      expect(new Set((await list(year)).map((item) => (item as { year: number }).year))).toEqual(new Set([year]));
      const shown = await page(`/cycles/ec-performance/${year}`);
      const other = year === THIS ? NEXT : THIS;
      expect(shown).toContain(`/reports/ec-performance/${year}/`);
      expect(shown).not.toContain(`/reports/ec-performance/${other}/`);
    }
  });

  it('Trap (MCR): copying last year copies what may be copied, marked with its year, and nothing else', async () => {
    await record('POST', `${reportOf(NEXT)}/draft`, { on: `${NEXT}-04-02`, prefilledFrom: THIS });
    const { text, body } = await product.api.get<{
      sections: { section: string; origin: string; basedOn: object }[];
      citations: object;
      figures: object;
      report: { documents?: object[] };
    }>(`${reportOf(NEXT)}?version=draft`);
    expect(body.sections.length).toBeGreaterThan(3);
    for (const { section, origin, basedOn } of body.sections)
      expect({ origin, basedOn }).toEqual({ origin: 'prefilled', basedOn: { year: THIS, section } });
    for (const ofOneYear of ['S02', 'S04', 'S13', 'S14', 'S17'])
      expect(body.sections.map(({ section }) => section)).not.toContain(ofOneYear);
    expect(body).toMatchObject({ citations: {}, figures: {} });
    expect(body.report.documents ?? []).toEqual([]);
    for (const each of [text, await pageOf(NEXT), await pageOf(NEXT, '/history')]) expect(each).not.toContain(PRIVATE);
  });
});
