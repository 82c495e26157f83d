import { createHash } from 'node:crypto';
import { serializeAppend } from './append-arguments.js';
import { EventStoreError, type Expected } from './errors.js';
import { type EventStore, MAX_APPEND_BYTES, type NewEvent, type RecordedEvent } from './event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

export interface CopyProgress {
  /** `comparing`: what an earlier, interrupted copy has left is held against the source before anything is written. */
  readonly phase: 'comparing' | 'copying' | 'verifying';
  /** So many events of the log are done in this phase; a phase begins where the one before it ended. */
  readonly events: number;
}

export interface CopyOptions {
  /** Ends the copy after the append that is under way. The same copy, begun again, goes on from there. */
  readonly signal?: AbortSignal;
  /** Told after each page that was read and each time that something was written. */
  readonly onProgress?: (progress: CopyProgress) => void;
}

export interface LogCopied {
  readonly events: number;
  readonly streams: number;
  /** So many of the events an earlier copy had left there. */
  readonly alreadyThere: number;
  /** Over all events in their order, the same for both logs: see `sumOf`. */
  readonly sha256: string;
  /** Somebody wrote to the source meanwhile: there is more in it than was copied. */
  readonly grown: boolean;
}

/** The target is not, or has not become, the log of the source. Whoever sees it must not go on with the target. */
export class LogsDiffer extends EventStoreError {
  readonly code = 'logs-differ';
}

/** Many appends to a file go into one sync; together they are at most so large. */
const WINDOW = { appends: 256, bytes: 4_000_000 };

/** The events of one append: what one command recorded in one stream. */
interface Run {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: NewEvent[];
  bytes: number;
}

/**
 * Copies all categories of a log, in its order, with ids, types, data, metadata and revisions as they are, into a store
 * that is empty or holds the beginning of the very same log; then reads the copy and holds it against the source.
 * `LogsDiffer` before anything is written where the target holds anything else. What one command recorded in a stream
 * stays one append. Throws the signal's reason when it is aborted.
 */
export async function copyLog(from: EventStore, to: EventStore, options: CopyOptions = {}): Promise<LogCopied> {
  const source = new Source(from, to, options);
  const writer = new Writer(to);
  for await (const run of appendsOf(source.missing())) {
    if (await writer.take(run)) options.onProgress?.({ phase: 'copying', events: source.alreadyThere + writer.events });
  }
  await writer.flush();
  const { events, alreadyThere } = source;
  const sha256 = source.sum.digest('hex');
  const copy = await sumOf(to, options);
  if (copy.events !== events || copy.sha256 !== sha256) {
    throw new LogsDiffer(
      `The copy is not the log that was read: it has ${copy.events} events with the hash ${copy.sha256}, the source ` +
        `${events} with ${sha256}. Was somebody else writing to the target? Empty it and copy again`,
    );
  }
  return { events, streams: source.streams, alreadyThere, sha256, grown: await source.grown() };
}

/** SHA-256 over `[stream, revision, id, type, data, metadata]` of each event as JSON on a line of its own, in order. */
export async function sumOf(
  store: EventStore,
  { signal, onProgress }: CopyOptions = {},
): Promise<{ events: number; sha256: string }> {
  const sum = createHash('sha256');
  let events = 0;
  for await (const page of store.readPages()) {
    signal?.throwIfAborted();
    for (const event of page) sum.update(`${textOf(event)}\n`);
    events += page.length;
    onProgress?.({ phase: 'verifying', events });
  }
  return { events, sha256: sum.digest('hex') };
}

/** The log that is copied, as far as it was read. */
class Source {
  readonly sum = createHash('sha256');
  events = 0;
  alreadyThere = 0;
  #last: string | undefined;
  readonly #revisions = new Map<string, number>();

  constructor(
    private readonly from: EventStore,
    private readonly to: EventStore,
    private readonly options: CopyOptions,
  ) {}

  get streams(): number {
    return this.#revisions.size;
  }

  /** The events that the target lacks, once all that it has is known to be the beginning of this log. */
  async *missing(): AsyncGenerator<RecordedEvent> {
    const { signal, onProgress } = this.options;
    const there = this.to.readAll()[Symbol.asyncIterator]();
    let next = await there.next();
    for await (const page of this.from.readPages()) {
      for (const event of page) {
        signal?.throwIfAborted();
        const text = this.#passed(event);
        if (next.done) {
          yield event;
          continue;
        }
        if (textOf(next.value) !== text) throw otherLog(this.events - 1, nameOf(next.value), nameOf(event));
        this.alreadyThere++;
        next = await there.next();
      }
      if (!next.done) onProgress?.({ phase: 'comparing', events: this.events });
    }
    if (!next.done) throw otherLog(this.events, nameOf(next.value), 'no more events');
  }

  async grown(): Promise<boolean> {
    const after = this.#last;
    for await (const _ of this.from.readPages({ ...(after !== undefined && { after }), limit: 1 })) return true;
    return false;
  }

  #passed(event: RecordedEvent): string {
    const { stream, revision } = event;
    const expected = (this.#revisions.get(stream) ?? -1) + 1;
    if (revision !== expected) {
      throw new LogsDiffer(
        `The source is not whole: revision ${revision} of ${stream} comes where ${expected} should. Its server may have ` +
          'dropped events, by $maxCount, $maxAge, $tb or a deletion: copy from a backup that has them',
      );
    }
    this.#revisions.set(stream, revision);
    this.#last = event.position;
    this.events++;
    const text = textOf(event);
    this.sum.update(`${text}\n`);
    return text;
  }
}

/**
 * Appends in the order of the log. An append that follows another must not be kept where that one is not, so each waits
 * for the one before it. Only a file takes more at once: all that is appended in one turn of the event loop it writes in
 * that order, in one transaction (`SqliteEventStore`). A server may take the second of two appends that are under way
 * together before the first.
 */
class Writer {
  events = 0;
  #window: Run[] = [];
  #bytes = 0;
  readonly #appends: number;

  constructor(private readonly to: EventStore) {
    this.#appends = to instanceof SqliteEventStore ? WINDOW.appends : 1;
  }

  /** Whether it was written, with those before it. */
  async take(run: Run): Promise<boolean> {
    this.#window.push(run);
    this.#bytes += run.bytes;
    if (this.#window.length < this.#appends && this.#bytes < WINDOW.bytes) return false;
    await this.flush();
    return true;
  }

  async flush(): Promise<void> {
    const window = this.#window;
    [this.#window, this.#bytes] = [[], 0];
    // What no store takes must be refused before those after it are under way.
    for (const { stream, expected, events } of window) serializeAppend(stream, expected, events);
    const appended = await Promise.allSettled(
      window.map(({ stream, expected, events }) => this.to.append(stream, expected, events)),
    );
    for (const [i, { stream, expected, events }] of window.entries()) {
      const outcome = appended[i]!;
      if (outcome.status === 'rejected') throw outcome.reason;
      const last = (expected === 'no-stream' ? -1 : expected) + events.length;
      if (outcome.value.revision !== last) {
        throw new LogsDiffer(
          `The target put ${stream} at revision ${outcome.value.revision}, where the source is at ${last}: the stream was ` +
            'there before and was deleted. Copy into a store that never held it',
        );
      }
      this.events += events.length;
    }
  }
}

/** Events that follow each other in one stream and are of one command were one append. */
async function* appendsOf(events: AsyncIterable<RecordedEvent>): AsyncGenerator<Run> {
  let run: (Run & { readonly command: string | undefined }) | undefined;
  for await (const { stream, revision, id, type, data, metadata } of events) {
    const command = metadata['commandId'];
    const bytes = type.length + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
    const isNext = run?.stream === stream && command !== undefined && run.command === command;
    if (!run || !isNext || run.bytes + bytes > MAX_APPEND_BYTES) {
      if (run) yield run;
      run = { stream, expected: revision === 0 ? 'no-stream' : revision - 1, events: [], bytes: 0, command };
    }
    run.events.push({ id, type, data, metadata });
    run.bytes += bytes;
  }
  if (run) yield run;
}

const textOf = ({ stream, revision, id, type, data, metadata }: RecordedEvent): string =>
  JSON.stringify([stream, revision, id, type, data, metadata]);

const nameOf = ({ type, id, stream, revision }: RecordedEvent): string =>
  `${type} ${id} at revision ${revision} of ${stream}`;

function otherLog(number: number, there: string, here: string): LogsDiffer {
  return new LogsDiffer(
    `The target holds another log, and nothing was written to it: its event number ${number + 1} is ${there}, where the ` +
      `source has ${here}. Name an empty store, or the one that a copy of this source was begun in`,
  );
}
