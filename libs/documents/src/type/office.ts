import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { AttachmentLimits } from '../attachment-store.js';
import { codeOf } from '../error-code.js';
import { AttachmentRefused } from '../errors.js';
import { partsOf } from '../file-parts.js';
import { DOCX, ODS, ODT, XLSX } from '../kinds.js';
import { isRelationships, refuseFetched } from './relationships.js';
import { type Banned, Scan } from './scan.js';
import { ILLEGIBLE, illegible } from './xml.js';
import { encrypted, malformed, readZipDirectory, shown, unsafe, type ZipEntry } from './zip-directory.js';

const OPEN_DOCUMENT = 'mimetype';
const CONTENT_TYPES = '[Content_Types].xml';
const MANIFEST = 'META-INF/manifest.xml';
/** What of an entry is looked at as a text. */
const MOST_TEXT = 1024 * 1024;

const OFFICE_OPEN: readonly { readonly type: string; readonly main: string; readonly part: string }[] = [
  { type: DOCX, main: 'wordprocessingml.document.main+xml', part: 'word/document.xml' },
  { type: XLSX, main: 'spreadsheetml.sheet.main+xml', part: 'xl/workbook.xml' },
];

/** By their first bytes: archives of all kinds, and the container of old Office files, in which macros are kept. */
const PACKED: readonly (readonly [signature: string, what: string])[] = [
  ['504b0304', 'another archive in it'],
  ['504b0506', 'another archive in it'],
  ['1f8b08', 'another archive in it'],
  ['425a68', 'another archive in it'],
  ['fd377a585a00', 'another archive in it'],
  ['377abcaf271c', 'another archive in it'],
  ['526172211a07', 'another archive in it'],
  ['d0cf11e0a1b11ae1', 'macros or an embedded object'],
  ['4d5a', 'a program in it'],
  ['7f454c46', 'a program in it'],
];

/** The type of an archive by its entries alone: nothing is unpacked but what names it. For what was looked into before. */
export async function officeTypeOf(
  file: FileHandle,
  size: number,
  limits: AttachmentLimits,
): Promise<string | undefined> {
  const entries = await readZipDirectory(file, size, limits);
  return typeIn(entries, (entry) => textOf(file, entry));
}

/**
 * Unpacks every entry, counting, and keeps nothing. Returns the type, or nothing where it is an archive of another kind.
 * An archive within the archive is refused, since it would have to be unpacked as well; so is what could run.
 */
export async function inspectOffice(
  file: FileHandle,
  size: number,
  limits: AttachmentLimits,
): Promise<string | undefined> {
  const entries = await readZipDirectory(file, size, limits);
  const most = Math.min(limits.unpackedBytes, size * limits.ratio);
  const texts = new Map<string, string>();
  let total = 0;
  for (const entry of entries) {
    refuseByName(entry);
    total += await unpack(file, entry, most - total, (text) => {
      if ([OPEN_DOCUMENT, CONTENT_TYPES].includes(entry.name)) texts.set(entry.name, text);
      refuseByText(entry, text);
    });
  }
  return typeIn(entries, ({ name }) => Promise.resolve(texts.get(name) ?? ''));
}

async function typeIn(
  entries: readonly ZipEntry[],
  read: (entry: ZipEntry) => Promise<string>,
): Promise<string | undefined> {
  const [first] = entries;
  if (first?.name === OPEN_DOCUMENT && !first.isDeflated && first.bytes < 100) {
    const type = await read(first);
    return [ODT, ODS].find((known) => known === type);
  }
  const contentTypes = entries.find(({ name }) => name === CONTENT_TYPES);
  const said = contentTypes ? await read(contentTypes) : '';
  const found = OFFICE_OPEN.find(
    ({ main, part }) => said.includes(main) && entries.some(({ name }) => name.toLowerCase() === part),
  );
  return found?.type;
}

function refuseByName({ name }: ZipEntry): void {
  if (/(^|\/)vba(Project|Data)[^/]*$/i.test(name)) throw unsafe('macros', name);
  if (/^(Basic|Scripts)\//i.test(name)) throw unsafe('macros', name);
  if (/\/activeX\//i.test(name)) throw unsafe('controls that run', name);
  if (
    /\.(zip|jar|7z|rar|gz|tgz|xz|bz2|cab|iso|doc[xmb]?|dot[xm]?|xls[xmb]?|xl[ta]m?|ppt[xm]?|od[tspgf])$/i.test(name)
  ) {
    throw unsafe('another document or archive in it', name);
  }
}

function refuseByText({ name, bytes }: ZipEntry, text: string): void {
  if (!isRelationships(name)) return;
  if (bytes > MOST_TEXT) throw malformed(`The part ${shown(name)} of the document is too large.`);
  refuseFetched(name, text);
}

/** What is looked for to the end of the part. */
function bannedIn({ name }: ZipEntry): readonly Banned[] {
  if (name === CONTENT_TYPES) return [{ pattern: /macroEnabled|vbaProject/i, refusal: () => unsafe('macros') }];
  if (name === MANIFEST) return [{ pattern: /\bencryption-data\b/, refusal: encrypted }];
  const program = () => unsafe('a link to a program', name);
  // However long a prefix stands before it for its namespace. Also in a document within the document.
  if (/(^|\/)(content|styles)\.xml$/i.test(name))
    return [
      // Some programs begin these with the name of a document type. That alone hides nothing.
      { pattern: /\0|<!ENTITY/i, refusal: () => illegible(name) },
      { pattern: /[<:]dde-(source|connection-decl)[\s/>]/, refusal: program },
    ];
  if (!/\/externalLinks\/[^/]*\.xml$/i.test(name)) return [];
  return [
    { pattern: ILLEGIBLE, refusal: () => illegible(name) },
    { pattern: /[<:]ddeLink[\s/>]/, refusal: program },
  ];
}

/**
 * How many bytes the entry became. It is looked through for what is banned in it, and its first megabyte is given to `read`,
 * as a text.
 */
async function unpack(file: FileHandle, entry: ZipEntry, most: number, read: (text: string) => void): Promise<number> {
  let [bytes, crc, kept] = [0, 0, 0];
  const head: Buffer[] = [];
  const scan = new Scan(bannedIn(entry));
  const take = async (unpacked: AsyncIterable<Buffer>) => {
    for await (const part of unpacked) {
      bytes += part.length;
      if (bytes > most) throw bomb();
      if (bytes > entry.bytes) throw wrong(entry);
      crc = crc32(part, crc);
      scan.take(part);
      if (kept >= MOST_TEXT) continue;
      head.push(part);
      kept += part.length;
    }
  };
  const packed = () => partsOf(file, entry.start, entry.start + entry.packedBytes);
  if (entry.isDeflated) await inflated(packed(), take, entry);
  else await take(packed());
  if (bytes !== entry.bytes || crc !== entry.crc) throw wrong(entry);
  const content = Buffer.concat(head);
  const hex = content.subarray(0, 8).toString('hex');
  const found = PACKED.find(([signature]) => hex.startsWith(signature));
  if (found) throw unsafe(found[1], entry.name);
  read(content.toString('utf8'));
  return bytes;
}

async function inflated(
  packed: AsyncIterable<Buffer>,
  take: (unpacked: AsyncIterable<Buffer>) => Promise<void>,
  entry: ZipEntry,
): Promise<void> {
  try {
    await pipeline(Readable.from(packed, { objectMode: false }), createInflateRaw(), take);
  } catch (error) {
    throw codeOf(error)?.startsWith('Z_') ? wrong(entry) : error;
  }
}

async function textOf(file: FileHandle, entry: ZipEntry): Promise<string> {
  let text = '';
  await unpack(file, entry, entry.bytes, (read) => (text = read));
  return text;
}

const wrong = ({ name }: ZipEntry) => malformed(`The part ${shown(name)} of the document is damaged.`);

const bomb = () =>
  new AttachmentRefused(
    'attachment-archive-too-large',
    'The document is an archive that becomes too large when it is unpacked.',
  );
