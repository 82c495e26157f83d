import { expect } from '@jest/globals';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesWith } from './traces.js';

/** Places below a folder, each with the names of its files. */
export type Places = Readonly<Record<string, RegExp>>;

/**
 * That each place has files, and that what is looked for would be found in every one of them: in a copy of the folder it
 * is put behind the last byte of each.
 */
export function expectToBeSearched(folder: string, places: Places, patterns: readonly Buffer[]): void {
  const copy = mkdtempSync(join(tmpdir(), 'para71-searched-'));
  try {
    cpSync(folder, copy, { recursive: true, dereference: true });
    const all = readdirSync(copy, { recursive: true, encoding: 'utf8' });
    for (const [place, names] of Object.entries(places)) {
      const files = all.filter((name) => names.test(name));
      expect([place, files.length > 0]).toEqual([place, true]);
      for (const file of files) appendFileSync(join(copy, file), patterns[0]!);
      const found = new Set(filesWith(copy, patterns));
      expect([place, files.filter((file) => !found.has(file))]).toEqual([place, []]);
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
}
