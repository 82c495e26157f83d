export * from './errors.js';
export * from './event-store.js';
export { SqliteEventStore } from './sqlite/sqlite-event-store.js';
