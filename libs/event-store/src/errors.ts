import type { LogAddress } from './log-address.js';

/** Where a writer believes a stream to be: at the revision of its last event, or not begun. */
export type Expected = number | 'no-stream';

/** What a caller can do something about carries a `code`; every other error is a bug or an outage. */
export abstract class EventStoreError extends Error {
  abstract readonly code: string;
  override get name() {
    return this.constructor.name;
  }
}

/** The stream is not where the caller believed it to be. Read again, decide again. */
export class WrongExpectedRevision extends EventStoreError {
  readonly code = 'wrong-expected-revision';
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    readonly actual: Expected,
  ) {
    super(`${stream} is at ${actual === 'no-stream' ? 'no revision' : `revision ${actual}`}, expected ${expected}`);
  }
}

export class StreamNotFound extends EventStoreError {
  readonly code = 'stream-not-found';
  constructor(readonly stream: string) {
    super(`There is no stream ${stream}`);
  }
}

/** Somebody deleted the stream for ever with a tool of the server: no store of this port does. */
export class StreamDeleted extends EventStoreError {
  readonly code = 'stream-deleted';
  constructor(readonly stream: string) {
    super(`The stream ${stream} was deleted, and can neither be read nor written any more`);
  }
}

/** The events themselves are wrong: the same call can never succeed. */
export class BadAppend extends EventStoreError {
  readonly code = 'bad-append';
  constructor(
    readonly stream: string,
    readonly reason: string,
  ) {
    super(`Cannot append to ${stream}: ${reason}`);
  }
}

/** Sound, but more than one append may carry: the person has to say less at once. */
export class AppendTooLarge extends BadAppend {}

/** The question itself is wrong: a limit below 1, a position that this store never gave. */
export class BadRead extends EventStoreError {
  readonly code = 'bad-read';
}

/** The store cannot write at present (disk full, a failed sync, another process). Nothing was acknowledged. */
export class StoreUnavailable extends EventStoreError {
  readonly code = 'store-unavailable';
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
  }
}

/** Another process, or another store of this one, owns the log: one at a time may. */
export class StoreInUse extends StoreUnavailable {
  constructor(
    reason: string,
    /** Where it can be read meanwhile. */
    readonly aside: LogAddress,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Nobody has begun a log there, and it was not to be begun. */
export class NoLogYet extends StoreUnavailable {}

export class StoreClosed extends EventStoreError {
  readonly code = 'store-closed';
  constructor() {
    super('The event store is closed');
  }
}
