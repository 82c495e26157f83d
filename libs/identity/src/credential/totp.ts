import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** A clock may be wrong by a step, and a person slow by one. */
const STEPS_ASIDE = [0, -1, 1];
/** RFC 4226 asks for at least 128 bits and recommends 160. */
const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface CodeOptions {
  readonly digits?: number;
  readonly algorithm?: 'sha1' | 'sha256' | 'sha512';
}

/** RFC 4226, section 5.3, of the counter that RFC 6238 makes of the time. */
export function codeOfStep(
  secret: Buffer,
  step: number,
  { digits = DIGITS, algorithm = 'sha1' }: CodeOptions = {},
): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac(algorithm, secret).update(counter).digest();
  const truncated = hash.readUInt32BE(hash.at(-1)! & 0x0f) & 0x7fff_ffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** `now`: milliseconds since 1970. */
export const stepOf = (now: number): number => Math.floor(now / 1_000 / STEP_SECONDS);

/** The step that the code belongs to, of those around `now`. Whoever asks sees to it that each is used once. */
export function stepOfCode(secret: Buffer, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const given = Buffer.from(code);
  const steps = STEPS_ASIDE.map((aside) => stepOf(now) + aside);
  // All are computed, whichever it is.
  const found = steps.filter((step) => timingSafeEqual(Buffer.from(codeOfStep(secret, step)), given));
  return found[0];
}

export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** RFC 4648, without padding: as people type it into their authenticator. */
export function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What `base32` wrote. */
export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What an authenticator reads from a QR code. */
export function otpauthUri(secret: Buffer, account: string, issuer = 'Para 71'): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
