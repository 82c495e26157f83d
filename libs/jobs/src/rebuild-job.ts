import type { Views } from '#views';
import type { Job } from './queue/job-queue.js';

export const REBUILD_JOB = 'rebuild';

const LOOK_MS = 250;

/**
 * Builds the views of this process anew from the log, while the old documents go on answering. Every process has views of
 * its own, so it belongs on a queue of this process.
 */
export function rebuildJob(
  views: Views,
  now: () => number = Date.now,
  /** Builds anew what is made of the documents. */
  andThen: () => Promise<void> = () => Promise.resolve(),
): Job {
  return {
    name: REBUILD_JOB,
    // The views try again by themselves what the store did not answer; what is left is for a person to look at.
    attempts: 1,
    backOffMs: 1_000,
    run: async (_, { progress, signal }) => {
      const began = now();
      const of = views.head.sequence + 1;
      const looking = setInterval(() => {
        const { reason, progress: far } = views.trouble ?? {};
        if (far) void progress({ done: far.events, of, what: reason === 'building' ? far.phase : (reason ?? 'done') });
      }, LOOK_MS);
      try {
        await unlessAborted(signal, views.rebuild().then(andThen));
      } finally {
        clearInterval(looking);
      }
      return { events: views.head.sequence + 1, tookMs: now() - began };
    },
  };
}

/** The work itself cannot be called off: it ends with the views. */
async function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
