import { randomUUID } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { Given, RecordingClock } from '#commands';
import { type EventStore, type Expected, type JsonObject, LogTail, WrongExpectedRevision } from '#event-store';
import type { JobProgress } from '../queue/job-queue.js';
import { evolveOrder, type Order, ORDER_CATEGORY, type OrderEvent, orderStream } from './order.js';

export interface NewOrder {
  /** Of the job that does it. */
  readonly job: string;
  /** UUID. The same one of the same job is the same order. */
  readonly id: string;
  readonly payload: JsonObject;
  /** Who orders it. */
  readonly given: Pick<Given, 'actor' | 'role' | 'onBehalfOf' | 'correlationId'>;
}

/** Namespace of the ids of the events below. Never to be changed. */
const PLACING = '5f6e9b0c-2a0d-4a7c-8d0e-0c6f3b7f9a52';

/** Who the log says recorded what became of it. */
const RECORDER = 'jobs';

/** As often as a job may take its process with it. What ends every process that begins it is not begun for ever. */
export const MOST_BEGINNINGS = 25;

/** So often somebody else may be faster in one order's stream: each of them has got further. */
const MOST_TRIES = 20;

const LONGEST_FAILURE = 1_000;

const ID = /^[a-z]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Work that was ordered, and what became of it, as the log tells it: the queue only carries the ids. */
export class Orders {
  private readonly unfinished = new Map<string, Order>();
  private readonly tail: LogTail;

  constructor(
    private readonly store: EventStore,
    private readonly clock: RecordingClock,
  ) {
    this.tail = new LogTail(store, [ORDER_CATEGORY], (event) => {
      const { stream } = event;
      const order = evolveOrder(this.unfinished.get(stream), event);
      if (order.phase === 'done') this.unfinished.delete(stream);
      else this.unfinished.set(stream, order);
    });
  }

  /** Where it was ordered before, nothing is written and the order is what it was; unless it was given up: then it is open again. */
  async place({ job, id: uuid, payload, given }: NewOrder): Promise<Order> {
    const id = `${job}-${uuid}`;
    const { actor, role, onBehalfOf, correlationId } = given;
    const by = { actor, ...(role && { role }), ...(onBehalfOf && { onBehalfOf }), correlationId };
    // Two that place it at once write one event: its id comes from that of the order.
    await this.append(id, 'no-stream', { type: 'WorkOrdered', data: { job, payload } }, by, uuidv5(id, PLACING));
    const again = { type: 'WorkOrderedAgain', data: {} } as const;
    return this.change(id, ({ phase }) => (phase === 'given-up' ? again : undefined), by);
  }

  /** As it stands on the log now. */
  async read(id: string): Promise<Order | undefined> {
    if (!ID.test(id)) return undefined;
    let order: Order | undefined;
    for await (const event of this.store.readIfAny(orderStream(id))) order = evolveOrder(order, event);
    return order;
  }

  /** For whoever has taken it from the queue: only if it is open afterwards is there anything to do. */
  begin(id: string): Promise<Order> {
    return this.change(id, ({ phase, begun }) => {
      if (phase !== 'open') return undefined;
      if (begun < MOST_BEGINNINGS) return { type: 'WorkBegun', data: {} };
      return { type: 'WorkGivenUp', data: { failure: `It was begun ${begun} times and never came to an end.` } };
    });
  }

  /** What the first of those who were at it says is what came of it, also where others have given it up. */
  done(id: string, result: JsonObject, progress?: JobProgress): Promise<Order> {
    const event = { type: 'WorkDone', data: { result, ...(progress && { progress }) } } as const;
    return this.change(id, ({ phase }) => (phase === 'done' ? undefined : event));
  }

  /** Nothing where it was ended, or ordered again, since `order` was read. */
  giveUp({ id, orderedAt }: Order, failure: string): Promise<Order> {
    // The log takes no half of a surrogate pair, which cutting may leave.
    const told = failure.slice(0, LONGEST_FAILURE).toWellFormed();
    const event = { type: 'WorkGivenUp', data: { failure: told } } as const;
    return this.change(id, (now) => (now.phase === 'open' && now.orderedAt === orderedAt ? event : undefined));
  }

  /** All that have come to no end, in the order in which they were placed. */
  async open(): Promise<readonly Order[]> {
    await this.tail.catchUp();
    return [...this.unfinished.values()].filter(({ phase }) => phase === 'open');
  }

  private async change(
    id: string,
    decide: (order: Order) => OrderEvent | undefined,
    by: Readonly<Record<string, string>> = { actor: RECORDER, correlationId: id },
  ): Promise<Order> {
    for (let tries = 1; ; tries++) {
      const order = await this.read(id);
      if (!order) throw new Error(`There is no order ${id} on the log`);
      const event = decide(order);
      if (!event) return order;
      try {
        return evolveOrder(order, await this.append(id, order.revision, event, by));
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || tries >= MOST_TRIES) throw error;
      }
    }
  }

  private async append(
    id: string,
    expected: Expected,
    { type, data }: OrderEvent,
    by: Readonly<Record<string, string>>,
    eventId: string = randomUUID(),
  ) {
    const stream = orderStream(id);
    const metadata = { ...by, recordedAt: this.clock.stamp(), v: '1' };
    const event = { id: eventId, type, data: data as JsonObject, metadata };
    return { ...event, stream, ...(await this.store.append(stream, expected, [event])) };
  }
}
