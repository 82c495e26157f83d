import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shorter pieces stand everywhere by chance. */
const SHORTEST = 6;

/** What to look for: the texts, what is left of them between letters that get escaped, and both as others write them. */
export function patternsOf(...texts: readonly string[]): Buffer[] {
  const pieces = texts.flatMap((text) => [
    text,
    ...text.split(/[^\x20-\x7e]/).filter(({ length }) => length >= SHORTEST),
  ]);
  const written = pieces.flatMap((piece) => [
    piece,
    piece.normalize('NFD'),
    piece.toLowerCase(),
    encodeURIComponent(piece),
    piece.replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
    piece.replaceAll(/[^\x20-\x7e]/g, (letter) => `&#${letter.charCodeAt(0)};`),
    quotedPrintable(piece),
  ]);
  const found = new Map<string, Buffer>();
  for (const pattern of [...new Set(written)].flatMap(encoded)) found.set(pattern.toString('hex'), pattern);
  return [...found.values()];
}

/** The files below a folder, by their names in it, that hold one of the patterns as raw bytes. */
export function filesWith(folder: string, patterns: readonly Buffer[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => holds(bytesIn(file), patterns))
    .map((file) => file.slice(folder.length + 1));
}

/** Of a file that is gone since it was listed, none. */
function bytesIn(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

export const holds = (bytes: Buffer, patterns: readonly Buffer[]): boolean =>
  patterns.some((pattern) => bytes.includes(pattern));

function encoded(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const [little, big] = [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
  return [
    bytes,
    Buffer.from(text, 'latin1'),
    little,
    big,
    ...[bytes, little]
      .flatMap((each) => [each.toString('hex'), each.toString('hex').toUpperCase()])
      .map((hex) => Buffer.from(hex)),
    ...[0, 1, 2].flatMap((before) => base64After(bytes, before)),
  ];
}

/** Those letters of Base64 that are so whatever stands beside the bytes, `before` of which share the first group. */
function base64After(bytes: Buffer, before: number): Buffer[] {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const isWhole = (before + bytes.length) % 3 === 0;
  const certain = text.slice(Math.ceil((before * 8) / 6), isWhole ? undefined : -1);
  return [certain, certain.replaceAll('+', '-').replaceAll('/', '_')].map((each) => Buffer.from(each));
}

const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => (byte < 0x7f && byte !== 0x3d ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase()}`))
    .join('');
