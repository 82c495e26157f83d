import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Head, MARK_TABLE, Marks } from './marks.js';
import type { Changes, Found, Shelf, Version } from './versions.js';

export type { Found, Head };

/** A condition on a member of the documents, for what is not worth a list: `track=EC`. */
export type Where = Readonly<Record<string, string>>;

const LAYOUT = 2;

/** Smaller pages make the commit of a single event cheaper, larger ones a build: measured from 4 to 16 KiB. */
const PAGE_BYTES = 8_192;

/** How many versions one INSERT takes: measured, more gain little. */
const ROWS = 16;

const insertOf = (rows: number) => `INSERT INTO document VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?)').join(', ')}`;
const INSERT = insertOf(1);
const INSERT_ROWS = insertOf(ROWS);

/**
 * Without an index a build only appends, and needs no cache. A checkpoint holds the event loop, some 20 ms of it for the
 * 2,000 pages that it was told to wait for first.
 */
const PRAGMAS = {
  building: `
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -8192;`,
  serving: `
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 500;
    PRAGMA cache_size = -65536;`,
} as const;

/** The documents of all views in one SQLite file. It can always be deleted: the log gives it back. */
export class ViewFile implements Shelf {
  readonly marks: Marks;
  private readonly db: DatabaseSync;
  private indexed: boolean;
  private readonly statements = new Map<string, StatementSync>();

  /**
   * `building`: nobody reads the file yet and a crash just starts it anew, so it keeps no journal, all goes into one
   * transaction, and the index comes last. `serving`: WAL; a commit is not synced, because what a power cut takes from
   * this file is folded again.
   */
  constructor(
    readonly path: string,
    readonly mode: 'serving' | 'building',
    private readonly names: readonly string[] = [],
  ) {
    this.indexed = mode === 'serving';
    this.db = new DatabaseSync(path);
    try {
      this.open();
      this.marks = new Marks(this.db);
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  private open(): void {
    this.db.exec(`PRAGMA page_size = ${PAGE_BYTES}; ${PRAGMAS[this.mode]}`);
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS document (
        id INTEGER PRIMARY KEY, view INTEGER NOT NULL, key TEXT NOT NULL,
        since INTEGER NOT NULL, until INTEGER, body TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS listing (
        view INTEGER NOT NULL, list TEXT NOT NULL, key TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
        PRIMARY KEY (view, list, key, since)) WITHOUT ROWID, STRICT;
      ${MARK_TABLE};
      CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
    `);
    if (this.mode === 'serving') return;
    this.setState('views', this.names.join('\n'));
    this.db.exec('BEGIN');
  }

  /** Names of the views by their numbers in this file, which another edition may have written. */
  get views(): readonly string[] {
    return this.state('views')?.split('\n') ?? [];
  }

  /** Whether the file was finished by an edition whose views are these. */
  get fingerprint(): string | undefined {
    return this.state('layout') === String(LAYOUT) ? this.state('fingerprint') : undefined;
  }

  /** Ends the building, and leaves the rest to the file that gathers this one. */
  leave(): void {
    this.db.exec('COMMIT');
    this.close();
  }

  /** Ends the building. Everything that was written is on the disk before the file says that it is finished. */
  finish(fingerprint: string): void {
    this.index();
    this.db.exec('COMMIT; PRAGMA synchronous = FULL');
    // The first of these syncs all that went before; only then may the second be on the disk.
    this.setState('layout', String(LAYOUT));
    this.setState('fingerprint', fingerprint);
    this.close();
  }

  /** The id that the next version gets. */
  nextId(): number {
    return ((this.get('SELECT max(id) AS id FROM document')?.['id'] as number | null) ?? 0) + 1;
  }

  head(): Head {
    return this.marks.head();
  }

  /** From now on this reads what stands in the file at this moment, whatever others write. For a serving file. */
  hold(): Head {
    this.db.exec('BEGIN');
    return this.head();
  }

  /**
   * Documents, lists and checkpoint move together or not at all. Read at once through this object, and in the file after
   * `settle`. When it throws, the file is as it was when it was settled last.
   */
  write(changes: Changes): void {
    if (this.mode === 'building') return this.insert(changes);
    try {
      if (!this.db.isTransaction) this.db.exec('BEGIN');
      this.insert(changes);
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /**
   * Commits what was written since the last time. A commit writes whole pages, and most pages again and again: with one
   * for each group of events, they were a fifth of a command. When it throws, all since the last time is undone.
   */
  settle(): void {
    if (this.mode === 'building' || !this.db.isTransaction) return;
    try {
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  private rollBack(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
  }

  private insert({ ended, versions, listed, unlisted, marks }: Changes): void {
    const end = this.prepared('UPDATE document SET until = ? WHERE id = ?');
    for (const { id, until } of ended) end.run(until, id);
    this.insertVersions(versions);
    const list = this.prepared('INSERT INTO listing VALUES (?, ?, ?, ?, ?)');
    for (const { view, list: name, key, since, until } of listed) list.run(view, name, key, since, until);
    // A list may be entered again after it was left, in the same changes.
    const unlist = this.prepared(
      'UPDATE listing SET until = ?1 WHERE view = ?2 AND list = ?3 AND key = ?4 AND since < ?1 AND until IS NULL',
    );
    for (const { view, list: name, key, until } of unlisted) unlist.run(until, view, name, key);
    this.marks.insert(marks);
  }

  private insertVersions(versions: readonly Version[]): void {
    let next = 0;
    for (; next + ROWS <= versions.length; next += ROWS) {
      const values: (number | string | null)[] = [];
      for (let n = next; n < next + ROWS; n++) {
        const { id, view, key, since, until, body } = versions[n]!;
        values.push(id, view, key, since, until, body);
      }
      this.prepared(INSERT_ROWS).run(...values);
    }
    for (; next < versions.length; next++) {
      const { id, view, key, since, until, body } = versions[next]!;
      this.prepared(INSERT).run(id, view, key, since, until, body);
    }
  }

  /** Made when the first document is looked up, mostly at the end of a building: half the cost of keeping it all along. */
  private index(): void {
    if (this.indexed) return;
    this.db.exec('PRAGMA cache_size = -32768; CREATE UNIQUE INDEX document_key ON document (view, key, since)');
    this.indexed = true;
  }

  /** Id of the open version. */
  current(view: number, key: string): number | undefined {
    this.index();
    return this.get(
      'SELECT id FROM document WHERE view = ? AND key = ? AND until IS NULL ORDER BY since DESC LIMIT 1',
      view,
      key,
    )?.['id'] as number | undefined;
  }

  /** The text of a version. */
  text(id: number): string {
    return this.get('SELECT body FROM document WHERE id = ?', id)!['body'] as string;
  }

  /** The document as of sequence `asOf`, inclusive. */
  document(view: number, key: string, asOf: number): Found | undefined {
    return this.get(
      'SELECT id, key, since, body FROM document WHERE view = ? AND key = ? AND since <= ? AND (until IS NULL OR until > ?) ORDER BY since DESC LIMIT 1',
      view,
      key,
      asOf,
      asOf,
    ) as Found | undefined;
  }

  /** Documents whose keys begin with `prefix`, in the order of their keys, after the key `after`. */
  range(view: number, prefix: string, asOf: number, after: string, limit: number, where: Where = {}): Found[] {
    return this.all(
      `SELECT id, key, since, body FROM document WHERE view = ? AND key > ? AND key >= ? AND key < ?
       AND since <= ? AND (until IS NULL OR until > ?) ${conditions(where, 'body')} ORDER BY key LIMIT ?`,
      view,
      after,
      prefix,
      endOf(prefix),
      asOf,
      asOf,
      ...Object.values(where),
      limit,
    ) as unknown as Found[];
  }

  /** Documents that stand in every one of `lists`, in the order of their keys, after the key `after`. */
  listed(
    view: number,
    lists: readonly [string, ...string[]],
    asOf: number,
    after: string,
    limit: number,
    where: Where = {},
  ): Found[] {
    const [first, ...others] = lists;
    const held = (alias: string) => `${alias}.since <= ?2 AND (${alias}.until IS NULL OR ${alias}.until > ?2)`;
    const joins = others.map(
      (_, n) =>
        `JOIN listing l${n} ON l${n}.view = ?1 AND l${n}.list = ?${n + 6} AND l${n}.key = l.key AND ${held(`l${n}`)}`,
    );
    return this.all(
      `SELECT d.id, d.key, d.since, d.body FROM listing l ${joins.join(' ')}
       JOIN document d ON d.view = ?1 AND d.key = l.key AND ${held('d')} ${conditions(where, 'd.body', others.length + 6)}
       WHERE l.view = ?1 AND l.list = ?3 AND l.key > ?4 AND ${held('l')} ORDER BY l.key LIMIT ?5`,
      view,
      asOf,
      first,
      after,
      limit,
      ...others,
      ...Object.values(where),
    ) as unknown as Found[];
  }

  /** Every version of every document in one fixed order. */
  *versions(view: number): Iterable<Version> {
    const rows = this.prepared(
      'SELECT id, view, key, since, until, body FROM document WHERE view = ? ORDER BY key, since',
    ).iterate(view);
    for (const row of rows) yield row as unknown as Version;
  }

  count(view: number): number {
    return this.get('SELECT count(*) AS n FROM document WHERE view = ? AND until IS NULL', view)?.['n'] as number;
  }

  private state(name: string): string | undefined {
    return this.get('SELECT value FROM state WHERE name = ?', name)?.['value'] as string | undefined;
  }

  private setState(name: string, value: string): void {
    this.prepared('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, value);
  }

  /**
   * Takes over what other files tell, each by the streams that are its own; all were folded past the same events in
   * the same steps. At the end of a building.
   */
  gather(paths: readonly string[]): void {
    this.db.exec('DROP INDEX IF EXISTS document_key; COMMIT');
    this.indexed = false;
    for (const path of paths) {
      this.prepared('ATTACH ? AS other').run(path);
      this.db.exec(`
        BEGIN;
        INSERT INTO document (view, key, since, until, body) SELECT view, key, since, until, body FROM other.document;
        INSERT INTO listing SELECT * FROM other.listing;
      `);
      this.marks.gather();
      this.db.exec('COMMIT; DETACH other');
    }
    this.db.exec('BEGIN');
    this.marks.order();
  }

  close(): void {
    try {
      this.settle();
    } finally {
      this.db.close();
    }
  }

  delete(): void {
    this.db.close();
    ViewFile.remove(this.path);
  }

  /** Of a file that is not open. */
  static remove(path: string): void {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }

  private get(sql: string, ...values: (string | number)[]): Record<string, unknown> | undefined {
    return this.prepared(sql).get(...values);
  }

  private all(sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
    return this.prepared(sql).all(...values);
  }
}

/** The first text after all that begin with `prefix`. Keys hold no character above U+FFFD. */
function endOf(prefix: string): string {
  return `${prefix}\uffff`;
}

/** Members are named by us, never by a caller; their values are bound. */
function conditions(where: Where, body: string, from?: number): string {
  const members = Object.keys(where);
  for (const member of members)
    if (!/^[a-zA-Z.]+$/.test(member)) throw new Error(`${member} is no member to filter by`);
  return members.map((member, n) => `AND ${body} ->> '$.${member}' = ?${from ? from + n : ''}`).join(' ');
}
