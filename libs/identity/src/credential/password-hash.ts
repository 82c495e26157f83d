import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

// OWASP's least for argon2id: 19 MiB, two passes, one lane. Each hash says with what it was made, so these may rise.
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Version 1.3 of the algorithm, as the PHC format writes it. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

const derive = promisify((parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) => {
  argon2('argon2id', parameters, done);
});

/** Once, the same at setting and at checking: two keyboards may write one letter in two ways. */
const bytesOf = (password: string) => Buffer.from(password.normalize('NFKC'), 'utf8');
const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** In the PHC string format of C2SP. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const tag = await derive({
    message: bytesOf(password),
    nonce,
    parallelism: LANES,
    tagLength: HASH_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** Compares without telling by its time how far two hashes agree. A text that is no hash is a fault, and not a wrong password. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, lanes, salt, tag] = PHC.exec(hash) ?? [];
  if (tag === undefined || salt === undefined) throw new Error('The stored password hash is not of argon2id');
  const expected = Buffer.from(tag, 'base64');
  const derived = await derive({
    message: bytesOf(password),
    nonce: Buffer.from(salt, 'base64'),
    parallelism: Number(lanes),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
  });
  return timingSafeEqual(derived, expected);
}

let nobody: Promise<string> | undefined;

/** The same work as `isPassword`, for who has no password or does not exist: the time of an answer must not tell. */
export async function isNobodysPassword(password: string): Promise<false> {
  nobody ??= hashPassword(randomBytes(SALT_BYTES).toString('hex'));
  await isPassword(password, await nobody);
  return false;
}
