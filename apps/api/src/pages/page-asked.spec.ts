import { describe, expect, it } from '@jest/globals';
import { HttpProblem } from '../http/http-problem.js';
import { asOfIn, givenIn } from './page-asked.js';

type Query = Readonly<Record<string, string | readonly string[]>>;

const given = (query: Query) => givenIn({ query }, ['kind', 'years']);
const asOf = (query: Query) => asOfIn({ query });

describe('what the address of a page asks for', () => {
  it('is nothing where a form sends its fields empty', () => {
    const empty = { kind: '', years: ['', ''], asOf: '' };
    expect([given(empty), asOf(empty)]).toEqual([{}, undefined]);
  });

  it('is both of two fields that have one name', () => {
    expect(given({ years: ['2008', '2010'] })).toEqual(given({ years: '2008,2010' }));
  });

  it('leaves alone what others put on links', () => {
    expect(given({ utm_source: 'a-newsletter', kind: 'IGO' })).toEqual({ kind: 'IGO' });
  });

  it('names a moment as everywhere else', () => {
    expect(asOf({ asOf: '120' })).toEqual({ sequence: 120 });
    expect(asOf({ asOf: '2026-11-22T10:30:00+01:00' })).toEqual({ recordedAt: '2026-11-22T09:30:00.000Z' });
  });

  it.each(['yesterday', ['1', '2']])('is refused for the moment %j', (moment) => {
    expect(() => asOf({ asOf: moment })).toThrow(HttpProblem);
  });

  it('is refused where it is longer than any answer to it', () => {
    expect(() => given({ kind: 'x'.repeat(201) })).toThrow(HttpProblem);
  });
});
