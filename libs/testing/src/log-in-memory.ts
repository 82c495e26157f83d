import type { Appended, Expected, NewEvent, ReadAllOptions, ReadOptions, RecordedEvent } from '#event-store';
import { EventStore, StreamNotFound, WrongExpectedRevision } from '#event-store';

/**
 * A log that can be gone on with in many ways, for searches of what commands can lead to: they ask for a hundred thousand
 * logs, each an event longer than another. It holds the promises of the port that a single caller can notice, and is no
 * stand-in for a store anywhere else.
 */
export class LogInMemory extends EventStore {
  private constructor(
    private readonly events: RecordedEvent[],
    private readonly streams: Map<string, readonly RecordedEvent[]>,
  ) {
    super();
  }

  static empty(): LogInMemory {
    return new LogInMemory([], new Map());
  }

  /** One that begins with all that this one holds; neither sees what is appended to the other. */
  fork(): LogInMemory {
    return new LogInMemory([...this.events], new Map(this.streams));
  }

  /** From the `n`th on, from 0. */
  from(n: number): readonly RecordedEvent[] {
    return this.events.slice(n);
  }

  get length(): number {
    return this.events.length;
  }

  override async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const before = this.streams.get(stream) ?? [];
    const actual = before.at(-1)?.revision ?? 'no-stream';
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
    const added = events.map((event, n) => {
      const position = String(this.events.length + n);
      return { ...event, stream, revision: before.length + n, position };
    });
    this.events.push(...added);
    this.streams.set(stream, [...before, ...added]);
    return { revision: before.length + added.length - 1, position: added.at(-1)!.position, repeated: false };
  }

  override async *read(stream: string, { from, direction, limit }: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    const all = this.streams.get(stream);
    if (!all) throw new StreamNotFound(stream);
    const read = direction === 'backwards' ? all.slice(0, (from ?? all.length) + 1).toReversed() : all.slice(from);
    for (const event of read.slice(0, limit)) yield event;
  }

  override readIfAny(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.streams.has(stream) ? this.read(stream, options) : nothing();
  }

  override async *readPages({ after, limit, categories }: ReadAllOptions = {}): AsyncIterable<
    readonly RecordedEvent[]
  > {
    const rest = this.events.slice(after === undefined ? 0 : Number(after) + 1);
    const read = rest.filter(({ stream }) => !categories || categories.includes(stream.split('-', 1)[0]!));
    if (read.length) yield read.slice(0, limit);
  }

  override subscribePages(): never {
    throw new Error('Nobody follows a log that is only searched.');
  }

  override async close(): Promise<void> {}
}

async function* nothing(): AsyncIterable<RecordedEvent> {}
