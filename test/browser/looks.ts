import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask } from './chromium.js';
import { contrastOf } from './contrast.js';

/** Where to put a picture of every page, for whoever wants to look at them. */
const PICTURES = process.env['PICTURES'];

/** What is asked of every page, in every colour and width. `name`: of its picture. */
export async function lookAt(name: string, at: Page): Promise<void> {
  expect(await at.locator('html').getAttribute('lang')).toBe('en');
  expect(await at.locator('h1').count()).toBe(1);
  expect(await at.title()).toMatch(/ · Para 71$/);
  expect(await ask(at, 'nameless')).toEqual([]);
  expect(await ask(at, 'unlabelled')).toEqual([]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await at.emulateMedia({ colorScheme });
    const faint = (await ask(at, 'colours')).filter(({ ink, paper }) => contrastOf(ink, paper) < 4.5);
    expect(faint).toEqual([]);
    for (const width of [360, 1280]) {
      await at.setViewportSize({ width, height: 800 });
      expect(await ask(at, 'widths')).toEqual([width, width]);
      if (!PICTURES) continue;
      mkdirSync(PICTURES, { recursive: true });
      await at.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await at.emulateMedia({ colorScheme: 'light' });
}
