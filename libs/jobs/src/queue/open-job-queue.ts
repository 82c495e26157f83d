import type { BullOptions } from './bull-queue.js';
import { InProcessQueue } from './in-process-queue.js';
import type { JobQueue } from './job-queue.js';

/** What is about Redis says nothing where there is none. */
export type OpenQueueOptions = BullOptions;

/** On Redis where one is named, otherwise in this process. Only then is anything of BullMQ loaded. */
export async function openJobQueue(redisUrl: string | undefined, options: OpenQueueOptions = {}): Promise<JobQueue> {
  if (redisUrl === undefined) return new InProcessQueue(options);
  const { BullQueue } = await import('./bull-queue.js');
  return BullQueue.open(redisUrl, options);
}
