import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Documents, type Where } from './documents.js';
import { LAYOUT, PAGE_BYTES, PRAGMAS, TABLES } from './layout.js';
import { type Head, Marks } from './marks.js';
import { attach, IDS, pathsOfParts } from './parts.js';
import { Statements } from './statements.js';
import type { Changes, Found, Shelf, Version } from './versions.js';

export type { Found, Head, Where };

/** How many versions one INSERT takes: measured, more gain little. */
const ROWS = 16;

const insertOf = (rows: number) => `INSERT INTO document VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?)').join(', ')}`;
const INSERT = insertOf(1);
const INSERT_ROWS = insertOf(ROWS);

/** The documents of all views in one SQLite file. It can always be deleted: the log gives it back. */
export class ViewFile implements Shelf {
  readonly marks: Marks;
  private readonly db: DatabaseSync;
  private indexed: boolean;
  private readonly statements: Statements;
  private readonly documents: Documents;

  /**
   * `building`: nobody reads the file yet and a crash just starts it anew, so it keeps no journal, all goes into one
   * transaction, and the index comes last. `serving`: WAL; a commit is not synced, because what a power cut takes from
   * this file is folded again.
   */
  constructor(
    readonly path: string,
    readonly mode: 'serving' | 'building',
    private readonly names: readonly string[] = [],
    /** Which share of the streams a building file tells. */
    private readonly share = 0,
  ) {
    this.indexed = mode === 'serving';
    this.db = new DatabaseSync(path);
    this.statements = new Statements(this.db);
    try {
      this.open();
      this.marks = new Marks(this.db);
      const parts = Number(this.state('parts') ?? 0);
      attach(this.db, path, parts);
      this.documents = new Documents(this.statements, parts, Number(this.state('parts-tell-up-to') ?? -1));
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  private open(): void {
    this.db.exec(`PRAGMA page_size = ${PAGE_BYTES}; ${PRAGMAS[this.mode]}`);
    this.db.exec(TABLES);
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

  /** Ends the building. Everything that was written is on the disk before the file says that it is finished. */
  finish(fingerprint: string): void {
    this.complete();
    this.sign(fingerprint);
  }

  /** Ends the building of a part. */
  leave(): void {
    this.complete();
    this.close();
  }

  /** Ends the building of what the file tells itself, before it takes its parts. */
  complete(): void {
    this.index();
    this.db.exec('COMMIT; PRAGMA synchronous = FULL');
    // Syncs all that went before.
    this.setState('layout', String(LAYOUT));
  }

  /**
   * Takes other files for its parts: each tells the streams of a share, and all were folded past the same events in the
   * same steps. Only their lists and marks are copied, which are small. Then the building is ended.
   */
  finishWithParts(fingerprint: string, paths: readonly string[]): void {
    for (const path of paths) {
      this.statements.of('ATTACH ? AS other').run(path);
      this.db.exec('BEGIN; INSERT INTO listing SELECT * FROM other.listing');
      this.marks.gather();
      this.db.exec('COMMIT; DETACH other');
    }
    this.db.exec('BEGIN');
    this.marks.order();
    this.setState('parts', String(paths.length));
    this.setState('parts-tell-up-to', String(this.head().sequence));
    this.db.exec('COMMIT');
    this.sign(fingerprint);
  }

  private sign(fingerprint: string): void {
    this.setState('fingerprint', fingerprint);
    this.close();
  }

  /** The id that the next version gets. */
  nextId(): number {
    const last = this.statements.get('SELECT max(id) AS id FROM document')?.['id'] as number | null;
    return Math.max(last ?? 0, this.share * IDS) + 1;
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
    const end = this.statements.of('UPDATE document SET until = ? WHERE id = ?');
    for (const { id, until } of ended) if (!this.documents.isInPart(id)) end.run(until, id);
    this.insertVersions(versions);
    for (const each of ended) if (this.documents.isInPart(each.id)) this.endInPart(each);
    const list = this.statements.of('INSERT INTO listing VALUES (?, ?, ?, ?, ?)');
    for (const { view, list: name, key, since, until } of listed) list.run(view, name, key, since, until);
    // A list may be entered again after it was left, in the same changes.
    const unlist = this.statements.of(
      'UPDATE listing SET until = ?1 WHERE view = ?2 AND list = ?3 AND key = ?4 AND since < ?1 AND until IS NULL',
    );
    for (const { view, list: name, key, until } of unlisted) unlist.run(until, view, name, key);
    this.marks.insert(marks);
  }

  /**
   * A version in a part is ended by the one that follows it here. Where none does, a row says so that holds from then
   * until then: never.
   */
  private endInPart({ id, until }: Changes['ended'][number]): void {
    this.statements
      .of(
        `INSERT OR IGNORE INTO document SELECT -id, view, key, ?1, ?1, '' FROM ${this.documents.schemaOf(id)}.document
         WHERE id = ?2`,
      )
      .run(until, id);
  }

  private insertVersions(versions: readonly Version[]): void {
    let next = 0;
    for (; next + ROWS <= versions.length; next += ROWS) {
      const values: (number | string | null)[] = [];
      for (let n = next; n < next + ROWS; n++) {
        const { id, view, key, since, until, body } = versions[n]!;
        values.push(id, view, key, since, until, body);
      }
      this.statements.of(INSERT_ROWS).run(...values);
    }
    for (; next < versions.length; next++) {
      const { id, view, key, since, until, body } = versions[next]!;
      this.statements.of(INSERT).run(id, view, key, since, until, body);
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
    return this.documents.current(view, key);
  }

  /** The text of a version. */
  text(id: number): string {
    return this.documents.text(id);
  }

  /** The document as of sequence `asOf`, inclusive. */
  document(view: number, key: string, asOf: number): Found | undefined {
    return this.documents.document(view, key, asOf);
  }

  /** Documents whose keys begin with `prefix`, in the order of their keys, after the key `after`. */
  range(view: number, prefix: string, asOf: number, after: string, limit: number, where?: Where): Found[] {
    return this.documents.range(view, prefix, asOf, after, limit, where);
  }

  /** Documents that stand in every one of `lists`, in the order of their keys, after the key `after`. */
  listed(
    view: number,
    lists: readonly [string, ...string[]],
    asOf: number,
    after: string,
    limit: number,
    where?: Where,
  ): Found[] {
    return this.documents.listed(view, lists, asOf, after, limit, where);
  }

  /** Every version of every document in one fixed order. */
  versions(view: number): Iterable<Version> {
    return this.documents.versions(view);
  }

  count(view: number): number {
    return this.documents.count(view);
  }

  private state(name: string): string | undefined {
    return this.statements.get('SELECT value FROM state WHERE name = ?', name)?.['value'] as string | undefined;
  }

  private setState(name: string, value: string): void {
    this.statements.of('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, value);
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
    for (const part of pathsOfParts(path)) rmSync(part, { force: true });
  }
}
