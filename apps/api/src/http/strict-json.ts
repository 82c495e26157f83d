import { isAscii, isUtf8 } from 'node:buffer';
import { BadJson } from './bad-json.js';
import { JsonScan } from './json-scan.js';

export interface JsonLimits {
  readonly bytes: number;
  /** How many objects and arrays may stand in each other. */
  readonly depth: number;
}

export const JSON_LIMITS: JsonLimits = { bytes: 1_000_000, depth: 32 };

/**
 * Reads JSON (RFC 8259) under the stricter rules of I-JSON (RFC 7493): UTF-8 without a byte order mark, no repeated key,
 * no half of a surrogate pair, no number that a double cannot hold. `JSON.parse` takes the last of two equal keys
 * silently, so two readers of one signed text may see two things. Names that reach a prototype are refused too.
 * Throws `BadJson` and nothing else.
 */
export function readStrictJson(bytes: Buffer, limits: JsonLimits = JSON_LIMITS): unknown {
  if (bytes.length > limits.bytes) throw new BadJson('body-too-large', `The body has ${bytes.length} bytes.`);
  const text = textOf(bytes);
  new JsonScan(text, limits.depth).check();
  return JSON.parse(text);
}

function textOf(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new BadJson('json-begins-with-bom', 'The body begins with a byte order mark.');
  }
  if (!isUtf8(bytes)) throw new BadJson('json-not-utf8', 'The body is not valid UTF-8.');
  return bytes.toString('utf8');
}
