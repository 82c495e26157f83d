import type { ReportCommand, ReportEvent } from '#reporting';
import { commands, events, found } from './wording.js';

const event = events<ReportEvent>();
const command = commands<ReportCommand>();

// The order is that of a report's life: requesting, drafting, submitting, reviewing.

const invitation = { requester: 'example-secretariat', on: '2008-03', confidence: 'found', sources: [found] } as const;
const letter = {
  document: { title: 'Letter of three pages' },
  cites: [],
  confidence: 'found',
  sources: [found],
} as const;

/** As a letter has to be where it is entered today. */
const attachedLetter = { ...letter, document: { ...letter.document, sha256: 'c'.repeat(64) } } as const;

export const requested = event('ReportRequested', invitation);
export const acknowledged = event('ReportAcknowledged', { on: '2008-04' });
export const declined = event('ReportDeclined', { on: '2008-05', reason: 'No reporting line to the requester' });
export const exempted = event('ReportExempted', { reason: 'Founded after the period' });
export const answeredByLetter = event('ReportAnsweredByLetter', letter);
export const answeredByAttachedLetter = event('ReportAnsweredByLetter', attachedLetter);
export const noResponse = event('NoResponseRecorded', { on: '2008-12-01' });
export const deadlineExtended = event('ReportDeadlineExtended', {
  from: '2008-10-31',
  to: '2008-11-30',
  reason: 'The letter arrived late',
});

export const request = command('RequestReport', invitation);
export const acknowledge = command('AcknowledgeRequest', { on: '2008-04' });
export const decline = command('DeclineReport', { on: '2008-05', reason: 'No reporting line to the requester' });
export const exempt = command('ExemptFromReport', { reason: 'Founded after the period' });
export const answerByLetter = command('AnswerByLetter', attachedLetter);
export const recordNoResponse = command('RecordNoResponse', { on: '2008-12-01' });
export const extendDeadline = command('ExtendDeadline', { to: '2008-11-30', reason: 'The letter arrived late' });

const words = { section: 'S01', lang: 'en', text: 'We keep the registry open to all.', origin: 'written' } as const;
const delegation = { section: 'S02', to: 'person-2' } as const;
const figure = { indicator: 'meetings-held', value: 4, unit: 'meetings' } as const;
const citation = { action: 'ACT-0001', claims: [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }] } as const;
const attachment = { document: { title: 'Annual report', sha256: 'a'.repeat(64) } } as const;

export const started = event('ReportStarted', { form: 'sample-form/1' });
export const sectionAnswered = event('SectionAnswered', words);
export const carriedOverConfirmed = event('CarriedOverConfirmed', { section: 'S01', lang: 'en' });
export const sectionDropped = event('SectionDropped', { section: 'S01', lang: 'en' });
export const sectionDelegated = event('SectionDelegated', delegation);
export const figureReported = event('FigureReported', figure);
export const actionCited = event('ActionCited', citation);
export const actionUncited = event('ActionUncited', { action: 'ACT-0001' });
export const documentAttached = event('DocumentAttached', attachment);

export const start = command('StartReport', {});
export const answerSection = command('AnswerSection', words);
export const decideCarriedOver = command('DecideCarriedOver', { section: 'S01', lang: 'en', decision: 'still-true' });
export const delegateSection = command('DelegateSection', delegation);
export const reportFigure = command('ReportFigure', figure);
export const citeAction = command('CiteAction', citation);
export const unciteAction = command('UnciteAction', { action: 'ACT-0001' });
export const attachDocument = command('AttachDocument', attachment);

const signature = {
  signatory: 'person-3',
  on: '2008-10-06',
  declaration: 'Complete and true to our knowledge.',
  consentToBeCited: 'by-name',
} as const;
const correction = { reason: 'A date was wrong', material: false, sections: ['S01'] } as const;

export const signatureGiven = event('SignatureGiven', {
  version: 1,
  by: 'person-2',
  signatory: 'person-2',
  on: '2008-10-05',
});
export const submitted = event('ReportSubmitted', { version: 1, ...signature });
export const amendmentOpened = event('AmendmentOpened', correction);
export const resubmitted = event('ReportResubmitted', { version: 2, ...signature, on: '2008-11-10' });
export const withdrawalProposed = event('WithdrawalProposed', {
  version: 1,
  by: 'person-2',
  until: '2026-01-29',
  reason: 'Sent in the name of another body',
});
export const withdrawn = event('ReportWithdrawn', { reason: 'Sent in the name of another body' });

export const submit = command('SubmitReport', signature);
export const openAmendment = command('OpenAmendment', correction);
export const withdraw = command('WithdrawReport', { reason: 'Sent in the name of another body' });

const thread = { clarification: 'clarification-1' } as const;
const question = {
  ...thread,
  section: 'S01',
  question: 'Who attended?',
  visibility: 'organization',
} as const;

const answer = { ...thread, text: 'Forty people from twelve countries.', visibility: 'organization' } as const;
const followUp = { ...thread, text: 'From which countries?', visibility: 'organization' } as const;
const moved = { ...thread, to: '2009-01-31', reason: 'Their office is closed in December' } as const;
const widening = 'Others have asked the same';
const doubt = { ...thread, reason: 'The figures do not add up' } as const;

export const clarificationRequested = event('ClarificationRequested', { ...question, version: 1, by: 'person-1' });
export const clarificationAnswered = event('ClarificationAnswered', answer);
export const clarificationFollowedUp = event('ClarificationFollowedUp', followUp);
export const clarificationDueDateMoved = event('ClarificationDueDateMoved', moved);
export const clarificationWidened = event('ClarificationWidened', {
  ...thread,
  from: 'organization',
  to: 'public',
  reason: widening,
});
export const clarificationClosed = event('ClarificationClosed', { ...thread, outcome: 'answered' });
export const clarificationReopened = event('ClarificationReopened', doubt);
export const noted = event('ReportNoted', { version: 1, sequence: 12 });
export const publicationProposed = event('PublicationProposed', { version: 1, by: 'person-2', until: '2026-01-29' });
export const published = event('ReportPublished', { version: 1 });
export const partWithheld = event('PartWithheld', { version: 1, part: 'S02', reason: 'Names a private person' });

/** Given by who reviews the report. */
const reviews = true;
export const requestClarification = command('RequestClarification', { ...question, reviews });
export const answerClarification = command('AnswerClarification', answer);
export const followUpClarification = command('FollowUpClarification', { ...followUp, reviews });
export const moveClarificationDueDate = command('MoveClarificationDueDate', { ...moved, reviews });
export const widenClarification = command('WidenClarification', {
  ...thread,
  to: 'public',
  reason: widening,
  reviews,
});
export const closeClarification = command('CloseClarification', { ...thread, outcome: 'answered', reviews });
export const reopenClarification = command('ReopenClarification', { ...doubt, reviews });
export const note = command('NoteReport', {
  version: 1,
  sequence: 12,
  pinned: { latest: 1, isReached: true, wasSubmitted: true },
});
export const publish = command('PublishReport', { version: 1 });
export const withholdPart = command('WithholdPart', { version: 1, part: 'S02', reason: 'Names a private person' });
