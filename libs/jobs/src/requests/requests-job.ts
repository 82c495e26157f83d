import type { JsonObject } from '#event-store';
import type { Job } from '../queue/job-queue.js';
import type { RequestSending, RequestsOrder } from './request-sending.js';

export const REQUESTS_JOB = 'requests';

/** Asks a list that is too long for whoever sends it to wait. */
export function requestsJob(sending: RequestSending): Job {
  return {
    name: REQUESTS_JOB,
    attempts: 5,
    backOffMs: 5_000,
    run: async (payload, { signal, progress }) => {
      const { outcomes } = await sending.send(payload as unknown as RequestsOrder, { signal, progress });
      const refused = outcomes.filter(({ outcome }) => outcome === 'refused');
      const result = { asked: outcomes.length - refused.length, refused: refused.length, outcomes };
      return result as unknown as JsonObject;
    },
  };
}
