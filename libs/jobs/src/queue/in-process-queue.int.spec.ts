import { describe, expect, it } from '@jest/globals';
import { InProcessQueue } from './in-process-queue.js';
import { jobQueueContract, recordingJob, until, untilState } from './job-queue.contract.js';

jobQueueContract('a queue in the process', async () => new InProcessQueue({ drainMs: 300 }));

describe('a queue in the process', () => {
  it('sees soon that the clock has passed a time, though the machine slept meanwhile', async () => {
    let slept = 0;
    const queue = new InProcessQueue({ now: () => Date.now() + slept });
    const job = recordingJob();
    await queue.work([job]);
    await queue.add('example', 'a', {}, { notBefore: new Date(Date.now() + 3_600_000) });
    slept = 3_600_000;
    await until('it runs', () => job.runs.length === 1);
    await queue.close();
  });

  it('forgets the oldest of many that have ended', async () => {
    const queue = new InProcessQueue();
    const job = recordingJob();
    await queue.work([job]);
    for (let n = 0; n <= 1_000; n++) await queue.add('example', `a${n}`, {});
    await untilState(queue, 'a1000', 'completed');
    expect(await queue.status('a0')).toBeUndefined();
    expect(await queue.status('a1')).toMatchObject({ state: 'completed' });
    await queue.close();
  });

  it('tries again at once where there is no pause, and still ends', async () => {
    const queue = new InProcessQueue({ drainMs: 300 });
    const job = recordingJob('example', () => Promise.reject(new Error('no')), { attempts: 5, backOffMs: 0 });
    await queue.work([job]);
    await queue.add('example', 'a', {});
    await untilState(queue, 'a', 'failed');
    expect(job.runs).toHaveLength(5);
    await queue.close();
  });
});
