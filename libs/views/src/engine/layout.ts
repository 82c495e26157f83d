import { MARK_TABLE } from './marks.js';

/** Of a file as a whole: one that is laid out otherwise is not read, but built anew. */
export const LAYOUT = 3;

/** Smaller pages make the commit of a single event cheaper, larger ones a build: measured from 4 to 16 KiB. */
export const PAGE_BYTES = 8_192;

export const TABLES = `
  CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY, view INTEGER NOT NULL, key TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS listing (
    view INTEGER NOT NULL, list TEXT NOT NULL, key TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
    PRIMARY KEY (view, list, key, since)) WITHOUT ROWID, STRICT;
  ${MARK_TABLE};
  CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;`;

/**
 * Without an index a build only appends, and needs no cache. A checkpoint holds the event loop, some 20 ms of it for the
 * 2,000 pages that it was told to wait for first.
 */
export const PRAGMAS = {
  building: `
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -8192;`,
  serving: `
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 500;
    PRAGMA cache_size = -65536;`,
} as const;
