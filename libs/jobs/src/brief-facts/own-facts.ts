import { chmodSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { BriefFacts, type Fact, lasting, type Line, type Tally } from './brief-facts.js';
import { OwnTallies } from './own-tallies.js';

/** Of the tables. A file of another edition is begun anew: it costs a sign-in. */
const EDITION = 2;

// What is deleted is overwritten, in the file (`secure_delete`) and in what SQLite writes beside it (`TRUNCATE`).
const PRAGMAS = `
  pragma journal_mode = truncate;
  pragma synchronous = normal;
  pragma secure_delete = on;
`;

const TABLES = `
  create table fact (key text primary key, text text not null, until integer not null) strict, without rowid;
  create index fact_until on fact (until);
  create table line (
    list text, name text, at integer not null, until integer not null, primary key (list, name)
  ) strict, without rowid;
  create index line_until on line (until);
  pragma user_version = ${EDITION};
`;

export interface OwnFactsOptions {
  /** Made where there is none, and readable by this process's user alone; `:memory:` for none. */
  readonly file: string;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** Of this process alone, in a file; tallies in memory. */
export class OwnFacts extends BriefFacts {
  override readonly trouble = undefined;
  private readonly db: DatabaseSync;
  private readonly now: () => number;
  private readonly tallies: OwnTallies;
  /** Every request of who is signed in asks by it. */
  private readonly found: StatementSync;

  constructor({ file, now = Date.now }: OwnFactsOptions) {
    super();
    this.now = now;
    this.tallies = new OwnTallies(now);
    this.db = new DatabaseSync(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    this.db.exec(PRAGMAS);
    if (this.db.prepare('pragma user_version').get()?.['user_version'] !== EDITION) this.beginAnew();
    this.found = this.db.prepare('select text from fact where key = ? and until > ?');
  }

  override async put({ key, text, lastsMs }: Fact, line?: Line): Promise<void> {
    this.together(() => {
      this.sweep();
      this.db.prepare('insert or replace into fact values (?, ?, ?)').run(key, text, this.until(lastsMs));
      if (line) this.write(line);
    });
  }

  override async putIfAbsent({ key, text, lastsMs }: Fact): Promise<boolean> {
    this.sweep();
    const put = this.db.prepare('insert into fact values (?, ?, ?) on conflict do nothing');
    return put.run(key, text, this.until(lastsMs)).changes === 1;
  }

  override async putIfThere({ key, text, lastsMs }: Fact): Promise<boolean> {
    const put = this.db.prepare('update fact set text = ?, until = ? where key = ? and until > ?');
    return put.run(text, this.until(lastsMs), key, this.now()).changes === 1;
  }

  override async get(...keys: readonly string[]): Promise<readonly (string | undefined)[]> {
    return keys.map((key) => textIn(this.found.get(key, this.now())));
  }

  override async take(key: string): Promise<string | undefined> {
    return textIn(this.db.prepare('delete from fact where key = ? and until > ? returning text').get(key, this.now()));
  }

  override async enter(line: Line): Promise<void> {
    this.together(() => {
      this.sweep();
      this.write(line);
    });
  }

  override async lines(list: string): Promise<ReadonlyMap<string, number>> {
    const rows = this.db.prepare('select name, at from line where list = ? and until > ? order by at, name');
    return new Map(rows.all(list, this.now()).map(({ name, at }) => [String(name), Number(at)]));
  }

  override async strike(list: string, ...names: readonly string[]): Promise<void> {
    for (const name of names) this.db.prepare('delete from line where list = ? and name = ?').run(list, name);
  }

  override async raise(key: string, to: number, lastsMs: number): Promise<boolean> {
    this.sweep();
    const raised = this.db.prepare(
      `insert into line values (?, '', ?, ?)
       on conflict do update set at = excluded.at, until = excluded.until where at < excluded.at`,
    );
    return raised.run(key, to, this.until(lastsMs)).changes === 1;
  }

  override async forget(...keys: readonly string[]): Promise<void> {
    this.together(() => {
      for (const key of keys) {
        this.db.prepare('delete from fact where key = ?').run(key);
        this.db.prepare('delete from line where list = ?').run(key);
      }
    });
  }

  override async count(...tallies: readonly Tally[]): Promise<number> {
    return this.tallies.count(tallies);
  }

  override async uncount(...of: readonly { key: string; what: 'last' | 'all' }[]): Promise<void> {
    this.tallies.uncount(of);
  }

  override async close(): Promise<void> {
    this.db.close();
  }

  private write({ list, name, at, lastsMs }: Line): void {
    this.db.prepare('insert or replace into line values (?, ?, ?, 0)').run(list, name, at);
    this.db.prepare('update line set until = ? where list = ?').run(this.until(lastsMs), list);
  }

  private sweep(): void {
    for (const table of ['fact', 'line']) this.db.prepare(`delete from ${table} where until <= ?`).run(this.now());
  }

  private until(lastsMs: number): number {
    return this.now() + lasting(lastsMs);
  }

  private together(changes: () => void): void {
    this.db.exec('begin immediate');
    try {
      changes();
      this.db.exec('commit');
    } catch (error) {
      this.db.exec('rollback');
      throw error;
    }
  }

  private beginAnew(): void {
    this.together(() => {
      const tables = this.db.prepare("select name from sqlite_schema where type = 'table'").all();
      for (const { name } of tables) this.db.exec(`drop table "${String(name)}"`);
      this.db.exec(TABLES);
    });
  }
}

const textIn = (row: Record<string, unknown> | undefined): string | undefined => row && String(row['text']);
