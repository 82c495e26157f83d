import { hash } from 'node:crypto';
import { isEdtf } from '#reporting';
import { HttpProblem } from './http-problem.js';

/** A moment of the record: up to and with this sequence, or up to and with what was recorded at this time (UTC, ms). */
export type AsOf = { readonly sequence: number } | { readonly recordedAt: string };

/** Where a page ended, and at which moment the list is read. */
export interface Cursor {
  readonly after: string;
  readonly asOf?: AsOf;
  /** The time by which that moment was asked for, where it was a time: whoever turns pages may go on saying it. */
  readonly recordedAt?: string;
}

const MAX_CURSOR = 1_000;
const CHECKSUM = 8;

/** Opaque to clients. `list` names the list and its filters, so that a cursor is not used for another one. */
export function encodeCursor({ after, asOf, recordedAt }: Cursor, list: string): string {
  const parts = [after, asOf ?? null, ...(recordedAt === undefined ? [] : [recordedAt])];
  const body = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return checksum(body, list) + body;
}

/**
 * Refuses what `encodeCursor` did not make for this list. The checksum is no secret: a cursor gives access to nothing,
 * it only must not be cut or mixed up unnoticed.
 */
export function decodeCursor(text: string, list: string): Cursor {
  const body = text.slice(CHECKSUM);
  if (text.length > MAX_CURSOR || text.slice(0, CHECKSUM) !== checksum(body, list)) {
    throw new HttpProblem('cursor-malformed');
  }
  const [after, asOf, recordedAt] = listIn(Buffer.from(body, 'base64url').toString());
  if (
    typeof after !== 'string' ||
    !(asOf === null || isAsOf(asOf)) ||
    !(recordedAt === undefined || isTime(recordedAt))
  )
    throw new HttpProblem('cursor-malformed');
  return { after, ...(asOf && { asOf }), ...(recordedAt !== undefined && { recordedAt }) };
}

/** Anybody can compute the checksum of whatever they like. */
function listIn(json: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function isAsOf(value: unknown): value is AsOf {
  const { sequence, recordedAt } = (value ?? {}) as { sequence?: unknown; recordedAt?: unknown };
  const isSequence = typeof sequence === 'number' && SEQUENCE.test(String(sequence));
  return isSequence !== isTime(recordedAt);
}

const isTime = (value: unknown): value is string => typeof value === 'string' && RFC_3339.test(value);

const checksum = (body: string, list: string) => hash('sha256', `${list}\n${body}`, 'base64url').slice(0, CHECKSUM);

const SEQUENCE = /^(0|[1-9]\d{0,14})$/;
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A sequence (`1207`) or a time with its zone (`2026-11-22T09:30:00Z`); a day alone would have no end that all share. */
export function parseAsOf(text: string): AsOf {
  if (SEQUENCE.test(text)) return { sequence: Number(text) };
  const date = RFC_3339.exec(text)?.[1];
  // `Date` takes 30 February for 2 March.
  if (date === undefined || !isEdtf(date)) throw new HttpProblem('as-of-malformed');
  return { recordedAt: new Date(text).toISOString() };
}

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

export function parseLimit(text: string): number {
  const limit = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : Infinity;
  if (limit > MAX_LIMIT) throw new HttpProblem('limit-malformed');
  return limit;
}
