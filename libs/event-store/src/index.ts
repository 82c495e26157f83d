export * from './errors.js';
export * from './event-store.js';
export { KurrentDbEventStore, type KurrentDbOptions } from './kurrentdb/kurrentdb-event-store.js';
export { openEventStore } from './open-event-store.js';
export { LogReader } from './sqlite/log-reader.js';
export { SqliteEventStore } from './sqlite/sqlite-event-store.js';
