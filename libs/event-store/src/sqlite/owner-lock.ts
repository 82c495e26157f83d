import { existsSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreInUse } from '../errors.js';
import { hasCode, SQLITE_BUSY } from './sqlite-errors.js';
import { addressOf } from './sqlite-log-reader.js';

/**
 * One process, and within it one store, owns a file: the stream heads are kept in memory.
 *
 * Node has no `flock`. What is held is SQLite's own lock on an empty database beside the file (`<file>-lock`), in a
 * transaction that never ends. The kernel drops it when the process dies, however it dies, so a lock is never stale;
 * and SQLite sees a second owner within the same process, which POSIX locks alone would not. The file itself stays free
 * for readers. The empty file is left behind: to delete it would let a third process lock its successor meanwhile.
 */
export class OwnerLock {
  readonly #lock: DatabaseSync;

  private constructor(lock: DatabaseSync) {
    this.#lock = lock;
  }

  static take(file: string): OwnerLock {
    const lock = new DatabaseSync(`${realName(file)}-lock`);
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return new OwnerLock(lock);
    } catch (error) {
      lock.close();
      if (!hasCode(error, SQLITE_BUSY)) throw error;
      const reason = `${file} is in use by ${holderOf(file)}; one process at a time may own it`;
      throw new StoreInUse(reason, addressOf(file), { cause: error });
    }
  }

  release(): void {
    this.#lock.close();
  }
}

/** Two names of one file must not be two locks. */
const realName = (file: string) =>
  existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));

/** Leaves the name of this process in the file, for whom it refuses. The lock must be held. */
export function signOwner(database: DatabaseSync): void {
  database
    .prepare('INSERT OR REPLACE INTO owner (id, pid, host, since) VALUES (1, ?, ?, ?)')
    .run(process.pid, hostname(), new Date().toISOString());
}

function holderOf(file: string): string {
  try {
    using database = new DatabaseSync(file, { readOnly: true });
    const owner = database.prepare('SELECT pid, host, since FROM owner').get();
    if (owner) return `process ${Number(owner['pid'])} on ${String(owner['host'])} since ${String(owner['since'])}`;
    return 'a process that has just begun with it';
  } catch (error) {
    return `a process that could not be named (${String(error)})`;
  }
}
