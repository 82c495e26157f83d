import { PROPOSAL_DAYS } from '#reporting';

/** What operations say of themselves that take two persons. */
export const TWO_PERSONS =
  `The first person to send it proposes it; another one agrees by sending the same within ${PROPOSAL_DAYS} days. After ` +
  'that the proposal has lapsed: who sends the same is refused, and proposes it again with `"anew": true`.';

/** The same of what is proposed of a version of a report. */
export const TWO_PERSONS_ON_A_VERSION = `${TWO_PERSONS} It has lapsed, too, once an amended version was submitted.`;
