import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Somebody else writes to the folder. */
export class ViewsInUse extends Error {
  override readonly name = 'ViewsInUse';
  readonly code = 'views-in-use';
  constructor(folder: string, options: ErrorOptions) {
    super(`${folder} is in use by another process: give each process a DATA_DIR of its own`, options);
  }
}

const SQLITE_BUSY = 5;

/**
 * One process writes to a folder of views. What is held is SQLite's lock on an empty file beside it (`<folder>-lock`),
 * which the kernel drops when the process dies.
 */
export class FolderLock {
  private constructor(private readonly lock: DatabaseSync) {}

  static take(folder: string): FolderLock {
    mkdirSync(dirname(folder), { recursive: true });
    const lock = new DatabaseSync(`${folder}-lock`);
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return new FolderLock(lock);
    } catch (error) {
      lock.close();
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
      throw new ViewsInUse(folder, { cause: error });
    }
  }

  release(): void {
    this.lock.close();
  }
}
