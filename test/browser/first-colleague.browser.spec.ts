import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { linkMailedTo } from '../support/mailed.js';
import { codeNow } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { PASSWORD } from '../support/visit.js';
import { CHROMIUM, describeInChromium, launchChromium, listen } from './chromium.js';
import { lookAt } from './looks.js';

describeInChromium(`a new secretariat, by the browser alone and without a script (needs ${CHROMIUM})`, () => {
  let product: RunningProduct;
  let browser: Browser;
  let ada: Page;
  let bea: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'required' } });
    browser = await launchChromium();
    [ada, bea] = [await newBrowser(), await newBrowser()];
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  async function newBrowser(): Promise<Page> {
    const context = await browser.newContext({ baseURL: product.address, javaScriptEnabled: false });
    listen(context, complaints);
    return context.newPage();
  }

  const press = (name: string | RegExp, of: Page) => of.getByRole('button', { name }).click();
  const status = (of: Page) => of.getByRole('status').textContent();
  const lineOf = (name: string, of: Page) => of.getByRole('listitem').filter({ hasText: name }).textContent();

  async function choosePassword(of: Page, button: string): Promise<void> {
    await of.getByLabel('New password').fill(PASSWORD);
    await of.getByLabel('The same password again').fill(PASSWORD);
    await press(button, of);
  }

  async function enrol(of: Page): Promise<void> {
    const key = (await of.locator('.key-text').textContent())!;
    await of.getByLabel('Code of six digits').fill(codeNow(key.replaceAll(' ', '')));
    await press('Confirm', of);
    await press('I have kept them', of);
  }

  async function invite(of: Page, name: string, address: string): Promise<void> {
    await of.getByLabel('Their name').fill(name);
    await of.getByLabel('Their mail address').fill(address);
    await press('Invite', of);
  }

  async function give(of: Page, name: RegExp, mandate: string): Promise<void> {
    const person = of.getByLabel('To whom');
    const option = of.getByRole('option', { name });
    await person.selectOption(await option.getAttribute('value'));
    await of.getByLabel('Mandate', { exact: true }).selectOption(mandate);
    await press('Give or propose', of);
  }

  const mailed = (address: string) => linkMailedTo(join(product.dataDir, 'mail'), address);

  it('comes in by the printed link, and finds where colleagues are invited', async () => {
    await ada.goto(new URL(product.setUpLink!).pathname);
    await ada.getByLabel('Your name').fill('Ada Example');
    await ada.getByLabel('Your mail address').fill('ada@secretariat.example');
    await choosePassword(ada, 'Go on');
    await enrol(ada);
    await ada.getByRole('link', { name: 'people', exact: true }).click();
    expect(await ada.getByRole('heading', { level: 1 }).textContent()).toBe('People');
    expect(await ada.textContent('.intro')).toMatch(/^\s*You administer alone\./);
    await lookAt('people-alone', ada);
  }, 60_000);

  it('invites its first colleague, and makes them the second administrator', async () => {
    await invite(ada, 'Bea Example', 'Ada@secretariat.example');
    expect(await ada.getByRole('alert').textContent()).toContain('Somebody has this address already.');
    expect(await ada.getByLabel('Their name').inputValue()).toBe('Bea Example');
    await lookAt('people-again', ada);
    await invite(ada, 'Bea Example', 'bea@secretariat.example');
    expect(await status(ada)).toMatch(/^The invitation is on its way\./);
    await give(ada, /^Bea Example/, 'administrator');
    expect(await status(ada)).toBe('The mandate was given.');
    expect(await ada.textContent('.intro')).toContain('the second one has not joined yet');
    expect(await lineOf('Bea Example', ada)).toMatch(/has not joined yet\.\s+Mandates: Administrator\./);
  }, 60_000);

  it('who joins by the link in their mail, and agrees to what the first one proposes', async () => {
    await bea.goto(new URL(await mailed('bea@secretariat.example')).pathname);
    await choosePassword(bea, 'Join');
    await enrol(bea);

    await invite(ada, 'Cem Example', 'cem@secretariat.example');
    await give(ada, /^Cem Example/, 'secretariat');
    expect(await status(ada)).toBe('The mandate was proposed. Another administrator has to agree to it.');
    await give(ada, /^Cem Example/, 'secretariat');
    expect(await ada.getByRole('alert').textContent()).toContain('Another administrator has to agree to it.');
    expect(await ada.getByRole('button', { name: /^Agree/ }).count()).toBe(0);

    await bea.goto('/people');
    expect(await bea.textContent('.intro')).toMatch(/takes two administrators: one proposes it, another agrees\./);
    await lookAt('people', bea);
    await press('Agree that Cem Example is Secretariat', bea);
    expect(await status(bea)).toBe('The mandate was given.');
    expect(await lineOf('Cem Example', bea)).toMatch(/Mandates: Secretariat\./);
    const { text } = await product.api.get('/api/events');
    expect(text).not.toMatch(/Example|example/);
  }, 90_000);

  it('and gave the browser nothing to complain about but what was typed wrongly', () => {
    const expected = /Failed to load resource: the server responded with a status of 4(09|22)/;
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  });
});
