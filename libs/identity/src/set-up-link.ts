import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { refuse } from './identity-refusal.js';

export const SET_UP_MS = 24 * 3_600_000;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The one way in to an installation where nobody can sign in yet: good for a day and one time. There is no first password. */
export class SetUpLink {
  constructor(
    /** Where the hash of the secret stands. */
    private readonly file: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** A new one, shown this once; the one before is void. */
  async offer(): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const stored = { hash: hashOf(secret), until: new Date(this.now() + SET_UP_MS).toISOString() };
    await writeFile(this.file, JSON.stringify(stored), { mode: 0o600 });
    return secret;
  }

  /** `set-up-void` unless it is the last one that was offered, in time, and not used. */
  async require(secret: string): Promise<void> {
    const stored = await this.stored();
    const isIt =
      SECRET.test(secret) && stored && timingSafeEqual(Buffer.from(stored.hash), Buffer.from(hashOf(secret)));
    if (!isIt || Date.parse(stored.until) <= this.now()) refuse('set-up-void');
  }

  /** Uses it up. Of two at once, one is refused. */
  async use(secret: string): Promise<void> {
    await this.require(secret);
    const used = `${this.file}.used`;
    try {
      await rename(this.file, used);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') refuse('set-up-void');
      throw error;
    }
    await rm(used, { force: true });
  }

  /** Where somebody can sign in by now. */
  async withdraw(): Promise<void> {
    await rm(this.file, { force: true });
  }

  private async stored(): Promise<{ readonly hash: string; readonly until: string } | undefined> {
    try {
      return JSON.parse(await readFile(this.file, 'utf8')) as { hash: string; until: string };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
