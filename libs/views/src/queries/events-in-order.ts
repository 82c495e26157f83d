import type { RecordedEvent } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import { Views, ViewsBehind } from '../views.js';

/** An event of the public record at its place. */
export interface AtSequence {
  readonly sequence: number;
  readonly event: RecordedEvent;
}

/** The record after a sequence, up to and with another one that the views have passed. */
export async function* eventsInOrder(views: Views, after: number, last: number): AsyncGenerator<AtSequence> {
  if (last <= after) return;
  const position = after < 0 ? undefined : views.mark(after)!.position;
  const place = { ...(position !== undefined && { after: position }), limit: last - after };
  let sequence = after;
  for await (const event of views.log.readAll({ ...place, categories: PUBLIC_CATEGORIES })) {
    yield { sequence: ++sequence, event };
  }
}

/** The sequence of an event of the public record; nothing for what the views have not passed yet. */
export async function sequenceOf(views: Views, { position }: RecordedEvent): Promise<number | undefined> {
  try {
    return await views.passedPosition(position, 0);
  } catch (error) {
    if (error instanceof ViewsBehind) return undefined;
    throw error;
  }
}

/** The event at a sequence that the views have passed. */
export async function eventAt(views: Views, sequence: number): Promise<RecordedEvent> {
  for await (const { event } of eventsInOrder(views, sequence - 1, sequence)) return event;
  throw new Error(`The log has no event ${sequence}, though the views have passed it`);
}
