// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

export { recorded } from './reports.examples.js';

export const request = {
  clarification: 'Q1',
  section: 'S04',
  question: 'Which groups took part in the drafting of the memorandum?',
  dueOn: '2008-07-31',
  visibility: 'public',
};
export const answer = {
  text: 'Both secretariats; users were heard at two open meetings.',
  documents: [{ title: 'Minutes of the second meeting', address: 'https://example.org/minutes' }],
  visibility: 'public',
};
export const followUp = { text: 'How were the meetings announced?', visibility: 'organization' };
export const dueDate = { to: '2008-08-31', reason: 'Their council meets in August.' };
export const visibility = { to: 'public', reason: 'Others have asked the same.' };
export const closing = { outcome: 'answered', note: 'Nothing is left open.' };
export const reopening = { reason: 'The list of meetings names a third one.' };

export const clarification = {
  series: 'ec-performance',
  year: 2008,
  organization: 'example-registry',
  clarification: 'Q1',
  section: 'S04',
  version: 1,
  question: request.question,
  askedBy: 'reviewer-1',
  dueOn: '2008-08-31',
  visibility: 'public',
  state: 'answered',
  messages: [{ kind: 'answer', ...answer, by: 'contributor-1', why: [357] }],
  steps: [
    {
      kind: 'due-date-moved',
      reason: dueDate.reason,
      dueOn: { from: '2008-07-31', to: '2008-08-31' },
      by: 'reviewer-1',
      why: [356],
    },
  ],
  why: [355, 356, 357],
  laterVersion: 2,
};

export const clarifications = { asOf: 360, reader: 'public', clarifications: [clarification] };
