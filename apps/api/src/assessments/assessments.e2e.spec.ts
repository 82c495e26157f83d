import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleAction } from '../../../../test/support/example-action.js';
import { expectProblem } from '../../../../test/support/api.js';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

interface SideBySide {
  readonly reader: string;
  readonly version?: number;
  readonly reviewers: readonly { readonly reviewer: string; readonly phase: string }[];
  readonly criteria: readonly {
    readonly criterion: string;
    readonly claims: readonly { readonly text: string }[];
    readonly findings: readonly {
      readonly reviewer: string;
      readonly standing: string;
      readonly statement: string;
      readonly note?: string;
      readonly comments?: readonly string[];
      readonly laterVersion?: number;
    }[];
  }[];
}
interface Changes {
  readonly version: { readonly from?: number; readonly to?: number };
  readonly versions: readonly { readonly version: number }[];
  readonly sections: readonly { readonly section: string; readonly parts: readonly { readonly kind: string }[] }[];
  readonly citations: Readonly<Record<'added' | 'removed' | 'claimedOtherwise', readonly string[]>>;
  readonly figures: readonly { readonly indicator: string }[];
  readonly clarifications: readonly { readonly clarification: string; readonly state: string }[];
}
interface Inbox {
  readonly waiting: readonly { readonly kind: string; readonly finding?: string; readonly version?: number }[];
}

const source = { title: 'Example minutes', confidence: 'found' };
const REPORT = '/api/reports/ec-performance/2025/example-registry';
const of = (reviewer: string) => `${REPORT}/assessments/${reviewer}`;
const REQUIRED = ['S01', 'S02', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];
const written = (text: string) => ({ lang: 'en', text, origin: 'written' });
const signature = {
  signatory: 'E. Xample',
  on: '2025-07-01',
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
};
const CLAIM = 'Signed within four months.';
const DRAFT = 'CANARY-DRAFT: the minutes show two groups.';
const NOTE = 'CANARY-NOTE: ask the union.';
const REVISED = 'CANARY-REVISED: the minutes show three groups.';

let product: RunningProduct;
let read: number;

const record = (method: string, path: string, body: object = {}, actor = 'secretariat') =>
  product.api.record(method, path, body, { Actor: actor });
const as = (actor: string, method: string, path: string, body: object = {}) =>
  product.api.command(method, path, body, { Actor: actor });
const seenBy = async <Body>(path: string, actor?: string): Promise<Body> =>
  (await product.api.get<Body>(path, actor === undefined ? {} : { Actor: actor })).body;
const sideBySide = (actor?: string, query = '') => seenBy<SideBySide>(`${REPORT}/assessments${query}`, actor);
const findingsSeenBy = async (actor?: string) => (await sideBySide(actor)).criteria.flatMap(({ findings }) => findings);
const inbox = async (actor?: string) => (await seenBy<Inbox>('/api/reviewers/person-7/inbox', actor)).waiting;

const finding = (statement: string) => ({
  statement,
  evidence: [{ action: 'EX-1' }, { section: 'S04' }],
  note: NOTE,
  version: 1,
  sequence: read,
});

/** Every public address at which something about a report or its organization can be read. */
const PUBLIC = [
  `${REPORT}/assessments`,
  of('person-7'),
  `${REPORT}/changes?since=0`,
  REPORT,
  '/api/reports',
  '/api/organizations/example-registry',
  '/api/organizations/example-registry/timeline',
  '/api/organizations/example-registry/comparison?years=2024,2025',
  '/api/reviewers/person-7/inbox',
  '/api/coverage',
  '/organizations/example-registry',
];

async function publicTexts(): Promise<string> {
  const answers = await Promise.all(PUBLIC.map((path) => product.api.get(path)));
  expect(answers.map(({ status }, n) => `${PUBLIC[n]} ${status}`)).toEqual(PUBLIC.map((path) => `${path} 200`));
  return answers.map(({ text }) => text).join('\n');
}

beforeAll(async () => {
  product = await runProduct();
  await record('PUT', '/api/organizations/example-registry', exampleOrganization('Example Registry'));
  const appointments = '/api/organizations/example-registry/appointments';
  const former = { personId: 'person-3', role: 'contributor' };
  await record('POST', appointments, { personId: 'person-2', role: 'focal-point', from: '2024' });
  await record('POST', appointments, { ...former, from: '2010' });
  await record('POST', `${appointments}/end`, { ...former, on: '2012' });
  await record(
    'PUT',
    '/api/actions/EX-1',
    exampleAction({ startedOn: { date: '2024' }, stakeholders: [{ group: 'GOV' }] }),
  );
  const cycle = { title: 'Round', requester: 'example-registry', opensOn: '2025-01', sources: [source] };
  await record('PUT', '/api/cycles/ec-performance/2025', cycle);
  await record('POST', `${REPORT}/draft`, { on: '2025-04-02' });
  for (const section of ['S04', ...REQUIRED]) await record('PUT', `${REPORT}/sections/${section}`, written('As said.'));
  await record('PUT', `${REPORT}/figures/participants`, { value: 214, unit: 'people' });
  await record('PUT', `${REPORT}/citations/EX-1`, { claims: [{ criterion: 'C71-PACE', text: CLAIM }] });
  read = (await record('POST', `${REPORT}/submission`, signature)).body.sequence;
}, 60_000);

afterAll(() => product.remove());

describe('A review', () => {
  it('is not for who ever acted for the organization, even if that was long ago', async () => {
    for (const person of ['person-2', 'person-3']) {
      const refused = await as('secretariat', 'PUT', of(person), { from: '2025-08-01' });
      expectProblem(refused, 403, 'conflict-of-interest');
    }
    expectProblem(await as('person-7', 'PUT', of('person-7'), { from: '2025-08-01' }), 409, 'second-person-needed');
    await record('PUT', of('person-7'), { from: '2025-08-01' });
    await record('PUT', of('person-9'), { from: '2025-08-01' });
  });

  it('begins with a declaration, in the own name', async () => {
    const early = await as('person-7', 'PUT', `${of('person-7')}/findings/F-1`, {
      criterion: 'C71-PACE',
      ...finding(DRAFT),
    });
    expectProblem(early, 409, 'declaration-missing');
    expect(await inbox('person-7')).toMatchObject([{ kind: 'declaration-missing', days: 0 }]);
    expectProblem(await as('secretariat', 'POST', `${of('person-7')}/no-conflict`), 403, 'not-the-reviewer');
    await record('POST', `${of('person-7')}/no-conflict`, {}, 'person-7');
    await record('POST', `${of('person-9')}/no-conflict`, {}, 'person-9');
    expect(await inbox('person-7')).toMatchObject([{ kind: 'version-to-read', version: 1 }]);
  });

  it('keeps a reviewer from being appointed by the organization', async () => {
    const refused = await as('secretariat', 'POST', '/api/organizations/example-registry/appointments', {
      personId: 'person-7',
      role: 'contributor',
      from: '2025-09',
    });
    expectProblem(refused, 403, 'conflict-of-interest');
  });

  it('is pinned to what was there to be read', async () => {
    const draft = { criterion: 'C71-PACE', ...finding(DRAFT) };
    const findings = `${of('person-7')}/findings/F-1`;
    expectProblem(
      await as('person-7', 'PUT', findings, { ...draft, sequence: read - 1 }),
      422,
      'sequence-before-version',
    );
    expectProblem(await as('person-7', 'PUT', findings, { ...draft, version: 2 }), 404, 'version-unknown');
  });
});

describe('A draft finding', () => {
  it('is read by reviewers and the secretariat, and by nobody else', async () => {
    await record('PUT', `${of('person-7')}/findings/F-1`, { criterion: 'C71-PACE', ...finding(DRAFT) }, 'person-7');
    for (const reviewer of ['person-7', 'person-9']) {
      expect(await findingsSeenBy(reviewer)).toMatchObject([{ standing: 'draft', statement: DRAFT, note: NOTE }]);
    }
    for (const other of [undefined, 'person-2', 'person-3', 'person-8']) {
      expect(await findingsSeenBy(other)).toEqual([]);
    }
    expect(await publicTexts()).not.toContain('CANARY');
    expect(await inbox('person-7')).toMatchObject([{ kind: 'draft-to-show', finding: 'F-1' }]);
    expect(await inbox()).toEqual([]);
  });

  it('is not given to the next reader out of what was kept ready for the one before', async () => {
    const path = `${REPORT}/assessments`;
    for (const actor of [undefined, 'person-7', undefined, 'person-2', 'person-7', undefined]) {
      const { text, headers } = await product.api.get(path, actor === undefined ? {} : { Actor: actor });
      expect(text.includes('CANARY')).toBe(actor === 'person-7');
      expect(headers.get('Vary')).toMatch(/Actor/);
    }
    const { headers } = await product.api.get(path, { Actor: 'person-7' });
    expect(headers.get('Cache-Control')).toMatch(/private/);
  });

  it('is shown to the organization without its note, in words that a revision does not change', async () => {
    const F1 = `${of('person-7')}/findings/F-1`;
    await record('POST', `${F1}/showing`, { until: '2999-01-31' }, 'person-7');
    expect(await findingsSeenBy('person-2')).toMatchObject([{ standing: 'shown', statement: DRAFT }]);
    expect(JSON.stringify(await findingsSeenBy('person-2'))).not.toContain('CANARY-NOTE');
    await record('POST', `${F1}/revision`, { ...finding(REVISED), reason: 'One was overlooked' }, 'person-7');
    expect(await findingsSeenBy('person-2')).toMatchObject([{ statement: DRAFT }]);
    expect(await findingsSeenBy('person-9')).toMatchObject([{ standing: 'draft', statement: REVISED }]);
    expectProblem(await as('secretariat', 'POST', `${F1}/publication`), 409, 'finding-not-shown');
    await record('POST', `${F1}/showing`, { until: '2999-01-31' }, 'person-7');
    expectProblem(await as('secretariat', 'POST', `${F1}/publication`), 409, 'organization-not-heard');
    await record('POST', `${F1}/comments`, { text: 'There were three.' }, 'person-2');
    expect(await inbox('person-7')).toMatchObject([{ kind: 'comment-to-consider', finding: 'F-1' }]);
    expect(await publicTexts()).not.toContain('CANARY');
  });
});

describe('A published finding', () => {
  it('stands beside the claim and beside what others find, with the comment, as soon as its version is public', async () => {
    const F1 = `${of('person-7')}/findings/F-1`;
    expectProblem(await as('secretariat', 'POST', `${F1}/publication`), 409, 'version-not-published');
    await record('POST', `${REPORT}/publication`, { version: 1 });
    await record('POST', `${REPORT}/publication`, { version: 1 }, 'second-secretary');
    const before = (await record('POST', `${F1}/publication`)).body.sequence - 1;
    const other = { criterion: 'C71-PACE', ...finding('It took a year.') };
    await record('PUT', `${of('person-9')}/findings/F-1`, other, 'person-9');
    const { criteria, reviewers } = await sideBySide();
    expect(criteria).toMatchObject([
      {
        criterion: 'C71-PACE',
        claims: [{ text: CLAIM }],
        findings: [{ reviewer: 'person-7', statement: REVISED, comments: ['There were three.'] }],
      },
    ]);
    expect(reviewers.map(({ reviewer }) => reviewer)).toEqual(['person-7', 'person-9']);
    expect(await findingsSeenBy('person-9')).toMatchObject([{ reviewer: 'person-7' }, { reviewer: 'person-9' }]);
    expect((await sideBySide(undefined, `?asOf=${before}`)).criteria).toMatchObject([
      { claims: [{ text: CLAIM }], findings: [] },
    ]);
    const texts = await publicTexts();
    expect(texts).not.toMatch(/CANARY-(DRAFT|NOTE)/);
    expect(texts).toContain('CANARY-REVISED');
  });

  it('is in the timeline, and the end of the assessment with it', async () => {
    await record('POST', `${of('person-7')}/conclusion`, { summary: 'Read with care.' }, 'person-7');
    const { entries } = await seenBy<{ entries: { kind: string; detail?: string }[] }>(
      '/api/organizations/example-registry/timeline',
    );
    const kinds = entries.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'reviewer-assigned')).toHaveLength(2);
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'finding-published', detail: REVISED }));
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'assessment-concluded', detail: 'Read with care.' }),
    );
  });
});

describe('What has changed since I last looked', () => {
  it('tells sections, citations, figures, versions and clarifications, and nothing of a draft', async () => {
    const since = (await record('POST', `${REPORT}/notes`, { version: 1, sequence: read })).body.sequence;
    const changes = (actor?: string) => seenBy<Changes>(`${REPORT}/changes?since=${since}`, actor);
    const ask = (clarification: string, visibility: string) =>
      record(
        'POST',
        `${REPORT}/clarifications`,
        { clarification, section: 'S04', question: 'Who took part?', visibility },
        'person-9',
      );
    await ask('Q-1', 'public');
    await ask('Q-2', 'internal');
    await record('POST', `${REPORT}/clarifications/Q-1/answer`, { text: 'Twelve.', visibility: 'public' }, 'person-2');
    await record('POST', `${REPORT}/amendment`, { reason: 'A figure', material: true, sections: ['S04'] });
    await record('PUT', `${REPORT}/sections/S04`, { ...written('As said, in February.'), seen: 99 });
    expect(await changes()).toMatchObject({ version: { from: 1, to: 1 }, versions: [], sections: [] });
    await record('PUT', `${REPORT}/figures/participants`, { value: 241, unit: 'people' });
    await record('POST', `${REPORT}/citations/EX-1/removal`, { reason: 'To be claimed otherwise' });
    await record('PUT', `${REPORT}/citations/EX-1`, { claims: [{ criterion: 'C71-PACE', text: 'In three months.' }] });
    await record('POST', `${REPORT}/submission`, { ...signature, on: '2025-09-01' });
    expect(await changes()).toMatchObject({
      version: { from: 1, to: 2 },
      versions: [{ version: 2 }],
      sections: [{ section: 'S04' }],
      citations: { added: [], removed: [], claimedOtherwise: ['EX-1'] },
      figures: [{ indicator: 'participants', from: 214, to: 241 }],
      clarifications: [{ clarification: 'Q-1', state: 'answered' }],
    });
    expect((await changes('person-9')).clarifications.map((each) => each.clarification)).toEqual(['Q-1', 'Q-2']);
    expect((await changes('person-2')).clarifications.map((each) => each.clarification)).toEqual(['Q-1']);
  });

  it('shows a finding as it was made, and says that there is a later version', async () => {
    const found = (await findingsSeenBy()).find(({ reviewer }) => reviewer === 'person-7');
    expect(found).toMatchObject({ statement: REVISED, version: 1, laterVersion: 2 });
    const waiting = (await seenBy<Inbox>('/api/reviewers/person-9/inbox', 'person-9')).waiting;
    expect(waiting.map(({ kind }) => kind)).toEqual(['draft-to-show', 'clarification-answered', 'later-version']);
    expect(await inbox('person-7')).toEqual([]);
  });

  it('needs to know since when, and a time that was', async () => {
    expectProblem(await product.api.get(`${REPORT}/changes`), 400, 'query-parameter-malformed');
    expectProblem(await product.api.get(`${REPORT}/changes?since=-1`), 400, 'query-parameter-malformed');
    expectProblem(await product.api.get(`${REPORT}/changes?since=999999`), 503, 'sequence-not-reached');
    const turned = await product.api.get(`${REPORT}/changes?since=7&asOf=5`);
    expectProblem(turned, 400, 'query-parameter-malformed');
    expect(turned.text).toContain('must not be later than asOf, which is the sequence 5');
  });
});

describe('A conflict of interest', () => {
  it('is read by the secretariat only, and ends what the reviewer may read', async () => {
    const conflict = { kind: 'financial', text: 'CANARY-CONFLICT' };
    await record('POST', `${of('person-9')}/conflict`, conflict, 'person-9');
    expect(await publicTexts()).not.toContain('CANARY-CONFLICT');
    expect((await sideBySide('person-9')).reader).toBe('public');
    const shown = await product.api.get(of('person-9'), { Actor: 'person-1', 'Actor-Role': 'secretariat' });
    expect(shown.text).toContain('CANARY-CONFLICT');
    expectProblem(
      await as('person-9', 'POST', `${of('person-9')}/findings/F-1/showing`, { until: '2999-01-31' }),
      403,
      'conflict-of-interest',
    );
  });
});
