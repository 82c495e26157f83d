import { type Job as BullJob, Queue } from 'bullmq';
import type { JsonObject } from '#event-store';
import { Batches } from './batches.js';
import { BullWork, type BullWorkOptions } from './bull-work.js';
import {
  type AddOptions,
  backOffAfter,
  type Job,
  type JobProgress,
  JobQueue,
  type JobState,
  type JobStatus,
  type QueueDepth,
  QueueUnavailable,
  wordsOf,
} from './job-queue.js';
import { idOf, keyOf } from './job-key.js';
import { RedisUnfit } from './redis-check.js';
import { RedisLink } from './redis-link.js';

export interface BullOptions extends BullWorkOptions {
  /** Queues of another name on the same Redis know nothing of each other. */
  readonly name?: string;
  /** How long a caller waits for Redis. */
  readonly patienceMs?: number;
  /** How often it is looked whether the schedules are still there. */
  readonly keepSchedulesMs?: number;
  /** Told a line whenever Redis is lost, found again or found unfit, and what goes wrong inside the queue. */
  readonly tell?: (line: string) => void;
}

interface Addition {
  readonly name: string;
  readonly data: JsonObject;
  readonly opts: typeof OPTIONS & { readonly jobId: string; readonly delay?: number };
}

interface Schedule {
  readonly everyMs: number;
  readonly payload: JsonObject;
}

const NAME = 'para71';
const PATIENCE_MS = 2_000;
const KEEP_SCHEDULES_MS = 20_000;
/** How much a run may be late before its schedule counts as having stopped. */
const LATE_MS = 10_000;
/** Of a delayed job BullMQ keeps the time in the upper bits of a score. */
const SCORE_PER_MS = 0x1000;
/** Never reached: the job itself says after how many runs it is given up, and only who runs it knows it. */
const ATTEMPTS = 1_000;

const OPTIONS = { attempts: ATTEMPTS, backoff: { type: 'own', delay: 1 } } as const;

/** BullMQ on Redis: for several processes. It holds nothing that the log cannot give back. */
export class BullQueue extends JobQueue {
  readonly isShared = true;
  private readonly queue: Queue;
  private readonly link: RedisLink;
  private readonly tell: (line: string) => void;
  private readonly additions = new Batches((additions: readonly Addition[]) => this.addAll(additions));
  private readonly schedules = new Map<string, Schedule>();
  private readonly keeper: NodeJS.Timeout;
  private keeping: Promise<void> | undefined;
  private jobs: readonly Job[] | undefined;
  private working: BullWork | undefined;
  private closing: Promise<void> | undefined;

  private constructor(
    link: RedisLink,
    private readonly options: BullOptions,
  ) {
    super();
    const { name = NAME, keepSchedulesMs = KEEP_SCHEDULES_MS, tell = () => undefined } = options;
    this.link = link;
    this.tell = tell;
    this.queue = new Queue(name, { connection: link.client });
    this.queue.on('error', (error) => this.trouble ?? tell(`queue: ${error.message}`));
    // https://github.com/taskforcesh/bullmq/issues/3272 and 3516: schedules have stopped without a word.
    this.keeper = setInterval(() => this.look(), keepSchedulesMs).unref();
    link.client.on('ready', () => this.look());
  }

  /**
   * `RedisUnfit` where this Redis would lose jobs in ways that can be helped. One that is away for now is waited for
   * behind the scenes, since nothing but jobs depends on it.
   */
  static async open(redisUrl: string, options: BullOptions = {}): Promise<BullQueue> {
    const { patienceMs = PATIENCE_MS, tell = () => undefined } = options;
    const link = new RedisLink(redisUrl, { patienceMs, tell });
    try {
      const findings = await link.look();
      if (findings.some(({ verdict }) => verdict === 'fault')) {
        throw new RedisUnfit(findings.filter(({ verdict }) => verdict === 'fault'));
      }
      for (const { verdict, what, mend = '' } of findings) {
        if (verdict === 'warning') tell(`Redis at ${link.address}: ${what} ${mend}`);
      }
    } catch (error) {
      if (!(error instanceof QueueUnavailable)) {
        await link.close();
        throw error;
      }
      tell(`${error.message} Jobs wait until it does.`);
    }
    return new BullQueue(link, options);
  }

  override get trouble(): string | undefined {
    return this.link.trouble;
  }

  override add(name: string, id: string, payload: JsonObject, { notBefore }: AddOptions = {}): Promise<void> {
    const delay = notBefore ? Math.max(0, notBefore.getTime() - Date.now()) : 0;
    const opts = { ...OPTIONS, jobId: keyOf(id), ...(delay && { delay }) };
    return this.additions.give({ name, data: payload, opts });
  }

  override async every(name: string, everyMs: number, payload: JsonObject = {}): Promise<void> {
    this.schedules.set(name, { everyMs, payload });
    try {
      await this.ask(() => this.upsert(name, { everyMs, payload }));
    } catch (error) {
      // It is kept from here on, so it begins when Redis is back.
      if (!(error instanceof QueueUnavailable)) throw error;
    }
  }

  override async work(jobs: readonly Job[]): Promise<void> {
    this.jobs = jobs;
    this.beginWork();
  }

  override status(id: string): Promise<JobStatus | undefined> {
    return this.ask(async () => {
      // First: a job that is said to be done is then read with all that came of it.
      const state = stateOf(await this.queue.getJobState(keyOf(id)));
      const job = (await this.queue.getJob(keyOf(id))) as BullJob | undefined;
      return job && state && statusOf(job, state);
    });
  }

  override depth(): Promise<QueueDepth> {
    return this.ask(async () => {
      const { queue, link } = this;
      const [counts, [first], [, score]] = await Promise.all([
        queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed'),
        queue.getJobs(['wait'], 0, 0, true),
        link.client.zrange(queue.toKey('delayed'), 0, '0', 'WITHSCORES'),
      ]);
      const { wait = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = counts;
      const due = [first && this.dueAt(first as BullJob), score && Number(score) / SCORE_PER_MS] as const;
      const now = Date.now();
      const oldest = Math.min(...due.flatMap((at) => at || []), now);
      return { waiting: wait + prioritized, delayed, active, failed, oldestDueMs: now - oldest };
    });
  }

  override close(): Promise<void> {
    this.closing ??= (async () => {
      clearInterval(this.keeper);
      await this.working?.close();
      await this.keeping?.catch(() => undefined);
      await this.queue.close();
      await this.link.close();
    })();
    return this.closing;
  }

  /** Of one that waits. Of a run after one that failed only who knows the job knows the pause between them. */
  private dueAt({ name, timestamp, opts, processedOn = 0, attemptsMade }: BullJob): number {
    const own = this.jobs?.find((job) => job.name === name);
    return Math.max(
      timestamp + (opts.delay ?? 0),
      processedOn + (own && attemptsMade > 0 ? backOffAfter(attemptsMade, own) : 0),
    );
  }

  private addAll(additions: readonly Addition[]): Promise<void> {
    return this.ask(async () => {
      const ids = additions.map(({ opts }) => opts.jobId);
      // Both on their way at once: one after the other would double the time of every add.
      const [failedAt] = await Promise.all([
        this.link.client.zmscore(this.queue.toKey('failed'), ...ids),
        ...additions.map((addition) => this.addOne(addition)),
      ]);
      // To BullMQ a job that was given up is there still, and adding it does nothing.
      for (const [n, addition] of additions.entries()) {
        if (failedAt[n] === null || !(await this.queue.remove(addition.opts.jobId))) continue;
        await this.addOne(addition);
      }
    });
  }

  // Not as one bulk, which BullMQ makes a transaction: that is dearer on both sides.
  private addOne({ name, data, opts }: Addition): Promise<BullJob> {
    return this.queue.add(name, data, opts);
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.closing) throw new QueueUnavailable('The queue is closed.');
    return this.link.bounded(question);
  }

  /** After a time, and whenever Redis is there again: it may be another one, or have been emptied. */
  private look(): void {
    if (this.closing || this.keeping) return;
    this.keeping = this.keep()
      .catch((error: unknown) => {
        if (!this.trouble) this.tell(`queue: its schedules could not be looked after: ${wordsOf(error)}`);
      })
      .finally(() => (this.keeping = undefined));
  }

  private async keep(): Promise<void> {
    await this.link.look();
    this.beginWork();
    for (const [name, schedule] of this.schedules) {
      if (this.closing) return;
      if (!(await this.ask(() => this.goesOn(name, schedule)))) await this.ask(() => this.upsert(name, schedule));
    }
  }

  private beginWork(): void {
    if (!this.jobs || this.working || this.closing || this.trouble) return;
    this.working = new BullWork(this.queue.name, this.link, this.jobs, this.options);
  }

  /** Whether the schedule is there, and has a next run that is on its way. */
  private async goesOn(name: string, { everyMs }: Schedule): Promise<boolean> {
    const scheduler = await this.queue.getJobScheduler(name);
    if (scheduler?.every !== everyMs || scheduler.next === undefined) return false;
    if (Date.now() - scheduler.next < everyMs + LATE_MS) return true;
    const next = (await this.queue.getJob(`repeat:${name}:${scheduler.next}`)) as BullJob | undefined;
    const state = next && stateOf(await next.getState());
    return state === 'waiting' || state === 'delayed' || state === 'active';
  }

  private async upsert(name: string, { everyMs, payload }: Schedule): Promise<void> {
    // A run that succeeded is forgotten: a limit on how many are kept would count all other jobs, too.
    const opts = { ...OPTIONS, removeOnComplete: true };
    await this.queue.upsertJobScheduler(name, { every: everyMs }, { name, data: payload, opts });
  }
}

function stateOf(state: string): JobState | undefined {
  if (state === 'unknown') return undefined;
  if (state === 'completed' || state === 'failed' || state === 'active' || state === 'delayed') return state;
  return 'waiting';
}

function statusOf(job: BullJob, state: JobState): JobStatus {
  const { id = '', name, attemptsStarted: attempt, progress, returnvalue, failedReason } = job;
  return {
    id: idOf(id),
    name,
    state,
    attempt,
    ...(typeof progress === 'object' && { progress: progress as JobProgress }),
    ...(isObject(returnvalue) && { result: returnvalue }),
    ...(failedReason && { failure: failedReason }),
  };
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
