/** Where what is said of example organizations was seen. */
export const EXAMPLE_SOURCE = {
  title: 'Example minutes',
  address: 'https://example.org/minutes',
  confidence: 'found',
} as const;

/** What `PUT /api/actions/{id}` takes: an ongoing action that counts for paragraph 71, unless told otherwise. */
export const exampleAction = (told: object = {}) => ({
  lead: 'example-registry',
  partners: [],
  partnersOther: [],
  title: 'Example agreement',
  description: 'An example.',
  kind: 'AGREEMENT',
  cooperation: 'IGO_TECH',
  track: 'EC',
  scope: { test: 'POLICY' },
  startedOn: { date: '2008' },
  status: 'ONGOING',
  issues: ['INF-05'],
  stakeholders: [{ group: 'TECH' }],
  confidence: 'found',
  sources: [EXAMPLE_SOURCE],
  ...told,
});
