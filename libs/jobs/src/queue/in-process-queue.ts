import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '#event-store';
import {
  type AddOptions,
  backOffAfter,
  DRAIN_MS,
  type Job,
  type JobProgress,
  JobQueue,
  jobsByName,
  type JobState,
  type JobStatus,
  nobodyKnows,
  type QueueDepth,
  QueueUnavailable,
  REMEMBERED,
  STOP_MS,
  wordsOf,
} from './job-queue.js';

export interface InProcessOptions {
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
  /** Jobs that run at once. */
  readonly concurrency?: number;
  readonly drainMs?: number;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly payload: JsonObject;
  /** One run of a schedule: nobody waits for it by its id, so it is forgotten once it has succeeded. */
  readonly isScheduled: boolean;
  state: JobState;
  dueAt: number;
  attempt: number;
  progress?: JobProgress;
  result?: JsonObject;
  failure?: string;
}

interface Active {
  readonly end: AbortController;
  readonly ended: Promise<void>;
}

const CONCURRENCY = 20;
/** A timer does not notice that the clock was set or the machine slept, so it looks at least so often. */
const LOOK_MS = 1_000;

/** For one process: what it holds is gone with the process, and what must not be lost comes back from the log. */
export class InProcessQueue extends JobQueue {
  readonly isShared = false;
  readonly trouble = undefined;
  private readonly now: () => number;
  private readonly concurrency: number;
  private readonly drainMs: number;
  private readonly entries = new Map<string, Entry>();
  private readonly waiting = new Set<Entry>();
  /** By the time at which they are due. */
  private readonly delayed: Entry[] = [];
  private readonly active = new Map<string, Active>();
  /** The oldest first. */
  private readonly ended = new Set<Entry>();
  private readonly schedules = new Map<string, NodeJS.Timeout>();
  private jobs: ReadonlyMap<string, Job> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closing = false;
  private scheduledRuns = 0;

  constructor({ now = Date.now, concurrency = CONCURRENCY, drainMs = DRAIN_MS }: InProcessOptions = {}) {
    super();
    this.now = now;
    this.concurrency = concurrency;
    this.drainMs = drainMs;
  }

  override async add(name: string, id: string, payload: JsonObject, { notBefore }: AddOptions = {}): Promise<void> {
    if (this.closing) throw new QueueUnavailable('The queue is closed.');
    const before = this.entries.get(id);
    if (before && before.state !== 'failed') return;
    if (before) this.ended.delete(before);
    this.put(this.entryOf(name, id, payload, notBefore?.getTime()));
  }

  override async every(name: string, everyMs: number, payload: JsonObject = {}): Promise<void> {
    if (this.closing) throw new QueueUnavailable('The queue is closed.');
    clearInterval(this.schedules.get(name));
    let last: Entry | undefined;
    const run = () => {
      if (last && (last.state === 'waiting' || last.state === 'delayed' || last.state === 'active')) return;
      last = { ...this.entryOf(name, `every-${name}-${++this.scheduledRuns}`, payload), isScheduled: true };
      this.put(last);
    };
    this.schedules.set(name, setInterval(run, everyMs).unref());
    run();
  }

  override async work(jobs: readonly Job[]): Promise<void> {
    this.jobs = jobsByName(jobs);
    this.go();
  }

  override async status(id: string): Promise<JobStatus | undefined> {
    const entry = this.entries.get(id);
    if (!entry) return undefined;
    const { name, state, attempt, progress, result, failure } = entry;
    return {
      id,
      name,
      state,
      attempt,
      ...(progress && { progress }),
      ...(result && { result }),
      ...(failure !== undefined && { failure }),
    };
  }

  override async depth(): Promise<QueueDepth> {
    this.promote();
    const oldest = Math.min(...[...this.waiting].map(({ dueAt }) => dueAt));
    return {
      waiting: this.waiting.size,
      delayed: this.delayed.length,
      active: this.active.size,
      failed: [...this.ended].filter(({ state }) => state === 'failed').length,
      oldestDueMs: this.waiting.size ? Math.max(0, this.now() - oldest) : 0,
    };
  }

  override async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.timer);
    for (const schedule of this.schedules.values()) clearInterval(schedule);
    await this.idleWithin(this.drainMs);
    for (const { end } of this.active.values()) end.abort(new Error('The queue is closed'));
    await this.idleWithin(STOP_MS);
  }

  private async idleWithin(ms: number): Promise<void> {
    if (!this.active.size) return;
    const patience = new AbortController();
    const all = Promise.all([...this.active.values()].map(({ ended }) => ended));
    const late = delay(ms, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([all, late]);
    patience.abort();
  }

  private entryOf(name: string, id: string, payload: JsonObject, dueAt = this.now()): Entry {
    // As a queue elsewhere would: what happens to the object afterwards is not seen.
    const copy = JSON.parse(JSON.stringify(payload)) as JsonObject;
    return { id, name, payload: copy, isScheduled: false, state: 'waiting', dueAt, attempt: 0 };
  }

  private put(entry: Entry): void {
    this.entries.set(entry.id, entry);
    if (entry.dueAt > this.now()) {
      entry.state = 'delayed';
      const place = this.delayed.findLastIndex(({ dueAt }) => dueAt <= entry.dueAt);
      this.delayed.splice(place + 1, 0, entry);
    } else {
      entry.state = 'waiting';
      this.waiting.add(entry);
    }
    this.go();
  }

  private promote(): void {
    const now = this.now();
    const due = this.delayed.findIndex(({ dueAt }) => dueAt > now);
    for (const entry of this.delayed.splice(0, due === -1 ? this.delayed.length : due)) {
      entry.state = 'waiting';
      this.waiting.add(entry);
    }
  }

  private go(): void {
    if (!this.jobs || this.closing) return;
    this.promote();
    for (const entry of this.waiting) {
      if (this.active.size >= this.concurrency) break;
      this.waiting.delete(entry);
      this.begin(entry, this.jobs.get(entry.name));
    }
    clearTimeout(this.timer);
    const [next] = this.delayed;
    if (!next) return;
    const inMs = Math.min(Math.max(next.dueAt - this.now(), 1), LOOK_MS);
    this.timer = setTimeout(() => this.go(), inMs).unref();
  }

  private begin(entry: Entry, job: Job | undefined): void {
    const end = new AbortController();
    entry.state = 'active';
    entry.attempt++;
    const ended = this.run(entry, job, end.signal).then((state) => {
      this.active.delete(entry.id);
      if (state === 'again') this.put(entry);
      else this.end(entry, state);
      this.go();
    });
    this.active.set(entry.id, { end, ended });
  }

  private async run(
    entry: Entry,
    job: Job | undefined,
    signal: AbortSignal,
  ): Promise<'again' | 'completed' | 'failed'> {
    const { id, payload, attempt } = entry;
    try {
      if (!job) throw new Error(nobodyKnows(entry.name));
      const progress = async (done: JobProgress) => void (entry.progress = done);
      const result = await job.run(payload, { id, attempt, signal, progress });
      if (result) entry.result = result;
      return 'completed';
    } catch (error) {
      entry.failure = wordsOf(error);
      if (!job || attempt >= job.attempts) return 'failed';
      entry.dueAt = this.now() + backOffAfter(attempt, job);
      return 'again';
    }
  }

  private end(entry: Entry, state: 'completed' | 'failed'): void {
    entry.state = state;
    if (entry.isScheduled && state === 'completed') {
      this.entries.delete(entry.id);
      return;
    }
    this.ended.add(entry);
    if (this.ended.size <= REMEMBERED) return;
    const [oldest] = this.ended;
    this.ended.delete(oldest!);
    this.entries.delete(oldest!.id);
  }
}
