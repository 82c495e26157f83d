import { createHmac } from 'node:crypto';
import type { JsonObject, Metadata, NewEvent } from '#event-store';
import { type DomainEvent, type ReportingEvent, SHAPES } from '#reporting';
import { newSalt } from './salts.js';
import { uuidV5 } from './uuid-v5.js';

/** Who gives a command, in which role, and what it belongs to. Never part of what they say. */
export interface Given {
  /** UUID in lower case. The same command given again under the same id is the same command. */
  readonly commandId: string;
  readonly actor: string;
  readonly role?: string;
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** The revision that the person has seen (If-Match). A later one is `StaleRevision`, never overwritten. */
  readonly ifRevision?: number;
}

/** What is recorded of one event of a command. `n`: its place among them. */
export function envelope(
  stream: string,
  event: DomainEvent,
  n: number,
  statement: string,
  given: Given,
  recordedAt: string,
): NewEvent {
  const { commandId, actor, role, onBehalfOf, correlationId, causationId } = given;
  const salt = newSalt();
  const metadata: Metadata = {
    actor,
    ...(role && { role }),
    ...(onBehalfOf && { onBehalfOf }),
    commandId,
    commandHash: hashUnder(salt, statement),
    correlationId,
    causationId: causationId ?? commandId,
    recordedAt,
    salt,
    v: String(SHAPES[event.type as ReportingEvent['type']]),
  };
  // With the stream in the name, one command id that is used on two streams does not make one event id of two events.
  return { id: uuidV5(`${stream}/${n}`, commandId), type: event.type, data: event.data as JsonObject, metadata };
}

/**
 * Under the event's salt, as the ledger's commitment is: a copy that leaves payload and salt out still carries the hash,
 * and must not confirm to whoever guesses what the payload was.
 */
export function hashUnder(salt: string, statement: string): string {
  return createHmac('sha256', salt).update(statement).digest('base64url');
}
