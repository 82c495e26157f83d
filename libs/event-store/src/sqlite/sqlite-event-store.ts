import { setImmediate as others } from 'node:timers/promises';
import { isStreamName, type SerializedEvent, serializeAppend } from '../append-arguments.js';
import { BadRead, StoreClosed, StoreUnavailable, StreamNotFound, WrongExpectedRevision } from '../errors.js';
import {
  type Appended,
  type CaughtUp,
  EventStore,
  type Expected,
  type NewEvent,
  PAGE_SIZE,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import type { LogAddress } from '../log-address.js';
import { checkCategories, checkLimit, checkRead } from '../read-arguments.js';
import { EventFile, type EventFileOptions } from './event-file.js';
import { OwnerLock } from './owner-lock.js';
import { hasCode, SQLITE_BUSY, SQLITE_FULL } from './sqlite-errors.js';
import { addressOf } from './sqlite-log-reader.js';
import { refuseUnsafeSqlite } from './sqlite-version.js';

/** Bounds how long one group may hold the event loop, whoever queues how much. */
const MAX_GROUP = 1_024;

/**
 * One who waits alone is served in this turn. 64 callers over HTTP came in two halves that took turns: put off until
 * nobody joins any more, groups are twice as large, and a command, with its half of a sync, costs a sixth less.
 */
const TURNS = 4;

interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly SerializedEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The log in one SQLite file, for one process.
 *
 * Appends are committed in groups, without a timer: the first that waits asks for a flush in this turn of the event
 * loop, and the flush takes all that wait by then into one transaction and one sync; while others keep coming in, it is
 * put off by a turn, a few times at most (`TURNS`). Each still succeeds or fails
 * alone, against the stream heads as those before it in the group have left them; but none is answered before the
 * commit, not even with a conflict, as what it conflicts with may yet fail.
 *
 * A flush is synchronous, so that nothing can be read that is not committed. A thread for it was measured: posting to
 * it cost more than the sync it hid.
 */
export class SqliteEventStore extends EventStore {
  readonly path: string;
  override readonly aside: LogAddress;
  readonly #options: EventFileOptions;
  readonly #lock: OwnerLock;
  #file: EventFile;
  /** What left the state of the file in doubt. Until it is opened again and checked nothing is acknowledged. */
  #doubt: unknown;
  #queue: Waiting[] = [];
  #closed = false;
  /** Subscribers that have seen everything. The next commit wakes them, and so does the end of the store. */
  readonly #waiting = new Set<() => void>();

  private constructor(path: string, options: EventFileOptions, lock: OwnerLock, file: EventFile) {
    super();
    this.path = path;
    this.aside = addressOf(path);
    this.#options = options;
    this.#lock = lock;
    this.#file = file;
  }

  /**
   * Opens the log in `file`, or begins a new one there; its folder must exist. `StoreUnavailable` when another process,
   * or another store of this one, has it open; when the file is something else or of a newer format; and below SQLite
   * 3.51.3.
   */
  static open(file: string, options: EventFileOptions = {}): SqliteEventStore {
    refuseUnsafeSqlite(process.versions.sqlite ?? 'unknown');
    const lock = OwnerLock.take(file);
    try {
      return new SqliteEventStore(file, options, lock, EventFile.open(file, options));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#mustBeOpen();
      const serialized = serializeAppend(stream, expected, events);
      if (this.#queue.push({ stream, expected, events: serialized, resolve, reject }) === 1) this.#flushSoon();
    });
  }

  read(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    return this.#read(stream, options);
  }

  /** Measured: thrown and caught, a `StreamNotFound` with its stack was 3.5 % of a command that begins a stream. */
  override readIfAny(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    return this.#read(stream, options, { mayBeMissing: true });
  }

  async *#read(
    stream: string,
    options: ReadOptions = {},
    { mayBeMissing = false } = {},
  ): AsyncGenerator<RecordedEvent> {
    checkRead(options);
    const { from, direction = 'forwards', limit = Infinity } = options;
    const head = isStreamName(stream) ? this.#sound().streams.get(stream)?.revision : undefined;
    if (head === undefined) {
      if (mayBeMissing) return;
      throw new StreamNotFound(stream);
    }
    // Both ends are fixed now: what is appended while the caller reads is not read.
    let [first, last] =
      direction === 'forwards'
        ? [from ?? 0, Math.min(head, (from ?? 0) + limit - 1)]
        : [Math.max(0, Math.min(head, from ?? head) - limit + 1), Math.min(head, from ?? head)];
    while (first <= last) {
      const file = this.#sound();
      const known = file.streams.get(stream);
      if (known === undefined) throw new StreamNotFound(stream);
      if (direction === 'forwards') {
        const end = Math.min(last, first + PAGE_SIZE - 1);
        for (const event of file.page(known, first, end)) yield event;
        first = end + 1;
      } else {
        const end = Math.max(first, last - PAGE_SIZE + 1);
        for (const event of file.page(known, end, last).reverse()) yield event;
        last = end - 1;
      }
    }
  }

  async *readPages(options: ReadAllOptions = {}): AsyncGenerator<readonly RecordedEvent[]> {
    const { after, limit = Infinity, categories } = options;
    checkLimit(options.limit);
    checkCategories(categories);
    let cursor = this.#positionOf(after);
    let rest = limit;
    const end = this.#sound().head;
    while (rest > 0 && cursor < end) {
      const { events, seen } = this.#sound().logPage(cursor, end, rest, categories);
      cursor = seen;
      rest -= events.length;
      if (events.length > 0) yield events;
      await others();
    }
  }

  async *subscribePages(options: SubscribeOptions = {}): AsyncGenerator<readonly RecordedEvent[] | CaughtUp> {
    const { after, categories, signal } = options;
    checkCategories(categories);
    let cursor = this.#positionOf(after);
    let wake = () => {};
    const abort = () => wake();
    signal?.addEventListener('abort', abort);
    const ended = () => this.#closed || (signal?.aborted ?? false);
    try {
      let toldCaughtUp = false;
      while (!ended()) {
        const file = this.#sound();
        if (cursor < file.head) {
          const { events, seen } = file.logPage(cursor, file.head, PAGE_SIZE, categories);
          cursor = seen;
          if (events.length > 0) {
            toldCaughtUp = false;
            yield events;
          }
          await others();
        } else if (!toldCaughtUp) {
          toldCaughtUp = true;
          yield { caughtUp: true };
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            this.#waiting.add(resolve);
          });
          // Not in the turn that commits: with both in one, the event loop was late by twice as much (99th percentile).
          await others();
        }
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(wake);
    }
  }

  /** A second call does nothing. */
  async close(): Promise<void> {
    if (this.#closed) return;
    while (this.#queue.length > 0) this.#flush();
    this.#closed = true;
    this.#tell();
    try {
      // The last connection that closes copies the write-ahead log into the file and removes it.
      this.#file.close();
    } finally {
      this.#lock.release();
    }
  }

  #flushSoon(seen = 1, turns = TURNS): void {
    setImmediate(() => {
      const waiting = this.#queue.length;
      if (waiting > seen && waiting < MAX_GROUP && turns > 0) return this.#flushSoon(waiting, turns - 1);
      this.#flush();
      if (this.#queue.length > 0) this.#flushSoon();
    });
  }

  #flush(): void {
    const group = this.#queue.splice(0, MAX_GROUP);
    if (group.length === 0) return;
    const outcomes: (Appended | WrongExpectedRevision)[] = [];
    try {
      const file = this.#sound();
      file.transaction(() => {
        for (const append of group) outcomes.push(this.#stage(file, append));
      });
    } catch (error) {
      const refusal = this.#refusal(error);
      for (const { reject } of group) reject(refusal);
      return;
    }
    for (const [i, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[i];
      if (outcome instanceof Error) reject(outcome);
      else if (outcome) resolve(outcome);
    }
    this.#tell();
  }

  #stage(file: EventFile, { stream: name, expected, events }: Waiting): Appended | WrongExpectedRevision {
    const stream = file.streams.get(name);
    const actual = stream?.revision ?? -1;
    const last = expected === 'no-stream' ? -1 : expected;
    if (last === actual) {
      const { revision, position } = file.stage(name, events);
      return { revision, position: String(position), repeated: false };
    }
    if (stream && last < actual) {
      const written = file.page(stream, last + 1, Math.min(actual, last + events.length));
      const end = written.at(-1);
      if (end && events.every(({ id }, i) => id === written[i]?.id))
        return { revision: end.revision, position: end.position, repeated: true };
    }
    return new WrongExpectedRevision(name, expected, actual === -1 ? 'no-stream' : actual);
  }

  /**
   * What a group is told whose commit failed. On a full disk, and while another tool writes, SQLite has undone the
   * transaction, and the next one may succeed. After anything else, a failed sync above all, it is unknown what is on
   * the disk: the connection is given up.
   */
  #refusal(error: unknown): StoreUnavailable {
    if (error instanceof StoreUnavailable) return error;
    if (hasCode(error, SQLITE_FULL)) return new StoreUnavailable('The disk is full', { cause: error });
    if (hasCode(error, SQLITE_BUSY)) {
      return new StoreUnavailable('Another tool is writing to the event file', { cause: error });
    }
    this.#doubt = error;
    this.#file.close();
    return new StoreUnavailable(
      'Writing the events failed, and it is not known whether they were kept. The same append, repeated, finds out',
      { cause: error },
    );
  }

  /**
   * The file as it can be relied on. If the last write left it in doubt, it is opened again, all that its write-ahead
   * log holds is written and synced once more (`EventFile.checkpoint`), and each stream must reach as far as was ever
   * acknowledged. Each use tries once; until it succeeds, each is refused.
   */
  #sound(): EventFile {
    this.#mustBeOpen();
    if (this.#doubt === undefined) return this.#file;
    let again: EventFile | undefined;
    try {
      again = EventFile.open(this.path, this.#options);
      again.checkpoint();
      for (const [name, { committed }] of this.#file.streams) {
        const kept = again.streams.get(name)?.revision ?? -1;
        if (kept < committed) {
          throw new StoreUnavailable(
            `${this.path} has lost events that were acknowledged: ${name} was at revision ${committed}, and is at ${kept}. ` +
              'Restore it from a backup',
          );
        }
      }
    } catch (error) {
      again?.close();
      if (error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable(`${this.path} cannot be opened again after a failed write`, { cause: error });
    }
    this.#file = again;
    this.#doubt = undefined;
    this.#tell();
    return again;
  }

  /** Wakes the subscribers: there may be more to read. */
  #tell(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #positionOf(after: string | undefined): number {
    const { head } = this.#sound();
    if (after === undefined) return 0;
    if (!/^[1-9]\d*$/.test(after) || Number(after) > head) {
      throw new BadRead(`This store never gave the position '${after}'`);
    }
    return Number(after);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new StoreClosed();
  }
}
