import { createHash, randomBytes } from 'node:crypto';
import { base32 } from './totp.js';

export const RECOVERY_CODES = 10;
const CODE_BYTES = 10;

/** Ten, shown once: `abcd-efgh-…`, 80 bits each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => base32(randomBytes(CODE_BYTES)).toLowerCase().match(/.{4}/g)!.join('-'));

/** However it was written down. 80 random bits need no slow hash. */
export const hashOfCode = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^a-z2-7]/g, ''))
    .digest('base64url');
