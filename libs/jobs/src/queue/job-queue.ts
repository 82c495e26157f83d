import type { JsonObject } from '#event-store';

/** Something done apart from a request: run again until it succeeds, and harmless when run again. */
export interface Job<Payload extends JsonObject = JsonObject> {
  readonly name: string;
  /** At most so many runs that fail before it is given up, and how long to wait before the second; doubled each time. */
  readonly attempts: number;
  readonly backOffMs: number;
  /** What it resolves with is kept as its result for a while. */
  run(payload: Payload, running: Running): Promise<JsonObject | void>;
}

export interface Running {
  readonly id: string;
  /** 1 for the first run. A run that was cut off, because its process died, counts as well. */
  readonly attempt: number;
  /** Aborted when the queue closes and will not wait any longer, or when the job was given to somebody else. */
  readonly signal: AbortSignal;
  /** For those who ask how far it is. Never fails: a job does not depend on being watched. */
  readonly progress: (done: JobProgress) => Promise<void>;
}

export type JobProgress = {
  readonly done: number;
  readonly of?: number;
  /** In words, such as `building`. */
  readonly what: string;
};

export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';

export interface JobStatus {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  /** Runs that have begun. */
  readonly attempt: number;
  readonly progress?: JobProgress;
  readonly result?: JsonObject;
  /** What the last run said that failed, whether or not it is tried again. */
  readonly failure?: string;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  /** Given up, and still remembered. */
  readonly failed: number;
  /** For how long the oldest job has been due that nobody has begun; 0 where none is. */
  readonly oldestDueMs: number;
}

export interface AddOptions {
  readonly notBefore?: Date;
}

/** Nobody can be asked: try again later. What was asked for may or may not have happened. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
  readonly code = 'queue-unavailable';
}

/** For who can do without the queue at present. */
export function unlessAway(error: unknown): void {
  if (!(error instanceof QueueUnavailable)) throw error;
}

/**
 * Jobs run at least once, in no promised order. A queue may lose everything that it holds: whoever adds a job that must
 * not be lost derives it from the log again.
 */
export abstract class JobQueue {
  /** Whether other processes may run what is added here. */
  abstract readonly isShared: boolean;

  /** Why nothing is run at present, in words; absent while all is well. */
  abstract readonly trouble: string | undefined;

  /**
   * The same id again while the queue remembers it: nothing. A job that was given up or is forgotten may be added again.
   * `QueueUnavailable` where the queue does not answer in time.
   */
  abstract add(name: string, id: string, payload: JsonObject, options?: AddOptions): Promise<void>;

  /**
   * Runs the job now and then again and again, in one process of all that say so. Upserts: one schedule per name. Where
   * the queue is away or was emptied, the schedule is there again soon after it is back.
   */
  abstract every(name: string, everyMs: number, payload?: JsonObject): Promise<void>;

  /** Begins to run jobs here. Called once. */
  abstract work(jobs: readonly Job[]): Promise<void>;

  abstract status(id: string): Promise<JobStatus | undefined>;

  abstract depth(): Promise<QueueDepth>;

  /** Lets what is active finish (bounded), hands back the rest. */
  abstract close(): Promise<void>;
}

/** How long ended jobs are remembered, and how many of them. */
export const REMEMBERED = 1_000;

/** How long `close` lets jobs finish, and then lets those stop that listen to their signal. */
export const DRAIN_MS = 5_000;
export const STOP_MS = 1_000;

const LONGEST_BACK_OFF_MS = 3_600_000;

/** How long to wait after so many runs that failed. */
export const backOffAfter = (failed: number, { backOffMs }: Pick<Job, 'backOffMs'>) =>
  Math.min(backOffMs * 2 ** (failed - 1), LONGEST_BACK_OFF_MS);

export const jobsByName = (jobs: readonly Job[]): ReadonlyMap<string, Job> =>
  new Map(jobs.map((job) => [job.name, job]));

export const nobodyKnows = (name: string) => `No job is named ${name} in this edition.`;

export const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
