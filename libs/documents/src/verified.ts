import { createHash } from 'node:crypto';
import { AttachmentDamaged } from './errors.js';

/**
 * Passes `content` on, one part behind: the last one only once the hash of all is right. Who receives it from us has
 * either all of what was put there, or less, and an error.
 */
export async function* verified(content: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  const sum = createHash('sha256');
  let last: Buffer | undefined;
  for await (const part of content) {
    sum.update(part);
    if (last) yield last;
    last = part;
  }
  if (sum.digest('hex') !== sha256) throw new AttachmentDamaged(sha256);
  if (last) yield last;
}
