import { BadAppend, type EventStore, type NewEvent } from '#event-store';
import { PUBLIC_CATEGORIES, recognise, subjectOf } from '#reporting';
import type { PublicEvent } from './public-event.js';

export interface LogImported {
  readonly events: number;
  readonly streams: number;
}

/** The lines are not an export that can be taken over as it is. What the lines before it told is in the store. */
export class BrokenLog extends Error {
  override readonly name = 'BrokenLog';
  constructor(
    /** From 1. */
    readonly line: number,
    readonly reason: string,
  ) {
    super(`Line ${line}: ${reason}`);
  }
}

export class StoreNotEmpty extends Error {
  override readonly name = 'StoreNotEmpty';
  constructor() {
    super('A log is imported into an empty store only: two histories cannot be put into one order afterwards.');
  }
}

/**
 * Appends an export of `GET /api/events` to an empty store exactly as it was recorded: ids, metadata, revisions, order.
 * What one command recorded in a stream goes into one append, as it was, and each append waits for the one before it:
 * the order of the lines becomes the order of the log. No rule is asked again; but an event that no rule of this edition
 * knows is refused, since no view could tell it.
 */
export async function importLog(
  store: EventStore,
  lines: AsyncIterable<string>,
  onProgress?: (imported: LogImported) => void,
): Promise<LogImported> {
  for await (const _ of store.readPages({ limit: 1 })) throw new StoreNotEmpty();
  const streams = new Set<string>();
  let events = 0;
  for await (const together of commandsOf(checked(lines))) {
    await append(store, together);
    streams.add(together[0]!.stream);
    events += together.length;
    onProgress?.({ events, streams: streams.size });
  }
  return { events, streams: streams.size };
}

/** What `importLog` would refuse, before any of it is in the log. What a store does not take is for the store to say. */
export async function checkLog(lines: AsyncIterable<string>): Promise<void> {
  for await (const _ of checked(lines)) continue;
}

async function append(store: EventStore, together: readonly PublicEvent[]): Promise<void> {
  const { sequence, stream, revision } = together[0]!;
  try {
    await store.append(stream, revision === 0 ? 'no-stream' : revision - 1, together.map(asNewEvent));
  } catch (error) {
    if (error instanceof BadAppend) throw new BrokenLog(sequence + 1, error.reason);
    throw error;
  }
}

/** Runs of events of one stream and one command. */
async function* commandsOf(events: AsyncIterable<PublicEvent>): AsyncGenerator<PublicEvent[]> {
  let run: PublicEvent[] = [];
  for await (const event of events) {
    const last = run.at(-1);
    const isSame = last?.stream === event.stream && last.metadata['commandId'] === event.metadata['commandId'];
    if (last && !isSame) {
      yield run;
      run = [];
    }
    run.push(event);
  }
  if (run.length) yield run;
}

/** The events of the lines, in the one order that they may have. */
async function* checked(lines: AsyncIterable<string>): AsyncGenerator<PublicEvent> {
  const ids = new Set<string>();
  const next = new Map<string, number>();
  let line = 0;
  for await (const text of lines) {
    const event = eventIn(text, ++line);
    const { sequence, id, stream, revision } = event;
    if (sequence !== line - 1) throw new BrokenLog(line, `the sequence is ${sequence}, and ${line - 1} comes next`);
    if (ids.has(id)) throw new BrokenLog(line, `the event ${id} is repeated`);
    const expected = next.get(stream) ?? 0;
    if (revision !== expected) {
      throw new BrokenLog(line, `the revision of ${stream} is ${revision}, and ${expected} comes next`);
    }
    ids.add(id);
    next.set(stream, revision + 1);
    yield event;
  }
}

function eventIn(text: string, line: number): PublicEvent {
  try {
    const event: unknown = JSON.parse(text);
    if (isWithheld(event)) throw new Error(WITHHELD);
    if (!isPublicEvent(event))
      throw new Error('it is not an event: sequence, id, stream, revision, type, data, metadata');
    const { category } = subjectOf(event.stream);
    if (!PUBLIC_CATEGORIES.includes(category)) throw new Error(`${event.stream} is not part of the public record`);
    recognise(event);
    return event;
  } catch (error) {
    throw new BrokenLog(line, error instanceof Error ? error.message : String(error));
  }
}

const WITHHELD =
  'what this event says was withheld from whoever made the copy, so that the copy does not hold the record. ' +
  'Have it made by somebody who may read all of it, or copy the log itself with “para71 migrate”';

/** Whatever stands there in its place: an event without its words would tell another record. */
const isWithheld = (value: unknown) =>
  typeof value === 'object' && value !== null && (value as { withheld?: unknown }).withheld !== undefined;

/** The form alone. What an id, a type or a payload may be is for the store to say. */
function isPublicEvent(value: unknown): value is PublicEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { sequence, id, stream, revision, type, data, metadata } = value as Record<string, unknown>;
  const isFilled = (part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part);
  return (
    Number.isSafeInteger(sequence) &&
    Number.isSafeInteger(revision) &&
    [id, stream, type].every((part) => typeof part === 'string') &&
    isFilled(data) &&
    isFilled(metadata)
  );
}

const asNewEvent = ({ id, type, data, metadata }: PublicEvent): NewEvent => ({ id, type, data, metadata });
