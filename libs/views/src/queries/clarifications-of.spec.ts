import { describe, expect, it } from '@jest/globals';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { ReportDocument } from '../folds/reports.js';
import { clarificationFor, withThreadsFor } from './clarifications-of.js';

const thread: ClarificationDocument = {
  series: 'ec-performance',
  year: 2008,
  organization: 'example-registry',
  clarification: 'Q-1',
  section: 'S04',
  version: 1,
  question: 'Who attended?',
  visibility: 'organization',
  state: 'answered',
  messages: [
    { kind: 'answer', text: 'Forty people.', visibility: 'organization', why: [5] },
    { kind: 'follow-up', text: 'I doubt that.', visibility: 'internal', why: [7] },
  ],
  steps: [
    { kind: 'due-date-moved', reason: 'So that we can talk first', dueOn: { to: '2008-12' as never }, why: [3] },
    { kind: 'widened', reason: 'They can answer', visibility: { from: 'internal', to: 'organization' }, why: [4] },
  ],
  revision: 9,
  why: [2, 3, 4, 5, 7],
};

describe('A thread is shown', () => {
  it('whole to reviewers, but for a revision that would count what is left out for others', () => {
    const { revision: _, ...rest } = thread;
    expect(clarificationFor('reviewers', thread)).toEqual(rest);
    expect(clarificationFor('organization', thread)).not.toHaveProperty('revision');
  });

  it('Trap (SERIMA#791): to the organization without notes among reviewers, and without a trace of them', () => {
    const shown = clarificationFor('organization', thread)!;
    expect(shown.messages.map(({ text }) => text)).toEqual(['Forty people.']);
    // What was done before it was theirs to read was done among reviewers.
    expect(shown.steps.map(({ kind }) => kind)).toEqual(['widened']);
    expect(shown.why).toEqual([2, 4, 5]);
  });

  it('not at all to who may not know of it', () => expect(clarificationFor('public', thread)).toBeUndefined());

  it('to the public with a public question, and only those answers that are public', () => {
    const widened: ClarificationDocument = {
      ...thread,
      visibility: 'public',
      steps: [...thread.steps, { kind: 'widened', visibility: { from: 'organization', to: 'public' }, why: [8] }],
    };
    expect(clarificationFor('public', widened)).toMatchObject({ messages: [], why: [2, 8], state: 'answered' });
  });
});

describe('How a report stands', () => {
  const report = {
    threads: {
      'Q-1': { visibility: 'internal', state: 'open' },
      'Q-2': { visibility: 'organization', state: 'open' },
      'Q-3': { visibility: 'public', state: 'answered' },
    },
    openClarifications: 2,
  } as unknown as ReportDocument;

  it('Trap (SERIMA#791): counts for each reader what they may know of', () => {
    expect(withThreadsFor('secretariat', report)).toMatchObject({ openClarifications: 2 });
    expect(withThreadsFor('organization', report).threads).toEqual({
      'Q-2': { visibility: 'organization', state: 'open' },
      'Q-3': { visibility: 'public', state: 'answered' },
    });
    expect(withThreadsFor('organization', report)).toMatchObject({ openClarifications: 1 });
    expect(withThreadsFor('public', report)).toMatchObject({ openClarifications: 0 });
  });

  it('says nothing of threads where all are for others', () => {
    const one = { threads: { 'Q-1': { visibility: 'internal', state: 'open' } }, openClarifications: 1 };
    expect(withThreadsFor('organization', one as unknown as ReportDocument)).toEqual({});
  });
});
