import { StoreUnavailable } from '../errors.js';

const FIRST_SAFE = [3, 51, 3] as const;

/**
 * Refuses SQLite below 3.51.3. Until then a checkpoint that reset the write-ahead log could race with another
 * connection and corrupt the file ("The WAL-Reset Bug" in https://www.sqlite.org/wal.html).
 */
export function refuseUnsafeSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [i, least] of FIRST_SAFE.entries()) {
    const part = parts[i] ?? 0;
    if (part > least) return;
    if (part !== least) {
      throw new StoreUnavailable(
        `SQLite ${version} can corrupt a write-ahead log when it resets it; ${FIRST_SAFE.join('.')} is the first version ` +
          'that does not. It comes with Node: install the newest Node 24',
      );
    }
  }
}
