import { describe, expect, it } from '@jest/globals';
import { newSalt } from './salts.js';

describe('A salt', () => {
  it('has 128 bits and is given once, also where one pool ends and the next begins', () => {
    const salts = Array.from({ length: 1_000 }, newSalt);
    for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
    expect(new Set(salts).size).toBe(1_000);
  });
});
