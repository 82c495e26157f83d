import type { FileHandle } from 'node:fs/promises';
import type { AttachmentLimits, Declared } from './attachment-store.js';
import { AttachmentRefused } from './errors.js';
import { bytesOf } from './file-parts.js';
import { CSV, JPEG, type Kind, kindNamed, kindOf, KINDS, PDF, PNG, TEXT } from './kinds.js';
import { inspectJpeg, inspectPng } from './type/image.js';
import { inspectOffice, officeTypeOf } from './type/office.js';
import { inspectPdf } from './type/pdf.js';
import { isText } from './type/text.js';
import { endOfZip, malformed } from './type/zip-directory.js';

const TAKEN = KINDS.map(({ called }) => called).join(', ');
/** A viewer of PDF looks so far for its beginning. */
const PDF_BEGINS_WITHIN = 1024;

/** What a file claims to be by its name and by its sender's word, which must be one. Needs none of its content. */
export function claimedKind({ name, type }: Declared): Kind {
  const byName = kindNamed(name);
  if (!byName) {
    throw new AttachmentRefused('attachment-type-unknown', `The name of the file does not end like one of: ${TAKEN}.`);
  }
  const essence = type.split(';', 1)[0]!.trim().toLowerCase();
  if (essence !== byName.type) throw disagrees(byName, essence, 'is said to be');
  return byName;
}

/** Looks through the whole of a file. Throws for what is not, all through, the kind that it claims to be. */
export async function inspect(file: FileHandle, size: number, claimed: Kind, limits: AttachmentLimits): Promise<void> {
  const type = await inspectedType(file, size, limits);
  if (type === undefined) {
    throw new AttachmentRefused(
      'attachment-type-unknown',
      `The file is not one of: ${TAKEN}. Texts are to be in UTF-8.`,
    );
  }
  if (type !== claimed.type && !(type === TEXT && claimed.type === CSV)) {
    throw disagrees(claimed, kindOf(type)!.called, 'holds');
  }
}

/** The type of a file that was looked through before it was kept. */
export async function typeOfKept(file: FileHandle, size: number, limits: AttachmentLimits): Promise<string> {
  const beginning = beginningOf(await bytesOf(file, 0, 16));
  if (beginning === 'zip') return (await officeTypeOf(file, size, limits)) ?? 'application/octet-stream';
  return beginning === undefined || beginning === 'old-office' ? TEXT : beginning;
}

async function inspectedType(file: FileHandle, size: number, limits: AttachmentLimits): Promise<string | undefined> {
  if (size === 0) throw malformed('The file is empty.');
  const head = await bytesOf(file, 0, PDF_BEGINS_WITHIN);
  const beginning = beginningOf(head);
  if (beginning === 'old-office') {
    throw new AttachmentRefused(
      'attachment-type-unknown',
      'The file is a document of an old Office, or one with a password. Save it as DOCX or XLSX, without one.',
    );
  }
  if (beginning !== PDF && beginning !== undefined && head.includes('%PDF-')) throw twofold();
  if (beginning !== 'zip' && (await endOfZip(file, size))) throw twofold();
  if (beginning === 'zip') return inspectOffice(file, size, limits);
  if (beginning === PDF) await inspectPdf(file, size, limits);
  else if (beginning === PNG) await inspectPng(file, size);
  else if (beginning === JPEG) await inspectJpeg(file, size);
  else return (await isText(file, size)) ? TEXT : undefined;
  return beginning;
}

function beginningOf(head: Buffer): 'zip' | 'old-office' | typeof PDF | typeof PNG | typeof JPEG | undefined {
  const begins = (hex: string) => head.subarray(0, hex.length / 2).toString('hex') === hex;
  if (begins('255044462d')) return PDF;
  if (begins('504b0304')) return 'zip';
  if (begins('89504e470d0a1a0a')) return PNG;
  if (begins('ffd8ff')) return JPEG;
  return begins('d0cf11e0a1b11ae1') ? 'old-office' : undefined;
}

const disagrees = (claimed: Kind, other: string, verb: string) =>
  new AttachmentRefused(
    'attachment-type-disagrees',
    `The file is called a ${claimed.called} (.${claimed.endings[0]}) and ${verb}: ${JSON.stringify(other.slice(0, 100))}.`,
    { named: claimed.type },
  );

const twofold = () => malformed('The file is of two kinds at once.');
