/** Primary result codes, https://www.sqlite.org/rescode.html */
export const SQLITE_BUSY = 5;
export const SQLITE_FULL = 13;
export const SQLITE_NOTADB = 26;

/** Whether `error` comes from SQLite with this result code, in whichever of its extended forms. */
export const hasCode = (error: unknown, code: number): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === code;
