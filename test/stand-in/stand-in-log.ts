import {
  BadAppend,
  type EventStore,
  type NewEvent,
  type RecordedEvent,
  StreamNotFound,
  WrongExpectedRevision,
} from '#event-store';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

export type Asked = number | 'no_stream' | 'any' | 'stream_exists';

/** An event as it travels: bytes, whatever they hold. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Entry extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

/** What the server answers instead, by the names that the protocol has for it. */
export class Refusal extends Error {
  constructor(
    readonly reason:
      'wrong-expected-version' | 'stream-deleted' | 'stream-not-found' | 'too-large' | 'access-denied' | 'unknown',
    readonly actual = -1,
  ) {
    super(reason);
  }
}

interface StreamState {
  /** The first revision that reads still show. One past the last event: soft-deleted. */
  truncateBefore: number;
  maxCount: number;
  tombstoned: boolean;
}

/** Room between two positions for what is kept in memory; and to a position plus one belongs nothing, as in the real log. */
const GAP = 1_000;
export const MAX_APPEND = 1_048_576;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * A log as EventStoreDB shows it, over a store of ours. What that store refuses by its port and the real server takes
 * (system streams, other names and types, bytes that are no JSON) is kept in memory beside it, and so is what was
 * deleted: the port has no delete.
 */
export class StandInLog {
  readonly #states = new Map<string, StreamState>();
  readonly #beside: Entry[] = [];
  readonly #grown = new EventEmitter<{ beside: [] }>().setMaxListeners(0);
  #last = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  async append(stream: string, asked: Asked, events: readonly Proposed[]): Promise<Entry | undefined> {
    if (stream === '') throw new Refusal('unknown');
    for (const { id, type } of events) if (type === '' || !UUID.test(id) || id === NIL) throw new Refusal('unknown');
    const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (bytes > MAX_APPEND) throw new Refusal('too-large');
    const state = this.#states.get(stream);
    if (state?.tombstoned) throw new Refusal('stream-deleted');
    // Without an await before it, so that appends are in the order in which they came.
    if (state === undefined && (asked === 'no_stream' || typeof asked === 'number')) {
      return this.#write(stream, asked, events);
    }
    const turn = () => this.#appendInTurn(stream, asked, events);
    const appended = this.#turn.then(turn, turn);
    this.#turn = appended;
    return appended;
  }

  async #appendInTurn(stream: string, asked: Asked, events: readonly Proposed[]): Promise<Entry | undefined> {
    const head = await this.#head(stream);
    const softDeleted = head >= 0 && (this.#states.get(stream)?.truncateBefore ?? 0) > head;
    const exists = head >= 0 || this.#states.has(stream);
    if (asked === 'stream_exists' && softDeleted) throw new Refusal('stream-deleted');
    if (asked === 'stream_exists' && !exists) throw new Refusal('wrong-expected-version');
    if (typeof asked === 'number') return this.#write(stream, asked, events);
    if (asked === 'no_stream') {
      try {
        return await this.#write(stream, asked, events);
      } catch (error) {
        if (!softDeleted || !(error instanceof Refusal)) throw error;
      }
    }
    return this.#write(stream, head < 0 ? 'no_stream' : head, events);
  }

  async #write(stream: string, asked: number | 'no_stream', events: readonly Proposed[]): Promise<Entry | undefined> {
    const last = events.at(-1);
    if (last === undefined) return undefined;
    try {
      if (!events.every(({ json }) => json)) throw new BadAppend(stream, 'not JSON');
      const { revision, position } = await this.store.append(
        stream,
        asked === 'no_stream' ? 'no-stream' : asked,
        events.map(parsed),
      );
      this.#last = Math.max(this.#last, Number(position));
      return { ...last, stream, revision, position: Number(position) * GAP };
    } catch (error) {
      if (error instanceof WrongExpectedRevision) {
        throw new Refusal('wrong-expected-version', error.actual === 'no-stream' ? -1 : error.actual);
      }
      if (error instanceof BadAppend) return this.#keep(stream, asked, events);
      throw error;
    }
  }

  #keep(stream: string, asked: Asked, events: readonly Proposed[]): Entry | undefined {
    const actual = this.#beside.filter((entry) => entry.stream === stream).length - 1;
    if (asked !== 'any' && asked !== (actual < 0 ? 'no_stream' : actual)) {
      throw new Refusal('wrong-expected-version', actual);
    }
    for (const [i, event] of events.entries()) {
      this.#put(stream, actual + 1 + i, event);
      if (stream.startsWith('$$') && event.json) this.#describe(stream.slice(2), JSON.parse(text(event.data)));
    }
    return this.#beside.at(-1);
  }

  #put(stream: string, revision: number, event: Proposed): void {
    const position = Math.max(this.#last * GAP, this.#beside.at(-1)?.position ?? 0) + 1;
    this.#beside.push({ ...event, stream, revision, position });
    this.#grown.emit('beside');
  }

  #describe(stream: string, { $maxCount, $tb }: { $maxCount?: number; $tb?: number }): void {
    const state = this.#state(stream);
    if ($maxCount !== undefined) state.maxCount = $maxCount;
    if ($tb !== undefined) state.truncateBefore = $tb;
  }

  #state(stream: string): StreamState {
    const state = this.#states.get(stream);
    if (state) return state;
    const fresh = { truncateBefore: 0, maxCount: Infinity, tombstoned: false };
    this.#states.set(stream, fresh);
    return fresh;
  }

  async delete(stream: string, asked: Asked, how: 'soft' | 'tombstone'): Promise<void> {
    const head = await this.#head(stream);
    const state = this.#states.get(stream);
    if (state?.tombstoned) throw new Refusal('stream-deleted');
    const gone = head >= 0 && (state?.truncateBefore ?? 0) > head;
    const missing = head < 0 && state === undefined;
    const may =
      typeof asked === 'number'
        ? asked === head
        : how === 'soft' && missing
          ? false
          : asked === 'any' || head < 0 || gone;
    if (!may) throw new Refusal('wrong-expected-version', head);
    if (how === 'tombstone') {
      this.#state(stream).tombstoned = true;
      const event = { id: randomUUID(), type: '$streamDeleted', json: false, data: NOTHING, metadata: NOTHING };
      this.#put(stream, Number.MAX_SAFE_INTEGER, event);
    } else {
      const data = bytes('{"$tb":9223372036854775807}');
      this.#keep(`$$${stream}`, 'any', [{ id: randomUUID(), type: '$metadata', json: true, data, metadata: NOTHING }]);
      this.#state(stream).truncateBefore = head + 1;
    }
  }

  /** From a revision on, inclusive. `end` is the last event backwards. */
  async *read(
    stream: string,
    from: number | 'end',
    direction: 'forwards' | 'backwards',
    limit: number,
  ): AsyncGenerator<Entry> {
    const state = this.#states.get(stream);
    if (this.tombstoned(stream)) throw new Refusal('stream-deleted');
    const head = await this.#head(stream);
    const first = Math.max(state?.truncateBefore ?? 0, head + 1 - (state?.maxCount ?? Infinity), 0);
    if (first > head) throw new Refusal('stream-not-found');
    const start = from === 'end' ? head : direction === 'forwards' ? Math.max(from, first) : from;
    const beside = this.#beside.filter((entry) => entry.stream === stream);
    if (beside.length > 0) {
      const shown = beside.filter(({ revision }) =>
        direction === 'forwards' ? revision >= start : revision <= start && revision >= first,
      );
      yield* (direction === 'forwards' ? shown : shown.toReversed()).slice(0, limit);
      return;
    }
    for await (const event of this.store.read(stream, { from: start, direction, limit })) {
      if (event.revision < first) return;
      yield entryOf(event);
    }
  }

  /** All after a position, exclusive, in the order of the log. `categories` only spares work. */
  async *after(position: number, categories?: readonly string[]): AsyncGenerator<Entry> {
    let seen = position;
    const before = Math.floor(position / GAP);
    const options = { ...(before > 0 && { after: String(before) }), ...(categories && { categories }) };
    if (before <= this.#last) {
      for await (const event of this.store.readAll(options)) {
        const entry = entryOf(event);
        yield* this.#besideBetween(seen, entry.position);
        yield entry;
        seen = entry.position;
      }
    }
    yield* this.#besideBetween(seen, Infinity);
  }

  /** As `after`; then `live`, once; then what comes. */
  async *follow(position: number, signal: AbortSignal, categories?: readonly string[]): AsyncGenerator<Entry | 'live'> {
    let seen = position;
    let live = false;
    let again = new AbortController();
    const readAgain = () => again.abort();
    this.#grown.on('beside', readAgain);
    try {
      while (!signal.aborted) {
        again = new AbortController();
        const before = Math.floor(seen / GAP);
        const options = {
          ...(before > 0 && { after: String(before) }),
          ...(categories && { categories }),
          signal: AbortSignal.any([signal, again.signal]),
        };
        for await (const step of this.store.subscribePages(options)) {
          if ('caughtUp' in step) {
            for (const entry of this.#besideBetween(seen, Infinity)) {
              yield entry;
              seen = entry.position;
            }
            if (!live) yield 'live';
            live = true;
            continue;
          }
          for (const event of step) {
            const entry = entryOf(event);
            if (entry.position <= seen) continue;
            yield* this.#besideBetween(seen, entry.position);
            yield entry;
            seen = entry.position;
          }
        }
      }
    } finally {
      this.#grown.off('beside', readAgain);
    }
  }

  /** Whether a read may begin there. Beyond the end it may, in the middle of something it may not. */
  knows(position: number): boolean {
    return (
      position > this.#last * GAP || position % GAP === 0 || this.#beside.some((entry) => entry.position === position)
    );
  }

  tombstoned(stream: string): boolean {
    return this.#states.get(stream.replace(/^\$\$/, ''))?.tombstoned ?? false;
  }

  /** The first revision that was not deleted. */
  firstShown(stream: string): number {
    return this.#states.get(stream)?.truncateBefore ?? 0;
  }

  *#besideBetween(after: number, before: number): Generator<Entry> {
    for (const entry of this.#beside) if (entry.position > after && entry.position < before) yield entry;
  }

  async #head(stream: string): Promise<number> {
    const beside = this.#beside.filter((entry) => entry.stream === stream && entry.type !== '$streamDeleted');
    if (beside.length > 0) return beside.length - 1;
    try {
      for await (const event of this.store.read(stream, { direction: 'backwards', limit: 1 })) return event.revision;
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
    return -1;
  }
}

const NOTHING = new Uint8Array();
const bytes = (of: string) => new TextEncoder().encode(of);
const text = (of: Uint8Array) => new TextDecoder().decode(of);

const parsed = ({ id, type, data, metadata }: Proposed): NewEvent => ({
  id,
  type,
  data: JSON.parse(text(data)),
  metadata: metadata.length === 0 ? {} : JSON.parse(text(metadata)),
});

const entryOf = ({ id, type, data, metadata, stream, revision, position }: RecordedEvent): Entry => ({
  id,
  type,
  json: true,
  data: bytes(JSON.stringify(data)),
  metadata: bytes(JSON.stringify(metadata)),
  stream,
  revision,
  position: Number(position) * GAP,
});
