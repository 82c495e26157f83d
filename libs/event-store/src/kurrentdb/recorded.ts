import type { Position, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { isStreamName } from '../append-arguments.js';
import { BadRead, StoreUnavailable } from '../errors.js';
import type { JsonObject, Metadata, RecordedEvent } from '../event-store.js';
import { safeNumber } from './answers.js';

const POSITION = /^(\d{1,19})\/(\d{1,19})$/;

/** The two are equal for all that is written over gRPC, and turning one into text is half of what this costs. */
export function positionText({ commit, prepare }: Position): string {
  const text = commit.toString();
  return prepare === commit ? `${text}/${text}` : `${text}/${prepare}`;
}

/** Only its shape can be told; of a position that was never given the server says that it is unavailable. */
export function positionOf(text: string): Position {
  const [, commit, prepare] = POSITION.exec(text) ?? [];
  if (commit === undefined || prepare === undefined || BigInt(prepare) > BigInt(commit)) {
    throw new BadRead(`This store never gave the position '${text}'`);
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** Where a resolved event stands in the log; of a link, where the link does. */
export function placeOf(resolved: ResolvedEvent | undefined): Position | undefined {
  return (resolved?.link ?? resolved?.event)?.position;
}

/**
 * The event as the port gives it. Nothing for what is not the port's to give: the server's own events, and streams of
 * names that could not have been written through it.
 */
export function recorded({ event }: ResolvedEvent): RecordedEvent | undefined {
  if (event === undefined || event.type.startsWith('$') || !isStreamName(event.streamId)) return undefined;
  const { id, type, streamId: stream, metadata = {} } = event;
  if (!event.isJson || event.position === undefined) {
    throw new StoreUnavailable(`Event ${id} in ${stream} was not written by Para 71: it is not JSON`);
  }
  return {
    id,
    type,
    data: event.data as JsonObject,
    metadata: metadata as Metadata,
    stream,
    revision: safeNumber(event.revision),
    position: positionText(event.position),
  };
}
