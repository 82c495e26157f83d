import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { collect, one, some } from '../contract/stage.contract.js';
import { eventStoreContract } from '../event-store.contract.js';
import type { RecordedEvent } from '../event-store.js';
import { SqliteEventStore } from './sqlite-event-store.js';

eventStoreContract('SqliteEventStore', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'para71-'));
  const file = join(folder, 'log.db');
  let store = SqliteEventStore.open(file);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = SqliteEventStore.open(file));
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('SqliteEventStore', () => {
  let folder: string;
  let file: string;
  const opened: SqliteEventStore[] = [];
  const open = (...args: Parameters<typeof SqliteEventStore.open>) => {
    const store = SqliteEventStore.open(...args);
    opened.push(store);
    return store;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    file = join(folder, 'log.db');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const store of opened.splice(0)) await store.close();
    rmSync(folder, { recursive: true });
  });

  const unavailable = (reason: RegExp) =>
    expect.objectContaining({ code: 'store-unavailable', message: expect.stringMatching(reason) });

  describe('owning its file', () => {
    /** What `OwnerLock` does, for a process of its own. */
    const HOLDER = `
      import { hostname } from 'node:os';
      import { DatabaseSync } from 'node:sqlite';
      new DatabaseSync(process.argv[1] + '-lock').exec('BEGIN EXCLUSIVE');
      new DatabaseSync(process.argv[1])
        .prepare('INSERT OR REPLACE INTO owner VALUES (1, ?, ?, ?)')
        .run(process.pid, hostname(), '2026-11-22T08:00:00.000Z');
      setInterval(() => console.log('held'), 20);
    `;

    it('refuses a file that another process has, names that process, and opens it once it was killed', async () => {
      await open(file).close();
      const holder = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER, file], { stdio: 'pipe' });
      try {
        await once(holder.stdout, 'data');
        expect(() => open(file)).toThrow(
          unavailable(new RegExp(`in use by process ${holder.pid} on ${hostname()} since 2026-11-22T08`)),
        );
      } finally {
        holder.kill('SIGKILL');
        await once(holder, 'exit');
      }
      expect(await open(file).append('report-1', 'no-stream', some(1))).toMatchObject({ revision: 0 });
    });

    it('refuses a second store in the same process, under whatever name', async () => {
      const link = join(folder, 'link.db');
      symlinkSync(file, link);
      const store = open(file);
      expect(() => open(file)).toThrow(unavailable(new RegExp(`in use by process ${process.pid} `)));
      expect(() => open(link)).toThrow(unavailable(/in use/));
      await store.close();
      await open(link).append('report-1', 'no-stream', some(1));
    });

    it('lets other tools read meanwhile', async () => {
      await open(file).append('report-1', 'no-stream', some(3));
      using reader = new DatabaseSync(file, { readOnly: true });
      expect(reader.prepare('SELECT count(*) AS count FROM events').get()).toMatchObject({ count: 3 });
    });

    it('leaves the events in one file when it is closed', async () => {
      const store = open(file);
      await store.append('report-1', 'no-stream', some(3));
      await store.close();
      const copy = join(folder, 'copy.db');
      writeFileSync(copy, readFileSync(file));
      expect(await collect(open(copy).read('report-1'))).toHaveLength(3);
    });
  });

  describe('opening', () => {
    const unchanged = (content: Uint8Array, reason: RegExp) => {
      writeFileSync(file, content);
      expect(() => open(file)).toThrow(unavailable(reason));
      expect(readFileSync(file).equals(content)).toBe(true);
    };
    const databaseWith = (sql: string) => {
      const other = join(folder, 'other.db');
      const database = new DatabaseSync(other);
      database.exec(sql);
      database.close();
      return readFileSync(other);
    };

    it('refuses a file that is no database, and leaves it as it was', () => {
      unchanged(Buffer.from('A letter to the secretariat, and not a short one. '.repeat(100)), /is not an event file/);
    });

    it("refuses somebody else's database, and leaves it as it was", () => {
      unchanged(databaseWith('CREATE TABLE letters (id INTEGER)'), /is not an event file/);
      unchanged(databaseWith('PRAGMA application_id = 7; CREATE TABLE t (id INTEGER)'), /is not an event file/);
    });

    it('refuses a format from the future, and leaves it as it was', async () => {
      await open(file).close();
      const database = new DatabaseSync(file);
      database.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99');
      database.close();
      unchanged(readFileSync(file), /has format 99; .* Install the newer version/);
    });

    it('takes an empty file for a new one', async () => {
      writeFileSync(file, '');
      expect(await open(file).append('report-1', 'no-stream', some(1))).toMatchObject({ revision: 0, position: '1' });
    });
  });

  describe('after a commit that failed', () => {
    let store: SqliteEventStore;
    beforeEach(async () => {
      store = open(file);
      await store.append('report-1', 'no-stream', some(2));
    });

    /** Stands in for a disk that cannot sync: what a commit then throws, before or after it reached the disk. */
    const failCommitOnce = (when: 'before' | 'after') => {
      const run = Reflect.get(StatementSync.prototype, 'run') as (...args: unknown[]) => never;
      let failed = false;
      jest.spyOn(StatementSync.prototype, 'run').mockImplementation(function (this: StatementSync, ...args) {
        if (failed || this.sourceSQL !== 'COMMIT') return Reflect.apply(run, this, args);
        failed = true;
        if (when === 'after') Reflect.apply(run, this, args);
        throw Object.assign(new Error('disk I/O error'), { errcode: 1034 });
      });
    };

    it('refuses all that was in the group, and is where it was before', async () => {
      failCommitOnce('before');
      const outcomes = await Promise.allSettled([
        store.append('report-1', 1, some(1)),
        store.append('report-1', 7, some(1)),
        store.append('report-2', 'no-stream', some(40)),
      ]);
      for (const outcome of outcomes) {
        expect(outcome).toEqual({ status: 'rejected', reason: unavailable(/not known whether/) });
      }
      await expect(collect(store.read('report-2'))).rejects.toMatchObject({ code: 'stream-not-found' });
      expect(await store.append('report-1', 1, some(1))).toMatchObject({ revision: 2, position: '3' });
      expect(await store.append('report-2', 'no-stream', some(1))).toMatchObject({ revision: 0, position: '4' });
    });

    it('finds what did reach the disk, answers its repeat, and tells subscribers', async () => {
      const stop = new AbortController();
      const seen: RecordedEvent[] = [];
      const ended = (async () => {
        for await (const step of store.subscribe({ signal: stop.signal })) if (!('caughtUp' in step)) seen.push(step);
      })();
      failCommitOnce('after');
      const events = some(3);
      await expect(store.append('report-1', 1, events)).rejects.toEqual(unavailable(/not known whether/));
      expect(await store.append('report-1', 1, events)).toEqual({ revision: 4, position: '5', repeated: true });
      expect(await collect(store.read('report-1'))).toHaveLength(5);
      while (seen.length < 5) await new Promise(setImmediate);
      stop.abort();
      await ended;
      expect(seen.map((event) => event.position)).toEqual(['1', '2', '3', '4', '5']);
    });

    it('acknowledges nothing more once events are lost that were acknowledged', async () => {
      failCommitOnce('before');
      await expect(store.append('report-1', 1, some(1))).rejects.toEqual(unavailable(/not known whether/));
      const database = new DatabaseSync(file);
      database.exec('DELETE FROM events WHERE position = 2');
      database.close();
      const lost = unavailable(/has lost events .* report-1 was at revision 1, and is at 0\. Restore it from a backup/);
      await expect(store.append('report-1', 0, some(1))).rejects.toEqual(lost);
      await expect(collect(store.read('report-1'))).rejects.toEqual(lost);
    });
  });

  it('refuses on a full disk, loses nothing, and goes on when there is space', async () => {
    const store = open(file, { maxBytes: 1_500_000 });
    const large = () => [{ ...one(), data: { text: 'x'.repeat(900_000) } }];
    await store.append('report-1', 'no-stream', large());
    const refused = await Promise.allSettled([
      store.append('report-2', 'no-stream', some(1)),
      store.append('report-3', 'no-stream', large()),
    ]);
    for (const { status } of refused) expect(status).toBe('rejected');
    await expect(store.append('report-3', 'no-stream', large())).rejects.toEqual(unavailable(/disk is full/));
    expect(await store.append('report-2', 'no-stream', some(1))).toMatchObject({ revision: 0, position: '2' });
    await store.close();

    const again = open(file);
    expect(await again.append('report-3', 'no-stream', large())).toMatchObject({ revision: 0, position: '3' });
    expect((await collect(again.readAll())).map((event) => event.stream)).toEqual(['report-1', 'report-2', 'report-3']);
  });

  it('refuses while another tool writes, and goes on afterwards', async () => {
    const store = open(file);
    const database = new DatabaseSync(file);
    database.exec('BEGIN IMMEDIATE');
    const both = [store.append('report-1', 'no-stream', some(1)), store.append('report-2', 'no-stream', some(1))];
    for (const append of both) await expect(append).rejects.toEqual(unavailable(/Another tool is writing/));
    database.close();
    expect(await store.append('report-1', 'no-stream', some(1))).toMatchObject({ revision: 0, position: '1' });
  });

  it('does not write over what another tool has written, and takes note of it', async () => {
    const store = open(file);
    await store.append('report-1', 'no-stream', some(1));
    const database = new DatabaseSync(file);
    database.exec('INSERT INTO events SELECT 2, stream, 1, body FROM events');
    database.close();
    await expect(store.append('report-1', 0, some(1))).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(store.append('report-1', 0, some(1))).rejects.toMatchObject({ actual: 1 });
    expect(await store.append('report-1', 1, some(1))).toMatchObject({ revision: 2, position: '3' });
  });

  it('reads and recognises events alike, whether their place is in the index or still in memory', async () => {
    const store = open(file);
    const batches = Array.from({ length: 21 }, () => some(1_000));
    for (const [i, batch] of batches.entries()) {
      await Promise.all(
        ['report-1', 'report-2'].map((stream) => store.append(stream, i === 0 ? 'no-stream' : i * 1_000 - 1, batch)),
      );
    }
    const check = async (of: SqliteEventStore) => {
      for (const stream of ['report-1', 'report-2']) {
        const ids = (await collect(of.read(stream))).map((event) => event.id);
        expect(ids).toEqual(batches.flat().map((event) => event.id));
        expect((await collect(of.read(stream, { direction: 'backwards' }))).map((event) => event.id)).toEqual(
          ids.toReversed(),
        );
        for (const [i, batch] of batches.entries()) {
          const repeat = of.append(stream, i === 0 ? 'no-stream' : i * 1_000 - 1, batch);
          expect(await repeat).toMatchObject({ revision: i * 1_000 + 999 });
        }
      }
    };
    await check(store);
    await store.close();
    await check(open(file));
  }, 30_000);

  it('takes any number of appends at once', async () => {
    const store = open(file);
    await Promise.all(Array.from({ length: 5_000 }, (_, i) => store.append(`report-${i}`, 'no-stream', some(1))));
    const log = await collect(store.readAll());
    expect(log.map((event) => event.position)).toEqual(log.map((_, i) => String(i + 1)));
    expect(log.map((event) => event.stream)).toEqual(log.map((_, i) => `report-${i}`));
  });

  it.each(['0', '01', '4', '1.5', '9007199254740993', '1e0'])(
    'refuses the position %j, which it never gave',
    async (after) => {
      const store = open(file);
      await store.append('report-1', 'no-stream', some(3));
      await expect(collect(store.readAll({ after }))).rejects.toMatchObject({ code: 'bad-read' });
      await expect(collect(store.subscribe({ after }))).rejects.toMatchObject({ code: 'bad-read' });
    },
  );
});
