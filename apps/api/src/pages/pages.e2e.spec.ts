import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../../../test/support/api.js';
import { exampleAction } from '../../../../test/support/example-action.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const BROWSER = { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

const source = { title: 'Minutes of the example council', confidence: 'found' };

let product: RunningProduct;

beforeAll(async () => {
  product = await runProduct();
  const profile = { kind: 'ACADEMIC', stakeholderGroup: 'ACAD', description: 'An example.' };
  const registration = { name: 'Example <i>Registry</i>', acronym: 'ER', profile, sources: [source] };
  await product.api.record('PUT', '/api/organizations/example-registry', registration);
});

afterAll(() => product.remove());

const browse = (path: string, headers: Record<string, string> = {}) =>
  product.api.get(path, { ...BROWSER, ...headers });

describe('a page', () => {
  it.each(['/', '/organizations/example-registry'])('%s is HTML and names the moment of the record', async (path) => {
    const { status, headers, text } = await browse(path);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'none'");
    expect(headers.get('Sequence')).toBe('0');
    expect(text).toContain('As of event 0');
    expect(text).toContain('Example &lt;i&gt;Registry&lt;/i&gt;');
  });

  it('is not sent again to who has it', async () => {
    const first = await browse('/');
    const again = await browse('/', { 'If-None-Match': first.headers.get('ETag')! });
    expect(again).toMatchObject({ status: 304, text: '' });
  });

  it('is sent compressed where that is understood, under an ETag of its own', async () => {
    const plain = await fetch(`${product.address}/`, { headers: { ...BROWSER, 'Accept-Encoding': 'gzip;q=0' } });
    const small = await fetch(`${product.address}/`, { headers: { ...BROWSER, 'Accept-Encoding': 'br, gzip' } });
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(small.headers.get('Content-Encoding')).toBe('gzip');
    expect(await small.text()).toBe(await plain.text());
    expect(small.headers.get('ETag')).not.toBe(plain.headers.get('ETag'));
    expect(small.headers.get('Vary')).toContain('Accept-Encoding');
  });

  it('of the past says that it is one, as of an event or of a time before the first', async () => {
    expect((await browse('/?asOf=0')).text).toContain('This is the record as of event 0');
    expect((await browse('/?asOf=2001-01-01T00:00:00Z')).text).toContain('This is the record before its first event');
  });

  it('lists only what its filter lets through, and takes empty fields of a form for none', async () => {
    expect((await browse('/?kind=&group=ACAD&relevance=')).text).toContain('/organizations/example-registry');
    expect((await browse('/?kind=STANDARDS_BODY')).text).not.toContain('/organizations/example-registry');
  });
});

describe('a comparison that cannot be made', () => {
  const compare = (query: string) => browse(`/organizations/example-registry/compare${query}`);

  it.each(['?years=2008', '?years=2008,2008', '?years=2008&years=2008', '?series=no-such'])(
    'for %s is 400, with the form and what is wrong',
    async (query) => {
      const { status, text } = await compare(query);
      expect(status).toBe(400);
      expect(text).toMatch(/role="alert"[\s\S]*<form/);
    },
  );

  it('for want of two years on record is no fault of who asks', async () => {
    const { status, text } = await compare('');
    expect(status).toBe(200);
    expect(text).toContain('No report and no action of it is on record.');
  });

  it('is made where two years are named, though nothing is on record for them', async () => {
    const { status, text } = await compare('?years=2010&years=2008&series=');
    expect(status).toBe(200);
    expect(text).toContain('2008: Nothing on record');
    expect(text).toContain('Started: <em>cannot be said</em>: no action of this organization is on record.');
  });
});

describe('an address behind which there is nothing', () => {
  it.each([
    '/organizations/nobody',
    '/organizations/nobody/compare',
    '/nowhere',
    '/organizations/example-registry/x/y',
    '/organizations/%22%3E%3Cscript%3E',
    '/assets/style.css',
    '/assets/..%2f..%2fpackage.json',
  ])('%s is a page with a way home for a person', async (path) => {
    const { status, headers, text } = await browse(path);
    expect({ status, type: headers.get('Content-Type') }).toEqual({ status: 404, type: 'text/html; charset=utf-8' });
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(text).toContain('href="/"');
    expect(text).not.toContain('<script');
  });

  it('is a problem for a program, and always one below /api', async () => {
    expectProblem(await product.api.get('/nowhere'), 404, 'route-unknown');
    expectProblem(await product.api.get('/organizations/nobody'), 404, 'organization-unknown');
    expectProblem(await browse('/api/nowhere'), 404, 'route-unknown');
  });

  it('is said by a malformed moment, with how to write one', async () => {
    const { status, text } = await browse('/?asOf=yesterday');
    expect(status).toBe(400);
    expect(text).toMatch(/<h1>[^<]+<\/h1>/);
  });
});

it('has a style under the name of its content, which a cache keeps for a year', async () => {
  const { text } = await browse('/');
  const style = /rel="stylesheet" href="([^"]+)"/.exec(text)![1]!;
  expect(style).toMatch(/^\/assets\/style\.[0-9a-f]{16}\.css$/);
  const answer = await product.api.get(style);
  expect(answer.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  const small = await fetch(product.address + style, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(await small.text()).toBe(answer.text);
});

it('of an organization, a page calls whoever confirmed their part in an action by name, also once they are no partner', async () => {
  const profile = { kind: 'ACADEMIC', description: 'An example.' };
  const union = { name: 'Example Union', profile, sources: [source] };
  await product.api.record('PUT', '/api/organizations/example-union', union);
  const action = exampleAction({ partners: ['example-union'] });
  await product.api.record('PUT', '/api/actions/EX-1', action);
  await product.api.record('POST', '/api/actions/EX-1/partners/example-union/confirmation', { note: 'We did.' });
  const shown = /<a href="\/organizations\/example-union"\s*><bdi>Example Union<\/bdi><\/a\s*>: We did\./;
  expect((await browse('/organizations/example-registry')).text).toMatch(shown);
  const without = { changes: { partners: [] }, reason: 'They only came to see.' };
  await product.api.record('PUT', '/api/actions/EX-1/facts', without);
  expect((await browse('/organizations/example-registry')).text).toMatch(shown);
});
