import { EXAMPLE_SOURCE } from './example-action.js';

// What a policy option is told by over HTTP, step by step.

/** What `PUT /api/options/{id}` takes. */
export const exampleOption = (told: object = {}) => ({
  issue: 'INF-05',
  title: 'An open list of delegations',
  description: 'Every registry publishes its delegations.',
  by: { group: 'CS' },
  on: '2008-03',
  confidence: 'found',
  sources: [EXAMPLE_SOURCE],
  ...told,
});

/** What `POST …/debates` takes. */
export const EXAMPLE_DEBATE = {
  forum: 'Example Forum',
  session: 'Workshop 7',
  on: '2008-12-03',
  outcome: 'Nobody spoke against it.',
  sources: [EXAMPLE_SOURCE],
};

/** What `POST …/handovers` takes. */
export const exampleHandover = (organization: string) => ({
  organization,
  on: '2009-01',
  reason: 'It keeps the list.',
});
