import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_BYTES, type PersonId, PersonKeys } from './person-keys.js';

const NAME = /^person-[0-9a-f-]{36}$/;
/** Keys that are kept in memory; others are read again. */
const MOST_CACHED = 1_000;
const SERVER = 'server';
const ID_FILE = 'folder.id';

/** A file that is no key: cut off by a full disk, or put there by hand. */
export class KeyBroken extends Error {
  override readonly name = 'KeyBroken';
  readonly code = 'key-broken';
  constructor(file: string, bytes: number) {
    super(`${file} has ${bytes} bytes, and a key has ${KEY_BYTES}: bring it back from the backup of the keys.`);
  }
}

/** One file a person, readable by this process's user alone. Several nodes share the folder. */
export class KeyFolder extends PersonKeys {
  private readonly cached = new Map<PersonId, Buffer>();
  private server: Promise<Buffer> | undefined;

  constructor(private readonly folder: string) {
    super();
  }

  override get place(): string {
    return this.folder;
  }

  override async id(): Promise<string> {
    const known = await folderId(this.folder);
    if (known !== undefined) return known;
    const written = await this.write(join(this.folder, ID_FILE), Buffer.from(`${randomUUID()}\n`));
    return written.toString('utf8').trim();
  }

  override async create(person: PersonId): Promise<Buffer> {
    const file = this.fileOf(person);
    return this.cache(person, (await this.read(file)) ?? (await this.write(file, randomBytes(KEY_BYTES))));
  }

  override async find(person: PersonId): Promise<Buffer | undefined> {
    const cached = this.cached.get(person);
    if (cached) return cached;
    const read = await this.read(this.fileOf(person));
    return read && this.cache(person, read);
  }

  /** Overwritten before it is removed: on many disks that leaves less behind, and on none it is a promise. */
  override async destroy(person: PersonId): Promise<void> {
    this.cached.delete(person);
    const file = this.fileOf(person);
    try {
      await using handle = await open(file, 'r+');
      await handle.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0);
      await handle.sync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    await rm(file, { force: true });
    await this.syncFolder();
  }

  override ofServer(): Promise<Buffer> {
    this.server ??= this.serverKey().catch((error: unknown) => {
      this.server = undefined;
      throw error;
    });
    return this.server;
  }

  private async serverKey(): Promise<Buffer> {
    const file = join(this.folder, `${SERVER}.key`);
    return (await this.read(file)) ?? this.write(file, randomBytes(KEY_BYTES));
  }

  private fileOf(person: PersonId): string {
    if (!NAME.test(person)) throw new Error(`${JSON.stringify(person).slice(0, 60)} is no id of a person`);
    return join(this.folder, `${person}.key`);
  }

  private async read(file: string): Promise<Buffer | undefined> {
    try {
      const key = await readFile(file);
      if (key.length !== KEY_BYTES) throw new KeyBroken(file, key.length);
      return key;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Linked under its name when it is whole: of two nodes that make it at once, both get the one that was first. */
  private async write(file: string, content: Buffer): Promise<Buffer> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const draft = join(this.folder, `.${randomUUID()}.draft`);
    try {
      await using handle = await open(draft, 'wx', 0o600);
      await handle.write(content);
      await handle.sync();
      await link(draft, file);
      await this.syncFolder();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
    return readFile(file);
  }

  private async syncFolder(): Promise<void> {
    await using handle = await open(this.folder, 'r');
    await handle.sync();
  }

  private cache(person: PersonId, key: Buffer): Buffer {
    this.cached.delete(person);
    this.cached.set(person, key);
    if (this.cached.size > MOST_CACHED) this.cached.delete(this.cached.keys().next().value!);
    return key;
  }
}

/** The id of the keys in a folder; nothing where none were made there. */
export async function folderId(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, ID_FILE), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
