import { describe, expect, it } from '@jest/globals';
import { backOff } from './back-off.js';

describe('backOff', () => {
  it('grows with each failure, up to two seconds', () => {
    const pauses = [1, 2, 3, 4, 5, 8, 9, 100].map((failures) => Math.round(backOff(failures, () => 1)));
    expect(pauses).toEqual([100, 150, 225, 338, 506, 1709, 2000, 2000]);
  });

  it('is spread over half of its length', () => {
    expect(backOff(3, () => 0)).toBe(112.5);
    expect(backOff(3, () => 0.5)).toBe(168.75);
  });
});
