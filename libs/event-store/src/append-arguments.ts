import { AppendTooLarge, BadAppend } from './errors.js';
import { type Expected, MAX_APPEND_BYTES, type NewEvent } from './event-store.js';

/** An event as text, which its caller can no longer change. */
export interface SerializedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const STREAM = /^[a-z][a-z0-9]*-[a-z0-9][a-z0-9._-]*$/;
const MAX_STREAM_LENGTH = 200;
const TYPE = /^[A-Za-z][A-Za-z0-9]*$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/** Whether anything could ever have been written under this name. */
export const isStreamName = (stream: string) => stream.length <= MAX_STREAM_LENGTH && STREAM.test(stream);

export const categoryOf = (stream: string) => stream.slice(0, stream.indexOf('-'));

/**
 * What every store refuses before it writes anything, so that all refuse alike: KurrentDB answers a bad id with
 * `unknown`, an empty name with `unavailable`, and writes an id that is repeated within one append twice.
 */
export function serializeAppend(stream: string, expected: Expected, events: readonly NewEvent[]): SerializedEvent[] {
  if (!isStreamName(stream)) {
    throw new BadAppend(
      stream,
      `a stream is named category-id, in lower case, with at most ${MAX_STREAM_LENGTH} characters`,
    );
  }
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new BadAppend(stream, `the expected revision is a whole number from 0, or 'no-stream', not ${expected}`);
  }
  if (events.length === 0) throw new BadAppend(stream, 'there is no event');
  const serialized = events.map((event) => serialize(stream, event));
  if (new Set(serialized.map((event) => event.id)).size < events.length) {
    throw new BadAppend(stream, 'an event id is repeated within the append');
  }
  const bytes = bytesOf(serialized);
  if (bytes > MAX_APPEND_BYTES) {
    throw new AppendTooLarge(stream, `${bytes} bytes are more than the ${MAX_APPEND_BYTES} that one append may carry`);
  }
  return serialized;
}

function serialize(stream: string, { id, type, data, metadata }: NewEvent): SerializedEvent {
  if (!UUID.test(id) || id === NIL) throw new BadAppend(stream, `an event id is a UUID in lower case, not '${id}'`);
  if (!TYPE.test(type)) throw new BadAppend(stream, `an event type has only letters and digits, unlike '${type}'`);
  try {
    // First, because it refuses circles and BigInt, on which the walks below would fail less clearly.
    const text = { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
    const flaw = flawInData(data) ?? flawInMetadata(metadata);
    if (flaw === undefined) return text;
    throw new BadAppend(stream, flaw);
  } catch (error) {
    if (error instanceof BadAppend) throw error;
    const why = error instanceof RangeError ? 'nested too deeply' : String(error);
    throw new BadAppend(stream, `JSON cannot carry the event: ${why}`);
  }
}

const flawInData = (data: unknown) => {
  if (!isPlainObject(data)) return 'data is not a plain object';
  const flaw = flawIn(data);
  return flaw === undefined ? undefined : `data${flaw}`;
};

/**
 * Where in `value` is what JSON would drop or change, and what it is. `-0` is let through, and stored as `0`. An own key
 * `__proto__` is a key as any other.
 */
function flawIn(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? undefined : ' has half of a surrogate pair';
    case 'number':
      return Number.isFinite(value) ? undefined : ` is ${value}`;
    case 'boolean':
      return undefined;
    case 'object':
      if (value === null) return undefined;
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) {
          const flaw = flawIn(value[i]);
          if (flaw !== undefined) return `[${i}]${flaw}`;
        }
        return undefined;
      }
      if (!isPlainObject(value)) return ' is not a plain object';
      for (const key of Object.keys(value)) {
        const flaw = key.isWellFormed() ? flawIn(value[key]) : ' has half of a surrogate pair in its name';
        if (flaw !== undefined) return `.${key}${flaw}`;
      }
      return undefined;
    default:
      return ` is ${typeof value}`;
  }
}

function flawInMetadata(metadata: unknown): string | undefined {
  if (!isPlainObject(metadata)) return 'metadata is not a plain object';
  for (const key of Object.keys(metadata)) {
    const value = metadata[key];
    if (key.startsWith('$')) return `metadata.${key} begins with $, which KurrentDB keeps for itself`;
    if (typeof value !== 'string') return `metadata.${key} is not a string`;
    if (!key.isWellFormed() || !value.isWellFormed()) return `metadata.${key} has half of a surrogate pair`;
  }
  return undefined;
}

/** Tells plain objects by the end of their prototype chain, as they may come from another realm (`vm`, jest). */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function bytesOf(events: readonly SerializedEvent[]): number {
  let length = 0;
  for (const { type, data, metadata } of events) length += type.length + data.length + metadata.length;
  // UTF-8 takes at most three bytes for a UTF-16 unit: most appends are small enough without counting.
  if (length * 3 <= MAX_APPEND_BYTES) return length;
  let bytes = 0;
  for (const { type, data, metadata } of events) {
    bytes += type.length + Buffer.byteLength(data) + Buffer.byteLength(metadata);
  }
  return bytes;
}
