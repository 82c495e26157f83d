import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Identity } from '#identity';
import type { ProductOptions } from '../../apps/api/src/product.js';
import { expectProblem } from '../support/api.js';
import { Browser, CLIENT, ExampleId, PUBLIC_URL } from '../support/oidc.js';
import { codeNow, giveRoles, invitationOf, type Persona, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { foldersOf } from '../support/setup.js';
import { freePort } from '../support/redis.js';

let id: ExampleId;
let product: RunningProduct;
let administrator: Persona;
let persons = 0;

const started = (issuer: string, env: NodeJS.ProcessEnv = {}, options: ProductOptions = {}) =>
  runProduct({
    env: { PEOPLE: 'required', PUBLIC_URL, OIDC_ISSUER: issuer, OIDC_NAME: 'Example ID', ...CLIENT, ...env },
    options,
  });

const identityOf = ({ app }: RunningProduct) => app.get(Identity);
const newBrowser = (of = product) => new Browser(of.api.address);

/** Whoever has joined by the account at the provider, in the browser in which they did. */
async function joined(account: string, of = product): Promise<{ person: string; browser: Browser }> {
  const { people } = identityOf(of);
  const person = await people.register('Erin Xample', `joined-${++persons}@registry.example`);
  await people.invite(person, person);
  id.account = account;
  const browser = newBrowser(of);
  const landing = await browser.visit(`/sign-in/oidc?invitation=${await invitationOf(of, person)}`);
  expect(landing).toMatchObject({ status: 200, path: '/account' });
  return { person, browser };
}

const me = async (browser: Browser, of = product) =>
  of.api.send<{ person?: string; isProven?: boolean; code?: string }>('GET', '/api/me', undefined, {
    Cookie: browser.cookies(),
  });

/** Links the account of whoever has a session with one at the provider, through the page of their account. */
async function linked(persona: Persona, account: string, headers = { 'Sec-Fetch-Site': 'same-origin' }) {
  id.account = account;
  const browser = newBrowser();
  const answer = new Headers();
  answer.append('Set-Cookie', persona.headers['Cookie']!);
  browser.keep(answer);
  return browser.visit('/sign-in/oidc?for=link', headers);
}

beforeAll(async () => {
  id = await ExampleId.start();
  product = await started(id.issuer);
  administrator = await signedIn(product, 'administrator', { mandates: ['administrator'] });
});
afterAll(async () => {
  await product.remove();
  await id.stop();
});
beforeEach(() => {
  Object.assign(id, { account: 'nobody', methods: ['pwd'], refuses: false, forgery: undefined });
});

describe('By an account at a provider', () => {
  it('an invitation is accepted without a password, and its person signs in from then on', async () => {
    const { person, browser } = await joined('erin-at-example-id');
    expect((await me(browser)).body.person).toBe(person);
    const again = newBrowser();
    expect(await again.visit('/sign-in/oidc?next=%2Fcoverage')).toMatchObject({ status: 200, path: '/coverage' });
    expect((await me(again)).body.person).toBe(person);
    // Through all that, nothing but the way there and back was asked of this server.
    expect(again.visited[1]).toMatch(/^\/sign-in\/oidc\/callback\?code=[\w-]+&state=[\w-]{43}/);
  });

  it('the account there is in no file in plain words', async () => {
    const account = 'canary-4711-at-example-id';
    const { person } = await joined(account);
    const filesIn = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
    const files = (await foldersOf(product.dataDir)).flatMap(filesIn).filter((file) => statSync(file).isFile());
    expect(files.filter((file) => readFileSync(file).includes(person)).length).toBeGreaterThan(0);
    for (const text of [
      account,
      Buffer.from(account).toString('base64').slice(0, -2),
      Buffer.from(account).toString('hex'),
    ])
      expect(files.filter((file) => readFileSync(file).includes(text))).toEqual([]);
  });

  it('nobody becomes anybody who was not linked, and no account is made', async () => {
    const { directory } = identityOf(product);
    const before = directory.size;
    id.account = 'a-stranger';
    const browser = newBrowser();
    const landing = await browser.visit('/sign-in/oidc');
    expect(landing).toMatchObject({ status: 403, path: expect.stringMatching(/^\/sign-in\/oidc\/callback/) });
    expect(landing.text).toMatch(/No account was made/);
    expectProblem(await me(browser), 401, 'not-signed-in');
    await directory.catchUp();
    expect(directory.size).toBe(before);
  });

  it('an equal address is no reason to be let in', async () => {
    await signedIn(product, 'equal');
    id.account = 'equal@people.example';
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
  });

  it('somebody signs in who linked it from their account, with a fresh second factor, up to when they unlink it', async () => {
    const persona = await signedIn(product, 'linker');
    const { api } = product;
    const stale = await identityOf(product).sessions.begin(persona.person, 'full');
    const asked = { Cookie: `__Host-para71=${stale}` };
    expectProblem(await api.send('POST', '/api/provider/link', undefined, asked), 401, 'step-up-needed');
    const { headers } = persona;
    expect((await api.send('GET', '/api/provider', undefined, headers)).body).toEqual({
      name: 'Example ID',
      isLinked: false,
    });
    const departure = await api.send<{ address: string }>('POST', '/api/provider/link', undefined, headers);
    const browser = newBrowser();
    browser.keep(departure.headers);
    const session = new Headers();
    session.append('Set-Cookie', headers['Cookie']!);
    browser.keep(session);
    id.account = 'linker-at-example-id';
    expect(await browser.visit(departure.body.address)).toMatchObject({ status: 200, path: '/account?done=linked' });
    expect((await api.send('GET', '/api/provider', undefined, headers)).body).toMatchObject({ isLinked: true });

    const other = newBrowser();
    // Their password was not asked for, and their second factor is.
    expect(await other.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/sign-in/code' });
    expectProblem(await me(other), 401, 'not-signed-in');
    expect((await api.send('POST', '/api/provider/unlink', undefined, asked)).status).toBe(401);
    // They have no password in this test, and would be shut out.
    expectProblem(await api.send('POST', '/api/provider/unlink', undefined, headers), 409, 'oidc-only-way-in');
    await identityOf(product).credentials.setPassword(persona.person, 'the cow jumps over my green lamp');
    expect((await api.send('POST', '/api/provider/unlink', undefined, headers)).status).toBe(200);
    expectProblem(await api.send('POST', '/api/provider/unlink', undefined, headers), 409, 'oidc-not-linked');
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
  });

  it('is linked with one person, and by nobody for another', async () => {
    await joined('taken-at-example-id');
    const persona = await signedIn(product, 'second-linker');
    expect((await linked(persona, 'taken-at-example-id')).status).toBe(409);
    // A page of another site may have signed this browser in there as somebody else.
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await linked(persona, 'mine-at-example-id', { 'Sec-Fetch-Site': site })).status).toBe(403);
    expect(await linked(persona, 'mine-at-example-id')).toMatchObject({ status: 200, path: '/account?done=linked' });
  });

  it('is not linked with whoever else signed in to the browser meanwhile', async () => {
    const [first, second] = [await signedIn(product, 'first-here'), await signedIn(product, 'second-here')];
    id.account = 'first-here-at-example-id';
    const departure = await product.api.send<{ address: string }>(
      'POST',
      '/api/provider/link',
      undefined,
      first.headers,
    );
    const browser = newBrowser();
    browser.keep(departure.headers);
    const session = new Headers();
    session.append('Set-Cookie', second.headers['Cookie']!);
    browser.keep(session);
    expect((await browser.visit(departure.body.address)).status).toBe(400);
  });
});

describe('The way to the provider and back', () => {
  const CALLBACK = /\/sign-in\/oidc\/callback\?/;

  /** A browser that is about to come back with a good answer. */
  async function returning(account = 'erin-at-example-id') {
    id.account = account;
    const browser = newBrowser();
    const { path } = await browser.visit('/sign-in/oidc', {}, CALLBACK);
    return { browser, address: path };
  }

  it('is gone with PKCE, state and nonce, and asks for nothing but who it is', async () => {
    const browser = newBrowser();
    const { path } = await browser.visit('/sign-in/oidc', {}, /^http:\/\/127\.0\.0\.1:\d+\/auth\?/);
    const asked = Object.fromEntries(new URL(path).searchParams);
    expect(asked).toEqual({
      client_id: 'para71',
      redirect_uri: `${PUBLIC_URL}/sign-in/oidc/callback`,
      response_type: 'code',
      scope: 'openid',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(asked['state']).not.toBe(asked['nonce']);
  });

  it('ends where the state is another one, and can still be gone with the right one', async () => {
    const { browser, address } = await returning();
    const wrong = new URL(address);
    wrong.searchParams.set('state', 'A'.repeat(43));
    expect((await browser.visit(wrong.href)).status).toBe(400);
    wrong.searchParams.delete('state');
    expect((await browser.visit(wrong.href)).status).toBe(400);
    expectProblem(await me(browser), 401, 'not-signed-in');
    expect((await browser.visit(address)).status).toBe(200);
  });

  it('is gone once: a callback that is sent again signs nobody in, also with the cookie from before', async () => {
    const { browser, address } = await returning();
    const before = browser.cookies();
    expect((await browser.visit(address)).status).toBe(200);
    expect((await browser.visit(address)).status).toBe(400);
    const thief = newBrowser();
    const kept = new Headers();
    kept.append('Set-Cookie', before);
    thief.keep(kept);
    expect((await thief.visit(address)).status).toBe(400);
    expectProblem(await me(thief), 401, 'not-signed-in');
  });

  it('is gone in one browser: an answer that another one got is none here', async () => {
    const { address } = await returning();
    const { browser: victim } = await returning();
    const landing = await victim.visit(address);
    expect(landing.status).toBe(400);
    expect(landing.text).toMatch(/was not begun in this browser/);
    expect((await newBrowser().visit(address)).status).toBe(400);
  });

  it('does not lead on to another site', async () => {
    id.account = 'erin-at-example-id';
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/sign-in/oidc'])
      expect(await newBrowser().visit(`/sign-in/oidc?next=${encodeURIComponent(next)}`)).toMatchObject({
        status: 200,
        path: '/account',
      });
  });

  it('ends with words where the provider lets nobody in', async () => {
    id.refuses = true;
    const landing = await newBrowser().visit('/sign-in/oidc');
    expect(landing.status).toBe(401);
    expect(landing.text).toMatch(/The provider did not let you in/);
    expect(landing.headers.get('cache-control')).toBe('no-store');
  });

  it('ends where the token has another nonce', async () => {
    const browser = newBrowser();
    const { path } = await browser.visit('/sign-in/oidc', {}, /\/auth\?/);
    const changed = new URL(path);
    changed.searchParams.set('nonce', 'of-another-flow');
    id.account = 'erin-at-example-id';
    expect((await browser.visit(changed.href)).status).toBe(401);
    expectProblem(await me(browser), 401, 'not-signed-in');
  });

  const now = () => Math.floor(Date.now() / 1_000);
  it.each([
    ['is for another audience', () => ({ aud: 'another-client' })],
    ['is for others, too, and was given to one of them', () => ({ aud: ['para71', 'other'], azp: 'other' })],
    ['comes from another issuer', () => ({ iss: 'https://other.example' })],
    ['is too old', () => ({ iat: now() - 7_200, exp: now() - 3_600 })],
    ['names nobody', () => ({ sub: undefined })],
    ['has another nonce', () => ({ nonce: 'another' })],
  ])('ends where the token %s', async (_, change) => {
    const { browser, address } = await returning();
    id.forgery = (claims) => ({ ...claims, ...change() });
    const landing = await browser.visit(address);
    expect(landing.status).toBe(401);
    expect(landing.text).toMatch(/What the provider answered is not good/);
    expectProblem(await me(browser), 401, 'not-signed-in');
  });

  it('ends where the token is signed with another key', async () => {
    const { browser, address } = await returning();
    const own = id.signedWith;
    id.forgery = (claims) => claims;
    id.signedWith = ExampleId.anotherKey();
    expect((await browser.visit(address)).status).toBe(401);
    id.signedWith = own;
    // The forgery itself is no reason: with the key of the provider it is taken.
    const right = await returning();
    expect((await right.browser.visit(right.address)).status).toBe(200);
  });
});

describe('An account here that has ended', () => {
  it('is not opened from there: not a closed one', async () => {
    const { person } = await joined('closed-at-example-id');
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(200);
    await product.api.send('POST', `/api/persons/${person}/closing`, undefined, administrator.headers);
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
  });

  it('is not opened from there: not that of an erased person, and the account there is free for somebody else', async () => {
    const { person, browser } = await joined('erased-at-example-id');
    const { people } = identityOf(product);
    await people.erase(person, 'asked-by-the-person', 'person-a');
    await people.erase(person, 'asked-by-the-person', 'person-b');
    expectProblem(await me(browser), 401, 'not-signed-in');
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
    const other = await joined('erased-at-example-id');
    expect(other.person).not.toBe(person);
  });

  it('is not made by an invitation that was used', async () => {
    const { people } = identityOf(product);
    const person = await people.register('Erin Xample', 'used@registry.example');
    await people.invite(person, person);
    const secret = await invitationOf(product, person);
    id.account = 'used-at-example-id';
    const [first, second] = [newBrowser(), newBrowser()];
    const coming = await second.visit(`/sign-in/oidc?invitation=${secret}`, {}, /\/callback\?/);
    expect((await first.visit(`/sign-in/oidc?invitation=${secret}`)).status).toBe(200);
    expect((await second.visit(coming.path)).status).toBe(404);
    expect((await second.visit(`/sign-in/oidc?invitation=${secret}`)).status).toBe(404);
    expectProblem(await me(second), 401, 'not-signed-in');
    const refused = await product.api.send('POST', '/api/invitations/provider', { secret });
    expectProblem(refused, 404, 'invitation-void');
  });
});

describe('A link to join by', () => {
  it('that comes from another site, or from nowhere, makes nobody somebody else', async () => {
    const { people } = identityOf(product);
    const person = await people.register('Mallory Xample', 'mallory@registry.example');
    await people.invite(person, person);
    const theirs = `/sign-in/oidc?invitation=${await invitationOf(product, person)}`;
    id.account = 'victim-at-example-id';
    for (const site of ['cross-site', 'same-site', 'none']) {
      const browser = newBrowser();
      expect(await browser.visit(theirs, { 'Sec-Fetch-Site': site })).toMatchObject({ status: 403 });
      expectProblem(await me(browser), 401, 'not-signed-in');
    }
    expect(await newBrowser().visit(theirs, { 'Sec-Fetch-Site': 'same-origin' })).toMatchObject({ status: 200 });
  });
});

describe('A second factor that the provider saw', () => {
  const reviewer = { mandates: ['reviewer'] } as const;

  it('is none where it is not trusted', async () => {
    const { person } = await joined('reviewer-at-example-id');
    await giveRoles(product, person, reviewer);
    id.methods = ['pwd', 'otp', 'mfa'];
    const browser = newBrowser();
    expect(await browser.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/second-factor' });
    expectProblem(await me(browser), 401, 'not-signed-in');
  });

  it('is one where it is trusted, and the provider says so of this sign-in', async () => {
    const trusting = await started(id.issuer, { OIDC_SECOND_FACTOR: 'trusted' });
    try {
      const { person } = await joined('reviewer-at-example-id', trusting);
      await giveRoles(trusting, person, reviewer);
      id.methods = ['pwd', 'otp', 'mfa'];
      const browser = newBrowser(trusting);
      expect(await browser.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/account' });
      expect((await me(browser, trusting)).body).toMatchObject({ person, isProven: true, mandates: ['reviewer'] });
      // It has to be asked for anew: what was proven to the provider a while ago is not fresh here.
      const { path } = await newBrowser(trusting).visit('/sign-in/oidc', {}, /\/auth\?/);
      expect(new URL(path).searchParams.get('max_age')).toBe('60');
      // Whoever has none here gives theirs anew where they have it.
      const reader = await joined('reader-at-example-id', trusting);
      expect((await me(reader.browser, trusting)).body).toMatchObject({ isProven: true });
      expect((await reader.browser.visit('/step-up', {}, /\/auth\?/)).status).toBe(0);
      id.account = 'reviewer-at-example-id';
      id.methods = ['pwd'];
      const weaker = newBrowser(trusting);
      expect(await weaker.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/second-factor' });
      expectProblem(await me(weaker, trusting), 401, 'not-signed-in');
      id.methods = ['mfa'];
      id.forgery = (claims) => ({ ...claims, auth_time: Math.floor(Date.now() / 1_000) - 600 });
      expect((await newBrowser(trusting).visit('/sign-in/oidc')).status).toBe(401);
    } finally {
      await trusting.remove();
    }
  });

  it('has to be fresh before one is made here, which would count as much', async () => {
    let aside = 0;
    const trusting = await started(
      id.issuer,
      { OIDC_SECOND_FACTOR: 'trusted' },
      { now: () => Date.now() + aside * 60_000 },
    );
    try {
      id.methods = ['mfa'];
      const { person, browser } = await joined('left-open-at-example-id', trusting);
      await giveRoles(trusting, person, reviewer);
      expect((await me(browser, trusting)).body).toMatchObject({ person, isProven: true });
      aside = 6;
      expect((await me(browser, trusting)).body).toMatchObject({ isProven: false });
      const send = (path: string, body?: object) =>
        trusting.api.send<{ secret: string }>('POST', path, body, { Cookie: browser.cookies() });
      expectProblem(await send('/api/second-factor'), 401, 'step-up-needed');
      // Begun while it was fresh, too.
      aside = 0;
      const { secret } = (await send('/api/second-factor')).body;
      aside = 6;
      const code = codeNow(secret, 12);
      expectProblem(await send('/api/second-factor/confirmation', { code }), 401, 'step-up-needed');
      for (const path of ['/second-factor/begin', '/second-factor']) {
        const page = await fetch(trusting.api.address + path, {
          method: 'POST',
          headers: { Cookie: browser.cookies() },
          redirect: 'manual',
        });
        expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/step-up/)]);
      }
      expect((await me(browser, trusting)).body).toMatchObject({ person, isProven: false });
    } finally {
      await trusting.remove();
    }
  });
});

describe('A provider that is not there', () => {
  it('is said so with when to come again, and signs people in once it is back', async () => {
    const port = await freePort();
    const alone = await started(`http://127.0.0.1:${port}`);
    try {
      const landing = await newBrowser(alone).visit('/sign-in/oidc');
      expect(landing.status).toBe(503);
      expect(Number(landing.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(landing.text).toMatch(/The provider cannot be asked now/);
      // Whoever has a password signs in without it.
      expect((await alone.api.send('GET', '/sign-in', undefined, { Accept: 'text/html' })).status).toBe(200);
      const late = await ExampleId.start({ port });
      try {
        late.account = 'late';
        expect((await newBrowser(alone).visit('/sign-in/oidc')).status).toBe(403);
        const browser = newBrowser(alone);
        const { path } = await browser.visit('/sign-in/oidc', {}, /\/callback\?/);
        await late.stop();
        expect((await browser.visit(path)).status).toBe(503);
      } finally {
        await late.stop().catch(() => undefined);
      }
    } finally {
      await alone.remove();
    }
  });

  it('is not offered where none is configured', async () => {
    const without = await runProduct({ env: { PEOPLE: 'required' } });
    try {
      const landing = await without.api.send('GET', '/sign-in/oidc', undefined, { Accept: 'text/html' });
      expect(landing.status).toBe(404);
      const { headers } = await signedIn(without, 'somebody');
      expectProblem(await without.api.send('GET', '/api/provider', undefined, headers), 404, 'oidc-not-offered');
    } finally {
      await without.remove();
    }
  });

  it('does not take a client whose secret is another one, which is for whoever looks after it to mend', async () => {
    const wrong = await started(id.issuer, { OIDC_CLIENT_SECRET: 'another' });
    try {
      expect((await newBrowser(wrong).visit('/sign-in/oidc')).status).toBe(503);
    } finally {
      await wrong.remove();
    }
  });
});
