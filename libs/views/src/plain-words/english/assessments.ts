import { labelOf } from '#reference-data';
import type { Wording } from '../wording.js';
import { dateInWords, inQuotes, told } from './phrases.js';

const criterion = (code: string) => inQuotes(labelOf('criteria', code));

export const assessments: Wording['assessment'] = {
  ReviewerAssigned: ({ from }, { report, reviewer }) =>
    told(`assigned ${reviewer} to review ${report} from ${dateInWords(from)}`),
  ConflictDeclared: ({ kind, text }, { report }) =>
    told(`declared a conflict of interest (${kind}) in the review of ${report}`, { reason: text }),
  NoConflictDeclared: (_, { report }) =>
    told(`declared that they have no conflict of interest in the review of ${report}`),
  ReviewerRecused: ({ reason }, { report, reviewer }) =>
    told(`recorded that ${reviewer} stepped back from the review of ${report}`, { reason }),
  FindingRecorded: ({ finding, criterion: on, version, statement }, { report }) =>
    told(`drafted the finding ${finding} on ${criterion(on)} in version ${version} of ${report}`, { said: statement }),
  FindingRevised: ({ finding, criterion: on, version, statement, reason }, { report }) =>
    told(`rewrote the finding ${finding} on ${criterion(on)} in version ${version} of ${report}`, {
      reason,
      said: statement,
    }),
  FindingShared: ({ finding, criterion: on, until, statement }, { report, organization }) => {
    const waits = `to comment on until ${dateInWords(until)}`;
    return told(`showed ${organization} the finding ${finding} on ${criterion(on)} in ${report}, ${waits}`, {
      said: statement,
    });
  },
  OrganizationCommented: ({ finding, text }, { report }) =>
    told(`commented on the finding ${finding} in ${report}`, { said: text }),
  FindingPublished: ({ finding, criterion: on, version, statement }, { report, reviewer }) =>
    told(`published the finding ${finding} of ${reviewer} on ${criterion(on)} in version ${version} of ${report}`, {
      said: statement,
    }),
  AssessmentConcluded: ({ summary }, { report }) => told(`concluded the review of ${report}`, { said: summary }),
};
