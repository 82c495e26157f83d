import type { FileHandle } from 'node:fs/promises';
import { codeOf } from '../error-code.js';
import { AttachmentRefused } from '../errors.js';
import { partsOf } from '../file-parts.js';

/** All controls but tab, line feed, form feed and carriage return. */
// oxlint-disable-next-line no-control-regex -- They are what this is about.
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;
/** What a browser or a viewer of images would take for its own, were it let to guess. */
const MARKUP = /^\s*<(!doctype|!--|\?xml|html|head|body|script|svg|iframe|meta|style|title)\b/i;

/** Whether the whole file is text in UTF-8. Throws for text that is written to be interpreted. */
export async function isText(file: FileHandle, size: number): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const part of partsOf(file, 0, size)) {
      const text = decoder.decode(part, { stream: true });
      if (CONTROL.test(text)) return false;
      if (isFirst && MARKUP.test(text)) {
        throw new AttachmentRefused('attachment-type-unknown', 'The file is HTML, SVG or other markup.');
      }
      isFirst = false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}
