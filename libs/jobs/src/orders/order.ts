import type { JsonObject, RecordedEvent } from '#event-store';
import type { JobProgress } from '../queue/job-queue.js';

/** What happens to work that somebody ordered. Its stream is no part of the public record. */
export type OrderEvent =
  | {
      type: 'WorkOrdered';
      data: {
        /** Name of the job that does it. */
        job: string;
        payload: JsonObject;
      };
    }
  /** By whoever wants it after it was given up. */
  | { type: 'WorkOrderedAgain'; data: Record<string, never> }
  /** By each process that takes it from the queue: two may be at it when the queue has lost what it knew. */
  | { type: 'WorkBegun'; data: Record<string, never> }
  | { type: 'WorkDone'; data: { result: JsonObject; progress?: JobProgress } }
  | { type: 'WorkGivenUp'; data: { failure: string } };

export interface Order {
  /** `<job>-<uuid>`. */
  readonly id: string;
  /** Of the last event. */
  readonly revision: number;
  readonly job: string;
  readonly payload: JsonObject;
  readonly phase: 'open' | 'done' | 'given-up';
  /** Revision at which it was ordered last. What came before that was given up. */
  readonly orderedAt: number;
  /** How often it was begun since then. */
  readonly begun: number;
  readonly result?: JsonObject;
  readonly progress?: JobProgress;
  readonly failure?: string;
}

export const ORDER_CATEGORY = 'order';
export const orderStream = (id: string) => `${ORDER_CATEGORY}-${id}`;

export function evolveOrder(order: Order | undefined, recorded: RecordedEvent): Order {
  const { stream, revision } = recorded;
  const event = recorded as RecordedEvent & OrderEvent;
  if (event.type === 'WorkOrdered') {
    const id = stream.slice(ORDER_CATEGORY.length + 1);
    return { id, revision, ...event.data, phase: 'open', orderedAt: revision, begun: 0 };
  }
  if (!order) throw new Error(`${stream} does not begin with WorkOrdered`);
  const { failure: _, ...before } = { ...order, revision };
  switch (event.type) {
    case 'WorkOrderedAgain':
      return { ...before, phase: 'open', orderedAt: revision, begun: 0 };
    case 'WorkBegun':
      return { ...before, begun: order.begun + 1 };
    case 'WorkDone':
      return { ...before, phase: 'done', ...event.data };
    case 'WorkGivenUp':
      return { ...before, phase: 'given-up', ...event.data };
    default:
      throw new Error(`${recorded.type} in ${stream} was written by a newer edition: run that one`);
  }
}
