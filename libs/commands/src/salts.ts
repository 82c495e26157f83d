import { randomFillSync } from 'node:crypto';

/** 128 bits, as DESIGN says of `salt`. */
const BYTES = 16;

/** Asked for one by one, random bytes were 2.5 % of a command; a pool of 256 salts at a time is hardly seen. */
const pool = Buffer.allocUnsafeSlow(256 * BYTES);
let next = pool.length;

/** 128 random bits, in base64url. None is given twice. */
export function newSalt(): string {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  return pool.toString('base64url', next, (next += BYTES));
}
