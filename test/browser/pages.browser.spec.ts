import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Api } from '../support/api.js';
import { EXAMPLE_DEBATE, exampleHandover, exampleOption } from '../support/example-option.js';
import { type RunningProduct, runProduct } from '../support/product.js';
import { ask, CHROMIUM, describeInChromium, launchChromium, listen } from './chromium.js';
import { contrastOf } from './contrast.js';
import { recordTwoReports } from './two-reports.js';

const PATHS = [
  '/',
  '/?group=TECH&relevance=relevant&asOf=300',
  '/organizations/icann',
  '/organizations/icann?asOf=150',
  '/organizations/itu',
  '/organizations/isoc/compare?years=2008,2010',
  '/organizations/example-registry',
  '/organizations/example-registry/compare',
  '/organizations/icann/history',
  '/organizations/icann/options',
  '/organizations/example-registry/options',
  '/options',
  '/reports/ec-performance/2008/isoc',
  '/reports/ec-performance/2010/example-registry?since=300',
  '/cycles/ec-performance/2008',
  '/cycles/ec-performance/2009?asOf=150',
  '/deadlines',
  '/search?q=internet+governance&kind=action',
  '/inbox?role=focal-point&organization=icann',
];
const FAULTS = [
  '/organizations/nobody',
  '/cycles/ec-performance/1999',
  '/nowhere',
  '/search?q=%2B',
  '/organizations/isoc/compare?years=2008',
];

/** Bytes that a page and its style may take on the way. */
const MOST_BYTES = 100_000;
const TAKES_GZIP = { 'Accept-Encoding': 'gzip' };

describeInChromium(`the public pages without a script (needs ${CHROMIUM})`, () => {
  let product: RunningProduct;
  let browser: Browser;
  let desktop: BrowserContext;
  let onDesktop: Page;
  let onPhone: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    product = await runProduct({ record: 'wsis' });
    await recordTwoReports(product.api);
    await recordOption(product.api);
    browser = await launchChromium();
    const common = { baseURL: product.address, javaScriptEnabled: false };
    desktop = await browser.newContext({ ...common, viewport: { width: 1280, height: 900 } });
    const phone = await browser.newContext({ ...common, viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    for (const context of [desktop, phone]) listen(context, complaints);
    [onDesktop, onPhone] = await Promise.all([desktop.newPage(), phone.newPage()]);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  async function visit<T>(path: string, look: (page: Page) => Promise<T>): Promise<T> {
    const page = await desktop.newPage();
    try {
      await page.goto(path);
      return await look(page);
    } finally {
      await page.close();
    }
  }

  it('lead by links from the first page to an organization, and from it to two of its years', async () => {
    await visit('/', async (page) => {
      await page.getByRole('link', { name: 'Internet Corporation for Assigned Names and Numbers' }).click();
      expect(await page.title()).toBe('ICANN · Para 71');
      await page.getByRole('link', { name: 'Compare two years' }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^ICANN in \d{4} and in \d{4}$/);

      await page.getByLabel('One year', { exact: true }).selectOption('2008');
      await page.getByLabel('The other year').selectOption('2009');
      await page.getByRole('button', { name: 'Compare' }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('ICANN in 2008 and in 2009');
      await page.getByRole('link', { name: 'Started', exact: true }).click();
      expect(new URL(page.url()).hash).toBe('#started');
    });
  });

  it('let themselves be filtered by a form', async () => {
    await visit('/', async (page) => {
      await page.getByLabel('Kind').selectOption({ label: 'Regional Internet Registry' });
      await page.getByRole('button', { name: 'Show' }).first().click();
      const listed = await page.locator('.organizations h4').allTextContents();
      expect(listed).toHaveLength(5);
      expect(listed.join()).toContain('RIPE NCC');
    });
  });

  it('lead from an organization to what reached it from the forum, and from there to the option on the map', async () => {
    await visit('/organizations/example-registry', async (page) => {
      await page.getByRole('link', { name: 'What reached it from the forum, and what it did with it' }).click();
      expect(await page.getByRole('listitem').filter({ hasText: 'Taken up by' }).textContent()).toContain(
        'Example memorandum',
      );
      await page.getByRole('link', { name: 'An open list of delegations' }).click();
      expect(await page.locator('article:target h3').textContent()).toMatch(/^An open list of delegations/);
    });
  });

  it('show a moment of the past with a banner, keep to it from page to page, and lead back', async () => {
    await visit('/organizations/icann', async (page) => {
      await page.getByText('See this page as the record stood earlier').click();
      await page.getByLabel('Event number, or a time with its zone').fill('150');
      await page.getByRole('button', { name: 'Show' }).click();
      const banner = page.getByText('This is the record as of event 150');
      expect(await banner.isVisible()).toBe(true);
      await page.getByRole('link', { name: 'Organizations' }).first().click();
      expect(await banner.isVisible()).toBe(true);
      await page.getByRole('link', { name: 'Back to the present' }).click();
      expect(await banner.count()).toBe(0);
    });
  });

  it('lead from a bar of the drawing to its entry in the list, which says the same in words', async () => {
    await visit('/organizations/icann', async (page) => {
      const bar = page.locator('svg a', { hasText: 'Affirmation of Commitments' });
      await bar.click();
      const entry = page.locator('li:target');
      expect(await entry.textContent()).toMatch(/30 September 2009[\s\S]*Affirmation of Commitments/);
    });
  });

  it('show what was said and what was left out in the words of two reports', async () => {
    await visit('/organizations/example-registry/compare', async (page) => {
      expect(await page.getByRole('deletion').allTextContents()).toContain('twice');
      expect(await page.getByRole('insertion').allTextContents()).toContain('four times');
      const dropped = page.getByRole('region', { name: 'Silently dropped' });
      expect(await dropped.textContent()).toContain('Example fellowship');
      expect(await page.getByText('Late: answered after the deadline of 31 May 2010').count()).toBe(1);
    });
  });

  it('are printed dark on white, also by who reads them light on black', async () => {
    const texts = await visit('/organizations/icann', async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      return ask(page, 'colours');
    });
    const onWhite = texts.map(({ text, ink }) => ({ text, contrast: contrastOf(ink, [255, 255, 255]) }));
    expect(onWhite.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    expect(texts.filter(({ paper }) => paper.some((part) => part < 200))).toEqual([]);
  });

  describe.each([...PATHS, ...FAULTS])('%s', (path) => {
    beforeAll(() => Promise.all([onDesktop, onPhone].map((page) => page.goto(path))));

    it('does not move sideways on a phone of 360 pixels', async () => {
      expect(await ask(onPhone, 'widths')).toEqual([360, 360]);
    });

    it('says its language, has one first heading, and names every link, button and field', async () => {
      expect(await onDesktop.locator('html').getAttribute('lang')).toBe('en');
      expect(await onDesktop.locator('h1').count()).toBe(1);
      expect(await onDesktop.locator('main, header, footer').count()).toBe(3);
      expect(await ask(onDesktop, 'nameless')).toEqual([]);
    });

    it.each(['light', 'dark'] as const)('can be read: every text has a contrast of 4.5 (%s)', async (colorScheme) => {
      await onDesktop.emulateMedia({ colorScheme });
      const texts = await ask(onDesktop, 'colours');
      const faint = texts.filter(({ ink, paper }) => contrastOf(ink, paper) < 4.5);
      expect(texts.length).toBeGreaterThan(3);
      expect(faint).toEqual([]);
    });

    it('takes at most 100 KB with its style', async () => {
      const page = await fetch(product.address + path, { headers: { ...TAKES_GZIP, Accept: 'text/html' } });
      const assets = [...(await page.text()).matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, address]) => address!);
      expect(assets).toHaveLength(2);
      const others = await Promise.all(assets.map((asset) => fetch(product.address + asset, { headers: TAKES_GZIP })));
      const sizes = [page, ...others].map(({ headers }) => Number(headers.get('Content-Length')));
      expect(Math.min(...sizes)).toBeGreaterThan(0);
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
    });
  });

  it('gave the browser nothing to complain about but the answers that were faults', () => {
    const expected = /Failed to load resource: the server responded with a status of 40[04]/;
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  });
});

/** Of the forum, and taken up by an action of the registry that reported. */
async function recordOption(api: Api): Promise<void> {
  const option = '/api/options/open-list';
  await api.record('PUT', option, exampleOption());
  await api.record('POST', `${option}/debates`, EXAMPLE_DEBATE);
  await api.record('POST', `${option}/handovers`, exampleHandover('example-registry'));
  await api.record('POST', `${option}/actions`, { action: 'TWO-1', note: 'Its second part.' });
}
