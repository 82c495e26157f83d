import { createHash } from 'node:crypto';
import { canonicalText } from '../canonical-text.js';
import type { View } from '../view.js';
import type { Version } from './versions.js';

/** Versions between two pauses: a few milliseconds. */
const STEP = 200;

/**
 * SHA-256 over every version of every document, canonically (RFC 8785), in a fixed order. Pauses now and then, for whoever
 * lets others run meanwhile. Throws where two versions of a document hold at the same time, as they would if two streams
 * told it.
 */
export function* digesting(
  views: readonly View[],
  versionsOf: (view: string) => Iterable<Version>,
): Generator<void, string> {
  const sum = createHash('sha256');
  let passed = 0;
  for (const { name, version } of views) {
    sum.update(`${name}/${version}\n`);
    let before: Version | undefined;
    for (const each of versionsOf(name)) {
      const { key, since, until, body } = each;
      if (key === before?.key && (before.until ?? Infinity) > since) throw new Error(`${name} ${key} is told twice`);
      sum.update(`${key}\n${since}\n${until ?? ''}\n${canonicalText(body)}\n`);
      before = each;
      if (++passed % STEP === 0) yield;
    }
  }
  return sum.digest('hex');
}
