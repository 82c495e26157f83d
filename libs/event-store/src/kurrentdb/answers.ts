import {
  AppendTooLarge,
  EventStoreError,
  StoreUnavailable,
  StreamDeleted,
  StreamNotFound,
  WrongExpectedRevision,
} from '../errors.js';
import type { Expected } from '../event-store.js';

/** gRPC codes (https://grpc.github.io/grpc/core/md_doc_statuscodes.html) that no repeat will change. */
const LASTING = new Set([3, 5, 6, 7, 8, 9, 11, 12, 16]);

/** The client's error types that stand for an outage, an election, or anything that it could not name. */
const PASSING = new Set(['unavailable', 'not-leader', 'cancelled', 'timeout', 'deadline-exceeded', 'unknown']);

interface ClientError extends Error {
  readonly type?: string;
  readonly code?: number | string;
}

/**
 * Whether it may be otherwise in a moment. By type where the client knew one, and by code where it did not: an append
 * to a server that is down fails with a plain `Error` of code 14, one without a client that could connect with no code.
 */
export function isPassing(error: unknown): boolean {
  const { type, code } = error as ClientError;
  if (typeof code === 'number' && LASTING.has(code) && type !== 'not-leader') return false;
  if (error instanceof EventStoreError) return false;
  if (type !== undefined) return PASSING.has(type);
  return error instanceof Error && !PROGRAMMING.has(error.name);
}

/** The server gave no reason. */
export const isUnnamed = (error: unknown) => (error as ClientError).type === 'unknown';

/** Told by name, as an error may come from another realm (`vm`, jest). */
const PROGRAMMING = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** What the client says of an append, in the words of the port. The message of its conflicts is empty. */
export function refusedAppend(error: unknown, stream: string, expected: Expected): Error {
  const { type, actualState } = error as ClientError & { actualState?: bigint | string };
  switch (type) {
    case 'wrong-expected-version':
      return new WrongExpectedRevision(stream, expected, actual(actualState));
    case 'maximum-append-size-exceeded':
      return new AppendTooLarge(stream, 'it is more than this server takes at once');
    default:
      return refusedCall(error, stream);
  }
}

/** What the client says of any call. */
export function refusedCall(error: unknown, stream: string): Error {
  if (error instanceof EventStoreError) return error;
  const { type, code } = error as ClientError;
  if (type === 'stream-not-found') return new StreamNotFound(stream);
  if (type === 'stream-deleted' || type === 'stream-tombstoned') return new StreamDeleted(stream);
  if (type === 'access-denied' || code === 7 || code === 16) {
    return new StoreUnavailable(`KurrentDB refuses ${stream} to this user. ${grantOf(stream)}`, { cause: error });
  }
  if (typeof code === 'number') return new StoreUnavailable(`KurrentDB refuses: ${saying(error)}`, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

/** Its errors have a type, a code or a message, and rarely all. */
export function saying(error: unknown): string {
  const { type, code, message, name } = error as ClientError;
  const what = type ?? name;
  return [what, code !== undefined && `code ${code}`, message !== what && message].filter(Boolean).join(', ');
}

const grantOf = (stream: string) =>
  stream === '$all'
    ? 'Check user and password; and let it read the log: set the metadata of $all to {"$acl":{"$r":["$admins","<the user\'s group>"]}}'
    : 'Check user and password, and what the access control of the stream grants';

/** An append says `no_stream`, a delete says -1. */
function actual(state: bigint | string | undefined): Expected {
  return typeof state === 'bigint' && state >= 0n ? safeNumber(state) : 'no-stream';
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Revisions are 64 bits wide in KurrentDB, and numbers in the port. */
export function safeNumber(revision: bigint): number {
  if (revision > MAX_SAFE) throw new RangeError(`The revision ${revision} is beyond 2^53`);
  return Number(revision);
}
