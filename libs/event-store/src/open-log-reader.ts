import type { LogAddress } from './log-address.js';
import type { LogReader } from './log-reader.js';
import { SqliteLogReader } from './sqlite/sqlite-log-reader.js';

/** Opens a log where a store said that it can be read, in whatever thread that is to happen. */
export async function openLogReader(address: LogAddress): Promise<LogReader> {
  return SqliteLogReader.at(address);
}
