import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { exampleOrganization } from '../support/example-organization.js';
import { linkMailedTo } from '../support/mailed.js';
import { codeNow, giveRoles, signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { PASSWORD } from '../support/visit.js';
import { CHROMIUM, describeInChromium, launchChromium, listen } from './chromium.js';
import { lookAt as look } from './looks.js';

const other = 'a green cow is under the lamp now';
const ada = { name: 'Ada Example', address: 'ada@secretariat.example' };
const erin = { name: 'Erin Xample', address: 'erin@registry.example' };
const STEP_MS = 30_000;
const A_DAY = 86_400_000;

describeInChromium(`people come in without a script (needs ${CHROMIUM})`, () => {
  let product: RunningProduct;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** Milliseconds by which the product's clock is ahead. */
  let ahead = 0;
  /** What stood beside the picture, in groups. */
  let key: string;
  const complaints: string[] = [];
  const seen = new Set<string>();

  const visitor = async () => {
    const opened = await browser.newContext({ baseURL: product.address, javaScriptEnabled: false });
    listen(opened, complaints);
    return opened;
  };

  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'required' }, options: { now: () => Date.now() + ahead } });
    const { headers } = await signedIn(product, 'secretariat', { mandates: ['secretariat'] });
    const organization = exampleOrganization('Example Registry');
    await product.api.send('PUT', '/api/organizations/example-registry', organization, headers);
    browser = await launchChromium();
    context = await visitor();
    page = await context.newPage();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  /** As the authenticator shows it at the product's time. */
  const codeOf = (text: string) => codeNow(text.replaceAll(' ', ''), ahead / STEP_MS);
  /** Each is good for one time: the clock is put forward rather than waited for. */
  const nextCode = (of = key) => {
    ahead += STEP_MS;
    return codeOf(of);
  };
  const heading = (of = page) => of.getByRole('heading', { level: 1 }).textContent();
  const press = (name: string, of = page) => of.getByRole('button', { name, exact: true }).click();

  const lookAt = (name: string, at = page) => {
    seen.add(name);
    return look(name, at);
  };

  const setUpPath = () => new URL(product.setUpLink!).pathname;

  it('the printed link lets the first person choose a password, which is told before and looked at after', async () => {
    await page.goto(setUpPath());
    expect(await heading()).toBe('Set this installation up');
    await lookAt('set-up');
    await page.getByLabel('Your name').fill(ada.name);
    await page.getByLabel('Your mail address').fill(ada.address);
    await page.getByLabel('New password').fill('Para71Secretariat');
    await page.getByLabel('The same password again').fill('Para71Secretariat');
    await press('Go on');

    expect(await page.title()).toMatch(/^Not yet: /);
    const summary = page.getByRole('alert');
    expect(await summary.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await lookAt('set-up-again');
    expect(await page.getByLabel('Your name').inputValue()).toBe(ada.name);
    expect(await page.getByLabel('Your mail address').inputValue()).toBe(ada.address);
    const chosen = page.getByLabel('New password');
    expect(await chosen.inputValue()).toBe('');
    expect(await chosen.getAttribute('aria-invalid')).toBe('true');
    await summary.getByRole('link', { name: /Somebody would guess/ }).click();
    expect(await chosen.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

    await chosen.fill(PASSWORD);
    await page.getByLabel('The same password again').fill(PASSWORD);
    await press('Go on');
    expect(await heading()).toBe('Add a second factor');
  });

  it('the second factor is enrolled by a picture or a text, and is the same one when the page is loaded again', async () => {
    await lookAt('second-factor');
    const shown = await page.locator('.key-text').textContent();
    await page.reload();
    expect(await page.locator('.key-text').textContent()).toBe(shown);
    expect(await page.getByRole('img', { name: /QR code/ }).isVisible()).toBe(true);
    key = shown!;
    await page.getByLabel('Code of six digits').fill('000000');
    await press('Confirm');
    await lookAt('second-factor-again');
    const code = codeOf(key);
    await page.getByLabel('Code of six digits').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await press('Confirm');
    expect(await heading()).toBe('Keep your recovery codes');
  });

  it('recovery codes are shown for once, and as a file', async () => {
    await lookAt('recovery-codes');
    const codes = await page.locator('.recovery-codes code').allTextContents();
    expect(codes).toHaveLength(10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download them as a text file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('para71-recovery-codes.txt');
    expect(readFileSync(await download.path(), 'utf8')).toContain(codes.join('\r\n'));
    await press('I have kept them');
    expect(await heading()).toBe('Your account');
    await page.goBack();
    expect(await page.content()).not.toContain(codes[0]);
  });

  it('the account says who one is and by whom, and lets a token be made', async () => {
    await page.goto('/account');
    await lookAt('account');
    const roles = page.getByRole('region', { name: 'Your roles and appointments' });
    expect(await roles.textContent()).toMatch(/Administrator[\s\S]*By the set-up link of this installation\./);
    await page.getByRole('link', { name: 'Make a token' }).click();
    await lookAt('token-form');
    await page.getByLabel('What it is for').fill('Nightly import');
    await press('Make it');
    const text = (await page.locator('.key-text').textContent())!;
    expect(text).toMatch(/^p71_/);
    await lookAt('token');
    const { status } = await product.api.send('GET', '/api/me', undefined, { Authorization: `Bearer ${text}` });
    expect(status).toBe(200);
    await press('I have copied it');
    await lookAt('account-with-token');
    await press('Revoke Nightly import');
    expect(await page.getByRole('status').textContent()).toBe('That token was revoked.');
  });

  it('signing out ends it, and signing in takes password and code', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    expect(await heading()).toBe('Sign in');
    await lookAt('sign-in');
    await page.goto('/account/password');
    expect(await heading()).toBe('Sign in');
    await page.getByLabel('Mail address').fill(ada.address);
    await page.getByLabel('Password').fill('wrong');
    await press('Sign in');
    await lookAt('sign-in-again');
    expect(await page.getByLabel('Mail address').inputValue()).toBe(ada.address);
    await page.getByLabel('Password').fill(PASSWORD);
    await press('Sign in');
    expect(await heading()).toBe('Give a code of your authenticator');
    await lookAt('sign-in-code');
    await page.getByRole('link', { name: /use a recovery code/ }).click();
    await lookAt('sign-in-recovery');
    await page.getByRole('link', { name: 'Give a code of the authenticator instead' }).click();
    await page.getByLabel('Code of six digits').fill(nextCode());
    await press('Go on');
    expect(await heading()).toBe('Change your password');
    await lookAt('password');
  });

  it('what needs a fresh code asks for it, and comes back', async () => {
    ahead += 6 * 60_000;
    await page.goto('/account/recovery-codes');
    await lookAt('recovery-codes-renewal');
    await press('Make new recovery codes');
    expect(await heading()).toBe('Give a fresh code');
    await lookAt('step-up');
    await page.getByLabel('Code of six digits').fill(nextCode());
    await press('Go on');
    await press('Make new recovery codes');
    expect(await heading()).toBe('Keep your recovery codes');
    await press('I have kept them');
    expect(await page.textContent('#proof + ul')).toContain('10 recovery codes left');
  });

  async function invite({ name, address }: typeof erin): Promise<{ person: string; link: string }> {
    const cookies = await context.cookies();
    const Cookie = cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
    const answer = await product.api.send<{ person: string }>(
      'POST',
      '/api/invitations',
      { name, address },
      { Cookie },
    );
    expect(answer.status).toBe(200);
    return { person: answer.body.person, link: await linkFor(address) };
  }

  /** As it stands in the mail. */
  const linkFor = async (address: string) =>
    new URL(await linkMailedTo(join(product.dataDir, 'mail'), address)).pathname;

  it('an invitation leads whoever was appointed before they had an account into it, once', async () => {
    const { person, link } = await invite(erin);
    // Trap: the account of who signs is made after the appointment, and must lead to it all the same (FAC#2938).
    await giveRoles(product, person, { appointments: [{ organization: 'example-registry', role: 'signatory' }] });
    const herContext = await visitor();
    const hers = await herContext.newPage();
    await hers.goto(link);
    expect(await heading(hers)).toBe('You are invited to Para 71');
    expect(await hers.getByLabel('Your mail address').inputValue()).toBe(erin.address);
    expect(await hers.textContent('main')).toContain(`${ada.name} has invited you`);
    expect(await hers.textContent('main')).toMatch(/Signatory of Example Registry, from\s+1 January 2008/);
    await lookAt('join', hers);
    await hers.getByLabel('New password').fill(other);
    await hers.getByLabel('The same password again').fill(`${other}!`);
    await press('Join', hers);
    await lookAt('join-again', hers);
    await hers.getByLabel('New password').fill(other);
    await hers.getByLabel('The same password again').fill(other);
    await press('Join', hers);
    const hersKey = (await hers.locator('.key-text').textContent())!;
    await hers.getByLabel('Code of six digits').fill(codeOf(hersKey));
    await press('Confirm', hers);
    await press('I have kept them', hers);
    expect(await heading(hers)).toBe('Your account');
    const hersRoles = hers.getByRole('region', { name: 'Your roles and appointments' });
    expect(await hersRoles.textContent()).toMatch(/Signatory of Example Registry[\s\S]*Appointed by office\./);
    await lookAt('account-with-appointment', hers);

    await hers.goto(link);
    expect(await heading(hers)).toBe('This invitation is not good any more');
    await lookAt('link-void', hers);
    await hers.getByRole('button', { name: 'Sign out' }).click();
    await hers.getByLabel('Mail address').fill(erin.address);
    await hers.getByLabel('Password').fill(other);
    await press('Sign in', hers);
    await hers.getByLabel('Code of six digits').fill(nextCode(hersKey));
    await press('Go on', hers);
    expect(await heading(hers)).toBe('Your account');
    await herContext.close();
  }, 90_000);

  it('links that were used, or not within their time, say so and what can be done', async () => {
    await page.goto(setUpPath());
    expect(await heading()).toBe('This set-up link is not good any more');
    expect(await page.textContent('main')).toContain('npm run para71 -- set-up-link');
    await lookAt('set-up-void');
    const { link } = await invite({ name: 'Late Xample', address: 'late@registry.example' });
    ahead += 8 * A_DAY;
    await page.goto(link);
    expect(await heading()).toBe('This invitation is not good any more');
    expect(await page.getByRole('heading', { name: 'What you can do' }).count()).toBe(1);
  }, 90_000);

  it('gave the browser nothing to complain about but the answers that were faults', () => {
    const expected = /Failed to load resource: the server responded with a status of 4(00|01|04|22)/;
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
    expect(seen.size).toBeGreaterThan(15);
  });
});
