import { randomUUID } from 'node:crypto';
import { openJobQueue } from '#jobs';
import { answering } from '../measuring/side.js';
import { addedAndDone } from './added-and-done.js';

const [redisUrl = '', concurrency = ''] = process.argv.slice(2);
const queue = await openJobQueue(redisUrl, { name: `ours-${randomUUID()}`, concurrency: Number(concurrency) });
const jobs = addedAndDone((id) => queue.add('empty', id, { id }));
await queue.work([{ name: 'empty', attempts: 5, backOffMs: 100, run: async () => jobs.done() }]);

answering({ perSecond: jobs.perSecond });
