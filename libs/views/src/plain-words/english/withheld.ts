import type { Wording } from '../wording.js';
import { told } from './phrases.js';

const NOT_PUBLISHED = 'what it says is not published';

export const withheld: Wording['withheld'] = {
  // The timeline tells everybody that there is a version.
  ReportSubmitted: ({ version }, { report }) => told(`submitted version ${version} of ${report}; ${NOT_PUBLISHED}`),
  ReportResubmitted: ({ version }, { report }) =>
    told(`submitted the amended version ${version} of ${report}; ${NOT_PUBLISHED}`),
  // That somebody does not review any more shows in who does; why, is for those in it.
  ReviewerRecused: (_, { report, reviewer }) =>
    told(`recorded that ${reviewer} stepped back from the review of ${report}; the reason is not for you to read`),
};
