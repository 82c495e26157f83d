import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { NoLogYet, StoreUnavailable } from './errors.js';
import type { EventStore } from './event-store.js';
import { KurrentDbEventStore } from './kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

const FILE = 'sqlite:';

export interface OpenStoreOptions {
  /**
   * Of a log that the first who opens it begins: what to do where it was not begun. By default it is begun, in a folder that
   * is there. `refuse`: `NoLogYet`.
   */
  readonly ifNone?: 'begin' | 'begin-in-new-folder' | 'refuse';
}

/**
 * Opens the store that a URL names: `sqlite:<path>` for a file, `kurrentdb://` or `esdb://` (with `+discover` for a name
 * that stands for a cluster) for servers. `StoreUnavailable` says why it cannot be opened, and what to do.
 */
export async function openEventStore(url: string, { ifNone = 'begin' }: OpenStoreOptions = {}): Promise<EventStore> {
  const scheme = schemeOf(url);
  switch (scheme) {
    case 'sqlite': {
      const path = url.slice(FILE.length);
      if (path === '')
        throw new StoreUnavailable('The URL sqlite: names no file. It looks like sqlite:/var/lib/para71/events.sqlite');
      if (ifNone === 'refuse' && !existsSync(path)) throw new NoLogYet(`There is no log in ${path}`);
      if (ifNone === 'begin-in-new-folder') mkdirSync(dirname(path), { recursive: true });
      return SqliteEventStore.open(path);
    }
    case 'kurrentdb':
    case 'kurrentdb+discover':
    case 'esdb':
    case 'esdb+discover':
      return KurrentDbEventStore.open(url);
    default:
      throw new StoreUnavailable(
        `There is no event store for ${scheme === undefined ? 'a URL without a scheme' : `${scheme}:`}. ` +
          'Use sqlite:<path>, kurrentdb://<host>:2113 or esdb://<host>:2113',
      );
  }
}

/** A store for what is only to be tried, in a folder that is thrown away afterwards. */
export async function openThrowawayStore(folder: string): Promise<EventStore> {
  return SqliteEventStore.open(join(folder, 'events.sqlite'));
}

/** Whether two URLs name one log, as far as that can be seen without asking anybody. */
export function nameSameLog(one: string, other: string): boolean {
  const [a, b] = [one, other].map((url) => (schemeOf(url) === 'sqlite' ? resolve(url.slice(FILE.length)) : url));
  return a === b;
}

const schemeOf = (url: string) => /^[a-z+]+(?=:)/.exec(url)?.[0];
