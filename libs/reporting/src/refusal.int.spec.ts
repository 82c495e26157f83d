import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

// Specs of the rules end in `.refuses('some-code')` or name the code beside the rule that throws it, and fail where the
// rule gives another one. So a code that no spec names is a code that no spec has seen.

const here = new URL('./', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, here), 'utf8');
const specs = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.spec.ts') && !file.endsWith('refusal.int.spec.ts'))
  .map(textOf)
  .join('\n');
const codes = [...textOf('refusal.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => code!);

/** Given by no rule of this library: they are for those who ask about a report from outside its stream. */
const GIVEN_ELSEWHERE = ['report-unknown', 'report-declined'];

it('Every refusal code is provoked by a spec', () => {
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => !specs.includes(`'${code}'`))).toEqual(GIVEN_ELSEWHERE);
});
