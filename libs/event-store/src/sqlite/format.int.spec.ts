import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { format } from './format.js';

const CANARY = 'Kanarienvogel-4711';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-format-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const holders = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(CANARY));

describe('The file of a log', () => {
  it('holds nothing in free pages, nor beside it, of what no table holds any more', () => {
    const database = new DatabaseSync(join(folder, 'events.sqlite'));
    try {
      format(database, 'events.sqlite');
      database.exec(`INSERT INTO streams (name, category) VALUES ('example-1', 'example')`);
      const insert = database.prepare('INSERT INTO events (position, stream, revision, body) VALUES (?, 1, ?, ?)');
      // One that lies within a page, and one that fills several.
      for (const [n, length] of [1, 10_000].entries()) insert.run(n + 1, n, JSON.stringify(CANARY.repeat(length)));
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      // So it is looked for where it is.
      expect(holders()).toEqual(['events.sqlite']);
      database.exec('DELETE FROM events');
      expect(database.prepare('PRAGMA freelist_count').get()).not.toEqual({ freelist_count: 0 });
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      expect(holders()).toEqual([]);
    } finally {
      database.close();
    }
  });
});
