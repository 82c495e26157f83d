import type { RecordedCommand } from '#commands';
import type { Views } from '#views';
import { importJob } from './import-job.js';
import { orderedJob } from './orders/ordered-job.js';
import { ORDERS_EVERY_MS, ORDERS_JOB, ordersJob } from './orders/orders-job.js';
import type { Orders } from './orders/orders.js';
import type { Job, JobQueue } from './queue/job-queue.js';
import type { Reminding } from './reminders/reminding.js';
import { requestsJob } from './requests/requests-job.js';

export interface JobSurroundings {
  readonly reminding: Reminding;
  readonly orders: Orders;
  readonly views: Views;
  /** Where the commands of each go, which are not those of another. */
  readonly busFor: (errand: 'import' | 'requests' | 'reminders') => {
    execute<Result>(command: RecordedCommand): Promise<Result>;
  };
  readonly queue: JobQueue;
  /** Told why new mails wait for the next look through the log: it cannot be followed for now. */
  readonly onFault: (error: unknown) => void;
}

/** All that may run in whatever process takes it from the queue: nothing in it is about one process alone. */
const allJobs = ({ reminding, orders, views, busFor, queue }: JobSurroundings): Job[] => [
  orderedJob(orders, importJob({ bus: busFor('import'), views })),
  orderedJob(orders, requestsJob(reminding.requesting(busFor('requests')))),
  ordersJob(orders, queue),
  ...reminding.jobs(queue, busFor('reminders')),
];

/** Begins to run them here, and again and again those that are never done. `others`: of this process alone. */
export async function runAllJobs(surroundings: JobSurroundings, others: readonly Job[] = []): Promise<void> {
  const { queue, reminding, onFault } = surroundings;
  await queue.work([...allJobs(surroundings), ...others]);
  await reminding.schedule(queue);
  await queue.every(ORDERS_JOB, ORDERS_EVERY_MS);
  void reminding.follow(queue, onFault);
}
