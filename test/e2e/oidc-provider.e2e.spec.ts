import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/api.js';
import { freePort } from '../support/free-port.js';
import { ExampleId, PUBLIC_URL } from '../support/oidc.js';
import { codeNow, giveRoles, signedIn } from '../support/people.js';
import { runProduct } from '../support/product.js';
import { ProductAndProvider, started } from '../support/product-and-provider.js';

const on = ProductAndProvider.forThisFile();
const { newBrowser, joined, me } = on;

beforeAll(() => joined('erin-at-example-id'));

describe('The way to the provider and back', () => {
  const CALLBACK = /\/sign-in\/oidc\/callback\?/;

  /** A browser that is about to come back with a good answer. */
  async function returning(account = 'erin-at-example-id') {
    on.id.account = account;
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
    on.id.account = 'erin-at-example-id';
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/sign-in/oidc'])
      expect(await newBrowser().visit(`/sign-in/oidc?next=${encodeURIComponent(next)}`)).toMatchObject({
        status: 200,
        path: '/account',
      });
  });

  it('ends with words where the provider lets nobody in', async () => {
    on.id.refuses = true;
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
    on.id.account = 'erin-at-example-id';
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
    on.id.forgery = (claims) => ({ ...claims, ...change() });
    const landing = await browser.visit(address);
    expect(landing.status).toBe(401);
    expect(landing.text).toMatch(/What the provider answered is not good/);
    expectProblem(await me(browser), 401, 'not-signed-in');
  });

  it('ends where the token is signed with another key', async () => {
    const { browser, address } = await returning();
    const own = on.id.signedWith;
    on.id.forgery = (claims) => claims;
    on.id.signedWith = ExampleId.anotherKey();
    expect((await browser.visit(address)).status).toBe(401);
    on.id.signedWith = own;
    // The forgery itself is no reason: with the key of the provider it is taken.
    const right = await returning();
    expect((await right.browser.visit(right.address)).status).toBe(200);
  });
});

describe('A second factor that the provider saw', () => {
  const reviewer = { mandates: ['reviewer'] } as const;

  it('is none where it is not trusted', async () => {
    const { person } = await joined('reviewer-at-example-id');
    await giveRoles(on.product, person, reviewer);
    on.id.methods = ['pwd', 'otp', 'mfa'];
    const browser = newBrowser();
    expect(await browser.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/second-factor' });
    expectProblem(await me(browser), 401, 'not-signed-in');
  });

  it('is one where it is trusted, and the provider says so of this sign-in', async () => {
    const trusting = await started(on.id.issuer, { OIDC_SECOND_FACTOR: 'trusted' });
    try {
      const { person } = await joined('reviewer-at-example-id', trusting);
      await giveRoles(trusting, person, reviewer);
      on.id.methods = ['pwd', 'otp', 'mfa'];
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
      on.id.account = 'reviewer-at-example-id';
      on.id.methods = ['pwd'];
      const weaker = newBrowser(trusting);
      expect(await weaker.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/second-factor' });
      expectProblem(await me(weaker, trusting), 401, 'not-signed-in');
      on.id.methods = ['mfa'];
      on.id.forgery = (claims) => ({ ...claims, auth_time: Math.floor(Date.now() / 1_000) - 600 });
      expect((await newBrowser(trusting).visit('/sign-in/oidc')).status).toBe(401);
    } finally {
      await trusting.remove();
    }
  });

  it('has to be fresh before one is made here, which would count as much', async () => {
    let aside = 0;
    const trusting = await started(
      on.id.issuer,
      { OIDC_SECOND_FACTOR: 'trusted' },
      { now: () => Date.now() + aside * 60_000 },
    );
    try {
      on.id.methods = ['mfa'];
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
    const wrong = await started(on.id.issuer, { OIDC_CLIENT_SECRET: 'another' });
    try {
      expect((await newBrowser(wrong).visit('/sign-in/oidc')).status).toBe(503);
    } finally {
      await wrong.remove();
    }
  });
});
