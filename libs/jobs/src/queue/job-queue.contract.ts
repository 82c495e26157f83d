import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '#event-store';
import type { Job, JobQueue, JobState, Running } from './job-queue.js';

/** As a test wants it: runs what it is given, and remembers its runs. */
export function recordingJob(
  name = 'example',
  run: (payload: JsonObject, running: Running) => Promise<JsonObject | void> | void = () => undefined,
  { attempts = 3, backOffMs = 20 } = {},
) {
  const runs: { readonly payload: JsonObject; readonly attempt: number; readonly at: number }[] = [];
  const job: Job = {
    name,
    attempts,
    backOffMs,
    run: async (payload, running) => {
      runs.push({ payload, attempt: running.attempt, at: Date.now() });
      return run(payload, running);
    },
  };
  return { ...job, runs };
}

export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await delay(5);
  }
}

export const untilState = (queue: JobQueue, id: string, state: JobState) =>
  until(`${id} is ${state}`, async () => (await queue.status(id))?.state === state);

/**
 * What every queue of this port promises. `open` gives one that lets jobs 300 ms to finish when it closes, and of one name the
 * same as another process would get.
 */
export function jobQueueContract(kind: string, open: (name: string) => Promise<JobQueue>): void {
  describe(`${kind} as a job queue`, () => {
    let name: string;
    let queue: JobQueue;
    beforeEach(async () => void (queue = await open((name = randomUUID()))));
    afterEach(() => queue.close());

    it('says whether other processes know what it is given', async () => {
      const other = await open(name);
      await queue.add('example', 'a', {});
      expect((await other.status('a')) !== undefined).toBe(queue.isShared);
      await other.close();
    });

    it('runs a job with what it was given, and remembers what came of it', async () => {
      const job = recordingJob('example', async ({ n }) => ({ doubled: Number(n) * 2 }));
      await queue.work([job]);
      await queue.add('example', 'a', { n: 21 });
      await untilState(queue, 'a', 'completed');
      expect(job.runs).toMatchObject([{ payload: { n: 21 }, attempt: 1 }]);
      expect(await queue.status('a')).toEqual({
        id: 'a',
        name: 'example',
        state: 'completed',
        attempt: 1,
        result: { doubled: 42 },
      });
      expect(queue.trouble).toBeUndefined();
    });

    it('holds jobs until somebody works', async () => {
      await queue.add('example', 'a', {});
      expect(await queue.status('a')).toMatchObject({ state: 'waiting', attempt: 0 });
      const job = recordingJob();
      await queue.work([job]);
      await untilState(queue, 'a', 'completed');
    });

    it('does nothing with an id that it remembers, waiting, delayed or done', async () => {
      const job = recordingJob();
      await queue.add('example', 'a', { n: 1 });
      await queue.add('example', 'a', { n: 2 });
      await queue.add('example', 'later', { n: 1 }, { notBefore: new Date(Date.now() + 200) });
      await queue.add('example', 'later', { n: 2 });
      await queue.work([job]);
      await untilState(queue, 'later', 'completed');
      await queue.add('example', 'a', { n: 3 });
      await queue.add('example', 'end', {});
      await untilState(queue, 'end', 'completed');
      expect(job.runs.map(({ payload }) => payload['n'])).toEqual([1, 1, undefined]);
    });

    it('takes ids with any sign in them, and numbers', async () => {
      const ids = ['7', 'mail:1', 'mail:1:2:3', 'a%3Ab', 'id.x', 'Österreich / 日本', 'repeat', `${'x'.repeat(200)}`];
      const seen: string[] = [];
      const job = recordingJob('example', (_, { id }) => void seen.push(id));
      await queue.work([job]);
      for (const id of ids) await queue.add('example', id, {});
      for (const id of ids) await untilState(queue, id, 'completed');
      expect(seen.sort()).toEqual(ids.sort());
      expect((await queue.status('mail:1'))?.id).toBe('mail:1');
    });

    it('sees nothing of what becomes of the payload afterwards', async () => {
      const job = recordingJob();
      const payload = { n: 1 };
      await queue.add('example', 'a', payload);
      payload.n = 2;
      await queue.work([job]);
      await untilState(queue, 'a', 'completed');
      expect(job.runs[0]!.payload).toEqual({ n: 1 });
    });

    it('tells of a job that is to run again what was wrong', async () => {
      const job = recordingJob('example', () => Promise.reject(new Error('not yet')), { backOffMs: 60_000 });
      await queue.work([job]);
      await queue.add('example', 'a', {});
      await untilState(queue, 'a', 'delayed');
      expect(await queue.status('a')).toMatchObject({ attempt: 1, failure: 'not yet' });
    });

    it('runs a job again that failed, after a pause that doubles', async () => {
      const job = recordingJob(
        'example',
        async (_, { attempt }) => {
          if (attempt < 3) throw new Error('not yet');
        },
        { attempts: 3, backOffMs: 150 },
      );
      await queue.work([job]);
      await queue.add('example', 'a', {});
      await untilState(queue, 'a', 'completed');
      const [first, second, third] = job.runs.map(({ at }) => at);
      expect(second! - first!).toBeGreaterThanOrEqual(145);
      expect(third! - second!).toBeGreaterThanOrEqual(295);
    });

    it('gives a job up after its attempts, says why, and takes it again then', async () => {
      let isMended = false;
      const job = recordingJob('example', async () => {
        if (!isMended) throw new Error('the example server is away');
      });
      await queue.work([job]);
      await queue.add('example', 'a', { n: 1 });
      await untilState(queue, 'a', 'failed');
      expect(await queue.status('a')).toMatchObject({ attempt: 3, failure: 'the example server is away' });
      expect(await queue.depth()).toMatchObject({ failed: 1 });
      isMended = true;
      await queue.add('example', 'a', { n: 2 });
      await untilState(queue, 'a', 'completed');
      expect(job.runs.map(({ payload, attempt }) => [payload['n'], attempt])).toEqual([
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 1],
      ]);
      expect(await queue.depth()).toMatchObject({ failed: 0 });
      expect(await queue.status('a')).not.toHaveProperty('failure');
    });

    it('gives up at once what no job here is named after', async () => {
      await queue.work([recordingJob()]);
      await queue.add('unheard-of', 'a', {});
      await untilState(queue, 'a', 'failed');
      expect(await queue.status('a')).toMatchObject({ attempt: 1, failure: expect.stringMatching(/unheard-of/) });
    });

    it('begins nothing before its time', async () => {
      const job = recordingJob();
      await queue.work([job]);
      await queue.add('example', 'later', {}, { notBefore: new Date(Date.now() + 60_000) });
      expect(await queue.status('later')).toMatchObject({ state: 'delayed', attempt: 0 });
      const notBefore = new Date(Date.now() + 300);
      await queue.add('example', 'a', {}, { notBefore });
      await untilState(queue, 'a', 'completed');
      expect(job.runs[0]!.at).toBeGreaterThanOrEqual(notBefore.getTime() - 2);
    });

    it('tells how far a job is', async () => {
      const go = Promise.withResolvers<void>();
      const job = recordingJob('example', async (_, { progress }) => {
        await progress({ done: 3, of: 7, what: 'reading' });
        await go.promise;
      });
      await queue.work([job]);
      await queue.add('example', 'a', {});
      await until('it tells', async () => (await queue.status('a'))?.progress !== undefined);
      expect(await queue.status('a')).toMatchObject({
        state: 'active',
        progress: { done: 3, of: 7, what: 'reading' },
      });
      go.resolve();
      await untilState(queue, 'a', 'completed');
    });

    it('runs several at once', async () => {
      let together = 0;
      const all = Promise.withResolvers<void>();
      const job = recordingJob('example', async () => {
        if (++together === 5) all.resolve();
        await all.promise;
      });
      await queue.work([job]);
      for (let n = 0; n < 5; n++) await queue.add('example', `a${n}`, {});
      for (let n = 0; n < 5; n++) await untilState(queue, `a${n}`, 'completed');
    });

    it('counts what it holds, and tells for how long the oldest has been due', async () => {
      await expectDueFor(async () => {
        await queue.add('example', 'a', {});
        return Date.now();
      }, 60);
      await queue.add('example', 'b', {});
      await queue.add('example', 'c', {}, { notBefore: new Date(Date.now() + 60_000) });
      expect(await queue.depth()).toMatchObject({ waiting: 2, delayed: 1, active: 0, failed: 0 });
    });

    it('counts from when it was due, not from when it was added', () =>
      expectDueFor(async () => {
        const notBefore = new Date(Date.now() + 300);
        await queue.add('example', 'a', {}, { notBefore });
        return notBefore.getTime();
      }, 500));

    /** `add` adds what is the oldest, and says when that was due. */
    async function expectDueFor(add: () => Promise<number>, afterMs: number): Promise<void> {
      const began = Date.now();
      const due = await add();
      const adding = Date.now() - began;
      await delay(afterMs);
      const asked = Date.now();
      const { oldestDueMs } = await queue.depth();
      // A queue counts the delay from when it takes the job, which it may do late.
      expect(oldestDueMs).toBeGreaterThanOrEqual(asked - due - adding - 2);
      expect(oldestDueMs).toBeLessThanOrEqual(Date.now() - due + adding + 2);
    }

    it('does not call late what is yet to come', async () => {
      await queue.add('example', 'c', {}, { notBefore: new Date(Date.now() + 60_000) });
      expect(await queue.depth()).toMatchObject({ delayed: 1, oldestDueMs: 0 });
    });

    it('knows nothing of an id that was never added', async () => {
      expect(await queue.status('never')).toBeUndefined();
    });

    it('runs a schedule now and then again and again', async () => {
      const job = recordingJob();
      await queue.work([job]);
      const began = Date.now();
      await queue.every('example', 200, { n: 1 });
      await until('four runs', () => job.runs.length >= 4);
      // The second may follow the first at once, and any may be late: the times at which they are due are 200 ms apart.
      expect(job.runs[3]!.at - began).toBeGreaterThanOrEqual(398);
      expect(job.runs[0]!.payload).toEqual({ n: 1 });
    });

    it('has one schedule of a name: the last one that was said', async () => {
      const job = recordingJob();
      await queue.work([job]);
      await queue.every('example', 60_000, { n: 1 });
      await queue.every('example', 60_000, { n: 1 });
      await queue.every('example', 150, { n: 2 });
      await until('two runs of the second', () => job.runs.filter(({ payload }) => payload['n'] === 2).length >= 2);
      expect(job.runs.filter(({ payload }) => payload['n'] === 1).length).toBeLessThanOrEqual(2);
    });

    it('tries a run of a schedule again that failed', async () => {
      const job = recordingJob('example', async (_, { attempt }) => {
        if (attempt === 1) throw new Error('not yet');
      });
      await queue.work([job]);
      await queue.every('example', 60_000);
      await until('the second attempt', () => job.runs.some(({ attempt }) => attempt === 2));
    });

    it('lets what is active finish when it closes, and begins nothing else', async () => {
      const begun = Promise.withResolvers<void>();
      let isFinished = false;
      const job = recordingJob('example', async () => {
        begun.resolve();
        await delay(150);
        isFinished = true;
      });
      await queue.work([job]);
      await queue.add('example', 'a', {});
      await begun.promise;
      await queue.close();
      expect(isFinished).toBe(true);
      await expect(queue.add('example', 'b', {})).rejects.toMatchObject({ code: 'queue-unavailable' });
      expect(job.runs).toHaveLength(1);
    });

    it('asks what does not finish to stop, and does not wait for what will not', async () => {
      const begun = Promise.withResolvers<AbortSignal>();
      const job = recordingJob('example', (_, { signal }) => {
        begun.resolve(signal);
        return new Promise(() => undefined);
      });
      await queue.work([job]);
      await queue.add('example', 'a', {});
      const signal = await begun.promise;
      expect(signal.aborted).toBe(false);
      const began = Date.now();
      await queue.close();
      expect(signal.aborted).toBe(true);
      // All that ends with a process has eight seconds.
      expect(Date.now() - began).toBeLessThan(8_000);
    });
  });
}
