import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type EventStore, type LogAddress, type LogEnd, openLogReader } from '#event-store';
import { ALL_VIEWS } from '../all-views.js';
import type { View } from '../view.js';
import type { Build } from './build.js';
import { EarlySync } from './early-sync.js';
import { pathOfPart } from './parts.js';
import type { Gather, ShareOfBuild, Step, Told } from './share.js';

/** Each more than one is a file more that every question is put to. */
const SHARES = 2;

/** Below so many events a build is over before threads have started. */
const WORTHWHILE = 20_000;

/**
 * Documents that wait survive many collections of a small young generation, and are copied by each. What waits is
 * bounded (`BUILD_CAPACITY`), far below the old generation's limit, which only keeps garbage from piling up.
 */
const HEAP = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 400 };

/** A thread runs what was compiled; where only the sources are there is none. */
const SHARE = new URL('./share.js', import.meta.url);

/** What threads build from: a log that each reads for itself, up to the same event. */
export type LogForThreads = Pick<ShareOfBuild, 'log' | 'upTo'>;

/** Nothing where one thread is as good, or the store reads for everybody. */
export async function logForThreads(store: EventStore, views: readonly View[]): Promise<LogForThreads | undefined> {
  const { aside } = store;
  // Threads know the views of the product only: functions cannot be sent to them.
  if (views !== ALL_VIEWS || availableParallelism() < SHARES || !existsSync(fileURLToPath(SHARE))) return undefined;
  const end = aside && (await endOf(aside));
  return end && end.events >= WORTHWHILE ? { log: aside, upTo: end.position } : undefined;
}

/**
 * Builds in threads of its own, which leaves this one free: each folds a share of the streams into a file, as all
 * documents of a stream depend on that stream only; then one of them takes the others' files for parts of its own.
 */
export async function buildInThreads(
  { path, fingerprint, signal, onEvents }: Build,
  { log, upTo }: LogForThreads,
): Promise<void> {
  const paths = Array.from({ length: SHARES }, (_, share) => (share ? pathOfPart(path, share) : path));
  const passed = paths.map(() => 0);
  const syncs = paths.map((own) => new EarlySync(own));
  const threads = paths.map((own, share) => {
    const task: ShareOfBuild = { log, upTo, path: own, share, shares: SHARES };
    return new Thread(task, signal, (events) => {
      passed[share] = events;
      syncs[share]!.begin();
      onEvents(Math.min(...passed));
    });
  });
  let finished = false;
  try {
    await Promise.all(threads.map((thread) => thread.until('folded')));
    await Promise.all(syncs.map((sync) => sync.end()));
    threads[0]!.send({ paths: paths.slice(1), fingerprint });
    await threads[0]!.until('gathered');
    finished = true;
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
    await Promise.allSettled(syncs.map((sync) => sync.end()));
    if (!finished) for (const each of paths) rmSync(each, { force: true });
  }
}

class Thread {
  private readonly worker: Worker;

  constructor(
    task: ShareOfBuild,
    private readonly signal: AbortSignal,
    onPassed: (events: number) => void,
  ) {
    this.worker = new Worker(SHARE, { workerData: task, resourceLimits: HEAP, execArgv: [] });
    this.worker.on('message', (told: Told) => {
      if (typeof told === 'object') onPassed(told.passed);
    });
  }

  send(message: Gather): void {
    this.worker.postMessage(message);
  }

  /** Rejects when the thread fails or ends before, or when the building is to end. */
  until(awaited: Step): Promise<void> {
    return new Promise((resolve, reject) => {
      this.signal.throwIfAborted();
      this.signal.addEventListener('abort', () => reject(this.signal.reason as Error), { once: true });
      this.worker.once('error', reject);
      this.worker.once('exit', () => reject(new Error(`A thread of the build ended before it had ${awaited}`)));
      this.worker.on('message', (told: Told) => {
        if (told === awaited) resolve();
      });
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

async function endOf(address: LogAddress): Promise<LogEnd | undefined> {
  const log = await openLogReader(address);
  try {
    return await log.end();
  } finally {
    await log.close();
  }
}
