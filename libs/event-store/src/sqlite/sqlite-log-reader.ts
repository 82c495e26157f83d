import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { NewEvent, RecordedEvent } from '../event-store.js';
import type { LogAddress } from '../log-address.js';
import { type LogEnd, LogReader, type LogShare } from '../log-reader.js';

type Row = [position: number, stream: number, revision: number, body: string];

/** Events that are read at once. Of more, most would still be in use whenever the young generation is collected. */
const STEP = 100;

/** Positions that are looked over at once for what nobody asked for. */
const WINDOW = 10_000;

/** Where the log in a file can be read. */
export const addressOf = (file: string) => file as LogAddress;

/** A second connection to the file of a store, which never writes. */
export class SqliteLogReader extends LogReader {
  readonly #database: DatabaseSync;

  private constructor(file: string) {
    super();
    this.#database = new DatabaseSync(file, { readOnly: true });
  }

  static at(address: LogAddress): SqliteLogReader {
    return new SqliteLogReader(address);
  }

  override async end(): Promise<LogEnd | undefined> {
    const end = this.#database.prepare('SELECT max(position) AS position FROM events').get()?.['position'];
    // Positions are 1, 2, 3, … without a gap.
    return typeof end === 'number' ? { position: String(end), events: end } : undefined;
  }

  override async *pages(of: LogShare): AsyncGenerator<readonly (RecordedEvent | string)[]> {
    const { categories, share, shares } = of;
    const upTo = Number(of.upTo);
    const names = this.#namesOfStreams(categories);
    const isAskedFor = this.#askedFor(names, upTo, share === 0);
    const own = this.#prepareRows(
      `SELECT position, stream, revision, body FROM events
       WHERE position > ? AND position <= ? AND stream % ? = ? ORDER BY position`,
    );
    for (let after = 0; after < upTo; after += STEP) {
      const end = Math.min(upTo, after + STEP);
      // `setReturnArrays` is not in the types of `all`.
      const rows = own.all(after, end, shares, share) as unknown as Row[];
      const events: (RecordedEvent | string)[] = [];
      let next = 0;
      // Positions have no gap, so those of others are the ones in between.
      for (let at = after + 1; at <= end; at++) {
        const row = rows[next]?.[0] === at ? rows[next++] : undefined;
        if (!isAskedFor(at)) continue;
        const position = String(at);
        if (!row) {
          events.push(position);
          continue;
        }
        const [, stream, revision, body] = row;
        const { id, type, data, metadata } = JSON.parse(body) as NewEvent;
        events.push({ id, type, data, metadata, stream: names[stream]!, revision, position });
      }
      yield events;
    }
  }

  override async close(): Promise<void> {
    this.#database.close();
  }

  /** By their ids, which go from 0 without a gap; of streams of other categories there is none. */
  #namesOfStreams(categories: readonly string[]): (string | undefined)[] {
    const streams = this.#prepareRows('SELECT name, category FROM streams ORDER BY id');
    const rows = streams.all() as unknown as [name: string, category: string][];
    return rows.map(([name, category]) => (categories.includes(category) ? name : undefined));
  }

  /**
   * Whether an event is of a stream that has a name. To be asked of one position after the other. `looksForGaps`: one of
   * those who share a log has to.
   */
  #askedFor(
    names: readonly (string | undefined)[],
    upTo: number,
    looksForGaps: boolean,
  ): (position: number) => boolean {
    const whole = this.#database.prepare('SELECT count(*) AS count FROM events WHERE position > ? AND position <= ?');
    const others = this.#database.prepare(
      `SELECT group_concat(position, ' ') AS positions FROM events
       WHERE position > ? AND position <= ? AND stream IN (SELECT value FROM json_each(?))`,
    );
    const nameless = JSON.stringify(names.flatMap((name, id) => (name === undefined ? id : [])));
    let seen = 0;
    let hidden = new Set<number>();
    return (position) => {
      if (position > seen) {
        const after = seen;
        seen = Math.min(upTo, after + WINDOW);
        if (looksForGaps && whole.get(after, seen)?.['count'] !== seen - after) {
          throw new Error(`The log has a gap between the positions ${after} and ${seen}`);
        }
        const text = nameless === '[]' ? null : (others.get(after, seen, nameless)?.['positions'] as string | null);
        hidden = new Set(text?.split(' ').map(Number));
      }
      return hidden.size === 0 || !hidden.has(position);
    };
  }

  #prepareRows(sql: string): StatementSync {
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  }
}
