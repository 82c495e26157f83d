import { readFileSync } from 'node:fs';
import { type EventStore, NoLogYet, openEventStore, type OpenStoreOptions, StoreInUse } from '#event-store';
import { Failed } from './faults.js';

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

/** A log that must be there already: none is begun. */
export const openExistingLog = (url: string, whenInUse: string): Promise<EventStore> => open(url, 'refuse', whenInUse);

/** Opens the log, or begins it. `whenInUse` says what to do while a server has it. */
export const openLog = (url: string, whenInUse: string): Promise<EventStore> =>
  open(url, 'begin-in-new-folder', whenInUse);

async function open(url: string, ifNone: OpenStoreOptions['ifNone'] & string, whenInUse: string): Promise<EventStore> {
  try {
    return await openEventStore(url, { ifNone });
  } catch (error) {
    if (error instanceof NoLogYet)
      throw new Failed(`${error.message}. Say where it is: set DATA_DIR or EVENT_STORE_URL, or name it`, {
        cause: error,
      });
    if (error instanceof StoreInUse) throw new Failed(`${error.message}. ${whenInUse}`, { cause: error });
    throw error;
  }
}
