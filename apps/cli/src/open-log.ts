import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type EventStore, openEventStore, StoreInUse } from '#event-store';
import { Failed } from './faults.js';

const FILE = 'sqlite:';

/** The file of a log that is one. */
export const fileOf = (url: string): string | undefined =>
  url.startsWith(FILE) ? resolve(url.slice(FILE.length)) : undefined;

/** A URL, or the one that a file holds, so that a password is in no list of processes. */
export function urlGiven(url: string | undefined, file: string | undefined): string | undefined {
  if (file === undefined) return url;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Failed(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}): it is to hold the URL of a store`,
    );
  }
}

/** A log that must be there already; a file that is missing is not begun. */
export function openExistingLog(url: string, whenInUse: string): Promise<EventStore> {
  const file = fileOf(url);
  if (file !== undefined && !existsSync(file)) {
    throw new Failed(`There is no log in ${file}. Say where it is: set DATA_DIR or EVENT_STORE_URL, or name it`);
  }
  return openLog(url, whenInUse);
}

/** Opens the log, or begins it. `whenInUse` says what to do while a server has it. */
export async function openLog(url: string, whenInUse: string): Promise<EventStore> {
  const file = fileOf(url);
  if (file !== undefined && file !== '') mkdirSync(dirname(file), { recursive: true });
  try {
    return await openEventStore(url);
  } catch (error) {
    if (error instanceof StoreInUse) throw new Failed(`${error.message}. ${whenInUse}`, { cause: error });
    throw error;
  }
}
