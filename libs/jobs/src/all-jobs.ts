import type { RecordedCommand } from '#commands';
import type { Views } from '#views';
import { importJob } from './import-job.js';
import type { Job, JobQueue } from './queue/job-queue.js';
import type { Reminding } from './reminders/reminding.js';
import { requestsJob } from './requests/requests-job.js';

export interface JobSurroundings {
  readonly reminding: Reminding;
  readonly views: Views;
  /** Where commands go. */
  readonly bus: { execute<Result>(command: RecordedCommand): Promise<Result> };
  readonly queue: JobQueue;
  /** Told why new mails wait for the next look through the log: it cannot be followed for now. */
  readonly onFault: (error: unknown) => void;
}

/** All that may run in whatever process takes it from the queue: nothing in it is about one process alone. */
const allJobs = ({ reminding, views, bus, queue }: JobSurroundings): Job[] => [
  importJob({ bus, views }),
  requestsJob(reminding.requesting(bus)),
  ...reminding.jobs(queue, bus),
];

/** Begins to run them here, and again and again those that are never done. `others`: of this process alone. */
export async function runAllJobs(surroundings: JobSurroundings, others: readonly Job[] = []): Promise<void> {
  const { queue, reminding, onFault } = surroundings;
  await queue.work([...allJobs(surroundings), ...others]);
  await reminding.schedule(queue);
  void reminding.follow(queue, onFault);
}
