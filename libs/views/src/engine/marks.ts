import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { comparePositions } from '#event-store';

/** Up to where the documents of a file tell the record. */
export interface Head {
  /** -1 before the first event. */
  readonly sequence: number;
  readonly position?: string;
  /** The latest recorded time up to here; empty before the first event. */
  readonly recordedAt: string;
}

/** Where events of the record stand in the store, and when they were recorded: of one commit, or of a part of it. */
export interface Block {
  /** Sequence of the first of them. */
  readonly first: number;
  readonly positions: readonly string[];
  /** Never earlier than the one before. Empty for an event that another file tells, until it is gathered. */
  readonly times: readonly string[];
  /** Id of the last of them, by which another log is told at the same position; empty as above. */
  readonly last: string;
}

export const MARK_TABLE = `
  CREATE TABLE IF NOT EXISTS mark (
    first INTEGER PRIMARY KEY, positions TEXT NOT NULL, times TEXT NOT NULL, last TEXT NOT NULL) STRICT`;

/** Marks in one row: few enough to be read at once, many enough to be no burden. */
export const MARKS = 500;

interface Row {
  readonly first: number;
  readonly positions: string;
  readonly times: string;
  readonly last: string;
}

/** What a view file knows of the log itself: the place and the time of every event that it has passed. */
export class Marks {
  private readonly add: StatementSync;
  private readonly before: StatementSync;

  constructor(private readonly db: DatabaseSync) {
    this.add = db.prepare('INSERT INTO mark VALUES (?, ?, ?, ?)');
    this.before = db.prepare('SELECT * FROM mark WHERE first <= ? ORDER BY first DESC LIMIT 1');
  }

  insert({ first, positions, times, last }: Block): void {
    for (let n = 0; n < positions.length; n += MARKS) {
      const end = n + MARKS;
      const atEnd = end >= positions.length ? last : '';
      this.add.run(first + n, positions.slice(n, end).join(' '), times.slice(n, end).join(' '), atEnd);
    }
  }

  head(): Head {
    const block = this.blockOf(Number.MAX_SAFE_INTEGER);
    if (!block) return { sequence: -1, recordedAt: '' };
    const { first, positions, times } = block;
    return { sequence: first + positions.length - 1, position: positions.at(-1)!, recordedAt: times.at(-1)! };
  }

  /** Id of the event at the head, if there is one. */
  lastId(): string | undefined {
    return this.blockOf(Number.MAX_SAFE_INTEGER)?.last;
  }

  at(sequence: number): { readonly position: string; readonly recordedAt: string } | undefined {
    const block = this.blockOf(sequence);
    const position = block?.positions[sequence - block.first];
    return position === undefined ? undefined : { position, recordedAt: block!.times[sequence - block!.first]! };
  }

  /** The sequence of the event at `position`. Positions are ordered as the log is, so halving finds it. */
  sequenceOf(position: string): number | undefined {
    const head = this.head();
    // Who just recorded something asks before it is passed.
    if (head.position === undefined || comparePositions(position, head.position) > 0) return undefined;
    let low = 0;
    let high = head.sequence;
    while (low <= high) {
      const { first, positions } = this.blockOf(Math.floor((low + high) / 2))!;
      if (comparePositions(position, positions[0]!) < 0) high = first - 1;
      else if (comparePositions(position, positions.at(-1)!) > 0) low = first + positions.length;
      else {
        const place = positions.indexOf(position);
        return place < 0 ? undefined : first + place;
      }
    }
    return undefined;
  }

  /** The last sequence that was recorded at or before `time` (RFC 3339, UTC, milliseconds); -1 if none was. */
  sequenceAt(time: string): number {
    // Recorded times do not decrease along the record, so halving finds the place.
    let low = -1;
    let high = this.head().sequence;
    while (low < high) {
      const middle = low + Math.ceil((high - low) / 2);
      if (this.at(middle)!.recordedAt <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Fills in what this file left empty from the attached file `other`, which was folded in the same steps. */
  gather(): void {
    const update = this.db.prepare('UPDATE main.mark SET times = ?, last = ? WHERE first = ?');
    const theirs = this.db.prepare('SELECT * FROM other.mark WHERE first = ?');
    for (const mine of this.rows()) {
      const other = theirs.get(mine.first) as unknown as Row;
      const others = other.times.split(' ');
      const times = mine.times.split(' ').map((time, n) => time || others[n]!);
      update.run(times.join(' '), mine.last || other.last, mine.first);
    }
  }

  /** After gathering: no time is earlier than the one before, as one who folds all events would have told it. */
  order(): void {
    const update = this.db.prepare('UPDATE mark SET times = ? WHERE first = ?');
    let latest = '';
    for (const { first, times } of this.rows()) {
      const ordered = times.split(' ').map((time) => (latest = time > latest ? time : latest));
      update.run(ordered.join(' '), first);
    }
  }

  private rows(): Row[] {
    return this.db.prepare('SELECT * FROM main.mark ORDER BY first').all() as unknown as Row[];
  }

  private blockOf(sequence: number): Block | undefined {
    const row = this.before.get(sequence) as unknown as Row | undefined;
    return row && { ...row, positions: row.positions.split(' '), times: row.times.split(' ') };
  }
}
