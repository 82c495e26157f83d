import { chmodSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { PersonId } from '../keys/person-keys.js';
import { type SessionLevel, SessionStore, type StoredSession } from './session-store.js';

// What is deleted is overwritten, in the file (`secure_delete`) and in what SQLite writes beside it (`TRUNCATE`).
const SCHEMA = `
  pragma journal_mode = truncate;
  pragma synchronous = normal;
  pragma secure_delete = on;
  create table if not exists session (
    hash text primary key, id text not null, person text not null, level text not null,
    startedAt integer not null, seenAt integer not null, provenAt integer, agent text not null
  ) strict, without rowid;
  create index if not exists session_person on session (person);
  create table if not exists step (person text primary key, step integer not null) strict, without rowid;
  create table if not exists used (what text primary key, until integer not null) strict, without rowid;
  create table if not exists tokenUse (
    token text primary key, person text not null, at integer not null
  ) strict, without rowid;
`;

/** In a file of this process alone: of an installation with one node. */
export class SqliteSessionStore extends SessionStore {
  private readonly db: DatabaseSync;

  /** `file`: made where there is none, and readable by this process's user alone. */
  constructor(file: string) {
    super();
    this.db = new DatabaseSync(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    this.db.exec(SCHEMA);
  }

  override async insert(session: StoredSession): Promise<void> {
    const { hash, id, person, level, startedAt, seenAt, provenAt, agent } = session;
    this.db
      .prepare('insert into session values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(hash, id, person, level, startedAt, seenAt, provenAt ?? null, agent);
  }

  override async find(hash: string): Promise<StoredSession | undefined> {
    const row = this.db.prepare('select * from session where hash = ?').get(hash);
    return row && sessionOf(row);
  }

  override async touch({ hash, seenAt }: StoredSession): Promise<void> {
    this.db.prepare('update session set seenAt = ? where hash = ?').run(seenAt, hash);
  }

  override async delete(hash: string): Promise<boolean> {
    return this.db.prepare('delete from session where hash = ?').run(hash).changes === 1;
  }

  override async ofPerson(person: PersonId): Promise<readonly StoredSession[]> {
    return this.db.prepare('select * from session where person = ? order by startedAt').all(person).map(sessionOf);
  }

  override async forget(person: PersonId): Promise<void> {
    for (const table of ['session', 'step', 'tokenUse'])
      this.db.prepare(`delete from ${table} where person = ?`).run(person);
  }

  override async sweep({ startedBefore, seenBefore }: { startedBefore: number; seenBefore: number }): Promise<void> {
    this.db.prepare('delete from session where startedAt < ? or seenAt < ?').run(startedBefore, seenBefore);
  }

  override async useStep(person: PersonId, step: number): Promise<boolean> {
    const used = this.db
      .prepare(
        'insert into step values (?, ?) on conflict (person) do update set step = excluded.step where step < excluded.step',
      )
      .run(person, step);
    return used.changes === 1;
  }

  override async useOnce(what: string, now: number, lastsMs: number): Promise<boolean> {
    this.db.prepare('delete from used where until <= ?').run(now);
    const used = this.db.prepare('insert into used values (?, ?) on conflict do nothing').run(what, now + lastsMs);
    return used.changes === 1;
  }

  override async tokenUsed(token: string, person: PersonId, at: number): Promise<void> {
    this.db
      .prepare('insert into tokenUse values (?, ?, ?) on conflict (token) do update set at = excluded.at')
      .run(token, person, at);
  }

  override async tokenUses(person: PersonId): Promise<ReadonlyMap<string, number>> {
    const rows = this.db.prepare('select token, at from tokenUse where person = ?').all(person);
    return new Map(rows.map(({ token, at }) => [String(token), Number(at)]));
  }

  override async close(): Promise<void> {
    this.db.close();
  }
}

function sessionOf(row: Record<string, SQLOutputValue>): StoredSession {
  const { provenAt, level } = row;
  return {
    hash: String(row['hash']),
    id: String(row['id']),
    person: String(row['person']),
    level: level as SessionLevel,
    startedAt: Number(row['startedAt']),
    seenAt: Number(row['seenAt']),
    ...(provenAt !== null && { provenAt: Number(provenAt) }),
    agent: String(row['agent']),
  };
}
