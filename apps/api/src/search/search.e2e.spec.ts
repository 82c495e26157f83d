import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleAction } from '../../../../test/support/example-action.js';
import { expectProblem } from '../../../../test/support/api.js';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';
import { encodeCursor } from '../http/paging.js';

interface Piece {
  readonly text: string;
  readonly marked?: true;
}
interface Item {
  readonly kind: string;
  readonly href: string;
  readonly title?: readonly Piece[];
  readonly snippet: readonly Piece[];
  readonly version?: number | 'draft';
  readonly superseded?: true;
  readonly isRestricted?: true;
}
interface Answer {
  readonly asOf: number;
  readonly total: number;
  readonly items: readonly Item[];
  readonly next?: string;
}

const source = { title: 'Example minutes', confidence: 'found' };
const REPORT = '/api/reports/ec-performance/2008/example-registry';
const REQUIRED = ['S01', 'S02', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];
const signature = {
  signatory: 'E. Xample',
  on: '2008-05-20',
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
};

let product: RunningProduct;

const record = (method: string, path: string, body: object = {}) => product.api.record(method, path, body);
const say = (section: string, text: string, lang = 'en', more = {}) =>
  record('PUT', `${REPORT}/sections/${section}`, { lang, text, origin: 'written', ...more });
const query = (q: string, more: Readonly<Record<string, string>> = {}) =>
  `/api/search?${new URLSearchParams({ q, ...more }).toString()}`;
const search = async (q: string, more: Readonly<Record<string, string>> = {}, headers = {}) => {
  const { status, text, body } = await product.api.get<Answer>(query(q, more), headers);
  if (status !== 200) throw new Error(text);
  return body;
};
const kinds = ({ items }: Answer) => items.map(({ kind }) => kind);
const shown = (pieces: readonly Piece[] = []) =>
  pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

beforeAll(async () => {
  product = await runProduct();
  const profile = { kind: 'TECHNICAL_COORDINATION', description: 'Keeps a list of <b>names</b>.' };
  await record('PUT', '/api/organizations/example-registry', {
    name: 'Example Registry',
    acronym: 'EXR',
    profile,
    sources: [source],
  });
  await record('PUT', '/api/organizations/example-registry/name', {
    name: 'Institut des Numéros',
    acronym: 'EXR',
    on: '2007',
    reason: 'New statutes',
  });
  await record(
    'PUT',
    '/api/actions/EX-1',
    exampleAction({ title: 'Two meetings on delegations', startedOn: { date: '2008-10' } }),
  );
  await record('PUT', '/api/cycles/ec-performance/2008', {
    title: 'Example cycle',
    opensOn: '2008-01-15',
    sources: [source],
  });
  await record('POST', `${REPORT}/draft`, { on: '2008-04-02' });
  for (const section of REQUIRED) await say(section, 'Nothing to add.');
  await say('S04', 'We opened the register of delegations.');
  await say('S04', 'Nous avons ouvert le registre.', 'fr');
  await say('S06', '我们公布了域名登记册。', 'zh-Hans');
});
afterAll(() => product.remove());

describe('GET /api/search', () => {
  it('finds an organization by the name that it had, and by its acronym', async () => {
    for (const q of ['example registry', 'exr', 'numeros']) {
      const [first] = (await search(q)).items;
      expect(first).toMatchObject({ kind: 'organization', href: '/api/organizations/example-registry' });
    }
  });

  it('shows in pieces what was looked for, as it is written', async () => {
    const { items } = await search('NUMEROS names');
    expect(shown(items[0]!.title)).toBe('Institut des [Numéros] · EXR · Example Registry');
    expect(shown(items[0]!.snippet)).toBe('Keeps a list of <b>[names]</b>.');
  });

  it('puts first what says it in its title', async () => {
    const answer = await search('delegations');
    expect(kinds(answer)).toEqual(['action', 'section']);
    expect(answer.total).toBe(2);
  });

  it('is narrowed down by kind, organization, year, language and track', async () => {
    expect(kinds(await search('delegations', { kind: 'section' }))).toEqual(['section']);
    expect(kinds(await search('delegations', { track: 'EC' }))).toEqual(['action']);
    expect(kinds(await search('delegations', { track: 'IGF' }))).toEqual([]);
    expect(kinds(await search('delegations', { organization: 'example-registry', year: '2008' }))).toHaveLength(2);
    expect(kinds(await search('delegations', { year: '2009' }))).toEqual([]);
    expect(kinds(await search('registre', { language: 'FR' }))).toEqual(['section']);
    expect(kinds(await search('registre', { language: 'en' }))).toEqual([]);
    expect(kinds(await search('域名', { language: 'zh' }))).toEqual(['section']);
  });

  it('finds a draft under its address, and marks what a later version says otherwise', async () => {
    const [draft] = (await search('"opened the register"')).items;
    expect(draft).toMatchObject({ version: 'draft', isRestricted: true, href: `${REPORT}?version=draft` });
    await record('POST', `${REPORT}/submission`, signature);
    await record('POST', `${REPORT}/amendment`, { reason: 'A word was wrong', material: false, sections: ['S04'] });
    const { revision } = await product.api.read<{ revision: number }>(REPORT);
    await say('S04', 'We opened the register of delegated names.', 'en', { seen: revision });
    await record('POST', `${REPORT}/submission`, { ...signature, on: '2008-06-20' });
    const { items } = await search('"opened the register"');
    const versions = items.map(({ version, superseded, href }) => ({ version, superseded, href }));
    expect(versions).toContainEqual({ version: 1, superseded: true, href: `${REPORT}?version=1` });
    expect(versions).toContainEqual({ version: 2, superseded: undefined, href: `${REPORT}?version=2` });
    const unchanged = (await search('registre')).items;
    expect(unchanged.map(({ version, superseded }) => ({ version, superseded }))).toEqual([{ version: 2 }]);
  });

  it('shows what was recorded as soon as the command is answered, and says as of when', async () => {
    for (const n of [1, 2, 3]) {
      const body = exampleOrganization(`Sample Body ${n}`);
      const { body: recorded } = await record('PUT', `/api/organizations/sample-body-${n}`, body);
      const answer = await search('"sample body"');
      expect(answer.total).toBe(n);
      expect(answer.asOf).toBe((recorded as { sequence: number }).sequence);
    }
  });

  it('goes on where the page before ended', async () => {
    const whole = await search('nothing');
    const paged: Item[] = [];
    let cursor: string | undefined = '';
    do {
      const page: Answer = await search('nothing', { limit: '5', ...(cursor && { cursor }) });
      expect(page.total).toBe(whole.total);
      paged.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(whole.total).toBe(REQUIRED.length);
    expect(paged).toEqual(whole.items);
  });

  it.each([
    ['q=', 'q'],
    ['', 'q'],
    ['q=%22%2A%22%20-', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a&kind=person', 'kind'],
    ['q=a&organization=example%22%20OR%20%22x', 'organization'],
    ['q=a&organization=%00', 'organization'],
    ['q=a&year=08', 'year'],
    ['q=a&language=%22', 'language'],
    ['q=a&track=ec', 'track'],
  ])('refuses %s, and names what is wrong', async (text, parameter) => {
    const { errors } = expectProblem(await product.api.get(`/api/search?${text}`), 400, 'query-parameter-malformed');
    expect(errors).toEqual([{ parameter, message: expect.any(String) }]);
  });

  it.each(['x', '5', '[]', '[1]', '["1","a","b"]', '[1e400,"a","b"]', '[1,"a",{}]'])(
    'refuses a cursor that somebody made up: %s',
    async (after) => {
      const cursor = encodeCursor({ after }, JSON.stringify(['/api/search', ['q', 'nothing']]));
      const path = `/api/search?${new URLSearchParams({ q: 'nothing', cursor }).toString()}`;
      expectProblem(await product.api.get(path), 400, 'cursor-malformed');
    },
  );

  it('is about the present only', async () => {
    expectProblem(await product.api.get('/api/search?q=a&asOf=1'), 400, 'query-parameter-unknown');
  });

  it('takes nothing of what is typed for a sign of the database', async () => {
    for (const q of [
      '"',
      '"a',
      'a" OR "b',
      'NEAR(a b, 2)',
      'title:a',
      '{title}:a',
      '^a',
      'a + b',
      'a:*',
      "a'; --",
      'AND',
      '(a',
    ]) {
      const { status } = await product.api.get(query(q));
      expect({ q, status }).toEqual({ q, status: q === '"' ? 400 : 200 });
    }
  });

  it('answers 304 to who has the answer, until the record moves on', async () => {
    const first = await product.api.get(query('delegations'));
    const etag = { 'If-None-Match': first.headers.get('ETag')! };
    expect((await product.api.get(query('delegations'), etag)).status).toBe(304);
    expect(first.headers.get('Sequence')).toBe(String((first.body as unknown as Answer).asOf));
  });

  it('finds nothing that is withheld where nobody signs in, since nobody can show who they are', async () => {
    expect((await search('域名')).total).toBe(1);
    const reason = 'Names a private person';
    await record('POST', `${REPORT}/withheld-parts`, { version: 2, part: 'S06/zh-Hans', reason });
    expect(await search('域名')).toMatchObject({ total: 0, items: [] });
    expect((await product.api.get(REPORT)).text).not.toContain('域名');
  });

  it('goes on answering while views and index are built anew', async () => {
    const before = await search('delegations');
    const job = await product.api.command('POST', '/api/jobs/rebuild');
    const path = job.headers.get('Location')!;
    for (let state = 'active'; state !== 'completed';) {
      expect((await search('delegations')).items).toEqual(before.items);
      ({ state } = await product.api.read<{ state: string }>(path));
      expect(state).not.toBe('failed');
    }
    expect((await search('delegations')).items).toEqual(before.items);
  });
});

describe('The page /search', () => {
  const browse = (path: string) => product.api.get(path, { Accept: 'text/html' });

  it('asks for words', async () => {
    const { status, text } = await browse('/search');
    expect(status).toBe(200);
    expect(text).toMatch(/<label for="q">Words<\/label>/);
    expect(text).not.toContain('role="alert"');
  });

  it('marks what was found, and escapes the rest', async () => {
    const { text } = await browse('/search?q=numeros+names&kind=&year=&utm_source=x');
    expect(text).toContain('Institut des <mark>Numéros</mark>');
    expect(text).toContain('&lt;b&gt;<mark>names</mark>&lt;/b&gt;');
    expect(text).toContain('1 place, the best match first.');
  });

  it('says what cannot be looked for, with the form to mend it', async () => {
    const { status, text } = await browse('/search?q=%3Cscript%3E&year=x');
    expect(status).toBe(400);
    expect(text).toMatch(/role="alert">The year must be a year/);
    expect(text).toContain('value="&lt;script&gt;"');
  });

  it('leads on to more, and says so where there is nothing', async () => {
    for (const n of [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]) {
      await record('PUT', `/api/organizations/sample-body-${n}`, exampleOrganization(`Sample Body ${n}`));
    }
    const { text } = await browse('/search?q=sample+body');
    const next = /<a rel="next" href="([^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    const second = (await browse(next)).text;
    const found = (page: string) => page.match(/<li>\s*<h2>/g)?.length;
    expect([found(text), found(second)]).toEqual([20, 2]);
    expect((await browse('/search?q=nobody+said+that')).text).toContain('Nothing that you may read says so.');
  });
});
