import type { AssessmentCommand, AssessmentEvent } from '#reporting';
import { commands, events, found } from './wording.js';

const event = events<AssessmentEvent>();
const command = commands<AssessmentCommand>();

/** Who reviews in the builders, and gives their commands. */
const reviewer = 'person-7';

const text = {
  criterion: 'INCLUSIVE',
  statement: 'The minutes show three groups in the room.',
  evidence: [{ action: 'ACT-0001' }, { section: 'S04' }, { source: found }],
  version: 1,
  sequence: 40,
};
const written = { finding: 'F-1', ...text, note: 'Ask the Example Union as well' };
const rewritten = {
  finding: 'F-1',
  statement: 'The minutes show four groups in the room.',
  evidence: [{ section: 'S04' }],
  version: 1,
  sequence: 44,
};
const { finding: _, ...words } = rewritten;

export const reviewerAssigned = event('ReviewerAssigned', { by: 'person-1', from: '2008-10-01' });
export const conflictDeclared = event('ConflictDeclared', { kind: 'financial', text: 'I hold shares of its supplier' });
export const noConflictDeclared = event('NoConflictDeclared', {});
export const reviewerRecused = event('ReviewerRecused', { reason: 'A new post' });
export const findingRecorded = event('FindingRecorded', written);
export const findingRevised = event('FindingRevised', {
  finding: 'F-1',
  reason: 'A group was overlooked',
  criterion: 'INCLUSIVE',
  ...words,
});
export const findingShared = event('FindingShared', { finding: 'F-1', until: '2026-01-29', ...text });
export const organizationCommented = event('OrganizationCommented', { finding: 'F-1', text: 'There were four' });
export const findingPublished = event('FindingPublished', { finding: 'F-1', comments: ['There were four'], ...text });
export const assessmentConcluded = event('AssessmentConcluded', { summary: 'The report says what was done.' });

export const assignReviewer = command('AssignReviewer', { reviewer, from: '2008-10-01' });
export const declareConflict = command('DeclareConflict', {
  reviewer,
  kind: 'financial',
  text: 'I hold shares of its supplier',
});
export const declareNoConflict = command('DeclareNoConflict', { reviewer });
export const recuse = command('RecuseReviewer', { reviewer, reason: 'A new post' });
const pinned = { latest: 1, isReached: true, wasSubmitted: true };
export const recordFinding = command('RecordFinding', { reviewer, ...written, pinned });
export const reviseFinding = command('ReviseFinding', {
  reviewer,
  ...rewritten,
  reason: 'A group was overlooked',
  pinned,
});
export const shareFinding = command('ShareFinding', { reviewer, finding: 'F-1', until: '2026-01-29' });
export const commentOnFinding = command('CommentOnFinding', { reviewer, finding: 'F-1', text: 'There were four' });
export const publishFinding = command('PublishFinding', { reviewer, finding: 'F-1', publishedVersions: [1] });
export const concludeAssessment = command('ConcludeAssessment', {
  reviewer,
  summary: 'The report says what was done.',
});
