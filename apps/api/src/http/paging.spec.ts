import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { askedBy, type QueryShape } from './asked.js';
import { HttpProblem } from './http-problem.js';
import { decodeCursor, encodeCursor, parseAsOf } from './paging.js';

const SHAPE: QueryShape = { filters: ['track'], asOf: true, paged: true };
const ask = (query: object, shape = SHAPE) => askedBy({ url: '/api/actions?x=y', query }, shape);

function codeOf(asked: () => unknown): string {
  try {
    asked();
  } catch (error) {
    if (error instanceof HttpProblem) return error.code;
    throw error;
  }
  return 'none';
}

describe('asOf', () => {
  it('is a sequence', () => {
    expect(parseAsOf('0')).toEqual({ sequence: 0 });
    expect(parseAsOf('1207')).toEqual({ sequence: 1207 });
  });

  it('is a time with its zone, which becomes UTC', () => {
    expect(parseAsOf('2024-02-29T12:00:00+02:00')).toEqual({ recordedAt: '2024-02-29T10:00:00.000Z' });
    expect(parseAsOf('2024-02-29T12:00:00.1239Z')).toEqual({ recordedAt: '2024-02-29T12:00:00.123Z' });
  });

  it.each([
    '-1',
    '01',
    '1.0',
    '1e3',
    '9'.repeat(16),
    'now',
    '2024-02-29',
    '2024-02-29T12:00:00',
    '2023-02-29T12:00:00Z',
    '2024-02-30T12:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:00:60Z',
    '2024-01-01T00:00:00 01:00',
    '2024-01-01T00:00:00+24:00',
  ])('is not %s', (text) => {
    expect(codeOf(() => parseAsOf(text))).toBe('as-of-malformed');
  });
});

describe('a cursor', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(), (after, sequence) => {
        const cursor = { after, asOf: { sequence } };
        expect(decodeCursor(encodeCursor(cursor, 'list'), 'list')).toEqual(cursor);
      }),
    );
    expect(decodeCursor(encodeCursor({ after: 'a' }, 'list'), 'list')).toEqual({ after: 'a' });
  });

  it('is refused when it was changed, cut, or made for another list', () => {
    const cursor = encodeCursor({ after: 'example-registry/42', asOf: { sequence: 7 } }, 'list');
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom('A', 'b', '0', '_', ''), (at, other) => {
        fc.pre(cursor[at] !== other);
        const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
        expect(codeOf(() => decodeCursor(changed, 'list'))).toBe('cursor-malformed');
      }),
    );
    expect(codeOf(() => decodeCursor(cursor, 'other list'))).toBe('cursor-malformed');
  });

  it.each([
    'null',
    '{}',
    'x',
    '["a"',
    '["a"]',
    '[1,null]',
    '["a",5]',
    '["a",true]',
    '["a",{}]',
    '["a",{"sequence":-1}]',
    '["a",{"sequence":"1"}]',
    '["a",{"sequence":1e30}]',
    '["a",{"recordedAt":"now"}]',
    '["a",null,"now"]',
    '["a",null,7]',
  ])('is refused when somebody made it up: %s', (json) => {
    const body = Buffer.from(json).toString('base64url');
    const checksum = hash('sha256', `list\n${body}`, 'base64url').slice(0, 8);
    expect(codeOf(() => decodeCursor(checksum + body, 'list'))).toBe('cursor-malformed');
  });
});

describe('a query', () => {
  it('has a limit of 50 by default, and 200 at most', () => {
    expect(ask({}).limit).toBe(50);
    expect(ask({ limit: '200' }).limit).toBe(200);
    for (const limit of ['0', '201', '-1', '1.5', 'ten', '1e2']) {
      expect(codeOf(() => ask({ limit }))).toBe('limit-malformed');
    }
  });

  it('goes on with the page after, at the moment of the first page', () => {
    const first = ask({ track: 'EC', asOf: '7' });
    const cursor = first.next({ after: 'ACT-0050', asOf: { sequence: 7 } });
    expect(ask({ track: 'EC', cursor })).toMatchObject({ after: 'ACT-0050', asOf: { sequence: 7 } });
    expect(ask({ asOf: '7', cursor, track: 'EC' })).toMatchObject({ after: 'ACT-0050' });
    expect(codeOf(() => ask({ track: 'EC', asOf: '8', cursor }))).toBe('cursor-malformed');
    expect(codeOf(() => ask({ track: 'IGF', cursor }))).toBe('cursor-malformed');
  });

  it('goes on with the pages after, for whoever goes on to say the time by which the first was asked for', () => {
    const [time, later] = ['2026-01-15T10:30:00+01:00', '2026-01-16T09:30:00Z'];
    const moment = { asOf: { sequence: 7 } };
    const second = ask({ asOf: time, cursor: ask({ asOf: time }).next({ after: 'a', ...moment }) });
    expect(second).toMatchObject({ after: 'a', ...moment });
    const third = second.next({ after: 'b', ...moment });
    expect(ask({ asOf: time, cursor: third })).toMatchObject({ after: 'b', ...moment });
    const silently = ask({ cursor: third }).next({ after: 'c', ...moment });
    expect(ask({ asOf: time, cursor: silently })).toMatchObject({ after: 'c', ...moment });
    expect(codeOf(() => ask({ asOf: later, cursor: third }))).toBe('cursor-malformed');
    expect(codeOf(() => ask({ asOf: time, cursor: ask({}).next({ after: 'a', ...moment }) }))).toBe('cursor-malformed');
  });

  it('refuses what it does not know, and says what it knows', () => {
    try {
      ask({ colour: 'blue' });
    } catch (error) {
      expect(error).toMatchObject({
        code: 'query-parameter-unknown',
        details: { errors: [{ parameter: 'colour', message: 'is not one of track, asOf, cursor, limit' }] },
      });
    }
    expect(codeOf(() => ask({ asOf: '1' }, { filters: [] }))).toBe('query-parameter-unknown');
  });

  it('refuses a parameter that is repeated or empty', () => {
    expect(codeOf(() => ask({ track: ['EC', 'IGF'] }))).toBe('query-parameter-malformed');
    expect(codeOf(() => ask({ track: '' }))).toBe('query-parameter-malformed');
    expect(codeOf(() => ask({ track: 'x'.repeat(201) }))).toBe('query-parameter-malformed');
  });
});
