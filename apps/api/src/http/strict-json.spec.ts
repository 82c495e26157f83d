import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadJson } from './bad-json.js';
import { normalised } from './normalised.js';
import { readStrictJson } from './strict-json.js';

const read = (json: string) => readStrictJson(Buffer.from(json));

function refusalOf(json: string | Buffer): BadJson {
  try {
    readStrictJson(Buffer.from(json));
  } catch (error) {
    if (error instanceof BadJson) return error;
    throw error;
  }
  throw new Error(`It took ${json.toString()}`);
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('strict JSON', () => {
  it.each([
    ['a repeated key', '{"a":1,"b":{"c":1,"c":2}}', 'json-key-repeated', '/b/c'],
    ['a key that is repeated in other letters', '{"title":1,"\\u0074itle":2}', 'json-key-repeated', '/title'],
    ['__proto__', '{"__proto__":{}}', 'json-key-forbidden', '/__proto__'],
    ['__proto__ behind escapes', '{"a":[{"\\u005f_proto__":1}]}', 'json-key-forbidden', '/a/0/__proto__'],
    ['constructor', '{"constructor":1}', 'json-key-forbidden', '/constructor'],
    ['prototype', '[{"prototype":1}]', 'json-key-forbidden', '/0/prototype'],
    ['a depth of 33', nested(33), 'json-too-deep', '/0'.repeat(32)],
    ['an escaped high surrogate alone', '{"a":"\\ud800"}', 'json-half-surrogate', '/a'],
    ['an escaped low surrogate alone', '{"a":"\\udc00 "}', 'json-half-surrogate', '/a'],
    ['surrogates in the wrong order', '["\\udc00\\ud800"]', 'json-half-surrogate', '/0'],
    ['an integer beyond 2^53-1', '[9007199254740993]', 'json-number-out-of-range', '/0'],
    ['an integer that is written with an exponent', '[1e20]', 'json-number-out-of-range', '/0'],
    ['a number that is infinite', '{"n":1e400}', 'json-number-out-of-range', '/n'],
    ['a number that vanishes', '{"n":-0.1e-400}', 'json-number-out-of-range', '/n'],
    ['nothing at all', '', 'json-malformed', ''],
    ['an unfinished object', '{"a":1', 'json-malformed', ''],
    ['an unfinished string', '{"a":"b', 'json-malformed', '/a'],
    ['a second value', '{} {}', 'json-malformed', ''],
    ['a trailing comma', '[1,]', 'json-malformed', '/1'],
    ['single quotes', "{'a':1}", 'json-malformed', ''],
    ['a line break within a string', '["\n"]', 'json-malformed', '/0'],
    ['NaN', '[NaN]', 'json-malformed', '/0'],
    ['a leading zero', '[01]', 'json-malformed', ''],
    ['a comment', '{} // end', 'json-malformed', ''],
  ])('refuses %s', (_, json, code, pointer) => {
    expect(refusalOf(json)).toMatchObject({ code, place: { pointer } });
  });

  it('refuses a body over 1 MB before it reads it', () => {
    expect(refusalOf(Buffer.alloc(1_000_001, 0xff)).code).toBe('body-too-large');
  });

  it.each([
    ['a byte that begins no character', [0x22, 0xff, 0x22]],
    ['a character in more bytes than it needs', [0x22, 0xc0, 0x80, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character that ends too soon', [0x22, 0xe2, 0x82, 0x22]],
  ])('refuses invalid UTF-8: %s', (_, bytes) => {
    expect(refusalOf(Buffer.from(bytes)).code).toBe('json-not-utf8');
  });

  it('refuses a byte order mark, which RFC 8259 forbids to send', () => {
    expect(refusalOf('\ufeff{}').code).toBe('json-begins-with-bom');
  });

  it('says where: line, column and offset', () => {
    const { place, message } = refusalOf('{\n  "title": "Example",\n  "title": 2\n}');
    expect(place).toEqual({ pointer: '/title', offset: 26, line: 3, column: 3 });
    expect(message).toBe('The key "title" is repeated.');
  });

  it('takes what is allowed, as JSON.parse does', () => {
    const json = ` {"a":[1,-0.5e3,9007199254740991,0.1234567890123456789,true,false,null],"é":"\\ud83d\\ude00😀\\n\\/"} `;
    expect(read(json)).toEqual(JSON.parse(json));
    expect(read(nested(32))).toEqual(JSON.parse(nested(32)));
  });

  it('takes every JSON value that is safe', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(3), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        let taken: unknown;
        try {
          taken = read(json);
        } catch (error) {
          // Doubles such as 1e300 are integers, too.
          expect((error as BadJson).code).toMatch(/^json-(number-out-of-range|key-forbidden)$/);
          return;
        }
        expect(taken).toEqual(JSON.parse(json));
      }),
    );
  });

  it('refuses what JSON.parse refuses, with its own error', () => {
    const fragment = fc.constantFrom(
      ...'{ } [ ] , : " \\ 0 1 . e E + - t'.split(' '),
      ' ',
      '\n',
      'true',
      'null',
      '"a"',
      '"a":',
      '\\u00',
      '\\ud83d',
      'é',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const json = fragments.join('');
        let parsed: unknown;
        let valid = true;
        try {
          parsed = JSON.parse(json);
        } catch {
          valid = false;
        }
        if (!valid) expect(refusalOf(json)).toBeInstanceOf(BadJson);
        else if (!/\\ud|"a".*"a"|\d{16}|[eE]/.test(json)) expect(read(json)).toEqual(parsed);
      }),
      { numRuns: 3_000 },
    );
  });

  it('answers random bytes with BadJson or a value, never with another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readStrictJson(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(BadJson);
        }
      }),
    );
  });
});

describe('normalised text', () => {
  it('is NFC, in every string of a value, and leaves keys as they are', () => {
    const decomposed = 'e\u0301';
    expect(normalised({ [decomposed]: [decomposed, { a: 'plain', n: 1, no: null }] })).toEqual({
      [decomposed]: ['\u00e9', { a: 'plain', n: 1, no: null }],
    });
  });
});
