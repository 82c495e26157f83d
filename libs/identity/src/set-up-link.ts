import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuse } from './identity-refusal.js';
import type { PersonKeys } from './keys/person-keys.js';

export const SET_UP_MS = 24 * 3_600_000;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

interface Offered {
  readonly id: string;
  readonly until: string;
  /** By whoever runs the installation: it is needed, whatever the record says. */
  readonly isAskedFor?: true;
}

/**
 * The one way in to an installation where nobody can sign in, or too few: good for a day and one time. There is no first password.
 * All nodes of an installation offer the same link, and it is used up on all of them at once.
 */
export class SetUpLink {
  constructor(
    /** Says which link was offered, and nothing that it could be made from without the installation's key. */
    private readonly file: string,
    private readonly keys: PersonKeys,
    private readonly now: () => number = Date.now,
  ) {}

  /** The one that is good at present, or a new one. */
  async offer(): Promise<string> {
    const offered = await this.offered();
    if (offered && this.isInTime(offered)) return this.secretOf(offered);
    const until = this.inADay();
    if (offered) return this.secretOf(await this.writeOver({ id: idAfter(offered), until }));
    return this.secretOf(await this.write({ id: randomUUID(), until }));
  }

  /** A new one, in place of any that was offered: good however many administer. */
  async offerAsked(): Promise<string> {
    return this.secretOf(await this.writeOver({ id: randomUUID(), until: this.inADay(), isAskedFor: true }));
  }

  /** `set-up-void` unless it is the one that was offered, in time, and not used. Tells whether it was asked for. */
  async require(secret: string): Promise<boolean> {
    const offered = await this.offered();
    if (!offered || !SECRET.test(secret) || !this.isInTime(offered)) refuse('set-up-void');
    if (!timingSafeEqual(Buffer.from(await this.secretOf(offered)), Buffer.from(secret))) refuse('set-up-void');
    return offered.isAskedFor === true;
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

  /** Where enough can sign in by now. What somebody asked for stays. */
  async withdraw(): Promise<void> {
    const offered = await this.offered();
    if (offered?.isAskedFor && this.isInTime(offered)) return;
    await rm(this.file, { force: true });
  }

  private inADay(): string {
    return new Date(this.now() + SET_UP_MS).toISOString();
  }

  private isInTime({ until }: Offered): boolean {
    return Date.parse(until) > this.now();
  }

  private async secretOf({ id }: Offered): Promise<string> {
    const server = await this.keys.ofServer();
    return createHmac('sha256', server).update(`set-up/${id}`).digest('base64url');
  }

  /** In place of one that is over. Of two nodes that begin at once, both write the same one: neither takes it from the other. */
  private async writeOver(offered: Offered): Promise<Offered> {
    await rename(await this.draftOf(offered), this.file);
    return offered;
  }

  /** Of two nodes that begin at once, both get the one that was first. */
  private async write(offered: Offered): Promise<Offered> {
    const draft = await this.draftOf(offered);
    try {
      await link(draft, this.file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
    return (await this.offered()) ?? offered;
  }

  private async draftOf(offered: Offered): Promise<string> {
    const draft = `${this.file}.${randomUUID()}`;
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    await writeFile(draft, JSON.stringify(offered), { mode: 0o600 });
    return draft;
  }

  private async offered(): Promise<Offered | undefined> {
    try {
      return JSON.parse(await readFile(this.file, 'utf8')) as Offered;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** The same on all nodes. Who knows it knows no link: that takes the installation's key. */
const idAfter = ({ id }: Offered) => createHash('sha256').update(id).digest('hex');
