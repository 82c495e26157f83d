import { PUBLIC_CATEGORIES } from '#reporting';
import type { Asked, QueryShape } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';
import { malformed } from '../http/malformed.js';

export const EVENTS: QueryShape = { filters: ['after', 'limit', 'stream'] };

/** Which part of the record. */
export interface EventsAsked {
  /** Sequence, exclusive; -1 for all. */
  readonly after: number;
  readonly limit: number;
  readonly stream?: string;
}

const WHOLE_NUMBER = /^(0|[1-9]\d{0,14})$/;

export function eventsAsked({ after, limit, stream }: Asked['filters']): EventsAsked {
  if (stream !== undefined && !isPublic(stream)) throw new HttpProblem('stream-not-found', { facts: { stream } });
  return {
    after: after === undefined ? -1 : whole('after', after, 0),
    limit: limit === undefined ? Infinity : whole('limit', limit, 1),
    ...(stream !== undefined && { stream }),
  };
}

/** The sequence that an address names; nothing where it is none. */
export const sequenceIn = (text: string) => (WHOLE_NUMBER.test(text) ? Number(text) : undefined);

/** Refuses what comes after all that is told: for good where that ends at a moment that is named, else until it is reached. */
export function requireReached(
  parameter: string,
  sequence: number,
  told: Pick<Asked, 'asOf'> & { last: number },
): void {
  const { asOf, last } = told;
  if (sequence <= last) return;
  if (!asOf) throw new HttpProblem('sequence-not-reached', { facts: { asked: sequence, sequence: last } });
  throw malformed(parameter, `must not be later than asOf, which is the sequence ${last}`);
}

const isPublic = (stream: string) => PUBLIC_CATEGORIES.some((category) => stream.startsWith(`${category}-`));

function whole(parameter: string, text: string, least: number): number {
  const number = sequenceIn(text);
  if (number !== undefined && number >= least) return number;
  throw malformed(parameter, `must be a whole number from ${least}`);
}
