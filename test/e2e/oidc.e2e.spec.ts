import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expectProblem } from '../support/api.js';
import { invitationOf, type Persona, signedIn } from '../support/people.js';
import { identityOf, ProductAndProvider } from '../support/product-and-provider.js';
import { foldersOf } from '../support/setup.js';

const on = ProductAndProvider.forThisFile();
const { newBrowser, joined, me } = on;

/** Links the account of whoever has a session with one at the provider, through the page of their account. */
async function linked(persona: Persona, account: string, headers = { 'Sec-Fetch-Site': 'same-origin' }) {
  on.id.account = account;
  const browser = newBrowser();
  const answer = new Headers();
  answer.append('Set-Cookie', persona.headers['Cookie']!);
  browser.keep(answer);
  return browser.visit('/sign-in/oidc?for=link', headers);
}

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
    const files = (await foldersOf(on.product.dataDir)).flatMap(filesIn).filter((file) => statSync(file).isFile());
    expect(files.filter((file) => readFileSync(file).includes(person)).length).toBeGreaterThan(0);
    for (const text of [
      account,
      Buffer.from(account).toString('base64').slice(0, -2),
      Buffer.from(account).toString('hex'),
    ])
      expect(files.filter((file) => readFileSync(file).includes(text))).toEqual([]);
  });

  it('nobody becomes anybody who was not linked, and no account is made', async () => {
    const { directory } = identityOf(on.product);
    const before = directory.size;
    on.id.account = 'a-stranger';
    const browser = newBrowser();
    const landing = await browser.visit('/sign-in/oidc');
    expect(landing).toMatchObject({ status: 403, path: expect.stringMatching(/^\/sign-in\/oidc\/callback/) });
    expect(landing.text).toMatch(/No account was made/);
    expectProblem(await me(browser), 401, 'not-signed-in');
    await directory.catchUp();
    expect(directory.size).toBe(before);
  });

  it('an equal address is no reason to be let in', async () => {
    await signedIn(on.product, 'equal');
    on.id.account = 'equal@people.example';
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
  });

  it('somebody signs in who linked it from their account, with a fresh second factor, up to when they unlink it', async () => {
    const persona = await signedIn(on.product, 'linker');
    const { api } = on.product;
    const stale = await identityOf(on.product).sessions.begin(persona.person, 'full');
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
    on.id.account = 'linker-at-example-id';
    expect(await browser.visit(departure.body.address)).toMatchObject({ status: 200, path: '/account?done=linked' });
    expect((await api.send('GET', '/api/provider', undefined, headers)).body).toMatchObject({ isLinked: true });

    const other = newBrowser();
    // Their password was not asked for, and their second factor is.
    expect(await other.visit('/sign-in/oidc')).toMatchObject({ status: 200, path: '/sign-in/code' });
    expectProblem(await me(other), 401, 'not-signed-in');
    expect((await api.send('POST', '/api/provider/unlink', undefined, asked)).status).toBe(401);
    // They have no password in this test, and would be shut out.
    expectProblem(await api.send('POST', '/api/provider/unlink', undefined, headers), 409, 'oidc-only-way-in');
    await identityOf(on.product).credentials.setPassword(persona.person, 'the cow jumps over my green lamp');
    expect((await api.send('POST', '/api/provider/unlink', undefined, headers)).status).toBe(200);
    expectProblem(await api.send('POST', '/api/provider/unlink', undefined, headers), 409, 'oidc-not-linked');
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
  });

  it('is linked with one person, and by nobody for another', async () => {
    await joined('taken-at-example-id');
    const persona = await signedIn(on.product, 'second-linker');
    expect((await linked(persona, 'taken-at-example-id')).status).toBe(409);
    // A page of another site may have signed this browser in there as somebody else.
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await linked(persona, 'mine-at-example-id', { 'Sec-Fetch-Site': site })).status).toBe(403);
    expect(await linked(persona, 'mine-at-example-id')).toMatchObject({ status: 200, path: '/account?done=linked' });
  });

  it('is not linked with whoever else signed in to the browser meanwhile', async () => {
    const [first, second] = [await signedIn(on.product, 'first-here'), await signedIn(on.product, 'second-here')];
    on.id.account = 'first-here-at-example-id';
    const departure = await on.product.api.send<{ address: string }>(
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

describe('An account here that has ended', () => {
  it('is not opened from there: not a closed one', async () => {
    const { person } = await joined('closed-at-example-id');
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(200);
    await on.product.api.send('POST', `/api/persons/${person}/closing`, undefined, on.administrator.headers);
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
  });

  it('is not opened from there: not that of an erased person, and the account there is free for somebody else', async () => {
    const { person, browser } = await joined('erased-at-example-id');
    const { people } = identityOf(on.product);
    await people.erase(person, 'asked-by-the-person', 'person-a');
    await people.erase(person, 'asked-by-the-person', 'person-b');
    expectProblem(await me(browser), 401, 'not-signed-in');
    expect((await newBrowser().visit('/sign-in/oidc')).status).toBe(403);
    const other = await joined('erased-at-example-id');
    expect(other.person).not.toBe(person);
  });

  it('is not made by an invitation that was used', async () => {
    const { people } = identityOf(on.product);
    const person = await people.register('Erin Xample', 'used@registry.example');
    await people.invite(person, person);
    const secret = await invitationOf(on.product, person);
    on.id.account = 'used-at-example-id';
    const [first, second] = [newBrowser(), newBrowser()];
    const coming = await second.visit(`/sign-in/oidc?invitation=${secret}`, {}, /\/callback\?/);
    expect((await first.visit(`/sign-in/oidc?invitation=${secret}`)).status).toBe(200);
    expect((await second.visit(coming.path)).status).toBe(404);
    expect((await second.visit(`/sign-in/oidc?invitation=${secret}`)).status).toBe(404);
    expectProblem(await me(second), 401, 'not-signed-in');
    const refused = await on.product.api.send('POST', '/api/invitations/provider', { secret });
    expectProblem(refused, 404, 'invitation-void');
  });
});

describe('A link to join by', () => {
  it('that comes from another site, or from nowhere, makes nobody somebody else', async () => {
    const { people } = identityOf(on.product);
    const person = await people.register('Mallory Xample', 'mallory@registry.example');
    await people.invite(person, person);
    const theirs = `/sign-in/oidc?invitation=${await invitationOf(on.product, person)}`;
    on.id.account = 'victim-at-example-id';
    for (const site of ['cross-site', 'same-site', 'none']) {
      const browser = newBrowser();
      expect(await browser.visit(theirs, { 'Sec-Fetch-Site': site })).toMatchObject({ status: 403 });
      expectProblem(await me(browser), 401, 'not-signed-in');
    }
    expect(await newBrowser().visit(theirs, { 'Sec-Fetch-Site': 'same-origin' })).toMatchObject({ status: 200 });
  });
});
