import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { categoryOf, type SerializedEvent } from '../append-arguments.js';
import { StoreUnavailable } from '../errors.js';
import { type NewEvent, PAGE_SIZE, type RecordedEvent } from '../event-store.js';
import { format, PAGE_BYTES } from './format.js';
import { signOwner } from './owner-lock.js';

/** How many rows one INSERT takes: measured, more rows gain nothing. */
const ROWS = 32;

/** So many events at most wait for their `places`, which are kept in memory meanwhile (`Stream.tail`). */
const INDEX_EVERY = 16_384;

/** How many events a filtered read looks at before it lets others run. */
const WINDOW = 10 * PAGE_SIZE;

/** A stream and where it ends. `committed` falls behind `revision` only within a transaction. */
export interface Stream {
  readonly id: number;
  readonly name: string;
  revision: number;
  committed: number;
  /** Positions of its last events, those that are not yet in `places`. */
  tail: number[];
}

export interface EventFileOptions {
  /** The file never grows beyond this; then it is as on a full disk. Default: no limit. */
  readonly maxBytes?: number;
}

type Row = [position: number, stream: number, revision: number, body: string];

/**
 * One connection to a log file, with the heads of its streams in memory. It is the only writer (`OwnerLock`), and every
 * method is synchronous: nobody can see what is staged in an open transaction. Once it failed in a way that leaves the
 * file in doubt it is thrown away, and another is opened.
 */
export class EventFile {
  readonly streams = new Map<string, Stream>();
  readonly #names: string[] = [];
  /** Position of the last event: as committed, and as staged. */
  #head = 0;
  #staged = 0;
  /** Up to here `places` is complete. */
  #placed = 0;
  #touched: Stream[] = [];
  #tailed: Stream[] = [];
  #rows: (number | string)[] = [];

  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #insertStream: StatementSync;
  readonly #insertRow: StatementSync;
  readonly #insertRows: StatementSync;
  readonly #inPlaces: StatementSync;
  readonly #inTail: StatementSync;
  readonly #log: StatementSync;
  readonly #filteredLog: StatementSync;

  private constructor(private readonly database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    const prepareRows = (sql: string) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#begin = prepare('BEGIN IMMEDIATE');
    this.#commit = prepare('COMMIT');
    this.#insertStream = prepare('INSERT INTO streams (id, name, category) VALUES (?, ?, ?)');
    const insert = (rows: number) =>
      `INSERT INTO events (position, stream, revision, body) VALUES ${Array(rows).fill('(?, ?, ?, ?)').join(', ')}`;
    this.#insertRow = prepare(insert(1));
    this.#insertRows = prepare(insert(ROWS));
    const columns = 'e.position, e.stream, e.revision, e.body';
    this.#inPlaces = prepareRows(
      `SELECT ${columns} FROM places p CROSS JOIN events e USING (position)
       WHERE p.stream = ? AND p.revision BETWEEN ? AND ? ORDER BY p.revision`,
    );
    this.#inTail = prepareRows(
      `SELECT ${columns} FROM events e WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position`,
    );
    this.#log = prepareRows(`SELECT ${columns} FROM events e WHERE position > ? AND position <= ? ORDER BY position`);
    // CROSS JOIN keeps SQLite from beginning with the streams, and then sorting all of their events by position.
    this.#filteredLog = prepareRows(
      `SELECT ${columns} FROM events e CROSS JOIN streams s ON s.id = e.stream
       WHERE e.position > ? AND e.position <= ? AND s.category IN (SELECT value FROM json_each(?))
       ORDER BY e.position LIMIT ?`,
    );
    this.#loadHeads();
  }

  /** Opens the file, or makes it. Refuses a file that is not ours, before anything in it is changed. */
  static open(file: string, { maxBytes }: EventFileOptions = {}): EventFile {
    const database = new DatabaseSync(file);
    try {
      format(database, file);
      if (maxBytes !== undefined) database.exec(`PRAGMA max_page_count = ${Math.floor(maxBytes / PAGE_BYTES)}`);
      signOwner(database);
      return new EventFile(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  get head(): number {
    return this.#head;
  }

  /** Commits, durably, what `stage` has staged; or restores everything, heads included, as it was, and throws. */
  transaction(stage: () => void): void {
    this.#begin.run();
    try {
      stage();
      this.#insertStaged();
      if (this.#staged - this.#placed >= INDEX_EVERY) this.#place();
      this.#commit.run();
    } catch (error) {
      this.#forget();
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
    for (const stream of this.#touched) stream.committed = stream.revision;
    this.#touched = [];
    this.#head = this.#staged;
    if (this.#head - this.#placed >= INDEX_EVERY) {
      for (const stream of this.#tailed) stream.tail = [];
      this.#tailed = [];
      this.#placed = this.#head;
    }
  }

  /** Within a transaction: puts the events after the last one of the stream. Answers the position of the last. */
  stage(name: string, events: readonly SerializedEvent[]): { revision: number; position: number } {
    const stream = this.streams.get(name) ?? this.#stageStream(name);
    if (stream.revision === stream.committed) this.#touched.push(stream);
    if (stream.tail.length === 0) this.#tailed.push(stream);
    for (const { id, type, data, metadata } of events) {
      // Id and type are known to hold nothing that JSON would escape.
      const body = `{"id":"${id}","type":"${type}","data":${data},"metadata":${metadata}}`;
      stream.tail.push(++this.#staged);
      this.#rows.push(this.#staged, stream.id, ++stream.revision, body);
      if (this.#rows.length === ROWS * 4) {
        this.#insertRows.run(...this.#rows);
        this.#rows = [];
      }
    }
    return { revision: stream.revision, position: this.#staged };
  }

  /** The events of a stream between two revisions, both inclusive. Within a transaction also what is staged. */
  page(stream: Stream, first: number, last: number): RecordedEvent[] {
    this.#insertStaged();
    const tailFrom = stream.revision + 1 - stream.tail.length;
    const events =
      first < tailFrom ? this.#recorded(this.#inPlaces.all(stream.id, first, Math.min(last, tailFrom - 1))) : [];
    if (last < tailFrom) return events;
    const tail = stream.tail.slice(Math.max(0, first - tailFrom), last + 1 - tailFrom);
    return events.concat(this.#recorded(this.#inTail.all(JSON.stringify(tail))));
  }

  /**
   * The next events of the log after a position and up to another, at most `limit` of them and at most a page; and up
   * to where all was looked at, which is where to go on. With a filter a page may be empty before the end is reached.
   */
  logPage(
    after: number,
    upTo: number,
    limit: number,
    categories: readonly string[] | undefined,
  ): { events: RecordedEvent[]; seen: number } {
    const size = Math.min(limit, PAGE_SIZE);
    if (categories === undefined) {
      const seen = Math.min(upTo, after + size);
      return { events: this.#recorded(this.#log.all(after, seen)), seen };
    }
    // What was appended a moment ago is mostly what its reader wants: chosen here, it costs half of what the join does.
    if (upTo - after <= size) return { events: this.#recorded(this.#log.all(after, upTo), categories), seen: upTo };
    const end = Math.min(upTo, after + WINDOW);
    const events = this.#recorded(this.#filteredLog.all(after, end, JSON.stringify(categories), size));
    return { events, seen: events.length < size ? end : Number(events.at(-1)?.position) };
  }

  /**
   * Copies the write-ahead log into the database and syncs both. After a failed sync this is what makes the file
   * trustworthy: the kernel may have marked pages of the log clean that never reached the disk, but every page that the
   * checkpoint writes is dirty again, and its sync tells.
   */
  checkpoint(): void {
    const { busy } = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
    if (busy !== 0)
      throw new StoreUnavailable('Another tool reads the event file and keeps its log from being emptied');
  }

  /** A connection that failed may have nothing left to close. */
  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  #stageStream(name: string): Stream {
    const stream = { id: this.#names.length, name, revision: -1, committed: -1, tail: [] };
    this.#insertStream.run(stream.id, name, categoryOf(name));
    this.#names.push(name);
    this.streams.set(name, stream);
    return stream;
  }

  #insertStaged(): void {
    const rows = this.#rows;
    for (let i = 0; i < rows.length; i += 4) this.#insertRow.run(...rows.slice(i, i + 4));
    this.#rows = [];
  }

  #forget(): void {
    for (const stream of this.#touched) {
      stream.tail.length -= stream.revision - stream.committed;
      stream.revision = stream.committed;
      if (stream.committed === -1) this.streams.delete(stream.name);
    }
    this.#names.length = this.streams.size;
    this.#touched = [];
    this.#rows = [];
    this.#staged = this.#head;
  }

  #place(): void {
    this.database
      .prepare('INSERT INTO places SELECT stream, revision, position FROM events WHERE position > ? ORDER BY 1, 2')
      .run(this.#placed);
    this.database.prepare('UPDATE placed SET up_to = ?').run(this.#staged);
  }

  #loadHeads(): void {
    this.#placed = this.#head = Number(this.database.prepare('SELECT up_to FROM placed').get()?.['up_to']);
    const heads = this.database.prepare(
      'SELECT id, name, (SELECT max(revision) FROM places WHERE stream = streams.id) AS revision FROM streams ORDER BY id',
    );
    for (const head of heads.iterate()) {
      const name = String(head['name']);
      const revision = Number(head['revision'] ?? -1);
      this.#names.push(name);
      this.streams.set(name, { id: Number(head['id']), name, revision, committed: revision, tail: [] });
    }
    const tail = this.database.prepare(
      'SELECT position, stream, revision FROM events WHERE position > ? ORDER BY position',
    );
    for (const event of tail.iterate(this.#placed)) {
      const stream = this.streams.get(this.#names[Number(event['stream'])] ?? '');
      if (event['position'] !== ++this.#head || event['revision'] !== (stream?.revision ?? 0) + 1 || !stream) {
        throw new StoreUnavailable(`The event file is damaged near position ${this.#head}. Restore it from a backup`);
      }
      if (stream.tail.push(this.#head) === 1) this.#tailed.push(stream);
      stream.committed = ++stream.revision;
    }
    this.#staged = this.#head;
  }

  #recorded(rows: unknown, categories?: readonly string[]): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    // `setReturnArrays` is not in the types of `all`.
    for (const [position, of, revision, body] of rows as Row[]) {
      const stream = this.#names[of] ?? '';
      if (categories && !categories.includes(categoryOf(stream))) continue;
      const { id, type, data, metadata } = JSON.parse(body) as NewEvent;
      events.push({ id, type, data, metadata, stream, revision, position: String(position) });
    }
    return events;
  }
}
