import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { admittedOf } from '../gate/admitted.js';
import { HttpProblem } from './http-problem.js';

/**
 * The strong ETag of a resource that is told by one stream. Understood in If-Match, which looks at the revision only.
 * `text`: the answer, since it may say more than the revision does, such as what is overdue today.
 */
export const etagOfRevision = (revision: number, text?: string) =>
  text === undefined ? `"${revision}"` : `"${revision}.${fingerprintOf(text)}"`;

/** The revision that an ETag names. */
export function revisionOfEtag(etag: string): number | undefined {
  const revision = /^"(0|[1-9]\d{0,14})(?:\.[\w-]{22})?"$/.exec(etag)?.[1];
  return revision === undefined ? undefined : Number(revision);
}

const fingerprintOf = (text: string) => hash('sha256', text, 'base64url').slice(0, 22);

/** The strong ETag of an answer as it is sent. */
export const etagOfText = (text: string) => `"${fingerprintOf(text)}"`;

/** Where the public record stood when an answer was made. */
export interface Standing {
  readonly etag: string;
  /** Up to and with this event; `undefined` before the first one. */
  readonly sequence?: number | undefined;
}

/**
 * What an answer says of its moment, and to caches: that they ask again each time, and that whoever says who they are
 * may be shown more than others.
 */
export const standingHeaders = ({ etag, sequence }: Standing): Readonly<Record<string, string>> => ({
  ETag: etag,
  'Cache-Control': 'no-cache',
  Vary: 'Actor, Actor-Role, Authorization, Cookie',
  ...(sequence !== undefined && { Sequence: String(sequence) }),
});

/**
 * Sets ETag, Sequence and the rule that a cache asks again each time. True where the client has this answer already
 * (If-None-Match): the status is then 304 and there is nothing to send.
 */
export function isKnown(request: FastifyRequest, reply: FastifyReply, { etag, sequence }: Standing): boolean {
  reply.headers(standingHeaders({ etag, sequence }));
  if (admittedOf(request)?.who) reply.header('Cache-Control', 'private, no-cache');
  if (!matches(request.headers['if-none-match'], etag)) return false;
  reply.code(304);
  return true;
}

/** RFC 9110, 13.1.2: a list of ETags or `*`, compared weakly. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag);
}

const WHOLE_NUMBER = /^(0|[1-9]\d{0,14})$/;

/** The sequence that the views must have passed before they answer: what the client has written or read elsewhere. */
export function minSequenceOf({ headers }: FastifyRequest): number | undefined {
  const value = headers['min-sequence'];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && WHOLE_NUMBER.test(value)) return Number(value);
  throw new HttpProblem('min-sequence-malformed');
}
