import { type Expected, StreamNotFound } from './errors.js';
import type { LogAddress } from './log-address.js';

export type { Expected };

/** A value that JSON can carry without loss. No `undefined`, no `BigInt`, no `NaN`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Flat, string to string: what every store of this port can keep, and index, without translation. */
export type Metadata = Readonly<Record<string, string>>;

export interface NewEvent {
  /** UUID in lower case. The same id appended again at the same place is the same event, see `append`. */
  readonly id: string;
  /** Past tense, PascalCase. */
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: Metadata;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** 0, 1, 2, … within the stream, without a gap. */
  readonly revision: number;
  /**
   * Where the event stands in the store's one log. Opaque: only a position that a store gave may be handed back to it,
   * and only to that store. Positions are ordered as the log is (`comparePositions`), and may have gaps.
   */
  readonly position: string;
}

/** A subscriber has seen everything that was in the log at this moment; what follows is new. */
export interface CaughtUp {
  readonly caughtUp: true;
}

export interface Appended {
  /** Revision of the last event of this append. */
  readonly revision: number;
  /** Position of the last event of this append. */
  readonly position: string;
  /** Whether these very events stood there before, so that nothing was written. Absent: the store cannot tell. */
  readonly repeated?: boolean;
}

export interface ReadOptions {
  /** First revision, inclusive in both directions. Default: the first event forwards, the last one backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events, at least 1. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive. Default: the beginning of the log. */
  readonly after?: string;
  readonly limit?: number;
  /** Only streams `<category>-…` of these categories. Default: all. */
  readonly categories?: readonly string[];
}

export interface SubscribeOptions {
  /** Exclusive. Default: the beginning of the log. */
  readonly after?: string;
  readonly categories?: readonly string[];
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
}

/** One append carries at most this many bytes of type, data and metadata in JSON: the smallest limit of the servers we support. */
export const MAX_APPEND_BYTES = 1_000_000;

/** How many events a page of a long read holds. */
export const PAGE_SIZE = 1_000;

/**
 * An append-only log of streams. It has no delete and no "any" expectation: whoever appends says what they have read.
 *
 * `libs/event-store/src/event-store.contract.ts` states each promise once and is run against every store.
 */
export abstract class EventStore {
  /** Where threads of their own can read much of the log at once. Absent: a store that does not offer it reads for everybody. */
  readonly aside?: LogAddress;

  /**
   * Appends all events or none, durably: when the promise resolves, the events survive a power cut.
   *
   * `expected` is the revision of the stream's last event as the caller has read it. Otherwise `WrongExpectedRevision`;
   * unless the very events (their ids, in this order) already stand at `expected + 1`: then nothing is written and the
   * answer is the first one's. A repeat may be the beginning of what was written, but not its end, nor more than it.
   * The ids decide, not the data: a caller who may repeat an id with other data compares for itself.
   *
   * Refuses with `BadAppend` before anything is written: an empty append, a malformed or repeated id, a bad stream name
   * (`category-id`, lower case), a bad type, metadata that is not flat strings, data that JSON cannot carry, or more
   * than `MAX_APPEND_BYTES`.
   */
  abstract append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended>;

  /**
   * A stream that was never written to is `StreamNotFound`. A start beyond the end is empty forwards; backwards it is the
   * last event. This read and the others refuse arguments that make no sense with `BadRead`, when the first item is asked
   * for.
   */
  abstract read(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent>;

  /** As `read`, but a stream that was never written to is empty: for who would begin it. */
  async *readIfAny(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    try {
      yield* this.read(stream, options);
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
  }

  /** The log in its order, in pages of at most `PAGE_SIZE`: the cheapest way to read much. */
  abstract readPages(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;

  /** The log in its order. */
  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    for await (const page of this.readPages(options)) for (const event of page) yield event;
  }

  /**
   * First all that is in the log after `after`, then `CaughtUp`, then each page of events as it is appended; `CaughtUp`
   * comes again each time the subscriber has drained the log. Each event once, in order, without a gap. A slow consumer
   * holds only itself up: nothing is buffered for it.
   */
  abstract subscribePages(options?: SubscribeOptions): AsyncIterable<readonly RecordedEvent[] | CaughtUp>;

  /** As `subscribePages`, event by event. */
  async *subscribe(options: SubscribeOptions = {}): AsyncIterable<RecordedEvent | CaughtUp> {
    for await (const step of this.subscribePages(options)) {
      if ('caughtUp' in step) yield step;
      else for (const event of step) yield event;
    }
  }

  /** Lets what is under way finish, ends all subscriptions and releases the store. Later calls are `StoreClosed`. */
  abstract close(): Promise<void>;
}
