import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Rgb } from './contrast.js';

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env['CI'] === 'true') throw new Error(`${CHROMIUM} is missing`);
export const describeInChromium = hasChromium ? describe : describe.skip;

export function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** Notes down whatever the browser complains about. */
export function listen(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => complaints.push(`${message.page()?.url()}: ${message.text()}`));
  context.on('weberror', (error) => complaints.push(String(error.error())));
}

/** What a page is asked for, by the name of the function in the file. */
interface OnPage {
  nameless: string[];
  unlabelled: string[];
  colours: { readonly text: string; readonly ink: Rgb; readonly paper: Rgb }[];
  widths: [content: number, window: number];
}

const ON_PAGE = readFileSync(join(import.meta.dirname, 'on-page.js'), 'utf8');

export const ask = <Name extends keyof OnPage>(page: Page, name: Name) =>
  page.evaluate<OnPage[Name]>(`${ON_PAGE}\nonPage.${name}()`);
