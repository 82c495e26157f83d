import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A name that secret scanners can find, an id that may be shown, and 256 random bits. */
const TOKEN = /^p71_([0-9a-f]{16})_([0-9a-f]{64})$/;

export interface NewToken {
  readonly token: string;
  readonly hash: string;
  /** Shown once, and kept nowhere. */
  readonly text: string;
}

export function newToken(): NewToken {
  const token = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('hex');
  return { token, hash: hashOf(secret), text: `p71_${token}_${secret}` };
}

/** Nothing for a text that is no token. */
export function readToken(text: string): { readonly token: string; readonly secret: string } | undefined {
  const [, token, secret] = TOKEN.exec(text) ?? [];
  return token === undefined || secret === undefined ? undefined : { token, secret };
}

export const isSecretOf = (hash: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hash), Buffer.from(hashOf(secret)));

/** Random as it is, it needs no slow hash. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
