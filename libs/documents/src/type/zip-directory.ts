import type { FileHandle } from 'node:fs/promises';
import type { AttachmentLimits } from '../attachment-store.js';
import { AttachmentRefused } from '../errors.js';
import { bytesOf } from '../file-parts.js';

/** A file in an archive, as the archive's directory tells of it. */
export interface ZipEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isDeflated: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its packed bytes begin in the file. */
  readonly start: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const LONGEST_COMMENT = 0xffff;
const MOST_DIRECTORY_BYTES = 8 * 1024 * 1024;
const [IS_ENCRYPTED, HAS_DESCRIPTOR, IS_STRONGLY_ENCRYPTED, IS_MASKED] = [0x0001, 0x0008, 0x0040, 0x2000];
const SYMLINK = 0xa000;

export const malformed = (what: string) => new AttachmentRefused('attachment-malformed', what);

/** Where the directory of an archive ends that the file is, or has been made to be as well; nothing where it is none. */
export async function endOfZip(file: FileHandle, size: number): Promise<Buffer | undefined> {
  const tail = await bytesOf(file, Math.max(0, size - END_BYTES - LONGEST_COMMENT), size);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) {
      return tail.subarray(at);
    }
  }
  return undefined;
}

/**
 * The entries of an archive in the order in which they lie in the file (APPNOTE.TXT 6.3.10, 4.3). Readers of archives
 * differ in what they make of an odd one, so it has to be of the plainest kind: one part, 32 bits, from the first byte to
 * the last, no two entries in the same bytes or of the same name, nothing between them, and both headers of an entry agree.
 */
export async function readZipDirectory(
  file: FileHandle,
  size: number,
  limits: AttachmentLimits,
): Promise<readonly ZipEntry[]> {
  const end = await endOfZip(file, size);
  if (!end) throw malformed('The end of the document is missing.');
  const [count, bytes, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(6) !== 0 || end.readUInt16LE(8) !== count) {
    throw malformed('The document is one part of several.');
  }
  if (count === 0xffff || bytes === 0xffffffff || start === 0xffffffff)
    throw malformed('The document is a ZIP64 file.');
  if (count > limits.entries) {
    throw new AttachmentRefused(
      'attachment-archive-too-large',
      `The document is an archive of ${count} files; ${limits.entries} are allowed.`,
      { entries: count, most: limits.entries },
    );
  }
  if (start + bytes !== size - end.length || bytes > MOST_DIRECTORY_BYTES) {
    throw malformed('The directory of the document is not where it should be.');
  }
  const directory = await bytesOf(file, start, start + bytes);
  const entries = parse(directory, count).sort((a, b) => a.at - b.at);
  return inTheirPlaces(file, entries, start);
}

interface Listed extends Omit<ZipEntry, 'start'> {
  readonly at: number;
  readonly rawName: Buffer;
  readonly method: number;
  readonly hasDescriptor: boolean;
}

function parse(directory: Buffer, count: number): Listed[] {
  const entries: Listed[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw malformed('The directory of the document is damaged.');
    }
    const head = directory.subarray(at, at + 46);
    const nameEnd = at + 46 + head.readUInt16LE(28);
    const entry = listed(head, directory.subarray(at + 46, nameEnd));
    const key = entry.name.normalize('NFC').toLowerCase();
    if (names.has(key)) throw malformed(`The document holds ${shown(entry.name)} twice.`);
    names.add(key);
    entries.push(entry);
    at = nameEnd + head.readUInt16LE(30) + head.readUInt16LE(32);
  }
  if (at !== directory.length) throw malformed('The directory of the document is damaged.');
  return entries;
}

function listed(head: Buffer, rawName: Buffer): Listed {
  const flags = head.readUInt16LE(8);
  const name = rawName.toString('utf8');
  if (flags & (IS_ENCRYPTED | IS_STRONGLY_ENCRYPTED | IS_MASKED)) throw encrypted();
  const unixMode = head.readUInt8(5) === 3 ? head.readUInt32LE(38) >>> 16 : 0;
  if ((unixMode & 0xf000) === SYMLINK) throw unsafe('a link to another file', name);
  if (/[\0\\]/.test(name) || name.startsWith('/') || /(^|\/)\.\.?(\/|$)|:/.test(name)) {
    throw unsafe('a file whose name leads out of it', name);
  }
  const method = head.readUInt16LE(10);
  if (method !== 0 && method !== 8) throw malformed('The document is packed in an unusual way.');
  return {
    name,
    rawName,
    method,
    isFolder: name.endsWith('/'),
    isDeflated: method === 8,
    hasDescriptor: (flags & HAS_DESCRIPTOR) !== 0,
    crc: head.readUInt32LE(16),
    packedBytes: head.readUInt32LE(20),
    bytes: head.readUInt32LE(24),
    at: head.readUInt32LE(42),
  };
}

async function inTheirPlaces(file: FileHandle, entries: readonly Listed[], end: number): Promise<ZipEntry[]> {
  const placed: ZipEntry[] = [];
  let next = [0];
  for (const entry of entries) {
    if (!next.includes(entry.at)) throw hiding();
    const head = await bytesOf(file, entry.at, entry.at + 30 + entry.rawName.length);
    if (head.length < 30 || head.readUInt32LE(0) !== LOCAL_ENTRY) throw hiding();
    const agrees =
      head.readUInt16LE(26) === entry.rawName.length &&
      head.subarray(30).equals(entry.rawName) &&
      head.readUInt16LE(8) === entry.method &&
      (entry.hasDescriptor || (head.readUInt32LE(18) === entry.packedBytes && head.readUInt32LE(22) === entry.bytes));
    if (!agrees) throw malformed(`The document says two things of ${shown(entry.name)}.`);
    const start = entry.at + 30 + entry.rawName.length + head.readUInt16LE(28);
    const after = start + entry.packedBytes;
    // The descriptor behind the bytes comes with a signature or without.
    next = entry.hasDescriptor ? [after + 12, after + 16] : [after];
    const { rawName: _, method: __, at: ___, hasDescriptor: ____, ...rest } = entry;
    placed.push({ ...rest, start });
  }
  if (!next.includes(end)) throw hiding();
  return placed;
}

/** Names inside a document are whoever's made it. */
export const shown = (name: string) => JSON.stringify(name.slice(0, 80));

const hiding = () => malformed('The document has something between its parts that belongs to none of them.');

export const unsafe = (what: string, where?: string) =>
  new AttachmentRefused(
    'attachment-unsafe',
    where === undefined ? `The document has ${what}.` : `The document has ${what}: ${shown(where)}.`,
    { found: what },
  );

export const encrypted = () =>
  new AttachmentRefused('attachment-unsafe', 'The document is encrypted, so that nobody can look into it.', {
    found: 'encryption',
  });
