import { PROPOSAL_DAYS, type RefusalCode } from '#reporting';
import { conflict, missing, unsound, type ProblemKind } from './problem-kinds.js';

/** How a refusal of the rules is answered. A code without an entry, or an entry without a code, does not compile. */
export const PROBLEMS_OF_RULES: Readonly<Record<RefusalCode, ProblemKind>> = {
  // Every aggregate
  'code-unknown': unsound('The code is not on its list', 'Use a code of the list that is named; the lists are public.'),
  'code-retired': unsound('The code is no longer used', 'Use the code that took its place on the list.'),
  'date-malformed': unsound('The date is malformed', 'Write a year (2008), a month (2008-10) or a day (2008-10-06).'),
  'date-in-future': unsound('The date lies in the future', 'Give the day on which it happened, at the latest today.'),
  'dates-out-of-order': unsound('The dates are out of order', 'Let what comes first have the earlier date.'),
  'source-missing': unsound('No source is named', 'Say in at least one source where this was seen.'),
  'nothing-changed': conflict('Nothing would change', 'Nothing is to be done: the record already says so.'),

  // Organization
  'organization-unknown': missing('The organization is unknown', 'Check its id, or register the organization first.'),
  'organization-already-registered': conflict(
    'The organization is already registered',
    'Use the one that is there, or choose another id.',
  ),
  'organization-merged': conflict(
    'The organization was merged into another',
    'Address the organization that it was merged into.',
  ),
  'organization-not-relevant': conflict(
    'The organization is not marked as relevant',
    'Mark it as relevant first, with the ground on which it is.',
  ),
  'organization-already-relevant': conflict(
    'The organization is already marked as relevant',
    'End its present relevance first if the ground has changed.',
  ),
  'organization-refers-to-itself': unsound(
    'The organization refers to itself',
    'Name another organization as its parent or successor.',
  ),
  'organization-placed-in-circle': unsound(
    'The organizations would form a circle',
    'Choose an organization that is not itself placed under this one or merged into it.',
  ),
  'appointment-exists': conflict(
    'The appointment exists',
    'Nothing is to be done, or end the present appointment first.',
  ),
  'appointee-has-mandate': {
    status: 403,
    title: 'The person has a mandate',
    next:
      'Appoint somebody else: an organization cannot choose who publishes or reviews its reports. If the person does act ' +
      'for it, ask the secretariat to record that.',
  },
  'appointment-unknown': missing('The appointment is unknown', 'Check the person and the role.'),

  // Cycle
  'cycle-unknown': missing('The cycle is unknown', 'Check series and year, or open the cycle first.'),
  'cycle-already-open': conflict('The cycle was already opened', 'Use the cycle that is there.'),
  'cycle-closed': conflict('The cycle is closed', 'Reopen the cycle, with a reason, before it is changed.'),
  'cycle-not-closed': conflict('The cycle is not closed', 'Nothing is to be reopened: go on with the cycle as it is.'),

  // Report
  'report-unknown': missing('The report is unknown', 'Check series, year and organization.'),
  'report-already-requested': conflict(
    'The report was already requested',
    'Extend the deadline instead of asking again.',
  ),
  'report-not-requested': conflict('The report was not requested', 'Request the report first.'),
  'report-already-started': conflict('The report was already started', 'Go on with the draft that is there.'),
  'report-already-answered': conflict(
    'The request was already answered',
    'Read the report to see how it was answered.',
  ),
  'letter-not-attached': unsound(
    'The letter is not attached',
    'Upload it (POST /api/attachments), give its sha256 in `document`, and send the token of the upload as `Upload-Token`. ' +
      'A letter that is only a page somewhere can be printed to a PDF.',
  ),
  'report-not-started': conflict('The report was not started', 'Start the report, or open an amendment, first.'),
  'report-locked': conflict('The report is locked', 'Open an amendment, with a reason, to change what was submitted.'),
  'report-not-submitted': conflict('The report was not submitted', 'Wait until the organization has submitted it.'),
  'report-withdrawn': conflict('The report was withdrawn', 'Nothing more can be added to it.'),
  'report-exempted': conflict('The organization was exempted', 'No report is expected from it in this cycle.'),
  'report-declined': conflict('The request was declined', 'Start a report if the organization has changed its mind.'),
  'deadline-missing': conflict('There is no deadline', 'Request the report with a deadline first.'),
  'deadline-not-later': unsound('The deadline is not later', 'Give a day after the present deadline.'),
  'section-unknown': unsound('The section is not part of the form', "Use a section of the cycle's form, such as S04."),
  'section-not-reopened': conflict(
    'The section was not reopened',
    'Change only the sections that the amendment reopened, or open another amendment later.',
  ),
  'section-changed': conflict(
    'Somebody else has written in this section',
    'Read both texts below, and send the one that is to stand with `seen` set to the present revision.',
  ),
  'section-not-delegated': {
    status: 403,
    title: 'The section was not delegated to you',
    next: 'Ask the focal point of your organization to delegate it to you, or leave it to whom it was delegated.',
  },
  'carried-over-undecided': conflict(
    'Words of an earlier year are still to be decided on',
    'Say of each section whether it is still true, write it anew, or drop it.',
  ),
  'later-version-published': conflict('A later version is published', 'Publish the latest version.'),
  'second-person-needed': conflict(
    'It takes a second person',
    'Another person than the first one has to give the same command.',
  ),
  'proposal-lapsed': conflict(
    'What was proposed has lapsed',
    `Give the command with "anew": true to propose it again: another person then has ${PROPOSAL_DAYS} days to agree.`,
  ),
  'conflict-of-interest': {
    status: 403,
    title: 'You have acted for this organization',
    next: 'Leave it to somebody who never acted for the organization.',
  },
  'section-unanswered': conflict('The section has no answer', 'Answer the section first.'),
  'sections-missing': unsound('Sections are missing', 'Answer the sections that are named, then submit again.'),
  'carried-over-without-origin': unsound(
    'Carried over from nowhere',
    'Name the earlier report that says these very words, or say that they are written.',
  ),
  'action-already-cited': conflict('The action is already cited', 'Remove the citation first to claim something else.'),
  'action-not-cited': conflict('The action is not cited', 'Cite the action first.'),
  'action-of-others': conflict(
    'The organization has no part in the action',
    'Cite what it led or was a partner of. If it took part, ask the lead of the action to record it as a partner first.',
  ),
  'criterion-repeated': unsound('A criterion is claimed twice', 'Make one claim for each criterion.'),
  'document-already-attached': conflict('The document is already attached', 'Nothing is to be done.'),
  'clarification-unknown': missing('The clarification is unknown', 'Check its id in the report.'),
  'clarification-closed': conflict('The thread is closed', 'Reopen it, with a reason, if there is more to be said.'),
  'clarification-unanswered': conflict(
    'Nothing was answered',
    'Close the thread as withdrawn or left open, or wait for an answer.',
  ),
  'not-reviewing': {
    status: 403,
    title: 'You do not review this report',
    next: 'Have the secretariat assign you to it, and declare that there is no conflict; or leave it to the secretariat.',
  },
  'not-the-asker': {
    status: 403,
    title: 'Somebody else asked',
    next: 'Leave it to whoever asked, or to the secretariat; a note among reviewers is anybody’s who reviews.',
  },
  'visibility-too-wide': unsound(
    'More would read it than may read the thread',
    'Choose who may read the message among those who may read the thread, or widen the thread first, with a reason.',
  ),
  'visibility-not-wider': conflict(
    'Not more would read it',
    'What was told cannot be taken back: a thread is only ever widened.',
  ),
  'version-unknown': missing('The version is unknown', 'Use a version that was submitted; the latest is named.'),
  'already-published': conflict('The version is already published', 'Nothing is to be done.'),
  'part-unknown': unsound(
    'The part is none of a report',
    'Name a section (S13), one in one language (S13/fr), a figure (figure fellows), a cited action (action EX-1), a ' +
      'document by its place among those that were submitted (document 2), the reservation, the letter, or a thread ' +
      '(clarification Q1).',
  ),
  'part-not-public': conflict(
    'Only some may read the part',
    'Nothing is to be done: it is not for everybody as it is.',
  ),
  'part-already-withheld': conflict('The part is already withheld', 'Nothing is to be done.'),

  // Reminder
  'reminder-already-sent': conflict(
    'This reminder was already sent',
    'Nothing is to be done: a deadline is reminded of once on each of its days.',
  ),

  // Action
  'action-unknown': missing('The action is unknown', 'Check its id, or record the action first.'),
  'action-already-recorded': conflict('The action is already recorded', 'Revise it, or choose another id.'),
  'action-recorded-in-error': conflict('The action was recorded in error', 'Record the action that was meant.'),
  'partner-is-lead': unsound('The lead is also a partner', 'Name the lead only as the lead.'),
  'partner-repeated': unsound('A partner is repeated', 'Name each partner once.'),
  'partner-unknown': missing('The organization is no partner', 'Name a partner of the action, or revise its partners.'),
  'status-is-final': conflict('The status is final', 'Record a new action: one that has ended does not go on.'),
  'status-needs-successor': unsound(
    'Status and successor contradict each other',
    'Name a successor if, and only if, the action is superseded.',
  ),
  'status-needs-its-own-command': unsound(
    'The status has a command of its own',
    'Supersede or discontinue the action instead of changing its status.',
  ),
  'start-in-future-means-planned': unsound(
    'What has not begun is planned',
    'Give the status PLANNED, or the day on which it began.',
  ),
  'ongoing-has-an-end': unsound('What goes on has no end', 'Leave the end out, or give the status that it ended with.'),
  'superseded-by-itself': unsound('The action would supersede itself', 'Name another action as its successor.'),
  'superseded-in-circle': unsound('The actions would form a circle', 'Name a successor that does not lead back here.'),
  'scope-needs-a-reason': unsound('The scope needs a reason', 'Say why the action is only operational.'),
  'track-unchanged': conflict('The action is on this track already', 'Nothing is to be done.'),
  'link-to-itself': unsound('The action would be linked to itself', 'Name another action.'),
  'link-exists': conflict('The link exists', 'Nothing is to be done.'),
  'link-needs-the-forum-track': unsound(
    'The link needs the track of the forum',
    'Use RELATED, or link an action on another track to one on the track IGF.',
  ),
  'source-already-named': conflict('The source is already named', 'Nothing is to be done.'),

  // Policy option
  'option-unknown': missing('The policy option is unknown', 'Check its id, or table the option first.'),
  'option-already-tabled': conflict(
    'The policy option is already tabled',
    'Argue for or against the one that is there.',
  ),
  'option-closed': conflict(
    'The policy option is closed',
    'Table a new option; what was said of this one stays on record.',
  ),
  'argument-already-made': conflict('The argument has its place already', 'Give another argument an id of its own.'),
  'addressee-unclear': unsound(
    'It is not clear to whom the option is handed',
    'Name either an organization on record or a mechanism that is none, not both.',
  ),

  // Assessment
  'assessment-unknown': missing('The reviewer is not assigned', 'Check report and reviewer, or assign them first.'),
  'assessment-over': conflict('The assessment has ended', 'Assign another reviewer; what was published stays.'),
  'reviewer-already-assigned': conflict('The reviewer is already assigned', 'Nothing is to be done.'),
  'not-the-reviewer': {
    status: 403,
    title: "This is the reviewer's own to do",
    next: 'Leave it to the reviewer whose assessment it is.',
  },
  'declaration-missing': conflict(
    'The reviewer has not declared yet',
    'Say first whether anything keeps you from judging freely.',
  ),
  'finding-unknown': missing('The finding is unknown', 'Check its id in the assessment.'),
  'finding-already-recorded': conflict('The finding has its place already', 'Revise it, or choose another id.'),
  'finding-not-shown': conflict(
    'The finding is not before the organization',
    'Show it to the organization, in the words in which it is to be public.',
  ),
  'evidence-unclear': unsound(
    'A piece of evidence is none, or several',
    'Let each name one thing: an action, a section, a document or a source.',
  ),
  'sequence-unknown': unsound(
    'The record has not come so far',
    'Name the Sequence of the answer in which you read the version.',
  ),
  'sequence-before-version': unsound(
    'The version was not on record then',
    'Name the Sequence of the answer in which you read the version.',
  ),
  'organization-not-heard': conflict(
    'The organization has not been heard',
    'Wait for its comment, or until the day that it was given has passed.',
  ),
  'version-not-published': conflict(
    'The version is not published',
    'Publish the version first: a finding tells what stands in it. Where a later one is, revise the finding after that.',
  ),

  // Mandate
  'mandate-held': conflict(
    'The person holds this mandate already',
    'There is nothing to do, unless it is to end first.',
  ),
  'mandate-unknown': missing('The person does not hold this mandate', 'Check the person and the role.'),
  'mandate-for-oneself': {
    status: 403,
    title: 'Nobody gives themselves a mandate',
    next: 'Two others have to agree on it.',
  },

  // Comparison
  'years-not-distinct': unsound('The years are the same', 'Name two different years.'),
  'series-or-cycle-differs': unsound(
    'What is compared does not belong together',
    'Compare organizations within one series and cycle.',
  ),
};
