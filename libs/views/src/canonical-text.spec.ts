import { expect, it } from '@jest/globals';
import { canonicalText } from './canonical-text.js';

it('orders members by their names, at every depth, and leaves the rest', () =>
  expect(canonicalText('{ "b": [ { "d": 1.50, "c": null } ], "a": "\\u00e9\\n" }')).toBe(
    '{"a":"é\\n","b":[{"c":null,"d":1.5}]}',
  ));

it('orders names by UTF-16 units, as RFC 8785 says', () =>
  expect(canonicalText('{"\\ufb33":1,"\\ud83d\\ude00":2,"\\u20ac":3}')).toBe(
    '{"\u20ac":3,"\ud83d\ude00":2,"\ufb33":1}',
  ));
