import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { categoryOf, type SerializedEvent } from '../append-arguments.js';
import { StoreUnavailable } from '../errors.js';
import { type NewEvent, PAGE_SIZE, type RecordedEvent } from '../event-store.js';
import { signOwner } from './owner-lock.js';
import { hasCode, SQLITE_NOTADB } from './sqlite-errors.js';

/** "P71E": how `file` and we tell our files from others (https://www.sqlite.org/fileformat2.html, offset 68). */
const APPLICATION_ID = 0x50373145;
const FORMAT = 1;

/**
 * An event's body is one JSON text, so that a replay is one parse per event. Positions are given by the writer, without
 * a gap, and as primary key are the guard against a writer that went past the lock: its first event and ours collide.
 */
const SCHEMA = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TABLE owner (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL, host TEXT NOT NULL, since TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

const PAGE_BYTES = 16_384;

/**
 * `synchronous = FULL` syncs the write-ahead log at each commit, which is what an acknowledgement rests on. Its growth
 * up to 64 MiB between checkpoints measured faster than the default of 16 MiB; large pages help groups of many writers.
 * No cascade of foreign keys is checked: the only writer gives both ids. `busy_timeout` is short, as it holds the
 * event loop: it is for another tool that just now closes the file.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA cache_size = -65536;
  PRAGMA foreign_keys = OFF;
  PRAGMA busy_timeout = 100;
`;

/** How many rows one INSERT takes: measured, more rows gain nothing. */
const ROWS = 32;

/** How many events a filtered read looks at before it lets others run. */
const WINDOW = 10 * PAGE_SIZE;

/** A stream and where it ends. `committed` falls behind `revision` only within a transaction. */
export interface Stream {
  readonly id: number;
  readonly name: string;
  revision: number;
  committed: number;
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
  #touched: Stream[] = [];
  #rows: (number | string)[] = [];

  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #insertStream: StatementSync;
  readonly #insertRow: StatementSync;
  readonly #insertRows: StatementSync;
  readonly #ids: StatementSync;
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
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
    this.#ids = prepare(
      `SELECT position, body ->> 'id' AS id FROM events
       WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`,
    );
    const inStream =
      'SELECT position, stream, revision, body FROM events WHERE stream = ? AND revision BETWEEN ? AND ?';
    this.#forwards = prepareRows(`${inStream} ORDER BY revision`);
    this.#backwards = prepareRows(`${inStream} ORDER BY revision DESC`);
    this.#log = prepareRows(
      'SELECT position, stream, revision, body FROM events WHERE position > ? AND position <= ? ORDER BY position',
    );
    // CROSS JOIN keeps SQLite from beginning with the streams, and then sorting all of their events by position.
    this.#filteredLog = prepareRows(
      `SELECT e.position, e.stream, e.revision, e.body FROM events e CROSS JOIN streams s ON s.id = e.stream
       WHERE e.position > ? AND e.position <= ? AND s.category IN (SELECT value FROM json_each(?))
       ORDER BY e.position LIMIT ?`,
    );
    this.#loadHeads();
  }

  /** Opens the file, or makes it. Refuses a file that is not ours, before anything in it is changed. */
  static open(file: string, { maxBytes }: EventFileOptions = {}): EventFile {
    const database = new DatabaseSync(file);
    try {
      if (formatOf(database, file) === 'none') {
        database.exec(`PRAGMA page_size = ${PAGE_BYTES}; BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
      }
      database.exec(PRAGMAS);
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
      this.#commit.run();
    } catch (error) {
      this.#forget();
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
    for (const stream of this.#touched) stream.committed = stream.revision;
    this.#touched = [];
    this.#head = this.#staged;
  }

  /** Within a transaction: puts the events after the last one of the stream. Answers the position of the last. */
  stage(name: string, events: readonly SerializedEvent[]): { revision: number; position: number } {
    const stream = this.streams.get(name) ?? this.#stageStream(name);
    if (stream.revision === stream.committed) this.#touched.push(stream);
    for (const { id, type, data, metadata } of events) {
      // Id and type are known to hold nothing that JSON would escape.
      const body = `{"id":"${id}","type":"${type}","data":${data},"metadata":${metadata}}`;
      this.#rows.push(++this.#staged, stream.id, ++stream.revision, body);
      if (this.#rows.length === ROWS * 4) {
        this.#insertRows.run(...this.#rows);
        this.#rows = [];
      }
    }
    return { revision: stream.revision, position: this.#staged };
  }

  /** Ids and positions of `count` events of the stream from a revision on, staged ones too. */
  ids(stream: Stream, from: number, count: number): { id: string; position: number }[] {
    this.#insertStaged();
    return this.#ids
      .all(stream.id, from, from + count - 1)
      .map(({ id, position }) => ({ id: String(id), position: Number(position) }));
  }

  /** The events of a stream between two revisions, both inclusive. */
  page(stream: Stream, first: number, last: number, direction: 'forwards' | 'backwards'): RecordedEvent[] {
    const statement = direction === 'forwards' ? this.#forwards : this.#backwards;
    return this.#recorded(statement.all(stream.id, first, last));
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
    const stream = { id: this.#names.length, name, revision: -1, committed: -1 };
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
      stream.revision = stream.committed;
      if (stream.committed === -1) this.streams.delete(stream.name);
    }
    this.#names.length = this.streams.size;
    this.#touched = [];
    this.#rows = [];
    this.#staged = this.#head;
  }

  #loadHeads(): void {
    const heads = this.database.prepare(
      'SELECT id, name, (SELECT max(revision) FROM events WHERE stream = streams.id) AS revision FROM streams ORDER BY id',
    );
    for (const head of heads.iterate()) {
      const [id, name, revision] = [Number(head['id']), String(head['name']), Number(head['revision'])];
      this.#names[id] = name;
      this.streams.set(name, { id, name, revision, committed: revision });
    }
    const last = this.database.prepare('SELECT coalesce(max(position), 0) AS position FROM events').get();
    this.#head = this.#staged = Number(last?.['position']);
  }

  #recorded(rows: unknown): RecordedEvent[] {
    // `setReturnArrays` is not in the types of `all`.
    return (rows as Row[]).map(([position, stream, revision, body]) => {
      const { id, type, data, metadata } = JSON.parse(body) as NewEvent;
      return { id, type, data, metadata, stream: this.#names[stream] ?? '', revision, position: String(position) };
    });
  }
}

/** Refuses what is not ours, or newer than we are. */
function formatOf(database: DatabaseSync, file: string): 'ours' | 'none' {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  try {
    const application = pragma('application_id');
    const format = Number(pragma('user_version'));
    if (application === APPLICATION_ID) {
      if (format <= FORMAT) return 'ours';
      throw new StoreUnavailable(
        `${file} has format ${format}; this version of Para 71 knows format ${FORMAT}. Install the newer version`,
      );
    }
    const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
    if (application === 0 && tables === 0) return 'none';
  } catch (error) {
    if (!hasCode(error, SQLITE_NOTADB)) throw error;
  }
  throw new StoreUnavailable(`${file} is not an event file of Para 71; nothing in it was changed`);
}
