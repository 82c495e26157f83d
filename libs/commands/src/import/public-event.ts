import type { NewEvent, RecordedEvent } from '#event-store';

/** An event of the public record as it is published, one to a line. The store's own position stays in the store. */
export interface PublicEvent extends NewEvent {
  /** 0, 1, 2, … over the public record, the same on every node and in every store. */
  readonly sequence: number;
  readonly stream: string;
  readonly revision: number;
}

/** JSON text on one line, without its end. */
export function publicEvent(sequence: number, { id, stream, revision, type, data, metadata }: RecordedEvent): string {
  const event: PublicEvent = { sequence, id, stream, revision, type, data, metadata };
  return JSON.stringify(event);
}
