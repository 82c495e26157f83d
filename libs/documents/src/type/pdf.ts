import { constants, createInflate, inflateSync } from 'node:zlib';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AttachmentLimits } from '../attachment-store.js';
import { codeOf } from '../error-code.js';
import { AttachmentRefused } from '../errors.js';
import { bytesOf, partsOf } from '../file-parts.js';
import { encrypted, malformed, unsafe } from './zip-directory.js';

/**
 * Looks for what runs, starts or unpacks something when a PDF is opened (ISO 32000-2, 12.6.4, 7.11.4). It reads all bytes,
 * and unpacks what may be a stream of objects. It is no reader of PDF: something that is packed twice, or in a filter other
 * than Flate, stays hidden from it, so that a PDF is never sent for a browser to show, and a scanner can still be of use.
 */
export async function inspectPdf(file: FileHandle, size: number, limits: AttachmentLimits): Promise<void> {
  const tail = await bytesOf(file, Math.max(0, size - 2048), size);
  if (!/%%EOF[\s\0]*$/.test(tail.toString('latin1')))
    throw malformed('The PDF is cut off, or there is something behind its end.');
  const openers = new Set<string>();
  let unpacked = 0;
  for await (const text of textsOf(file, size, limits, (bytes) => (unpacked += bytes))) refuseActive(text, openers);
  if (!openers.size) return;
  for await (const text of textsOf(file, size, limits, () => 0))
    for (const id of goingTo(text, openers)) openers.delete(id);
  if (openers.size) throw unsafe('an action that runs when it is opened');
}

/** An action, or what comes with one, by the name that ISO 32000 gives it. */
const ACTIVE: Readonly<Record<string, string>> = {
  JavaScript: 'JavaScript',
  Launch: 'an action that starts a program',
  EmbeddedFile: 'another file in it',
  EmbeddedFiles: 'another file in it',
  FileAttachment: 'another file in it',
  RichMedia: 'media that run',
  SubmitForm: 'a form that sends what is written in it',
  ImportData: 'an action that reads another file',
  GoToR: 'an action that opens another file',
  GoToE: 'an action that opens another file',
  XFA: 'a form of its own program (XFA)',
};
const END_OF_NAME = '(?=[\\0\\t\\n\\f\\r ()<>[\\]{}/%])';
const ACTIVE_NAME = new RegExp(`/(${Object.keys(ACTIVE).join('|')}|Encrypt)${END_OF_NAME}`);
/** With what follows it: a place in the document, an action, or the number of one. */
const OPEN_ACTION = new RegExp(
  `/OpenAction${END_OF_NAME}\\s*(\\[|<<[^>]{0,200}?/S\\s*/GoTo${END_OF_NAME}|(\\d+)\\s+\\d+\\s+R\\b)?`,
  'g',
);

/** A document has one catalog, and another one each time it is changed. */
const MOST_OPENERS = 20;

function refuseActive(text: string, openers: Set<string>): void {
  const names = text.includes('#') ? unescaped(text) : text;
  const found = ACTIVE_NAME.exec(names)?.[1];
  if (found === 'Encrypt') throw encrypted();
  if (found !== undefined) throw unsafe(ACTIVE[found]!);
  for (const [, action, number] of names.matchAll(OPEN_ACTION)) {
    if (action === undefined) throw unsafe('an action that runs when it is opened');
    if (number !== undefined) openers.add(number);
    // Each is looked for everywhere.
    if (openers.size > MOST_OPENERS) throw unsafe('an action that runs when it is opened');
  }
}

/** A name may be written `/J#61vaScript` (ISO 32000-2, 7.3.5). */
const unescaped = (text: string) =>
  text.replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Which of the objects are a place in the document, or an action that goes to one. */
function goingTo(text: string, numbers: ReadonlySet<string>): string[] {
  // Not beyond the end of the object: the next one may be what goes.
  const goes = new RegExp(`^\\s*(\\[|<<(?:[^<>]|<[^<>]*>){0,300}?/S\\s*/GoTo${END_OF_NAME})`);
  const names = unescaped(text);
  const packed = packedPlaces(text, numbers);
  return [...numbers].filter((number) => {
    const plain = new RegExp(`(?<!\\d)${number}\\s+\\d+\\s+obj\\b(.{0,400})`, 's').exec(names)?.[1];
    const place = packed.get(number);
    const object = place === undefined ? '' : unescaped(text.slice(place, place + 400));
    return (plain !== undefined && goes.test(plain)) || goes.test(object);
  });
}

/** Where these objects are in a stream of objects, which begins with pairs of a number and an offset from the first one. */
function packedPlaces(text: string, numbers: ReadonlySet<string>): ReadonlyMap<string, number> {
  // One after the other: all at once, the many of a large stream would be too much for one expression.
  const pair = /\s*(\d+)\s+(\d+)\s+/y;
  const offsets = new Map<string, number>();
  const repeated = new Set<string>();
  let first = 0;
  for (let found = pair.exec(text); found; found = pair.exec(text)) {
    const [, number, offset] = found as unknown as [string, string, string];
    first = pair.lastIndex;
    if (!numbers.has(number)) continue;
    if (offsets.has(number)) repeated.add(number);
    offsets.set(number, Number(offset));
  }
  // Of one that stands there twice nobody knows which one is opened.
  return new Map([...offsets].flatMap(([number, offset]) => (repeated.has(number) ? [] : [[number, first + offset]])));
}

const OVERLAP = 512;
/** Far more than a document of this size has; each costs a look at the disk. */
const MOST_STREAMS = 50_000;
const DICTIONARY_BYTES = 4096;
const STREAM = /(?<!end)stream\r?\n/g;
/** Numbers in pairs, as a stream of objects begins; or a remark, which may stand before them. */
const MAY_BE_OBJECTS = /^\s*(%|\d+\s+\d+(\s|$))/;
const MOST_OBJECT_BYTES = 16 * 1024 * 1024;

/** All bytes of the file as text, in overlapping parts, and behind each part what streams that begin in it hold. */
async function* textsOf(
  file: FileHandle,
  size: number,
  limits: AttachmentLimits,
  count: (bytes: number) => number,
): AsyncGenerator<string> {
  let before = Buffer.alloc(0);
  let [at, streams] = [0, 0];
  for await (const part of partsOf(file, 0, size)) {
    const all = Buffer.concat([before, part]);
    const text = all.toString('latin1');
    const start = at - before.length;
    at += part.length;
    // A name at the very end of a part ends in the next one; at the end of the file, nowhere.
    yield at >= size ? `${text} ` : text;
    for (const match of text.matchAll(STREAM)) {
      const end = match.index + match[0].length;
      // It was whole in the part before.
      if (end <= before.length) continue;
      if (++streams > MOST_STREAMS) throw tooMuch();
      const objects = await objectsAt(file, size, start + end);
      if (objects === undefined) continue;
      if (count(objects.length) > limits.unpackedBytes) throw tooMuch();
      yield `${objects} `;
    }
    before = all.subarray(Math.max(0, all.length - OVERLAP));
  }
}

/** What a stream at `start` holds, where that may be objects. */
async function objectsAt(file: FileHandle, size: number, start: number): Promise<string | undefined> {
  const head = await bytesOf(file, start, Math.min(size, start + 1024));
  const dictionary = await dictionaryBefore(file, start);
  const isObjects = /\/ObjStm(?![A-Za-z0-9])/.test(dictionary);
  if (!isFlate(head)) {
    // What is not packed at all was read with the rest of the file.
    if (isObjects && /\/(Filter|F)\b/.test(dictionary)) throw hidden();
    return undefined;
  }
  if (isObjects && /\/Predictor\s+([2-9]|1\d)/.test(dictionary)) throw hidden();
  if (!isObjects && !MAY_BE_OBJECTS.test(beginningOf(head))) return undefined;
  return inflateAt(file, size, start, isObjects);
}

async function dictionaryBefore(file: FileHandle, start: number): Promise<string> {
  const bytes = await bytesOf(file, Math.max(0, start - DICTIONARY_BYTES), start);
  const text = unescaped(bytes.toString('latin1'));
  return text.slice(text.lastIndexOf(' obj') + 1);
}

/** RFC 1950, 2.2. */
const isFlate = (head: Buffer) =>
  head.length > 2 && (head[0]! & 0x0f) === 8 && head[0]! >> 4 <= 7 && head.readUInt16BE(0) % 31 === 0;

function beginningOf(head: Buffer): string {
  try {
    return inflateSync(head, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 4096 }).toString('latin1', 0, 64);
  } catch {
    // Whatever it is, no reader can make objects of it.
    return '';
  }
}

async function inflateAt(
  file: FileHandle,
  size: number,
  start: number,
  isObjects: boolean,
): Promise<string | undefined> {
  const kept: Buffer[] = [];
  let bytes = 0;
  try {
    await pipeline(
      Readable.from(partsOf(file, start, size), { objectMode: false }),
      createInflate(),
      async (unpacked: AsyncIterable<Buffer>) => {
        for await (const part of unpacked) {
          bytes += part.length;
          if (bytes > MOST_OBJECT_BYTES) return;
          kept.push(part);
        }
      },
    );
  } catch (error) {
    // Its checksum may be wrong, or it may be cut off: readers take what there is, and so is it looked at here. Of what
    // is too long it was left in the middle.
    if (bytes <= MOST_OBJECT_BYTES && !/^(Z_|ERR_STREAM_PREMATURE)/.test(codeOf(error) ?? '')) throw error;
  }
  if (bytes > MOST_OBJECT_BYTES && isObjects) throw hidden();
  return Buffer.concat(kept).toString('latin1');
}

const tooMuch = () =>
  new AttachmentRefused('attachment-archive-too-large', 'The PDF becomes too large when it is unpacked.');

const hidden = () =>
  new AttachmentRefused(
    'attachment-unsafe',
    'The PDF is packed so that nobody can look into it. Print it to a new PDF.',
    {
      found: 'an unusual filter',
    },
  );
