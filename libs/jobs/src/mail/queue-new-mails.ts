import { keepFollowing } from '#event-store';
import { type JobQueue, unlessAway } from '../queue/job-queue.js';
import { queueMail } from './mail-job.js';
import type { Outbox } from './outbox.js';

/**
 * Adds the job of each mail as soon as it is on the log: whoever was invited waits for it. Several that do so add it once.
 * What is missed, because log or queue do not answer, is left to those who look through the log now and again. Ends when
 * the store is closed. `onFault`: the log could not be followed, and is again after a pause.
 */
export function queueNewMails(outbox: Outbox, queue: JobQueue, onFault: (error: unknown) => void): Promise<void> {
  const follow = async (onStep: () => void) => {
    for await (const mail of outbox.prepared()) {
      onStep();
      await queueMail(queue, mail).catch(unlessAway);
    }
  };
  return keepFollowing(follow, { onFault });
}
