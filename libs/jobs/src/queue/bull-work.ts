import { setTimeout as delay } from 'node:timers/promises';
import { type Job as BullJob, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { JsonObject } from '#event-store';
import { idOf } from './job-key.js';
import {
  backOffAfter,
  DRAIN_MS,
  type Job,
  type JobProgress,
  jobsByName,
  nobodyKnows,
  REMEMBERED,
  type Running,
  STOP_MS,
  wordsOf,
} from './job-queue.js';
import type { RedisLink } from './redis-link.js';

export interface BullWorkOptions {
  /** Jobs that run at once in this process. */
  readonly concurrency?: number;
  /** A job whose process has not said for so long that it lives is given to another. */
  readonly lockMs?: number;
  /** How often such jobs are looked for. */
  readonly stalledEveryMs?: number;
  readonly drainMs?: number;
  readonly tell?: (line: string) => void;
}

const CONCURRENCY = 20;
const LOCK_MS = 15_000;
const STALLED_EVERY_MS = 10_000;
/** So often a job may take its process with it, or be in one that dies, until it is given up. */
const DEATHS = 25;
const DAY_S = 86_400;
/** Where Redis was emptied, each job under way says so, and more than once. */
const GONE = /^Missing (key|lock) for job/;
const GONE_TOLD_EVERY_MS = 10_000;
/** Less often a progress is not worth a command of its own. */
const PROGRESS_EVERY_MS = 200;

/** One job in the hands of this process. Most jobs never ask for its signal. */
class Run {
  private controller: AbortController | undefined;
  private reason: Error | undefined;

  constructor(
    readonly job: BullJob,
    readonly token: string,
  ) {}

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.reason) this.controller.abort(this.reason);
    return this.controller.signal;
  }

  get isAborted(): boolean {
    return this.reason !== undefined;
  }

  abort(why: string): void {
    this.reason ??= new Error(why);
    this.controller?.abort(this.reason);
  }
}

class BullRunning implements Running {
  private toldAt = 0;

  constructor(
    private readonly run: Run,
    private readonly tell: (job: BullJob, done: JobProgress) => Promise<void>,
  ) {}

  get id(): string {
    return idOf(this.run.job.id ?? '');
  }

  get attempt(): number {
    return this.run.job.attemptsStarted;
  }

  get signal(): AbortSignal {
    return this.run.signal;
  }

  // A function of its own: jobs take it out of the object.
  get progress() {
    return async (done: JobProgress): Promise<void> => {
      if (done.done !== done.of && Date.now() - this.toldAt < PROGRESS_EVERY_MS) return;
      this.toldAt = Date.now();
      await this.tell(this.run.job, done);
    };
  }
}

/** Takes jobs out of the queue and runs them. */
export class BullWork {
  private readonly worker: Worker;
  private readonly jobs: ReadonlyMap<string, Job>;
  private readonly runs = new Map<string, Run>();
  private readonly drainMs: number;
  private readonly tell: (line: string) => void;
  private readonly idle = Promise.withResolvers<void>();
  private isClosing = false;
  private goneToldAt = -Infinity;

  constructor(
    name: string,
    private readonly link: RedisLink,
    jobs: readonly Job[],
    options: BullWorkOptions,
  ) {
    const { concurrency = CONCURRENCY, lockMs = LOCK_MS, stalledEveryMs = STALLED_EVERY_MS } = options;
    this.jobs = jobsByName(jobs);
    this.drainMs = options.drainMs ?? DRAIN_MS;
    this.tell = options.tell ?? (() => undefined);
    this.worker = new Worker(name, (job: BullJob, token?: string) => this.run(job, token ?? ''), {
      connection: link.client,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: stalledEveryMs,
      maxStalledCount: DEATHS,
      runRetryDelay: 1_000,
      removeOnComplete: { age: DAY_S, count: REMEMBERED },
      removeOnFail: { age: 7 * DAY_S, count: REMEMBERED },
      settings: { backoffStrategy: (failed, _type, _error, job) => this.backOff(failed, job) },
    });
    // While Redis is away every attempt to reach it is an error, and has been told once.
    this.worker.on('error', (error) => this.link.trouble ?? this.complain(error));
    this.worker.on('lockRenewalFailed', (keys: string[]) => {
      for (const key of keys) this.runs.get(key)?.abort('Another process has been given the job');
    });
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.worker.pause(true);
    await this.idleWithin(this.drainMs);
    for (const run of this.runs.values()) run.abort('The queue is closed');
    await this.idleWithin(STOP_MS);
    await Promise.all([...this.runs.values()].map((run) => this.handBack(run)));
    // By force where it would wait for what does not come, with a timer that keeps the process: for a run that does not
    // listen, or for Redis, which may be away without anybody having noticed.
    const isForced = this.runs.size > 0 || this.link.trouble !== undefined || !(await this.answers());
    await within(STOP_MS, this.worker.close(isForced));
  }

  private answers(): Promise<boolean> {
    const { client } = this.link;
    return this.link
      .bounded(() => client.ping())
      .then(
        () => true,
        () => false,
      );
  }

  private complain({ message }: Error): void {
    if (!GONE.test(message)) return this.tell(`worker: ${message}`);
    if (Date.now() - this.goneToldAt < GONE_TOLD_EVERY_MS) return;
    this.goneToldAt = Date.now();
    this.tell(
      'worker: jobs were gone from Redis when they ended; those that are not done are derived from the log again',
    );
  }

  private async idleWithin(ms: number): Promise<void> {
    if (this.runs.size) await within(ms, this.idle.promise);
  }

  private async run(job: BullJob, token: string): Promise<JsonObject | undefined> {
    const run = new Run(job, token);
    const key = job.id ?? '';
    const own = this.jobs.get(job.name);
    if (this.isClosing) {
      // It was on its way when the queue was closed.
      await this.handBack(run);
      throw new WaitingError();
    }
    this.runs.set(key, run);
    try {
      if (!own) throw new UnrecoverableError(nobodyKnows(job.name));
      return (await own.run(job.data as JsonObject, new BullRunning(run, this.progress))) ?? undefined;
    } catch (error) {
      if (this.isClosing && run.isAborted) {
        await this.handBack(run);
        throw new WaitingError();
      }
      // Only the words: what is thrown may carry more than Redis should know.
      const isLast = own === undefined || job.attemptsMade + 1 >= own.attempts;
      throw isLast ? new UnrecoverableError(wordsOf(error)) : new Error(wordsOf(error));
    } finally {
      this.runs.delete(key);
      if (this.isClosing && !this.runs.size) this.idle.resolve();
    }
  }

  /** To the next process that is free, without counting as a failure. Unreachable, it is found stalled later. */
  private async handBack({ job, token }: Pick<Run, 'job' | 'token'>): Promise<void> {
    try {
      await this.link.bounded(() => job.moveToWait(token));
    } catch (error) {
      this.tell(`worker: ${job.name} could not be handed back: ${wordsOf(error)}`);
    }
  }

  private readonly progress = async (job: BullJob, done: JobProgress): Promise<void> => {
    try {
      await this.link.bounded(() => job.updateProgress(done));
    } catch (error) {
      if (!this.link.trouble) this.tell(`worker: the progress of ${job.name} was not kept: ${wordsOf(error)}`);
    }
  };

  private backOff(failed: number, job: Pick<BullJob, 'name'> | undefined): number {
    const own = job && this.jobs.get(job.name);
    return own ? backOffAfter(failed, own) : 0;
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  const late = delay(ms, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  patience.abort();
}
