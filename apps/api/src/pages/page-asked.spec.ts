import { describe, expect, it } from '@jest/globals';
import { HttpProblem } from '../http/http-problem.js';
import { pageAsked } from './page-asked.js';

const asked = (query: Readonly<Record<string, string | readonly string[]>>) => pageAsked({ query }, ['kind', 'years']);

describe('what the address of a page asks for', () => {
  it('is nothing where a form sends its fields empty', () => {
    expect(asked({ kind: '', years: ['', ''], asOf: '' })).toEqual({ given: {} });
  });

  it('is both of two fields that have one name', () => {
    expect(asked({ years: ['2008', '2010'] }).given).toEqual(asked({ years: '2008,2010' }).given);
  });

  it('leaves alone what others put on links', () => {
    expect(asked({ utm_source: 'a-newsletter', kind: 'IGO' })).toEqual({ given: { kind: 'IGO' } });
  });

  it('names a moment as everywhere else', () => {
    expect(asked({ asOf: '120' }).asOf).toEqual({ sequence: 120 });
    expect(asked({ asOf: '2026-11-22T10:30:00+01:00' }).asOf).toEqual({ recordedAt: '2026-11-22T09:30:00.000Z' });
  });

  it.each([{ asOf: 'yesterday' }, { kind: 'x'.repeat(201) }, { asOf: ['1', '2'] }])('is refused for %j', (query) => {
    expect(() => asked(query)).toThrow(HttpProblem);
  });
});
