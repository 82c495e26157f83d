import { describe, expect, it } from '@jest/globals';
import { base32, codeOfStep, fromBase32, otpauthUri, stepOf, stepOfCode } from './totp.js';

const digits = '12345678901234567890';
// RFC 6238, appendix B: seconds, then the codes under SHA-1, SHA-256 and SHA-512.
const VECTORS = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const;

describe('A code of the second factor', () => {
  it.each(VECTORS)('is that of RFC 6238 at %i seconds', (seconds, sha1, sha256, sha512) => {
    const step = stepOf(seconds * 1_000);
    const of = (length: number) => Buffer.from(digits.repeat(4).slice(0, length));
    expect(codeOfStep(of(20), step, { digits: 8 })).toBe(sha1);
    expect(codeOfStep(of(32), step, { digits: 8, algorithm: 'sha256' })).toBe(sha256);
    expect(codeOfStep(of(64), step, { digits: 8, algorithm: 'sha512' })).toBe(sha512);
  });

  it('counts in its own half minute, the one before and the one after, and in no other', () => {
    const secret = Buffer.from(digits);
    const now = 1_234_567_890_000;
    const found = [-2, -1, 0, 1, 2].map((aside) => stepOfCode(secret, codeOfStep(secret, stepOf(now) + aside), now));
    expect(found).toEqual([undefined, stepOf(now) - 1, stepOf(now), stepOf(now) + 1, undefined]);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '-12345', ' 12345'])('is not %j', (text) =>
    expect(stepOfCode(Buffer.from(digits), text, 59_000)).toBeUndefined(),
  );
});

describe('A secret of the second factor', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%j is written as RFC 4648 has it', (text, written) => {
    expect(base32(Buffer.from(text))).toBe(written);
    expect(fromBase32(written).toString()).toBe(text);
  });

  it('names the product and the account to an authenticator', () =>
    expect(otpauthUri(Buffer.from('foobar'), 'a b@registry.example')).toBe(
      'otpauth://totp/Para%2071:a%20b%40registry.example?secret=MZXW6YTBOI&issuer=Para%2071',
    ));
});
