import { describe, expect, it } from '@jest/globals';
import { comparePositions } from './positions.js';

describe('comparePositions', () => {
  it.each([
    ['9', '10'],
    ['1207', '1208'],
    ['9/9', '10/1'],
    ['10/9', '10/10'],
    ['9007199254740993/1', '9007199254740994/1'],
    ['18446744073709551614/18446744073709551614', '18446744073709551615/18446744073709551615'],
  ])('takes %s for earlier than %s', (earlier, later) => {
    expect(comparePositions(earlier, later)).toBeLessThan(0);
    expect(comparePositions(later, earlier)).toBeGreaterThan(0);
  });

  it('takes a position for its own equal', () => expect(comparePositions('10/9', '10/9')).toBe(0));
});
