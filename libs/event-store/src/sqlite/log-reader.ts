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

type Row = [position: number, revision: number, body: string];

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
    // Of an event that others read nothing is needed but its stream. Those of a page come as one text: a row for each is
    // dearer, as measured.
    const streams = this.#database.prepare(
      `SELECT group_concat(stream, ' ') AS ids
       FROM (SELECT stream FROM events WHERE position > ? AND position <= ? ORDER BY position)`,
    );
    const own = this.#database.prepare(
      `SELECT position, revision, body FROM events
       WHERE position > ? AND position <= ? AND stream % ? = ? ORDER BY position`,
    );
    own.setReturnArrays(true);
    for (let after = 0; after < upTo; after += PAGE_SIZE) {
      const end = Math.min(upTo, after + PAGE_SIZE);
      const ids = (streams.get(after, end)?.['ids'] as string | null)?.split(' ') ?? [];
      // `setReturnArrays` is not in the types of `all`.
      const rows = own.all(after, end, shares, share) as unknown as Row[];
      const events: (RecordedEvent | string)[] = [];
      let next = 0;
      for (let n = 0; n < ids.length; n++) {
        const id = Number(ids[n]);
        const at = after + 1 + n;
        const { name, category } = this.#stream(id);
        const row = id % shares === share ? rows[next++] : undefined;
        // Positions have no gap, so the place in the text tells them.
        if (row && row[0] !== at) throw new Error(`The log has a gap before position ${row[0]}`);
        if (!categories.includes(category)) continue;
        const position = String(at);
        if (!row) {
          events.push(position);
          continue;
        }
        const [, revision, body] = row;
        const { id: event, type, data, metadata } = JSON.parse(body) as NewEvent;
        events.push({ id: event, type, data, metadata, stream: name, revision, position });
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
