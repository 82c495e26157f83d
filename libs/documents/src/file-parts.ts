import type { FileHandle } from 'node:fs/promises';

export const PART_BYTES = 64 * 1024;

/** Bytes `from` (inclusive) to `to` (exclusive), as far as the file has them; each part is a buffer of its own. */
export async function* partsOf(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const part = await bytesOf(file, at, Math.min(at + PART_BYTES, to));
    if (part.length === 0) return;
    yield part;
    at += part.length;
  }
}

/** The same in one buffer. Shorter where the file ends before. */
export async function bytesOf(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}
