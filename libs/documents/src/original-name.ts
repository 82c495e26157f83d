import { AttachmentRefused } from './errors.js';

const MOST_BYTES = 255;
/** Controls, separators of lines, marks and overrides of direction, and the byte order mark: what hides or reverses an ending. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/u;

/**
 * The name that a file had where it came from, in NFC: kept as data, never the name of anything on a disk. Refuses
 * what names a place rather than a file, what a reader would see otherwise than it is, and more than 255 bytes.
 */
export function originalName(given: string): string {
  const name = given.normalize('NFC');
  const fault = faultOf(name);
  if (fault) throw new AttachmentRefused('attachment-name-malformed', `The name of the file ${fault}.`);
  return name;
}

function faultOf(name: string): string | undefined {
  if (name.trim() === '') return 'is empty';
  if (Buffer.byteLength(name) > MOST_BYTES) return `has more than ${MOST_BYTES} bytes`;
  if (HIDDEN.test(name)) return 'has a control character, or one that changes the direction of writing';
  if (/[/\\]/.test(name) || /^\.+$/.test(name)) return 'names a folder';
  if (name.trim() !== name) return 'begins or ends with a blank';
  return undefined;
}
