import { DatabaseSync } from 'node:sqlite';
import { type NewEvent, PAGE_SIZE, type RecordedEvent } from '../event-store.js';

export interface Share {
  /** Position of the last event, inclusive: all who share a log read up to the same one. */
  readonly upTo: number;
  /** Only streams `<category>-…` of these categories. */
  readonly categories: readonly string[];
  /** Of `shares` readers this is the `share`th, from 0. A stream belongs to one of them. */
  readonly share: number;
  readonly shares: number;
}

type Row = [position: number, stream: number, revision: number, body: string | null];

/**
 * Reads the log in a file beside the store that owns it, from a thread of its own: a second connection, which never
 * writes. What it sees is committed.
 */
export class LogReader {
  readonly #database: DatabaseSync;
  readonly #streams: { readonly name: string; readonly category: string }[] = [];

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readOnly: true });
  }

  /** Position of the last event; 0 for an empty log. */
  head(): number {
    return Number(this.#database.prepare('SELECT max(position) AS head FROM events').get()?.['head'] ?? 0);
  }

  /** All events of the categories in their order: those of the share as they are, of the others their positions only. */
  *pages({ upTo, categories, share, shares }: Share): Generator<(RecordedEvent | string)[]> {
    // A body that is not asked for is not read, and not copied out of SQLite.
    const page = this.#database.prepare(
      `SELECT position, stream, revision, CASE WHEN stream % ? = ? THEN body END FROM events
       WHERE position > ? AND position <= ? ORDER BY position`,
    );
    page.setReturnArrays(true);
    for (let after = 0; after < upTo; after += PAGE_SIZE) {
      // `setReturnArrays` is not in the types of `all`.
      const rows = page.all(shares, share, after, Math.min(upTo, after + PAGE_SIZE)) as unknown as Row[];
      const events: (RecordedEvent | string)[] = [];
      for (const [at, id, revision, body] of rows) {
        const { name, category } = this.#stream(id);
        if (!categories.includes(category)) continue;
        const position = String(at);
        if (body === null) events.push(position);
        else {
          const { id: event, type, data, metadata } = JSON.parse(body) as NewEvent;
          events.push({ id: event, type, data, metadata, stream: name, revision, position });
        }
      }
      yield events;
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Streams are numbered from 0 without a gap; new ones may have come since the last look. */
  #stream(id: number): { readonly name: string; readonly category: string } {
    if (id >= this.#streams.length) {
      const more = this.#database.prepare('SELECT name, category FROM streams WHERE id >= ? ORDER BY id');
      for (const { name, category } of more.iterate(this.#streams.length)) {
        this.#streams.push({ name: String(name), category: String(category) });
      }
    }
    const stream = this.#streams[id];
    if (!stream) throw new Error(`The log names no stream ${id}`);
    return stream;
  }
}
