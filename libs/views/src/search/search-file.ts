import { rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Phrase, matchOf } from './asked-words.js';
import { circleOf, PUBLIC, readersOf } from './circles.js';
import type { Circle, Entry } from './entry.js';
import {
  afterOf,
  facetsOf,
  FIND_PUBLIC,
  FIND_RESTRICTED,
  type FoundEntry,
  MOST,
  questionOf,
  relevance,
  type Wanted,
} from './finding.js';
import { wordsOf } from './words.js';

const LAYOUT = 1;

/** What can be filtered by is a word, too, of a column of its own: no word of a text has its signs. */
const INDEX = `USING fts5 (title, text, facets, tokenize = "ascii tokenchars '-:'")`;

/** Small ones are put into the index, and merged, in steps that hold nobody up for long. */
const PIECE_BYTES = 65_536;

const SCHEMA = `
  CREATE TABLE entry (
    id INTEGER PRIMARY KEY, stream TEXT NOT NULL, part TEXT NOT NULL, readers TEXT NOT NULL, kind TEXT NOT NULL,
    UNIQUE (stream, part)) STRICT;
  CREATE INDEX entry_readers ON entry (readers) WHERE readers <> '${PUBLIC}';
  CREATE TABLE body (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE VIRTUAL TABLE public_words ${INDEX};
  CREATE VIRTUAL TABLE restricted_words ${INDEX};
  INSERT INTO public_words (public_words, rank) VALUES ('secure-delete', 1), ('hashsize', ${PIECE_BYTES});
  INSERT INTO restricted_words (restricted_words, rank) VALUES ('secure-delete', 1), ('hashsize', ${PIECE_BYTES});
`;

/** How far a file tells the record: what the views say of the last event that is in it. */
export interface Checkpoint {
  readonly sequence: number;
  readonly position?: string | undefined;
  readonly recordedAt?: string | undefined;
}

/** So much is written before it is put from the write-ahead log into the file (`settle`). */
const SETTLE_BYTES = 4 * 1024 * 1024;

/** While it serves, nothing is synced by SQLite, which would hold the event loop meanwhile: `settle` does it elsewhere. */
const PRAGMAS = {
  building: `
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -16384;`,
  serving: `
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = OFF;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA cache_size = -16384;`,
} as const;

/**
 * What can be found, in one SQLite file with two indexes: of what everybody may read, and of the rest. Who reads only the
 * public record is answered out of the first one alone, so that nothing of the rest shows in a count, an order or a
 * time. Words come into FTS5 as `wordsOf` divides them: its own tokenizers take a run of Chinese for one word, break Arabic
 * ones at their vowel signs, and with trigrams find nothing shorter than three letters in an index that is 2.7 times as large.
 */
export class SearchFile {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  private mode: keyof typeof PRAGMAS;

  /** `building`: nobody is answered by it before it is finished, and a crash begins it anew. */
  constructor(
    readonly path: string,
    mode: keyof typeof PRAGMAS,
  ) {
    this.mode = mode;
    this.db = new DatabaseSync(path);
    try {
      // What was withdrawn or withheld is not to be left on a free page, nor in the index of its words.
      this.db.exec(`${PRAGMAS[mode]} PRAGMA secure_delete = ON;`);
      if (mode === 'building') this.db.exec(SCHEMA);
      this.db.function('relevance', { deterministic: true }, relevance as (...values: SQLInputValue[]) => number);
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  get isFinished(): boolean {
    return this.mode === 'serving';
  }

  get isOpen(): boolean {
    return this.db.isOpen;
  }

  /** Absent where the building was cut off, or another layout is in it. */
  get checkpoint(): Checkpoint | undefined {
    const row = this.prepared(`SELECT value FROM state WHERE name = 'checkpoint'`).get();
    if (!row) return undefined;
    const { layout, ...checkpoint } = JSON.parse(row['value'] as string) as Checkpoint & { layout: number };
    return layout === LAYOUT ? checkpoint : undefined;
  }

  /** Puts the entries of a stream in the place of those that it had. In the file after `commit`. */
  replace(stream: string, entries: readonly Entry[]): void {
    if (!this.db.isTransaction) this.db.exec('BEGIN');
    const before = new Map<string, Row>();
    for (const row of this.all(
      'SELECT id, part, readers, json FROM entry JOIN body USING (id) WHERE stream = ?',
      stream,
    ))
      before.set(row['part'] as string, row as unknown as Row);
    for (const entry of entries) {
      const json = JSON.stringify(entry);
      const known = before.get(entry.part);
      if (known?.json !== json) {
        if (known) this.remove(known);
        this.insert(stream, entry, json);
      }
      before.delete(entry.part);
    }
    for (const row of before.values()) this.remove(row);
  }

  /** All that was put in since the last time, and how far it goes: together or not at all. */
  commit(checkpoint?: Checkpoint): void {
    // A file that is begun is written in one piece.
    if (this.mode === 'building') return;
    if (checkpoint) this.tell(checkpoint);
    if (this.db.isTransaction) this.db.exec('COMMIT');
  }

  /**
   * Ends the building: everything that was written is on the disk before the file says how far it goes. To sync it is for
   * another thread, as it takes long.
   */
  async finish(checkpoint: Checkpoint): Promise<void> {
    if (this.db.isTransaction) this.db.exec('COMMIT');
    await synced(this.path);
    if (!this.isOpen) return;
    this.db.exec('PRAGMA synchronous = FULL');
    this.tell(checkpoint);
    this.mode = 'serving';
    this.db.exec(PRAGMAS.serving);
  }

  /**
   * Puts what was committed into the file, where there is enough of it. In the order in which SQLite does it with
   * `synchronous = NORMAL`, but synced by other threads: nothing may be written before it is over.
   */
  async settle(): Promise<void> {
    const log = `${this.path}-wal`;
    if (this.mode === 'building' || (statSync(log, { throwIfNoEntry: false })?.size ?? 0) < SETTLE_BYTES) return;
    await synced(log);
    if (!this.isOpen) return;
    this.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    await synced(this.path);
    // It is all in the file. The log would keep its size otherwise, and be taken for full each time.
    if (this.isOpen) this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  private tell(checkpoint: Checkpoint): void {
    const value = JSON.stringify({ layout: LAYOUT, ...checkpoint });
    this.prepared(`INSERT OR REPLACE INTO state VALUES ('checkpoint', ?)`).run(value);
  }

  /** Every circle that something in it is for. */
  circles(): Circle[] {
    const rows = this.all(`SELECT DISTINCT readers FROM entry WHERE readers <> '${PUBLIC}'`);
    return rows.map(({ readers }) => circleOf(readers as string));
  }

  /**
   * What is found of all `phrases`: the best first, at most `limit`, and how many there are, up to `MOST`. Best is bm25
   * (Robertson and Zaragoza) over what everybody may read. What only some may read is weighed by how often it says the words,
   * and by how rare they are in what everybody may read: so no order tells what others keep.
   */
  find({ phrases, circles, after, limit, ...facets }: Wanted): {
    readonly total: number;
    readonly found: FoundEntry[];
  } {
    const given: Record<string, string | number> = { match: questionOf(phrases, facets) };
    const sources = [FIND_PUBLIC];
    if (circles.length) {
      sources.push(FIND_RESTRICTED);
      given['circles'] = JSON.stringify(circles.map(readersOf));
      given['rarity'] = this.rarityOf(phrases);
      given['count'] = phrases.length;
    }
    const hits = `WITH hit AS MATERIALIZED (${sources.join(' UNION ALL ')})`;
    const rows = this.prepared(
      `${hits} SELECT *, (SELECT count(*) FROM hit) AS total FROM hit
       ${after === undefined ? '' : 'WHERE (score, stream, part) > (:score, :stream, :part)'}
       ORDER BY score, stream, part LIMIT :limit`,
    ).all({ ...given, limit, ...(after !== undefined && afterOf(after)) });
    const total = rows[0]?.['total'] ?? this.one(`${hits} SELECT count(*) AS n FROM hit`, given)['n'];
    const found = rows.map(({ id, score, stream, part }): FoundEntry => {
      const { json } = this.prepared('SELECT json FROM body WHERE id = ?').get(id as number)!;
      return { entry: JSON.parse(json as string) as Entry, at: JSON.stringify([score, stream, part]) };
    });
    return { total: Math.min(total as number, MOST), found };
  }

  /** How rare phrases are, all together, as bm25 has it; of a phrase that hardly anything lacks it is next to nothing. */
  private rarityOf(phrases: readonly Phrase[]): number {
    const all = this.one('SELECT count(*) AS n FROM public_words_docsize', {})['n'] as number;
    return phrases.reduce((sum, phrase) => {
      const match = matchOf([phrase]);
      const sql = 'SELECT count(*) AS n FROM public_words WHERE public_words MATCH :match';
      const holding = this.one(sql, { match })['n'] as number;
      return sum + Math.max(Math.log((all - holding + 0.5) / (holding + 0.5)), 1e-6);
    }, 0);
  }

  private insert(stream: string, entry: Entry, json: string): void {
    const { part, kind, readBy, organizations, year, language, track, title = '', text } = entry;
    const readers = readersOf(readBy);
    const sql = 'INSERT INTO entry (stream, part, readers, kind) VALUES (?, ?, ?, ?)';
    const { lastInsertRowid: id } = this.prepared(sql).run(stream, part, readers, kind);
    this.prepared('INSERT INTO body VALUES (?, ?)').run(id, json);
    const facets = [
      ...organizations.flatMap((organization) => facetsOf({ organization })),
      ...facetsOf({ kind, year, track }),
      // Whoever asks for French also means that of Canada.
      ...(language?.split('-') ?? []).flatMap((_, n, tags) => facetsOf({ language: tags.slice(0, n + 1).join('-') })),
    ];
    this.prepared(`INSERT INTO ${indexOf(readers)} (rowid, title, text, facets) VALUES (?, ?, ?, ?)`).run(
      id,
      wordsOf(title),
      wordsOf(text),
      facets.join(' '),
    );
  }

  private remove({ id, readers }: Row): void {
    this.prepared(`DELETE FROM ${indexOf(readers)} WHERE rowid = ?`).run(id);
    this.prepared('DELETE FROM body WHERE id = ?').run(id);
    this.prepared('DELETE FROM entry WHERE id = ?').run(id);
  }

  close(): void {
    if (this.mode === 'serving') {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      // The last connection puts everything into the file; nobody waits any more.
      this.db.exec('PRAGMA synchronous = FULL');
    }
    this.db.close();
  }

  delete(): void {
    this.db.close();
    SearchFile.remove(this.path);
  }

  static remove(path: string): void {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  }

  private one(sql: string, values: Record<string, string | number>): Record<string, unknown> {
    return this.prepared(sql).get(values)!;
  }

  private all(sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
    return this.prepared(sql).all(...values);
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }
}

async function synced(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.datasync();
}

interface Row {
  readonly id: number;
  readonly part: string;
  readonly readers: string;
  readonly json: string;
}

const indexOf = (readers: string) => (readers === PUBLIC ? 'public_words' : 'restricted_words');
