import type { FileHandle } from 'node:fs/promises';
import { bytesOf } from '../file-parts.js';
import { malformed } from './zip-directory.js';

const MOST_CHUNKS = 100_000;

/** A PNG is chunks from its signature to IEND, and nothing behind that (PNG, third edition, 5). */
export async function inspectPng(file: FileHandle, size: number): Promise<void> {
  let at = 8;
  for (let n = 0; n < MOST_CHUNKS && at + 12 <= size; n++) {
    const head = await bytesOf(file, at, at + 8);
    const type = head.toString('latin1', 4, 8);
    if ((n === 0) !== (type === 'IHDR')) break;
    at += 12 + head.readUInt32BE(0);
    if (type !== 'IEND') continue;
    if (at !== size) throw malformed('There is something behind the end of the image.');
    return;
  }
  throw malformed('The image is cut off or damaged.');
}

/** Ends with its end marker. What cameras put behind the first image are whole images, with one of their own. */
export async function inspectJpeg(file: FileHandle, size: number): Promise<void> {
  const end = await bytesOf(file, size - 2, size);
  if (end.toString('hex') !== 'ffd9') throw malformed('The image is cut off, or there is something behind its end.');
}
