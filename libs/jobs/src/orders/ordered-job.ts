import type { Job, JobProgress, JobQueue } from '../queue/job-queue.js';
import type { Order } from './order.js';
import type { Orders } from './orders.js';

type OrderPayload = { readonly order: string };

/** Under which id the queue has it. Ordered again it is another job: the queue remembers the one that was given up. */
export const jobIdOf = ({ id, orderedAt }: Pick<Order, 'id' | 'orderedAt'>) => `${id}-${orderedAt}`;

/** Has it done by whoever works on the queue. */
export function queueOrder(queue: JobQueue, order: Order): Promise<void> {
  const payload: OrderPayload = { order: order.id };
  return queue.add(order.job, jobIdOf(order), payload);
}

/**
 * `job` done for an order, whose payload and end stand on the log. Two may be at it at once, since a queue that has lost
 * what it knew is told again; so `job` adds nothing to what another run of it has done.
 */
export function orderedJob(orders: Orders, job: Job): Job<OrderPayload> {
  const { name, attempts, backOffMs } = job;
  return {
    name,
    attempts,
    backOffMs,
    run: async ({ order: id }, { id: jobId, attempt, signal, progress }) => {
      const order = await orders.begin(id);
      if (order.phase === 'given-up') throw new Error(order.failure);
      if (order.phase === 'done') return order.result;
      let far: JobProgress | undefined;
      const result = await job.run(order.payload, {
        id: jobId,
        attempt,
        signal,
        progress: (done) => progress((far = done)),
      });
      return (await orders.done(id, result ?? {}, far)).result;
    },
  };
}
