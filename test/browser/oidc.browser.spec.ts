import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Identity } from '#identity';
import { freePort } from '../support/free-port.js';
import { CLIENT, ExampleId } from '../support/oidc.js';
import { giveRoles, invitationOf } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { PASSWORD } from '../support/visit.js';
import { CHROMIUM, describeInChromium, launchChromium, listen } from './chromium.js';

describeInChromium(`people sign in by a provider, without a script (needs ${CHROMIUM})`, () => {
  let id: ExampleId;
  let product: RunningProduct;
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    const port = String(await freePort());
    const publicUrl = `http://127.0.0.1:${port}`;
    // Under another name of this machine: it is another site to the browser.
    id = await ExampleId.start({ publicUrl, host: 'localhost' });
    const env = { PORT: port, PUBLIC_URL: publicUrl, OIDC_ISSUER: id.issuer, OIDC_NAME: 'Example ID', ...CLIENT };
    product = await runProduct({ env: { PEOPLE: 'required', ...env } });
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
    await id?.stop();
  });

  const newPage = async () => {
    const context = await browser.newContext({ baseURL: product.address, javaScriptEnabled: false });
    listen(context, complaints);
    return context.newPage();
  };
  const heading = (of: Page) => of.getByRole('heading', { level: 1 }).textContent();
  const invited = async (address: string) => {
    const { people } = product.app.get(Identity);
    const person = await people.register('Erin Xample', address);
    await people.invite(person, person);
    return { person, link: `/join/${await invitationOf(product, person)}` };
  };

  it('an invitation is accepted by it, and its button signs in to where one wanted to go', async () => {
    id.account = 'erin';
    const { link } = await invited('erin@registry.example');
    const page = await newPage();
    await page.goto(link);
    await page.getByRole('link', { name: 'Go on with Example ID' }).click();
    expect(await heading(page)).toBe('Your account');
    expect(new URL(page.url()).pathname).toBe('/account');

    const other = await newPage();
    await other.goto('/sign-in?next=%2Fcoverage');
    await other.getByRole('link', { name: 'Go on with Example ID' }).click();
    expect(new URL(other.url()).pathname).toBe('/coverage');
    await expect(other.getByRole('link', { name: /Account of/ }).isVisible()).resolves.toBe(true);
  });

  it('who needs a second factor enrols it on the way in', async () => {
    id.account = 'rhea';
    const { person, link } = await invited('rhea@reviewers.example');
    await giveRoles(product, person, { mandates: ['reviewer'] });
    const page = await newPage();
    await page.goto(link);
    await page.getByRole('link', { name: 'Go on with Example ID' }).click();
    expect(await heading(page)).toBe('Add a second factor');
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByLabel('Code of six digits').isVisible()).resolves.toBe(true);
  });

  it('an account is linked from its page, and unlinked again', async () => {
    id.account = 'dana';
    const { link } = await invited('dana@registry.example');
    const page = await newPage();
    await page.goto(link);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByLabel('The same password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('link', { name: /Link an account at Example ID/ }).click();
    expect(new URL(page.url()).pathname).toBe('/account');
    await expect(page.getByText('You sign in by an account at Example ID, too.').isVisible()).resolves.toBe(true);

    const other = await newPage();
    await other.goto('/sign-in');
    await other.getByRole('link', { name: 'Go on with Example ID' }).click();
    expect(await heading(other)).toBe('Your account');
    await page.getByRole('button', { name: /Unlink/ }).click();
    const after = await newPage();
    await after.goto('/sign-in');
    await after.getByRole('link', { name: 'Go on with Example ID' }).click();
    expect(await heading(after)).toMatch(/Nobody here is linked/);
  });

  it('and the browser has nothing to complain about but the refusal', () =>
    expect(complaints.filter((complaint) => !/403 \(Forbidden\)/.test(complaint))).toEqual([]));
});
