import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { RecordingClock } from '#commands';
import { RecordInFolder } from '#testing';
import { hasRedis, RedisServer } from '../../../../test/support/redis.js';
import { InProcessQueue } from '../queue/in-process-queue.js';
import { type Job, type JobQueue, type JobStatus, QueueUnavailable } from '../queue/job-queue.js';
import { openJobQueue } from '../queue/open-job-queue.js';
import { orderedJob } from './ordered-job.js';
import { Ordering } from './ordering.js';
import { type NewOrder, Orders } from './orders.js';
import { ordersJob } from './orders-job.js';

const UUID = '0b0f3f5e-6a3c-5a52-9a3e-2f6a1f7f0c11';
const ID = `example-${UUID}`;
const ORDER: NewOrder = {
  job: 'example',
  id: UUID,
  payload: { of: 3 },
  given: { actor: 'person-erin', correlationId: 'request-1' },
};
const WITHIN_MS = 30_000;

let record: RecordInFolder;
let queues: JobQueue[];

beforeEach(() => {
  record = new RecordInFolder();
  queues = [];
});
afterEach(async () => {
  for (const queue of queues) await queue.close();
  await record.close();
});

const exampleJob = (run: Job['run']): Job => ({ name: 'example', attempts: 2, backOffMs: 10, run });

class SometimesAway extends InProcessQueue {
  isAway = false;
  override async add(...given: Parameters<InProcessQueue['add']>): Promise<void> {
    if (this.isAway) throw new QueueUnavailable('It does not answer');
    return super.add(...given);
  }
}

/** What a process has after its start: nothing of what was queued before. `run`: absent where it runs no jobs. */
async function startWith(run?: Job['run']) {
  const queue = new SometimesAway({ drainMs: 1 });
  return { queue, ...(await startOn(queue, run)) };
}

async function startOn(queue: JobQueue, run?: Job['run']) {
  queues.push(queue);
  const orders = new Orders(record.store, new RecordingClock());
  const ordering = new Ordering(orders, queue);
  let looks = 0;
  const sweep = ordersJob(orders, queue);
  if (run) await queue.work([orderedJob(orders, exampleJob(run)), sweep]);
  /** Looks through the log, as it is done now and again. */
  const look = async () => {
    const id = `look-${looks++}`;
    await queue.add(sweep.name, id, {});
    return (await until(() => queue.status(id), isEnded))?.result;
  };
  const ended = () => until(() => ordering.status(ID), isEnded);
  return { ordering, look, ended };
}

const isEnded = (status: JobStatus | undefined) => status?.state === 'completed' || status?.state === 'failed';

async function until<T>(read: () => Promise<T> | T, holds: (found: T) => boolean): Promise<T> {
  for (const end = Date.now() + WITHIN_MS; ; await delay(5)) {
    const found = await read();
    if (holds(found)) return found;
    if (Date.now() > end) throw new Error(`Not within ${WITHIN_MS} ms: ${JSON.stringify(found)}`);
  }
}

describe('Work that was ordered', () => {
  it('is done, and can be asked about also when the queue has forgotten it', async () => {
    const { ordering, ended } = await startWith(async ({ of }, { progress }) => {
      await progress({ done: 3, of: of as number, what: 'examples' });
      return { made: of! };
    });
    expect(await ordering.place(ORDER)).toMatchObject({ id: ID, name: 'example' });
    const done = {
      id: ID,
      name: 'example',
      state: 'completed',
      attempt: 1,
      progress: { done: 3, of: 3, what: 'examples' },
      result: { made: 3 },
    };
    expect(await ended()).toEqual(done);
    const later = await startWith();
    expect(await later.ordering.status(ID)).toEqual(done);
    expect(await later.ordering.place(ORDER)).toEqual(done);
  });

  it('goes on where the process ended that did it, with nobody asking', async () => {
    const begun = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    const first = await startWith((_, { signal }) => {
      begun.resolve();
      signal.addEventListener('abort', () => cut.reject(signal.reason));
      return cut.promise;
    });
    await first.ordering.place(ORDER);
    await begun.promise;
    const runs: unknown[] = [];
    const second = await startWith(async (payload) => void runs.push(payload));
    expect(await second.ordering.status(ID)).toMatchObject({ state: 'waiting', attempt: 1 });
    expect(await second.look()).toEqual({ queued: 1, givenUp: 0 });
    expect(await second.ended()).toMatchObject({ state: 'completed', attempt: 2 });
    expect(runs).toEqual([ORDER.payload]);
    expect(await second.look()).toEqual({ queued: 0, givenUp: 0 });
  });

  it('is taken while the queue is away, and done when it is there again', async () => {
    const { queue, ordering, look, ended } = await startWith(async () => undefined);
    queue.isAway = true;
    expect(await ordering.place(ORDER)).toEqual({ id: ID, name: 'example', state: 'waiting', attempt: 0 });
    queue.isAway = false;
    expect(await look()).toEqual({ queued: 1, givenUp: 0 });
    expect(await ended()).toMatchObject({ state: 'completed' });
  });

  it('is given up on the log as well, and not begun again until somebody orders it again', async () => {
    let runs = 0;
    let isBroken = true;
    const run = async () => {
      runs++;
      if (isBroken) throw new Error('It cannot be done');
    };
    const first = await startWith(run);
    await first.ordering.place(ORDER);
    expect(await first.ended()).toMatchObject({ state: 'failed', failure: 'It cannot be done' });
    expect(await first.look()).toEqual({ queued: 0, givenUp: 1 });
    const second = await startWith(run);
    expect(await second.look()).toEqual({ queued: 0, givenUp: 0 });
    expect(await second.ordering.status(ID)).toEqual({
      id: ID,
      name: 'example',
      state: 'failed',
      attempt: 2,
      failure: 'It cannot be done',
    });
    expect(runs).toBe(2);
    isBroken = false;
    // By the queue that remembers the one that was given up.
    await first.ordering.place(ORDER);
    expect(await first.ended()).toMatchObject({ state: 'completed', attempt: 1 });
    expect(runs).toBe(3);
  });

  it('ends once where two are at it, with what the first of them says', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const begun: number[] = [];
    const runOf = (n: 0 | 1) => async () => {
      begun.push(n);
      await gates[n].promise;
      return { by: n };
    };
    const one = await startWith(runOf(0));
    await one.ordering.place(ORDER);
    await until(
      () => begun.length,
      (length) => length === 1,
    );
    const two = await startWith(runOf(1));
    await two.look();
    await until(
      () => begun.length,
      (length) => length === 2,
    );
    gates[1].resolve();
    expect(await two.ended()).toMatchObject({ result: { by: 1 } });
    gates[0].resolve();
    const job = `${ID}-0`;
    const own = await until(() => one.queue.status(job), isEnded);
    expect(own).toMatchObject({ state: 'completed', result: { by: 1 } });
  });
});

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('Work that was ordered, on Redis (needs redis-server)', () => {
  it('stays given up, and says why, after Redis was emptied', async () => {
    const redis = await RedisServer.start();
    try {
      let runs = 0;
      const queue = await openJobQueue(redis.url);
      const { ordering, look, ended } = await startOn(queue, async () => {
        runs++;
        throw new Error('It cannot be done');
      });
      await ordering.place(ORDER);
      const failed = { id: ID, name: 'example', state: 'failed', attempt: 2, failure: 'It cannot be done' };
      expect(await ended()).toEqual(failed);
      expect(await look()).toEqual({ queued: 0, givenUp: 1 });
      await redis.empty();
      expect(await look()).toEqual({ queued: 0, givenUp: 0 });
      expect(await ordering.status(ID)).toEqual(failed);
      expect(runs).toBe(2);
      await queue.close();
    } finally {
      await redis.remove();
    }
  }, 30_000);
});
