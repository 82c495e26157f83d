import { EXAMPLE_SOURCE } from './example-action.js';

/** What `PUT /api/organizations/{id}` takes, unless told otherwise. */
export const exampleOrganization = (name: string, told: object = {}) => ({
  name,
  profile: { kind: 'TECHNICAL_COORDINATION', description: 'An example.' },
  sources: [EXAMPLE_SOURCE],
  ...told,
});
