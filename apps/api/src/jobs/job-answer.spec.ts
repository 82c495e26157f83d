import { describe, expect, it } from '@jest/globals';
import type { JobStatus } from '#jobs';
import { answerOf } from './job-answer.js';

const job = (status: Partial<JobStatus>): JobStatus => ({
  id: 'a',
  name: 'example',
  state: 'active',
  attempt: 1,
  ...status,
});

describe('how a job stands, in words', () => {
  it.each<[string, Partial<JobStatus>, string]>([
    ['nobody has begun', { state: 'waiting', attempt: 0 }, 'It waits until somebody begins it.'],
    ['was interrupted', { state: 'waiting' }, 'It was interrupted, and waits to be begun again.'],
    ['is for later', { state: 'delayed', attempt: 0 }, 'Its time is still to come.'],
    ['failed', { state: 'delayed', failure: 'no answer' }, 'It failed, and is tried again: no answer.'],
    ['runs', {}, 'It runs.'],
    ['says how far it is', { progress: { done: 3, of: 7, what: 'reading' } }, 'It runs: reading, 3 of 7.'],
    ['does not know how long it is', { progress: { done: 3, what: 'reading' } }, 'It runs: reading, 3.'],
    ['is done', { state: 'completed' }, 'It is done.'],
    ['was given up', { state: 'failed', failure: 'No!' }, 'It was given up after one attempt: No!'],
    ['was given up late', { state: 'failed', attempt: 5, failure: 'no' }, 'It was given up after 5 attempts: no.'],
  ])('that %s', (_, status, summary) => expect(answerOf(job(status)).summary).toBe(summary));
});
