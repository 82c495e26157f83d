import { createHash, randomUUID } from 'node:crypto';
import { constants, type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { codeOf, isMissing } from './error-code.js';
import { AttachmentRefused, StorageFull } from './errors.js';

/** Longer than any upload takes. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;
const NAME = /^(\d+)-[0-9a-f-]{36}@(.*)$/;
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export interface Arrived {
  readonly path: string;
  readonly file: FileHandle;
  readonly sha256: string;
  readonly bytes: number;
}

/** Where uploads are while they arrive. Nothing in here is kept: what a crash leaves is cleared away at the next start. */
export class Incoming {
  private constructor(private readonly folder: string) {}

  static async open(folder: string): Promise<Incoming> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const incoming = new Incoming(folder);
    await incoming.clear();
    return incoming;
  }

  /**
   * Writes `content` to a file of its own, of at most `most` bytes, and hands it to `use`, which may move it away. Afterwards
   * it is gone, whatever happens. A stream that is too long is left where it is, and not destroyed.
   */
  async receive<Result>(content: Readable, most: number, use: (arrived: Arrived) => Promise<Result>): Promise<Result> {
    const path = join(this.folder, `${process.pid}-${randomUUID()}@${hostname()}`);
    try {
      // Nobody is to change it later, not even by mistake.
      await using file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o440);
      const written = await write(content, file, most);
      return await use({ path, file, ...written });
    } catch (error) {
      if (FULL.has(codeOf(error) ?? '')) {
        throw new StorageFull('There is no room for the file', { cause: error });
      }
      throw error;
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Another process may be using the same folder: what is its own, and not old, is let be. */
  private async clear(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      if (await isLeftBehind(path, name)) await rm(path, { force: true });
    }
  }
}

async function write(content: Readable, file: FileHandle, most: number): Promise<{ sha256: string; bytes: number }> {
  const sum = createHash('sha256');
  let bytes = 0;
  // Who is told that it is too much is told so over the connection that the stream is.
  for await (const part of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > most) throw tooLarge(most);
    sum.update(part);
    await file.writeFile(part);
  }
  return { sha256: sum.digest('hex'), bytes };
}

export const tooLarge = (most: number) =>
  new AttachmentRefused('attachment-too-large', `A file has at most ${most / 1024 / 1024} MiB.`, { mostBytes: most });

async function isLeftBehind(path: string, name: string): Promise<boolean> {
  const [, pid, host] = NAME.exec(name) ?? [];
  // A process that has just begun has no uploads, so that its number is that of one before (in containers always 1).
  if (host === hostname() && (Number(pid) === process.pid || !isRunning(Number(pid)))) return true;
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return found !== undefined && Date.now() - found.mtimeMs > LEFT_BEHIND_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
