import type { JsonObject } from '#event-store';
import type { NewOrder } from '../orders/orders.js';
import type { Job } from '../queue/job-queue.js';
import type { RequestSending, RequestsOrder, RequestsSent } from './request-sending.js';

const REQUESTS_JOB = 'requests';

export const orderOfRequests = (order: RequestsOrder): NewOrder => ({
  job: REQUESTS_JOB,
  id: order.id,
  payload: order as unknown as JsonObject,
  given: order.given,
});

/** Asks a list that is too long for whoever sends it to wait. */
export function requestsJob(sending: RequestSending): Job {
  return {
    name: REQUESTS_JOB,
    attempts: 5,
    backOffMs: 5_000,
    run: async (payload, { signal, progress }) => {
      return resultOfRequests(await sending.send(payload as unknown as RequestsOrder, { signal, progress }));
    },
  };
}

/** What is told of them at the end, and stays on the log. */
export function resultOfRequests({ outcomes }: RequestsSent) {
  const asked = outcomes.filter(({ outcome }) => outcome === 'asked').length;
  return { asked, refused: outcomes.length - asked, outcomes: outcomes.map((outcome) => ({ ...outcome })) };
}
