import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Identity } from '#identity';
import { exampleOrganization } from '../../../../test/support/example-organization.js';
import { codeNow, signedIn } from '../../../../test/support/people.js';
import { runProduct, type RunningProduct } from '../../../../test/support/product.js';
import { joined, PASSWORD, Visit, visitBy } from '../../../../test/support/visit.js';

const password = PASSWORD;
const QR = /<svg\s+class="qr"/;
const other = 'a green cow is under the lamp now';

describe('The pages of an account', () => {
  let product: RunningProduct;

  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'required' } });
  });
  afterAll(() => product.remove());

  const visit = () => new Visit(product.address);
  const visitOf = ({ headers }: { headers: Readonly<Record<string, string>> }) => {
    const browser = visit();
    browser.hold(headers['Cookie']!);
    return browser;
  };

  it('show a key and codes to the session that they were made for, and to no other', async () => {
    const browser = await visitBy(product, 'shown');
    expect((await browser.get('/second-factor')).text).toContain('>Begin<');
    expect((await browser.send('/second-factor/begin')).location).toBe('/second-factor');
    const page = await browser.get('/second-factor');
    const secret = /<code class="key-text">([A-Z2-7 ]+)<\/code>/.exec(page.text)![1]!.replaceAll(' ', '');
    expect(page.text).toMatch(QR);
    expect((await browser.get('/second-factor')).text).toBe(page.text);

    // What is sealed for one browser is worth nothing in another.
    const thief = await visitBy(product, 'thief');
    const sealed = browser.cookie('__Host-para71-once')!;
    thief.hold(`__Host-para71-once=${sealed}`);
    expect((await thief.get('/second-factor')).text).not.toContain('key-text');

    const wrong = await browser.send('/second-factor', { code: '000 000' });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toMatch(QR);
    const code = codeNow(secret);
    expect((await browser.send('/second-factor', { code: `${code.slice(0, 3)} ${code.slice(3)}` })).location).toBe(
      '/account/recovery-codes',
    );
    const codes = [...(await browser.get('/account/recovery-codes')).text.matchAll(/<code>([a-z2-7-]{19})<\/code>/g)];
    expect(codes).toHaveLength(10);
    const file = await browser.get('/account/recovery-codes.txt');
    expect(file.headers.get('Content-Disposition')).toMatch(/^attachment/);
    expect(file.text).toContain(codes[9]![1]!);
    expect((await browser.send('/account/kept')).location).toBe('/account');
    expect((await browser.get('/account/recovery-codes')).text).not.toContain(codes[0]![1]!);
    expect((await browser.get('/account')).text).toContain('10 recovery codes left');
  });

  it('say where one does what one may do, which is not yet on a page', async () => {
    const administrator = await signedIn(product, 'administers', { mandates: ['administrator'] });
    const { text } = await visitOf(administrator).get('/account');
    expect(text).toContain('<a href="/inbox">inbox</a>');
    expect(text).toContain('<a href="/api/docs">interface for programs</a>');
    expect(text).toContain('href="/people"');
    expect((await (await visitBy(product, 'reads')).get('/account')).text).not.toContain('href="/people"');
  });

  it('ask for a fresh code before what needs one, and come back to the form', async () => {
    const identity = product.app.get(Identity);
    const { person, address } = await joined(product, 'stale');
    const { secret } = await identity.credentials.beginSecondFactor(person);
    const codes = await identity.credentials.confirmSecondFactor(person, codeNow(secret));
    const browser = visit();
    expect((await browser.send('/sign-in', { address, password })).location).toBe('/sign-in/code');
    const early = await browser.get('/account');
    expect(early.location).toBe('/sign-in');
    expect((await browser.get(early.location!)).location).toBe('/sign-in/code');
    expect((await browser.send('/sign-in/code', { code: codes[0]!, way: 'recovery' })).location).toBe('/account');

    browser.hold(`__Host-para71=${await identity.sessions.begin(person, 'full')}`);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const asked = { name: 'Program', scopes: 'read', until: tomorrow };
    expect((await browser.send('/account/tokens', asked)).location).toBe('/step-up?next=%2Faccount%2Ftokens');
    expect((await browser.get('/account/password')).location).toBe('/step-up?next=%2Faccount%2Fpassword');
    const again = await browser.send('/step-up', { code: codes[0]!, next: '/account/tokens' });
    expect([again.status, again.location]).toEqual([401, null]);
    expect((await browser.send('/step-up', { code: codes[1]!, next: '/account/tokens' })).location).toBe(
      '/account/tokens',
    );
    expect((await browser.send('/account/tokens', asked)).location).toBe('/account/tokens?made');
    expect((await browser.get('/account/tokens?made')).text).toMatch(/p71_[0-9a-f]{16}_[0-9a-f]{64}/);
    const token = /\/account\/tokens\/([0-9a-f]{16})\/revocation/.exec((await browser.get('/account')).text)![1]!;
    expect((await browser.send(`/account/tokens/${token}/revocation`)).location).toBe('/account?done=token');
  });

  it('say of a token what is missing, and keep what was typed', async () => {
    const browser = await visitBy(product, 'tokens');
    const { status, text } = await browser.send('/account/tokens', { name: 'Nightly', until: '2099-01-01' });
    expect(status).toBe(400);
    expect(text).toContain('Choose at least one thing that it may do.');
    expect(text).toContain('value="Nightly"');
    const late = await browser.send('/account/tokens', { name: 'N', scopes: 'draft', until: '2099-01-01' });
    expect(late.status).toBe(422);
    expect(late.text).toContain('Choose a day from today on, and within a year.');
    expect(late.text).toMatch(/value="draft"[^>]* checked/);
  });

  it('change a password with the present one, and end the other sessions', async () => {
    const browser = await visitBy(product, 'changed');
    const elsewhere = visit();
    await elsewhere.send('/sign-in', { address: 'changed@people.example', password });
    const wrong = await browser.send('/account/password', { present: 'wrong', password: other, again: other });
    expect(wrong.text).toContain('This is not your present password.');
    const differs = await browser.send('/account/password', { present: password, password: other, again: password });
    expect(differs.text).toContain('href="#field-again"');
    expect(
      (await browser.send('/account/password', { present: password, password: other, again: other })).location,
    ).toBe('/account?done=password');
    expect((await elsewhere.get('/account')).location).toBe('/sign-in');
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('list sessions, and end one or all others', async () => {
    const browser = await visitBy(product, 'sessions');
    const others = [visit(), visit(), visit()];
    for (const each of others) await each.send('/sign-in', { address: 'sessions@people.example', password });
    const listed = await browser.get('/account');
    const ends = [...listed.text.matchAll(/\/account\/sessions\/([0-9a-f]{16})\/end/g)];
    expect(ends).toHaveLength(3);
    expect((await browser.send(ends[0]![0])).location).toBe('/account?done=session');
    expect((await browser.send('/account/other-sessions/end')).location).toBe('/account?done=sessions');
    for (const each of others) expect((await each.get('/account')).status).toBe(303);
    expect((await browser.get('/account')).status).toBe(200);
    const strange = await browser.send('/account/sessions/0000000000000000/end');
    expect(strange.status).toBe(404);
  });

  it('show roles that have ended, too, and who gave them', async () => {
    await product.api.send(
      'PUT',
      '/api/organizations/example-registry',
      exampleOrganization('Example Registry'),
      (await signedIn(product, 'keeper', { mandates: ['secretariat'] })).headers,
    );
    const erin = await signedIn(product, 'erin', {
      mandates: ['reviewer'],
      appointments: [{ organization: 'example-registry', role: 'contributor', ended: true }],
    });
    const { text } = await visitOf(erin).get('/account');
    expect(text.indexOf('Reviewer')).toBeLessThan(text.indexOf('Contributor'));
    expect(text).toContain('Proposed by first-giver, agreed to by second-giver.');
    expect(text).toMatch(/Contributor<\/strong> of <a href="\/organizations\/example-registry"/);
    expect(text).toMatch(/ended 1 February 2008\./);
    expect(text).toContain('Appointed by office.');
  });

  it('tell whoever enrols in two windows to begin again, and not that their code is wrong for ever', async () => {
    const browser = await visitBy(product, 'windows');
    await browser.send('/second-factor/begin');
    const page = await browser.get('/second-factor');
    const secret = /<code class="key-text">([A-Z2-7 ]+)<\/code>/.exec(page.text)![1]!.replaceAll(' ', '');
    const person = (await product.app.get(Identity).directory.withAddress('windows@people.example'))!;
    await product.app.get(Identity).credentials.confirmSecondFactor(person, codeNow(secret));
    expect((await browser.send('/second-factor', { code: '123456' })).location).toBe('/second-factor');
    // In the other window a code was given, and this session has given none.
    expect((await browser.get('/second-factor')).text).toContain('You have a second factor');
  });
});
