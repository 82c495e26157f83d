import type { JobStatus } from '#jobs';

export interface JobAnswer extends JobStatus {
  /** How it stands, in words. */
  readonly summary: string;
}

export const answerOf = (status: JobStatus): JobAnswer => ({ ...status, summary: summaryOf(status) });

function summaryOf({ state, attempt, progress, failure }: JobStatus): string {
  switch (state) {
    case 'waiting':
      return attempt === 0 ? 'It waits until somebody begins it.' : 'It was interrupted, and waits to be begun again.';
    case 'delayed':
      return failure === undefined
        ? 'Its time is still to come.'
        : `It failed, and is tried again: ${sentence(failure)}`;
    case 'active': {
      if (!progress) return 'It runs.';
      const { done, of, what } = progress;
      return `It runs: ${what}, ${of === undefined ? done : `${done} of ${of}`}.`;
    }
    case 'completed':
      return 'It is done.';
    case 'failed':
      return `It was given up after ${attempt === 1 ? 'one attempt' : `${attempt} attempts`}: ${sentence(failure ?? '')}`;
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
