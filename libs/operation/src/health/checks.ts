import { statfs } from 'node:fs/promises';
import { type Behind, MOST_COUNTED } from './backlog.js';
import type { HealthCheck } from './readiness.js';

/** What of the views is looked at; that of `#views` fits. */
export interface WatchedViews {
  readonly head: { readonly sequence: number; readonly position?: string };
  readonly trouble:
    { readonly reason: string; readonly detail?: string; readonly progress?: { readonly events: number } } | undefined;
}

/** Who says whether anything can be looked for; that of `#views` fits. */
export interface WatchedSearch {
  readonly trouble: string | undefined;
}

/** What of the queue is looked at; that of `#jobs` fits. */
export interface WatchedQueue {
  depth(): Promise<QueueDepth>;
}

/** Who says whether people can be signed in; that of `#identity` fits. */
export interface WatchedPeople {
  readonly trouble: string | undefined;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
  /** How long the job that should have begun first has been waiting since then; 0 where none is overdue. */
  readonly oldestDueMs: number;
}

const GIBIBYTE = 1024 ** 3;

/** The log can be read: `look` reads what the views do not show yet. */
export const storeCheck = (look: () => Promise<Behind>): HealthCheck => ({
  name: 'store',
  otherwise: 'fault',
  async look() {
    const { events } = await look();
    if (events === 0) return { status: 'ok', detail: 'It answers, and the views show all of it.' };
    const count = events >= MOST_COUNTED ? `${MOST_COUNTED} events or more` : `${events} events`;
    return { status: 'ok', detail: `It answers; the views do not show ${count} of it yet.` };
  },
});

export const viewsCheck = (views: WatchedViews): HealthCheck => ({
  name: 'views',
  otherwise: 'fault',
  look() {
    const { trouble, head } = views;
    if (!trouble) return { status: 'ok', detail: `They tell the present, up to sequence ${head.sequence}.` };
    const { reason, detail, progress } = trouble;
    const far = progress ? `, ${progress.events} events so far` : '';
    return {
      status: 'fault',
      detail:
        reason === 'failed'
          ? `They stopped at sequence ${head.sequence}: ${detail ?? 'no reason is known'}.`
          : `They are ${reason}${far}; until then the answers are of sequence ${head.sequence}.`,
    };
  },
});

/** All else is answered without it. */
export const searchCheck = (search: WatchedSearch): HealthCheck => ({
  name: 'search',
  otherwise: 'warning',
  look() {
    const { trouble } = search;
    if (trouble === undefined) return { status: 'ok', detail: 'What is on record can be looked for.' };
    return {
      status: 'warning',
      detail: `Nothing can be looked for (${trouble}): mend that, and build the views anew (POST /api/jobs/rebuild).`,
    };
  },
});

/** Requests are answered without the queue: what is to be done apart from them only comes later. */
export const jobsCheck = (queue: WatchedQueue): HealthCheck => ({
  name: 'jobs',
  otherwise: 'warning',
  async look() {
    const { waiting, delayed, active, failed } = await queue.depth();
    const depth = `${waiting} waiting, ${delayed} for later, ${active} at work`;
    if (failed === 0) return { status: 'ok', detail: `${depth}.` };
    return { status: 'warning', detail: `${depth}, ${failed} given up: look at GET /api/jobs and the log.` };
  },
});

/** The public record is answered without it: who is not signed in notices nothing. */
export const peopleCheck = (people: WatchedPeople): HealthCheck => ({
  name: 'people',
  otherwise: 'warning',
  look() {
    const { trouble } = people;
    if (trouble === undefined) return { status: 'ok', detail: 'Who is signed in can be told.' };
    return { status: 'warning', detail: `${trouble} Nobody is signed in until then; the public record can be read.` };
  },
});

/** Room for what the process writes. A store or views that cannot write say so themselves. */
export const diskCheck = (dataDir: string, leastBytes = GIBIBYTE): HealthCheck => ({
  name: 'disk',
  otherwise: 'warning',
  async look() {
    const free = await freeBytes(dataDir);
    const room = `${(free / GIBIBYTE).toFixed(1)} GiB free in ${dataDir}`;
    if (free >= leastBytes) return { status: 'ok', detail: `${room}.` };
    return {
      status: 'warning',
      detail: `Only ${room}: make room before it is used up.`,
    };
  },
});

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
