import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Row = Record<string, unknown>;

/** The statements of a connection, each prepared once. */
export class Statements {
  private readonly prepared = new Map<string, StatementSync>();

  constructor(private readonly db: DatabaseSync) {}

  of(sql: string): StatementSync {
    let statement = this.prepared.get(sql);
    if (!statement) this.prepared.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }

  get(sql: string, ...values: (string | number)[]): Row | undefined {
    return this.of(sql).get(...values);
  }

  all(sql: string, ...values: (string | number)[]): Row[] {
    return this.of(sql).all(...values);
  }
}
