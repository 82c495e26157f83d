import type { JsonObject } from '#event-store';
import { type JobQueue, type JobStatus, unlessAway } from '../queue/job-queue.js';
import type { Order } from './order.js';
import { jobIdOf, queueOrder } from './ordered-job.js';
import type { NewOrder, Orders } from './orders.js';

/** For who orders work: it is on the log before anything is queued, and stays there when the queue has forgotten it. */
export class Ordering {
  constructor(
    private readonly orders: Orders,
    private readonly queue: JobQueue,
  ) {}

  /** Once this resolves it will be done, also where the queue is away for now or loses what it was told. */
  async place(order: NewOrder): Promise<JobStatus> {
    const placed = await this.orders.place(order);
    if (placed.phase !== 'open') return onLog(placed);
    let isQueued = true;
    await queueOrder(this.queue, placed).catch((error: unknown) => {
      unlessAway(error);
      isQueued = false;
    });
    return isQueued ? this.statusOf(placed) : onLog(placed);
  }

  /** Done while who orders it waits. Where that is cut off, it is done later as what is placed is. */
  async doNow<Done>(order: NewOrder, work: () => Promise<Done>, resultOf: (done: Done) => JsonObject): Promise<Done> {
    const { id } = await this.orders.place(order);
    await this.orders.begin(id);
    const done = await work();
    await this.orders.done(id, resultOf(done));
    return done;
  }

  /**
   * How an order stands, by its id: as the queue has it while it is open, and then as the log does. `QueueUnavailable` where
   * only the queue would know.
   */
  async status(id: string): Promise<JobStatus | undefined> {
    const order = await this.orders.read(id);
    return order && this.statusOf(order);
  }

  private async statusOf(order: Order): Promise<JobStatus> {
    const queued = order.phase === 'open' ? await this.queue.status(jobIdOf(order)) : undefined;
    if (!queued) return onLog(order);
    // A queue that was emptied counts anew.
    return { ...queued, id: order.id, attempt: Math.max(queued.attempt, order.begun) };
  }
}

const STATES = { open: 'waiting', done: 'completed', 'given-up': 'failed' } as const;

function onLog({ id, job, phase, begun, progress, result, failure }: Order): JobStatus {
  return {
    id,
    name: job,
    state: STATES[phase],
    attempt: begun,
    ...(progress && { progress }),
    ...(result && { result }),
    ...(failure !== undefined && { failure }),
  };
}
