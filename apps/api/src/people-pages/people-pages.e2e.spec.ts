import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLog } from '#operation';
import { expectProblem } from '../../../../test/support/api.js';
import { giveRoles, signedIn } from '../../../../test/support/people.js';
import { runProduct, type RunningProduct } from '../../../../test/support/product.js';
import { joined, PASSWORD, Visit, visitBy } from '../../../../test/support/visit.js';

const password = PASSWORD;
const QR = /<svg\s+class="qr"/;
const other = 'a green cow is under the lamp now';

const lines: string[] = [];
const log = openLog({ level: 'info', format: 'json' }, 'api', { write: (line: string) => void lines.push(line) });

describe('The pages of people', () => {
  let product: RunningProduct;

  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'required' }, options: { log } });
  });
  afterAll(() => product.remove());

  const visit = () => new Visit(product.address);
  const visitOf = ({ headers }: { headers: Readonly<Record<string, string>> }) => {
    const browser = visit();
    browser.hold(headers['Cookie']!);
    return browser;
  };

  it('are kept by no cache, whatever they answer', async () => {
    const browser = await visitBy(product, 'kept');
    const paths = ['/account', '/account/tokens', '/account/password', '/second-factor', '/join/x', '/set-up/x'];
    for (const path of [...paths, '/account/recovery-codes', '/sign-in', '/step-up']) {
      expect([path, (await browser.get(path)).headers.get('Cache-Control')]).toEqual([path, 'no-store']);
    }
    expect((await visit().get('/sign-in')).headers.get('Cache-Control')).toBe('no-store');
  });

  it('send whoever is not signed in to sign in, and back to where they were', async () => {
    const { address } = await joined(product, 'back');
    const browser = visit();
    const { status, location } = await browser.get('/account/tokens');
    expect({ status, location }).toEqual({ status: 303, location: '/sign-in?next=%2Faccount%2Ftokens' });
    expect((await browser.get(location!)).text).toContain('name="next" value="/account/tokens"');
    expect((await browser.send('/sign-in', { address, password, next: '/account/tokens' })).location).toBe(
      '/account/tokens',
    );
    expect((await browser.get('/sign-in?next=/coverage')).location).toBe('/coverage');
  });

  it('lead to no other site, whatever a link asks', async () => {
    const { address } = await joined(product, 'redirected');
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const { text } = await visit().get(`/sign-in?next=${encodeURIComponent(next)}`);
      expect(text).not.toContain('evil.example');
      expect((await visit().send('/sign-in', { address, password, next })).location).toBe('/account');
    }
  });

  it('take no form from a page of another site', async () => {
    const browser = await visitBy(product, 'forged');
    const { address } = await joined(product, 'forged2');
    const forged = [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ];
    for (const headers of forged) {
      const changed = { present: password, password: other, again: other };
      expect((await browser.send('/account/password', changed, headers)).status).toBe(403);
      expect((await browser.send('/sign-out', {}, headers)).status).toBe(403);
      const begun = await visit().send('/sign-in', { address, password }, headers);
      expect([begun.status, begun.headers.get('Set-Cookie')]).toEqual([403, null]);
    }
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('take forms only, and the API takes none', async () => {
    const { address } = await joined(product, 'typed');
    const json = { method: 'POST', body: JSON.stringify({ address, password }) };
    const headers = { 'Content-Type': 'application/json' };
    expect((await visit().ask('/sign-in', { ...json, headers })).status).toBe(415);
    const form = await product.api.send('POST', '/api/sign-in', `address=${address}&password=x`, {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expectProblem(form, 415, 'content-type-unsupported');
    const long = await visit().send('/sign-in', { address, password: 'x'.repeat(40_000) });
    expect(long.status).toBe(413);
  });

  it('say what was wrong beside its field, and keep what was typed but the password', async () => {
    const { status, text } = await visit().send('/sign-in', { address: '"a<b>"@x.example', password: other });
    expect(status).toBe(401);
    expect(text).toContain('<a href="#field-address">Address and password do not belong together. Check both.</a>');
    expect(text).toContain('aria-invalid="true"');
    expect(text).toContain('value="&quot;a&lt;b&gt;&quot;@x.example"');
    expect(text).toContain('<title>Not yet: Sign in');
    expect(text).not.toContain(other);
  });

  it('tell whoever tries too often how long to wait, in words', async () => {
    const browser = visit();
    const guess = () => browser.send('/sign-in', { address: 'guessed@people.example', password: 'wrong' });
    for (let n = 0; n < 10; n++) expect((await guess()).status).toBe(401);
    const { status, text, headers } = await guess();
    expect(status).toBe(429);
    expect(text).toMatch(/There were too many attempts\. Wait \d+ seconds?, and try again\./);
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('say of a link that nobody sent what can be done', async () => {
    for (const path of ['/join/made-up', '/join/0b0f3f5e-6a3c-4a52-9a3e-2f6a1f7f0c11.x', '/set-up/made-up']) {
      const { status, text } = await visit().get(path);
      expect(status).toBe(404);
      expect(text).toContain('What you can do');
      expect(text).toContain('href="/sign-in"');
      expect((await visit().send(path, { password, again: password })).status).toBe(404);
    }
  });

  it('lead whoever was given a role that needs a second factor to enrol one', async () => {
    const browser = await visitBy(product, 'promoted');
    const person = /person-[0-9a-f-]{36}/.exec((await browser.get('/account')).text)![0];
    await giveRoles(product, person, { mandates: ['auditor'] });
    const { location } = await browser.get('/account');
    expect(location).toBe('/sign-in');
    expect((await browser.get(location!)).location).toBe('/second-factor');
    expect((await browser.get('/second-factor')).text).toContain('You go on when you have added one.');
    const again = visit();
    const begun = await again.send('/sign-in', { address: 'promoted@people.example', password });
    expect(begun.location).toBe('/second-factor');
    expect((await again.get('/second-factor')).text).toMatch(QR);
  });

  it('name who is signed in above every page, which no shared cache may keep', async () => {
    const erin = await signedIn(product, 'named', {});
    const mine = await visitOf(erin).get('/');
    expect(mine.text).toMatch(/Account of <bdi>named<\/bdi>/);
    expect(mine.headers.get('Cache-Control')).toBe('private, no-cache');
    expect(mine.headers.get('Vary')).toContain('Cookie');
    const anybodys = await visit().get('/coverage');
    expect(anybodys.text).toContain('<a href="/sign-in?next=%2Fcoverage">Sign in</a>');
    expect((await visitOf(erin).get('/nowhere')).text).toContain('<bdi>named</bdi>');
  });

  it('leave nothing in the log of what stands in a link or is typed', async () => {
    const { address } = await joined(product, 'unlogged');
    const canaries = ['link-canary', 'typed-canary', 'query-canary'];
    await visit().get(`/join/${canaries[0]}`);
    await visit().send(`/set-up/${canaries[0]}`, { password: canaries[1]!, again: canaries[1]! });
    await visit().send('/sign-in?next=query-canary', { address, password: canaries[1]! });
    const told = lines.join('\n');
    expect(told).toContain('/join/:secret');
    expect(canaries.filter((canary) => told.includes(canary))).toEqual([]);
  });

  it('end the session of whoever signs out, and take the cookie back', async () => {
    const browser = await visitBy(product, 'leaving');
    const cookie = browser.cookie('__Host-para71')!;
    const { location, headers } = await browser.send('/sign-out');
    expect(location).toBe('/sign-in');
    expect(headers.getSetCookie()[0]).toMatch(/^__Host-para71=; .*Max-Age=0$/);
    browser.hold(`__Host-para71=${cookie}`);
    expect((await browser.get('/account')).status).toBe(303);
  });
});

describe('Where nobody signs in', () => {
  it('/account and /sign-in are answered with a page that says that nothing is there', async () => {
    const product = await runProduct();
    try {
      const browser = new Visit(product.address);
      for (const path of ['/account', '/sign-in', '/step-up', '/set-up/x', '/join/x']) {
        const { status, text } = await browser.get(path);
        expect([path, status]).toEqual([path, 404]);
        expect(text).toContain('<h1>There is nothing at this address</h1>');
        expect(text).not.toContain('Sign in');
      }
    } finally {
      await product.remove();
    }
  });
});
