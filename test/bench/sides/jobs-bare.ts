import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { answering } from '../measuring/side.js';
import { addedAndDone } from './added-and-done.js';

/** BullMQ as its guide has it: with ids, attempts and a pause that doubles, as ours has them, and nothing else. */
const [redisUrl = '', concurrency = ''] = process.argv.slice(2);
const name = `bare-${randomUUID()}`;
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const queue = new Queue(name, { connection });
const options = { attempts: 5, backoff: { type: 'exponential', delay: 100 } };
const jobs = addedAndDone((id) => queue.add('empty', { id }, { ...options, jobId: id }));
const worker = new Worker(name, async () => jobs.done(), {
  connection,
  concurrency: Number(concurrency),
  removeOnComplete: { age: 86_400, count: 1_000 },
  removeOnFail: { age: 7 * 86_400, count: 1_000 },
});
await worker.waitUntilReady();

answering({ perSecond: jobs.perSecond });
