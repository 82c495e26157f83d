import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../errors.js';
import { hasCode, SQLITE_NOTADB } from './sqlite-errors.js';

/** "P71E": how `file` and we tell our files from others (https://www.sqlite.org/fileformat2.html, offset 68). */
const APPLICATION_ID = 0x50373145;
const FORMAT = 1;

/**
 * An event's body is one JSON text, so that a replay is one parse per event. Positions are given by the writer, without
 * a gap; as primary key they are also the guard against a writer that went past the lock, as its first event and ours
 * collide.
 *
 * `places` finds the events of a stream. It follows behind (see `EventFile`): kept up to date by each commit, its pages
 * were most of what a commit of many streams wrote, and appends from 256 callers fell to half their rate by the second
 * million of events.
 */
const SCHEMA = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE places (
    stream INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (stream, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE placed (id INTEGER PRIMARY KEY CHECK (id = 1), up_to INTEGER NOT NULL) STRICT;
  INSERT INTO placed VALUES (1, 0);
  CREATE TABLE owner (
    id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL, host TEXT NOT NULL, since TEXT NOT NULL
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

export const PAGE_BYTES = 16_384;

/**
 * `synchronous = FULL` syncs the write-ahead log at each commit, which is what an acknowledgement rests on. Large pages
 * help groups of many writers. A checkpoint holds the event loop: of 256 callers one turn in a thousand took 300 ms where
 * the log grew to 64 MiB before, 120 ms with these 16 MiB, and the rate of appends was the same.
 * `busy_timeout` is short, as it holds the event loop: it is for another tool that just now closes the file. What undoes a
 * single statement is kept in memory: it would be a file in a temporary folder, which a server need not have.
 * `secure_delete` overwrites what rows leave behind where they move or go, in pages that are free as well. No event is ever
 * deleted, and no personal data stands in one but sealed; a file in which nothing lingers that no table holds is what can be
 * searched for a person who was erased.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA cache_size = -65536;
  PRAGMA temp_store = MEMORY;
  PRAGMA secure_delete = ON;
  PRAGMA busy_timeout = 100;
`;

/**
 * Makes an empty file a log, and sets the connection up. Refuses a file that is not ours, or newer than we are, before
 * anything in it is changed.
 */
export function format(database: DatabaseSync, file: string): void {
  if (isEmpty(database, file)) {
    database.exec(`PRAGMA page_size = ${PAGE_BYTES}; BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
  }
  database.exec(PRAGMAS);
}

function isEmpty(database: DatabaseSync, file: string): boolean {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  try {
    const application = pragma('application_id');
    const version = Number(pragma('user_version'));
    if (application === APPLICATION_ID) {
      if (version <= FORMAT) return false;
      throw new StoreUnavailable(
        `${file} has format ${version}; this version of Para 71 knows format ${FORMAT}. Install the newer version`,
      );
    }
    const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
    if (application === 0 && tables === 0) return true;
  } catch (error) {
    if (!hasCode(error, SQLITE_NOTADB)) throw error;
  }
  throw new StoreUnavailable(`${file} is not an event file of Para 71; nothing in it was changed`);
}
