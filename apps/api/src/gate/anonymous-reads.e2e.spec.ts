import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Identity } from '#identity';
import { expectProblem } from '../../../../test/support/api.js';
import { type Persona, signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const BROWSER = { Accept: 'text/html' };
const COSTLY = [
  '/api/search?q=registry',
  '/api/changes?limit=7',
  '/api/events?limit=7',
  '/search?q=council',
  '/api/deadlines?limit=7',
  '/api/deadlines.ics?kind=request',
  '/deadlines?kind=request',
];

let product: RunningProduct;
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  product.api.send('GET', path, undefined, headers);
const from = (address: string) => ({ 'X-Forwarded-For': address });

let asked = 0;

/** Asks for something else each time: what is ready costs nothing, and is not counted. */
async function useUp(headers: Readonly<Record<string, string>>): Promise<void> {
  for (let n = 0; n < 3; n++) expect((await get(`/api/search?q=word-${++asked}`, headers)).status).toBe(200);
}

describe('Where people sign in, who has not', () => {
  let persona: Persona;
  beforeAll(async () => {
    product = await runProduct({
      env: { PEOPLE: 'required', PROXIES: '127.0.0.1', ANONYMOUS_READS_PER_MINUTE: '3' },
    });
    persona = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
  }, 90_000);
  afterAll(() => product.remove());

  it.each(COSTLY)('is told to wait before they ask more often for %s, and for how long', async (path) => {
    const here = from(`192.0.2.${COSTLY.indexOf(path)}`);
    await useUp(here);
    const answer = await get(path, here);
    expectProblem(answer, 429, 'too-many-reads');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(20);
    expect(answer.text).toMatch(/You can ask again from 20\d\d-[\dT:.-]+Z on\./);
  });

  it('is told so on a page, too', async () => {
    const here = from('192.0.2.10');
    await useUp(here);
    const answer = await get('/search?q=registry', { ...here, ...BROWSER });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.text).toMatch(/<h1[^>]*>You have asked too often/);
  });

  it('reads all else, and whoever comes from elsewhere reads all', async () => {
    const here = from('192.0.2.11');
    await useUp(here);
    for (const path of ['/api/organizations', '/api/cycles', '/api/events/0', '/health/live'])
      expect({ path, status: (await get(path, here)).status }).toEqual({ path, status: 200 });
    expect((await get('/api/search?q=council', from('192.0.2.12'))).status).toBe(200);
  });

  it('is not who they say they are', async () => {
    const here = from('192.0.2.13');
    await useUp(here);
    const proxied = from('198.51.100.7, 192.0.2.13');
    expectProblem(await get('/api/search?q=minutes', proxied), 429, 'too-many-reads');
    const guessing = { ...here, Authorization: 'Bearer made-up' };
    expectProblem(await get('/api/search?q=minutes', guessing), 401, 'not-signed-in');
    const stale = { ...here, Cookie: '__Host-para71=made-up' };
    expectProblem(await get('/api/search?q=minutes', stale), 429, 'too-many-reads');
  });

  it('is limited, and who has signed in is not, with a session or a token', async () => {
    const { credentials } = product.app.get(Identity);
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { text } = await credentials.issueToken(persona.person, { name: 'Example', scopes: ['read'], until });
    for (const who of [persona.headers, { Authorization: `Bearer ${text}` }]) {
      const here = { ...from('192.0.2.14'), ...who };
      for (let n = 0; n < 3; n++)
        for (const path of COSTLY)
          expect({ path, status: (await get(path, here)).status }).toEqual({ path, status: 200 });
    }
  });
});

describe('Where nobody signs in', () => {
  beforeAll(async () => {
    product = await runProduct({ env: { ANONYMOUS_READS_PER_MINUTE: '1' } });
  });
  afterAll(() => product.remove());

  it('nobody is limited', async () => {
    for (let n = 0; n < 5; n++) expect((await get(`/api/search?q=word-${n}`)).status).toBe(200);
  });
});
