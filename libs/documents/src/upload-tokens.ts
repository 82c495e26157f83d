import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-code.js';

const KEY_BYTES = 32;
const TOKEN = /^([0-9a-z]{1,11})\.([\w-]{43})$/;
const VALID_MS = 60 * 60 * 1000;

/**
 * Proof that its bearer has uploaded a certain content within the last hour. To know the hash of a document is no such
 * proof: it stands in events that more people read than may read the document. Nothing is remembered but one key.
 */
export class UploadTokens {
  private constructor(
    private readonly key: Buffer,
    private readonly now: () => number,
  ) {}

  /** With the key that is in the folder, for all who share it; with a new one where there is none. */
  static async open(folder: string, now: () => number = Date.now): Promise<UploadTokens> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'upload-key');
    const draft = join(folder, `upload-key-${randomUUID()}`);
    await writeFile(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true });
    // The first one stays, and is never seen half written.
    await link(draft, path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    await rm(draft);
    const key = await readFile(path);
    if (key.length !== KEY_BYTES) {
      throw new Error(`${path} has ${key.length} bytes instead of ${KEY_BYTES}: delete it, and a new one is made`);
    }
    return new UploadTokens(key, now);
  }

  /** Header and address safe. */
  issue(sha256: string): string {
    const until = (this.now() + VALID_MS).toString(36);
    return `${until}.${this.sign(sha256, until).toString('base64url')}`;
  }

  proves(token: string | undefined, sha256: string): boolean {
    const [, until, signature] = TOKEN.exec(token ?? '') ?? [];
    if (until === undefined || signature === undefined) return false;
    const given = Buffer.from(signature, 'base64url');
    const right = this.sign(sha256, until);
    return given.length === right.length && timingSafeEqual(given, right) && Number.parseInt(until, 36) > this.now();
  }

  private sign(sha256: string, until: string): Buffer {
    return createHmac('sha256', this.key).update(`upload ${sha256} ${until}`).digest();
  }
}
