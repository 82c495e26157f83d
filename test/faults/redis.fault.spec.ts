import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { type Job, type JobQueue, openJobQueue, type OpenQueueOptions } from '#jobs';
import { hasRedis, RedisServer } from '../support/redis.js';

const JOBS = 100;
/** Short, so that what takes a minute in production takes seconds here. */
const OPTIONS: OpenQueueOptions = {
  lockMs: 1_000,
  stalledEveryMs: 500,
  keepSchedulesMs: 500,
  // One that is there answers within it, also on a busy machine: the first test counts how often it was missed.
  patienceMs: 5_000,
  concurrency: 8,
};

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('Redis in the midst of jobs (needs redis-server)', () => {
  let redis: RedisServer;
  let queue: JobQueue;
  let told: string[] = [];
  beforeEach(async () => {
    redis = await RedisServer.start(['--appendonly', 'yes', '--appendfsync', 'always']);
    queue = await openJobQueue(redis.url, { ...OPTIONS, tell: (line) => told.push(line) });
  });
  afterEach(async () => {
    await queue.close();
    await redis.remove();
    told = [];
  });

  it('is killed and started again: every job is done and none is given up', async () => {
    const done = new Map<string, number>();
    await queue.work([slow(done)]);
    for (let n = 0; n < JOBS; n++) await queue.add('slow', `job-${n}`, { n });
    await until(() => done.size > JOBS / 10);
    await redis.kill();
    const finished = done.size;
    expect(finished).toBeLessThan(JOBS);
    await delay(1_500);
    await redis.start();
    await until(async () => {
      if (done.size < JOBS) return false;
      const { waiting, delayed, active } = await queue.depth().catch(() => ({ waiting: 1, delayed: 0, active: 0 }));
      return waiting + delayed + active === 0;
    });
    expect(await queue.depth()).toMatchObject({ failed: 0 });
    for (let n = 0; n < JOBS; n++) expect(await queue.status(`job-${n}`)).toMatchObject({ state: 'completed' });
    expect(told.filter((line) => /cannot be reached/.test(line))).toHaveLength(1);
  }, 120_000);

  it('is emptied: schedules are there again, and with them all that they derive', async () => {
    const effects = new Set<string>();
    const due = Array.from({ length: 40 }, (_, n) => `mail-${n}`);
    // As the reminders do it: what is to be done comes from somewhere else, and is added whenever it is not done.
    const sweep: Job = {
      name: 'sweep',
      attempts: 1,
      backOffMs: 100,
      run: async () => {
        for (const key of due) if (!effects.has(key)) await queue.add('effect', key, { key });
      },
    };
    const effect: Job = {
      name: 'effect',
      attempts: 10,
      backOffMs: 50,
      run: async ({ key }) => {
        await delay(50);
        effects.add(key as string);
      },
    };
    await queue.work([sweep, effect]);
    await queue.every('sweep', 500);
    await until(() => effects.size > 5);
    await redis.empty();
    const emptied = Date.now();
    await until(() => effects.size === due.length);
    expect(Date.now() - emptied).toBeLessThan(15_000);
  }, 120_000);

  it('is killed with nothing kept, and comes back empty: the schedule goes on', async () => {
    const volatile = await RedisServer.start([]);
    const own = await openJobQueue(`${volatile.url}?volatile=accepted`, OPTIONS);
    let runs = 0;
    await own.work([{ name: 'sweep', attempts: 1, backOffMs: 100, run: async () => void runs++ }]);
    await own.every('sweep', 400);
    await until(() => runs >= 2);
    await volatile.kill();
    await delay(500);
    const before = runs;
    await volatile.start();
    await until(() => runs >= before + 2);
    await own.close();
    await volatile.remove();
  }, 120_000);
});

function slow(done: Map<string, number>): Job {
  return {
    name: 'slow',
    attempts: 3,
    backOffMs: 50,
    run: async (_, { id, attempt }) => {
      await delay(100);
      done.set(id, attempt);
    },
  };
}

async function until(holds: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms`);
    await delay(20);
  }
}
