import type { Readable } from 'node:stream';

export interface AttachmentLimits {
  readonly bytes: number;
  /** Of documents that are archives (DOCX, XLSX, ODT, ODS), counted while they are unpacked. */
  readonly entries: number;
  readonly unpackedBytes: number;
  /** Most bytes that one byte of an archive may become. */
  readonly ratio: number;
}

export const ATTACHMENT_LIMITS: AttachmentLimits = {
  bytes: 25 * 1024 * 1024,
  entries: 10_000,
  unpackedBytes: 200 * 1024 * 1024,
  ratio: 100,
};

/** What whoever sends a file says of it. */
export interface Declared {
  readonly name: string;
  /** Media type, with or without parameters. */
  readonly type: string;
  /** How many bytes will come, where that is said: too many need not be waited for. */
  readonly bytes?: number;
}

export interface Attachment {
  /** 64 hexadecimal digits, in lower case: the name under which it is kept and named. */
  readonly sha256: string;
  readonly bytes: number;
  /** Media type: what the content is, the name ends in and the sender said. */
  readonly type: string;
  /** What it was called, in NFC. Not kept: the record of whoever names the attachment has it. */
  readonly name: string;
}

export interface OpenAttachment {
  readonly bytes: number;
  /** By its content alone, so that a CSV table is `text/plain`. */
  readonly type: string;
  /** Ends with `AttachmentDamaged`, before its last bytes, where it is not what was put there. To be read or destroyed. */
  readonly content: Readable;
}

export interface Damage {
  readonly sha256: string;
  readonly what: 'content' | 'unreadable';
}

/**
 * Files by what they hold: equal content is kept once, never changed, and named by its SHA-256. Who may read which is not
 * for the store to know.
 */
export abstract class AttachmentStore {
  /**
   * Reads `content` to its end, looks into it, and keeps it. When this resolves it is durable; when it rejects, nothing of
   * it is left. Throws `AttachmentRefused` for what is not to be kept, before reading on where that is known already; the
   * stream is then left as it is. Throws `StorageFull` where there is no room, and what the stream throws.
   */
  abstract put(content: Readable, declared: Declared): Promise<Attachment>;
  /** Nothing where no such content is kept. */
  abstract open(sha256: string): Promise<OpenAttachment | undefined>;
  abstract has(sha256: string): Promise<boolean>;
  /** Reads all that is kept, and tells what is damaged. `onRead` is called after each, sound or not; what it throws ends it. */
  abstract verifyAll(onRead?: () => void): AsyncGenerator<Damage>;
}
