import { HttpException } from '@nestjs/common';
import { CommandIdReused, StaleRevision, TooMuchContention } from '#commands';
import {
  AppendTooLarge,
  BadRead,
  StoreClosed,
  StoreUnavailable,
  StreamDeleted,
  StreamNotFound,
  WrongExpectedRevision,
} from '#event-store';
import { AttachmentDamaged, AttachmentRefused, StorageFull } from '#documents';
import { IdentityRefusal, OidcUnavailable } from '#identity';
import { FactsUnavailable, QueueUnavailable } from '#jobs';
import { Refusal } from '#reporting';
import { ViewsBehind } from '#views';
import { BadJson } from './bad-json.js';
import { type Fault, HttpProblem, type ProblemDetails } from './http-problem.js';
import { type HttpProblemCode, type ProblemCode, PROBLEMS, problemType } from './problem-table.js';

export const PROBLEM_JSON = 'application/problem+json';

/** RFC 9457, with the members that this API adds. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The address that was asked. */
  readonly instance: string;
  readonly code: ProblemCode;
  readonly correlationId: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly Fault[];
}

export interface Occurrence extends ProblemDetails {
  readonly code: ProblemCode;
}

/** What went wrong, in terms of the table. Everything that nobody foresaw is `internal-error` and says no more. */
export function occurrenceOf(error: unknown): Occurrence {
  if (error instanceof Refusal) return { code: error.code, facts: error.facts };
  if (error instanceof HttpProblem) return { code: error.code, ...error.details };
  if (error instanceof IdentityRefusal) return identityRefused(error);
  if (error instanceof BadJson) return badJson(error);
  if (error instanceof StaleRevision) {
    return { code: 'revision-stale', facts: { expected: error.expected, actual: error.actual } };
  }
  if (error instanceof CommandIdReused) return { code: 'command-id-reused' };
  if (error instanceof TooMuchContention) return { code: 'too-much-contention', facts: { attempts: error.attempts } };
  if (error instanceof WrongExpectedRevision) {
    return { code: 'wrong-expected-revision', facts: { expected: error.expected, actual: error.actual } };
  }
  if (error instanceof StreamNotFound || error instanceof StreamDeleted)
    return { code: 'stream-not-found', facts: { stream: error.stream } };
  if (error instanceof ViewsBehind) return { code: 'sequence-not-reached', facts: { sequence: error.at } };
  if (error instanceof AttachmentRefused) return { code: error.code, what: error.message, facts: error.facts };
  if (error instanceof StorageFull) return { code: 'storage-full' };
  if (error instanceof AttachmentDamaged) return { code: 'attachment-damaged' };
  if (error instanceof BadRead) return { code: 'position-unknown', what: error.message };
  if (error instanceof AppendTooLarge) return { code: 'event-too-large' };
  if (error instanceof StoreUnavailable || error instanceof StoreClosed) return { code: 'store-unavailable' };
  if (error instanceof QueueUnavailable) return { code: 'queue-unavailable' };
  if (error instanceof OidcUnavailable) return { code: 'oidc-unavailable' };
  if (error instanceof FactsUnavailable) return { code: 'sessions-unavailable' };
  return { code: codeOfFrameworkError(error) };
}

export function problemOf({ code, what, facts, errors }: Occurrence, instance: string, correlationId: string): Problem {
  const { status, title, next } = PROBLEMS[code];
  return {
    type: problemType(code),
    title,
    status,
    detail: what ? `${what} ${next}` : next,
    instance,
    code,
    correlationId,
    ...(facts && Object.keys(facts).length && { facts }),
    ...(errors?.length && { errors }),
  };
}

function identityRefused({ code, facts }: IdentityRefusal): Occurrence {
  const { retryAfter, again } = facts;
  const headers = typeof retryAfter === 'number' && { headers: { 'Retry-After': String(retryAfter) } };
  return {
    code,
    facts,
    ...headers,
    ...(typeof again === 'string' && { what: `It can be done again from ${again} on.` }),
  };
}

function badJson({ code, message, place }: BadJson): Occurrence {
  const at = place && ` Line ${place.line}, column ${place.column}${place.pointer && `, at ${place.pointer}`}.`;
  return {
    code,
    what: at ? `${message}${at}` : message,
    ...(place && { errors: [{ pointer: place.pointer, message }], facts: { ...place } }),
  };
}

const BY_STATUS: Readonly<Record<number, HttpProblemCode>> = {
  403: 'forbidden',
  404: 'route-unknown',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'content-type-unsupported',
  429: 'too-many-requests',
  431: 'headers-too-large',
};

/** Errors of Nest, and of Fastify whether or not Nest has wrapped them. Their texts stay inside. */
function codeOfFrameworkError(error: unknown): HttpProblemCode {
  if (!(error instanceof Error)) return 'internal-error';
  const fastify = error instanceof HttpException ? error.cause : error;
  if (fastify instanceof Error && 'code' in fastify && fastify.code === 'FST_ERR_BAD_URL') return 'address-malformed';
  const status = statusOf(error);
  if (status === undefined || status < 400 || status >= 500) return 'internal-error';
  return BY_STATUS[status] ?? 'request-malformed';
}

function statusOf(error: Error): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const isFastifyError = error.name === 'FastifyError' && 'statusCode' in error;
  return isFastifyError && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
