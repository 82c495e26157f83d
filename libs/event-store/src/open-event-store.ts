import { StoreUnavailable } from './errors.js';
import type { EventStore } from './event-store.js';
import { KurrentDbEventStore } from './kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

/**
 * Opens the store that a URL names: `sqlite:<path>` for a file, `kurrentdb://` or `esdb://` (with `+discover` for a name
 * that stands for a cluster) for servers. `StoreUnavailable` says why it cannot be opened, and what to do.
 */
export async function openEventStore(url: string): Promise<EventStore> {
  const scheme = /^[a-z+]+(?=:)/.exec(url)?.[0];
  switch (scheme) {
    case 'sqlite': {
      const path = url.slice('sqlite:'.length);
      if (path === '')
        throw new StoreUnavailable('The URL sqlite: names no file. It looks like sqlite:/var/lib/para71/events.sqlite');
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
