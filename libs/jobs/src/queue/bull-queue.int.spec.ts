import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { BullQueue, type BullOptions } from './bull-queue.js';
import { jobQueueContract, recordingJob, until, untilState } from './job-queue.contract.js';

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('on Redis (needs redis-server)', () => {
  let redis: RedisServer;
  const opened: BullQueue[] = [];
  beforeAll(async () => void (redis = await RedisServer.start()));
  afterAll(() => redis.remove());
  afterEach(async () => void (await Promise.all(opened.splice(0).map((queue) => queue.close()))));

  const open = async (options: BullOptions = {}, url = redis.url) => {
    const queue = await BullQueue.open(url, { name: randomUUID(), drainMs: 300, ...options });
    opened.push(queue);
    return queue;
  };

  jobQueueContract('BullMQ', (name) => BullQueue.open(redis.url, { name, drainMs: 300 }));

  describe('between processes', () => {
    it('lets one add, another run, and both know how it stands', async () => {
      const name = randomUUID();
      const [adding, working] = [await open({ name }), await open({ name })];
      const job = recordingJob('example', async () => ({ by: 'the other' }));
      await working.work([job]);
      await adding.add('example', 'a', {});
      await untilState(adding, 'a', 'completed');
      expect(await adding.status('a')).toMatchObject({ result: { by: 'the other' } });
    });

    it('tells for how long a run has been due that follows one which failed', async () => {
      const queue = await open({ concurrency: 1 });
      const [meanwhile, atLast] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const job = recordingJob(
        'example',
        async ({ isBetween }, { attempt }) => {
          if (isBetween) return meanwhile.promise;
          if (attempt === 1) throw new Error('not yet');
          return atLast.promise;
        },
        { backOffMs: 300 },
      );
      await queue.add('example', 'a', {});
      await queue.add('example', 'b', {});
      await queue.add('example', 'c', { isBetween: true });
      // Not sooner: the first would be due again before the last is there, where the machine is busy.
      await queue.work([job]);
      await until('both have failed', () => job.runs.length === 3);
      // Both are due by then.
      await delay(400);
      meanwhile.resolve();
      await until('one runs again, and the other waits', () => job.runs.length === 4);
      const asked = Date.now();
      const depth = await queue.depth();
      const answered = Date.now();
      atLast.resolve();
      expect(depth).toMatchObject({ waiting: 1, delayed: 0, active: 1 });
      // It was taken from the queue after the other had begun, and before it began itself.
      const [other, itself] = job.runs.map(({ at }) => at + 300);
      expect(depth.oldestDueMs).toBeGreaterThanOrEqual(asked - itself! - 2);
      expect(depth.oldestDueMs).toBeLessThanOrEqual(answered - other! + 2);
    });

    it('keeps one schedule, though several ask for it', async () => {
      const name = randomUUID();
      const queues = [await open({ name }), await open({ name }), await open({ name })];
      const jobs = queues.map(() => recordingJob());
      await Promise.all(queues.map((queue, n) => queue.work([jobs[n]!])));
      const began = Date.now();
      await Promise.all(queues.map((queue) => queue.every('example', 300)));
      const runs = () => jobs.flatMap((job) => job.runs);
      await until('five runs', () => runs().length >= 5);
      expect(Math.max(...runs().map(({ at }) => at)) - began).toBeGreaterThan(800);
    });

    it('hands what does not finish to the next one when it closes, and counts no failure', async () => {
      const name = randomUUID();
      const [first, second] = [await open({ name }), await open({ name })];
      const begun = Promise.withResolvers<void>();
      await first.work([
        recordingJob('example', (_, { signal }) => {
          begun.resolve();
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          });
        }),
      ]);
      await first.add('example', 'a', {});
      await begun.promise;
      const next = recordingJob('example', () => undefined, { attempts: 1 });
      await first.close();
      await second.work([next]);
      await untilState(second, 'a', 'completed');
      expect(next.runs).toMatchObject([{ attempt: 2 }]);
      expect(await second.status('a')).not.toHaveProperty('failure');
    });

    it('hands on even what does not listen when it is asked to stop', async () => {
      const name = randomUUID();
      const [first, second] = [await open({ name }), await open({ name })];
      const begun = Promise.withResolvers<void>();
      await first.work([
        recordingJob('example', () => {
          begun.resolve();
          return new Promise(() => undefined);
        }),
      ]);
      await first.add('example', 'a', {});
      await begun.promise;
      await first.close();
      const next = recordingJob();
      await second.work([next]);
      await until('the next one runs it', () => next.runs.length === 1);
    });
  });

  describe('a schedule that was lost', () => {
    it('is there again soon after Redis was emptied', async () => {
      const own = await RedisServer.start();
      const queue = await open({ keepSchedulesMs: 200 }, own.url);
      const job = recordingJob();
      await queue.work([job]);
      await queue.every('example', 60_000);
      await until('it ran', () => job.runs.length > 0);
      await own.empty();
      const before = job.runs.length;
      await until('it runs again', () => job.runs.length > before);
      await queue.close();
      await own.remove();
    });

    it('is mended where its next run has vanished', async () => {
      const queue = await open({ keepSchedulesMs: 200, name: 'vanished' });
      const job = recordingJob();
      await queue.work([job]);
      await queue.every('example', 300);
      await until('it runs', () => job.runs.length > 0);
      await redis.asked(async (client) => {
        const runs = await client.keys('bull:vanished:repeat:example:*');
        await client.del('bull:vanished:delayed', 'bull:vanished:wait', ...runs);
        // As if it had stopped long ago.
        await client.zadd('bull:vanished:repeat', Date.now() - 60_000, 'example');
      });
      const before = job.runs.length;
      await until('it goes on', () => job.runs.length > before + 1);
    });
  });
});
