import { describe, expect, it } from '@jest/globals';
import { MetricsToken } from './metrics-token.js';

const token = 'a token of forty characters, as it is given'.replaceAll(/[ ,]/g, '-');

describe('The token for metrics', () => {
  it('is found in a header, whatever the case of its scheme', () => {
    const asked = new MetricsToken(token);
    expect(asked.isAsked).toBe(true);
    expect(['Bearer', 'bearer', 'BEARER '].map((scheme) => asked.isIn(`${scheme} ${token}`))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each([
    undefined,
    '',
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    'Bearer ',
    `Bearer ${token} ${token}`,
  ])('is not in %j', (header) => expect(new MetricsToken(token).isIn(header)).toBe(false));

  it('that there is none of is in nothing', () => {
    const none = new MetricsToken(undefined);
    expect(none.isAsked).toBe(false);
    expect([undefined, 'Bearer undefined', 'Bearer '].map((header) => none.isIn(header))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
