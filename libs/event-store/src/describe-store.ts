import type { EventStore } from './event-store.js';
import { KurrentDbEventStore } from './kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

/** The servers that are supported: 24.10 LTS and 26.0 LTS. */
const SUPPORTED = /^(24\.10|26\.0)(\.|$)/;

/** What a store runs on, for whoever operates it. */
export async function describeStore(
  store: EventStore,
): Promise<{ readonly what: string; readonly isSupported: boolean }> {
  if (store instanceof SqliteEventStore)
    return { what: `SQLite ${process.versions.sqlite ?? 'unknown'}, ${store.path}`, isSupported: true };
  if (!(store instanceof KurrentDbEventStore))
    throw new Error('This is no store that was opened here, but one around it');
  const { servers, version } = await store.describe();
  return { what: `KurrentDB or EventStoreDB ${version} at ${servers}`, isSupported: SUPPORTED.test(version) };
}
