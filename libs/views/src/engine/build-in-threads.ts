import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LogReader } from '#event-store';
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

/** Threads know the views of the product only: functions cannot be sent to them. */
export function threadsCanBuild(views: readonly View[], logFile: string): boolean {
  return (
    views === ALL_VIEWS &&
    availableParallelism() >= SHARES &&
    existsSync(fileURLToPath(SHARE)) &&
    headOf(logFile) >= WORTHWHILE
  );
}

/**
 * Builds in threads of its own, which leaves this one free: each folds a share of the streams into a file, as all
 * documents of a stream depend on that stream only; then one of them takes the others' files for parts of its own.
 */
export async function buildInThreads({ path, fingerprint, signal, onEvents }: Build, logFile: string): Promise<void> {
  const upTo = headOf(logFile);
  const paths = Array.from({ length: SHARES }, (_, share) => (share ? pathOfPart(path, share) : path));
  const passed = paths.map(() => 0);
  const syncs = paths.map((own) => new EarlySync(own));
  const threads = paths.map((own, share) => {
    const task: ShareOfBuild = { logFile, upTo, path: own, share, shares: SHARES };
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

function headOf(logFile: string): number {
  const log = new LogReader(logFile);
  try {
    return log.head();
  } finally {
    log.close();
  }
}
