import type { AttachmentRefused } from '../errors.js';

/** What may not stand anywhere in a part. Every match is shorter than `OVERLAP`, and of ASCII. */
export interface Banned {
  readonly pattern: RegExp;
  readonly refusal: () => AttachmentRefused;
}

const OVERLAP = 64;

/** Looks through the whole of a part while it is unpacked, however long it is. It keeps next to nothing of it. */
export class Scan {
  private before = '';

  constructor(private readonly banned: readonly Banned[]) {}

  /** Throws where what has come so far holds what is banned. */
  take(part: Buffer): void {
    if (!this.banned.length) return;
    // In UTF-8 no byte of another character is one of ASCII.
    const text = this.before + part.toString('latin1');
    const found = this.banned.find(({ pattern }) => pattern.test(text));
    if (found) throw found.refusal();
    this.before = text.slice(-OVERLAP);
  }
}
