import { forEachOf } from '../queue/for-each-of.js';
import type { Job, JobQueue } from '../queue/job-queue.js';
import { jobIdOf, queueOrder } from './ordered-job.js';
import type { Orders } from './orders.js';

export const ORDERS_JOB = 'orders';
/** How often the log is looked through for what was ordered. Whatever a queue lost, or was not told, is in it after so long. */
export const ORDERS_EVERY_MS = 20_000;

/** Makes a job of each order that has come to no end, and puts on the log which of them the queue has given up. */
export function ordersJob(orders: Orders, queue: JobQueue): Job {
  return {
    name: ORDERS_JOB,
    attempts: 1,
    backOffMs: 1_000,
    run: async () => {
      const ended = { queued: 0, givenUp: 0 };
      await forEachOf(await orders.open(), 'orders', async (order) => {
        const status = await queue.status(jobIdOf(order));
        if (status?.state === 'failed') {
          await orders.giveUp(order, status.failure ?? '');
          ended.givenUp++;
        } else {
          await queueOrder(queue, order);
          ended.queued++;
        }
      });
      return ended;
    },
  };
}
