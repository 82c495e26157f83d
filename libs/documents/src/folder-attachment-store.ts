import { type FileHandle, mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  type Attachment,
  ATTACHMENT_LIMITS,
  type AttachmentLimits,
  AttachmentStore,
  type Damage,
  type Declared,
  type OpenAttachment,
} from './attachment-store.js';
import { isMissing } from './error-code.js';
import { AttachmentDamaged } from './errors.js';
import { partsOf } from './file-parts.js';
import { type Arrived, Incoming, tooLarge } from './incoming.js';
import { claimedKind, inspect, typeOfKept } from './inspect.js';
import { originalName } from './original-name.js';
import { verified } from './verified.js';

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Files in a folder, each under its hash: `ab/cdef…`. A file is written elsewhere, brought to the disk, and then renamed
 * into its place, so that under its final name there is all of it or nothing. Several processes may share the folder.
 */
export class FolderAttachmentStore extends AttachmentStore {
  private constructor(
    private readonly folder: string,
    private readonly incoming: Incoming,
    private readonly limits: AttachmentLimits,
  ) {
    super();
  }

  /** Makes the folder where there is none, and clears away what a crash has left of uploads. */
  static async open(folder: string, limits: AttachmentLimits = ATTACHMENT_LIMITS): Promise<FolderAttachmentStore> {
    await mkdir(join(folder, 'content'), { recursive: true, mode: 0o700 });
    const incoming = await Incoming.open(join(folder, 'incoming'));
    return new FolderAttachmentStore(join(folder, 'content'), incoming, limits);
  }

  async put(content: Readable, declared: Declared): Promise<Attachment> {
    const name = originalName(declared.name);
    const claimed = claimedKind({ ...declared, name });
    if ((declared.bytes ?? 0) > this.limits.bytes) throw tooLarge(this.limits.bytes);
    return this.incoming.receive(content, this.limits.bytes, async (arrived) => {
      const { file, sha256, bytes } = arrived;
      await inspect(file, bytes, claimed, this.limits);
      await this.settle(arrived);
      return { sha256, bytes, type: claimed.type, name };
    });
  }

  async open(sha256: string): Promise<OpenAttachment | undefined> {
    const file = await this.fileOf(sha256);
    if (!file) return undefined;
    try {
      const { size: bytes } = await file.stat();
      const type = await typeOfKept(file, bytes, this.limits).catch(() => {
        throw new AttachmentDamaged(sha256);
      });
      const content = Readable.from(verified(partsOf(file, 0, bytes), sha256), { objectMode: false });
      // Also where nobody ever reads it.
      content.once('close', () => void file.close());
      return { bytes, type, content };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async has(sha256: string): Promise<boolean> {
    await using file = await this.fileOf(sha256);
    return file !== undefined;
  }

  async *verifyAll(onRead: () => void = () => undefined): AsyncGenerator<Damage> {
    for (const beginning of (await readdir(this.folder)).sort()) {
      for (const rest of (await readdir(join(this.folder, beginning))).sort()) {
        const sha256 = beginning + rest;
        const what = await this.damageOf(sha256);
        onRead();
        if (what) yield { sha256, what };
      }
    }
  }

  private async damageOf(sha256: string): Promise<Damage['what'] | undefined> {
    try {
      return (await this.isSound(sha256)) ? undefined : 'content';
    } catch {
      return 'unreadable';
    }
  }

  /** Moves the file to its place, unless a sound one is there already. Durable when it resolves. */
  private async settle({ path, file, sha256 }: Arrived): Promise<void> {
    const to = this.pathOf(sha256);
    const parent = join(to, '..');
    await mkdir(parent, { recursive: true, mode: 0o700 });
    if (!(await this.isSound(sha256))) {
      await file.sync();
      await rename(path, to);
    }
    // Also where another upload was first: its way to the disk may not have ended yet.
    await syncFolder(parent);
    await syncFolder(this.folder);
  }

  private async isSound(sha256: string): Promise<boolean> {
    await using file = await this.fileOf(sha256);
    if (!file) return false;
    const { size } = await file.stat();
    try {
      for await (const _ of verified(partsOf(file, 0, size), sha256));
      return true;
    } catch (error) {
      if (error instanceof AttachmentDamaged) return false;
      throw error;
    }
  }

  private async fileOf(sha256: string): Promise<FileHandle | undefined> {
    if (!SHA256.test(sha256)) return undefined;
    try {
      return await open(this.pathOf(sha256), 'r');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2));
  }
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
