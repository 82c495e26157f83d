import type { Wording } from '../wording.js';
import { organizations } from './organizations.js';
import { told } from './phrases.js';

const NOT_FOR_YOU = 'what was said with it is not for you to read';

export const withheld: Wording['withheld'] = {
  // What is kept are the words that say who appointed.
  PersonAppointed: organizations.PersonAppointed,
  // The timeline tells everybody that there is a version.
  ReportSubmitted: ({ version }, { report }) => told(`submitted version ${version} of ${report}; ${NOT_FOR_YOU}`),
  ReportResubmitted: ({ version }, { report }) =>
    told(`submitted the amended version ${version} of ${report}; ${NOT_FOR_YOU}`),
  ReportAnsweredByLetter: (_, { report, organization }) =>
    told(`recorded that ${organization} answered by a letter instead of ${report}; ${NOT_FOR_YOU}`),
  // That somebody does not review any more shows in who does; why, is for those in it.
  ReviewerRecused: (_, { report, reviewer }) =>
    told(`recorded that ${reviewer} stepped back from the review of ${report}; the reason is not for you to read`),
};
