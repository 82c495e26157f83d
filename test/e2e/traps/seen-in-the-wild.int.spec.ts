import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TRAPS } from './seen-in-the-wild.js';

const ROOT = join(import.meta.dirname, '../../..');
/** A whole year is told by chapters beside its spec. */
const HOLDS_TESTS = /\.spec\.ts$|whole-year\/[^/]+\.ts$/;
const NAMED = /['"`]Trap \(([^)]+)\): \S/g;

const FILES = ['apps', 'libs', 'test']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((path) => HOLDS_TESTS.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** What the names of all tests say that they try. */
const tried = new Set(FILES.flatMap(({ text }) => [...text.matchAll(NAMED)].flatMap(([, of]) => of!.split(', '))));

describe('Each trap that others fell into', () => {
  it.each(TRAPS.flatMap(({ what, seenIn }) => seenIn.map((each) => ({ each, what }))))(
    '$each: $what: is tried by a test that names it',
    ({ each }) => expect([...tried]).toContain(each),
  );

  it('is listed once', () => {
    const all = TRAPS.flatMap(({ seenIn }) => seenIn);
    expect(all).toEqual([...new Set(all)]);
  });

  it('is named by where it was seen: no test is called a trap without', () => {
    expect(FILES.filter(({ text }) => /['"`]Trap:/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
