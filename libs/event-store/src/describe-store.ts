import type { EventStore } from './event-store.js';
import { KurrentDbEventStore } from './kurrentdb/kurrentdb-event-store.js';

/** The oldest server that is supported, 24.10 LTS. */
const OLDEST = [24, 10] as const;

/** What a store runs on, for whoever operates it. */
export async function describeStore(
  store: EventStore,
): Promise<{ readonly what: string; readonly isSupported: boolean }> {
  if (!(store instanceof KurrentDbEventStore)) {
    return {
      what: `SQLite ${process.versions.sqlite ?? 'unknown'}, ${store.logFile ?? 'in memory'}`,
      isSupported: true,
    };
  }
  const { servers, version } = await store.describe();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isSupported = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return { what: `KurrentDB or EventStoreDB ${version} at ${servers}`, isSupported };
}
