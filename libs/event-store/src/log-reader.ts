import type { RecordedEvent } from './event-store.js';

export interface LogShare {
  /** Position of the last event, inclusive, as `end` gave it: all who share a log read up to the same one. */
  readonly upTo: string;
  /** Only streams `<category>-…` of these categories. */
  readonly categories: readonly string[];
  /** Of `shares` readers this is the `share`th, from 0. A stream belongs to one of them. */
  readonly share: number;
  readonly shares: number;
}

export interface LogEnd {
  readonly position: string;
  /** How many there are up to it, of all categories. */
  readonly events: number;
}

/** Reads a log beside the store that owns it. It never writes, and what it sees is durable. */
export abstract class LogReader {
  /** Where the log ends at this moment; nothing for an empty one. */
  abstract end(): Promise<LogEnd | undefined>;

  /** All events of the categories in their order, a page at a time: those of the share as they are, of the others their positions. */
  abstract pages(share: LogShare): AsyncIterable<readonly (RecordedEvent | string)[]>;

  abstract close(): Promise<void>;
}
