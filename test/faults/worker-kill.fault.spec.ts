import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type EventStore, openEventStore } from '#event-store';
import { type JobQueue, openJobQueue } from '#jobs';
import { StandIn } from '../stand-in/stand-in.js';
import { compileProduct } from '../support/product-process.js';
import { hasRedis, RedisServer } from '../support/redis.js';

const KILLS = Number(process.env['WORKER_KILLS'] ?? 5);
const JOBS_A_KILL = 12;
/** A stalled job is found after its lock has run out and two looks at most. */
const PATIENCE_MS = 60_000;

interface Outcome {
  /** Of each job: how often its effect is on the log. */
  readonly effects: readonly number[];
  /** Jobs that were begun more than once. */
  readonly interrupted: number;
}

const describeWithRedis = hasRedis ? describe : describe.skip;

describeWithRedis('a worker that is killed (needs redis-server)', () => {
  let server: StandIn;
  let redis: RedisServer;
  let store: EventStore;
  let queue: JobQueue;
  let workers: ChildProcessByStdio<null, Readable, null>[] = [];

  beforeAll(() => compileProduct(), 180_000);
  beforeEach(async () => {
    [server, redis] = await Promise.all([StandIn.start(), RedisServer.start()]);
    store = await openEventStore(server.url);
    queue = await openJobQueue(redis.url);
  }, 30_000);
  afterEach(async () => {
    await Promise.all(workers.map(kill));
    workers = [];
    await queue.close();
    await store.close();
    await Promise.all([server.stop(), redis.remove()]);
  }, 30_000);

  async function work(...options: readonly string[]): Promise<ChildProcessByStdio<null, Readable, null>> {
    const preload = join(import.meta.dirname, '../support/typescript.mjs');
    const child = join(import.meta.dirname, 'worker-child.ts');
    const args = ['--import', preload, child, redis.url, server.url, ...options];
    const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    workers.push(worker);
    await Promise.race([
      once(worker.stdout, 'data'),
      once(worker, 'exit').then(() => {
        throw new Error('The worker ended before it was ready');
      }),
    ]);
    return worker;
  }

  /** Adds jobs while workers are killed in the midst of them, one after the other. */
  async function killedWhileWorking(kills: number, ...options: readonly string[]): Promise<Outcome> {
    const keys: string[] = [];
    for (let n = 0; n < kills; n++) {
      const worker = await work(...options);
      const [first = '', ...others] = Array.from({ length: JOBS_A_KILL }, () => randomUUID());
      for (const key of [first, ...others]) await queue.add('effect', key, { key });
      keys.push(first, ...others);
      // It has begun by then, however busy the machine is.
      while ((await queue.status(first))?.state === 'waiting') await delay(5);
      await delay(randomInt(0, 130));
      await kill(worker);
    }
    await work(...options);
    const end = Date.now() + PATIENCE_MS;
    const attempts = await Promise.all(keys.map((key) => attemptsOf(key, end)));
    const effects = await Promise.all(keys.map(effectsOf));
    return { effects, interrupted: attempts.filter((attempt) => attempt > 1).length };
  }

  async function attemptsOf(key: string, end: number): Promise<number> {
    for (;;) {
      const status = await queue.status(key);
      if (status?.state === 'completed') return status.attempt;
      if (Date.now() > end) throw new Error(`It is not done: ${JSON.stringify(status)}`);
      await delay(50);
    }
  }

  /** How often the effect is on the log. */
  async function effectsOf(key: string): Promise<number> {
    let effects = 0;
    for await (const _ of store.readIfAny(`effect-${key}`)) effects++;
    return effects;
  }

  it(
    `leaves every job to another, and each effect is there once, ${KILLS} times`,
    async () => {
      const { effects, interrupted } = await killedWhileWorking(KILLS);
      expect(effects).toEqual(effects.map(() => 1));
      expect(effects).toHaveLength(KILLS * JOBS_A_KILL);
      expect(interrupted).toBeGreaterThan(0);
      expect(await queue.depth()).toMatchObject({ waiting: 0, delayed: 0, active: 0, failed: 0 });
    },
    PATIENCE_MS + KILLS * 30_000,
  );

  it('is caught when its jobs do not look whether they are done', async () => {
    const doubled: number[] = [];
    for (let round = 0; round < 20 && !doubled.length; round++) {
      const { effects } = await killedWhileWorking(2, 'careless');
      doubled.push(...effects.filter((times) => times > 1));
    }
    expect(doubled).not.toEqual([]);
  }, 600_000);
});

async function kill(worker: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
}
