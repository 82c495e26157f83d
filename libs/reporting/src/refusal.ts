/**
 * Every reason for which a rule says no. The code is stable: clients and translations hold on to it.
 * The numbers are those of the rules of the domain, named in the specs.
 */
export type RefusalCode =
  // Every aggregate
  | 'code-unknown'
  | 'code-retired'
  | 'date-malformed'
  | 'date-in-future'
  | 'dates-out-of-order'
  | 'source-missing'
  | 'nothing-changed'
  // Organization
  | 'organization-unknown'
  | 'organization-already-registered'
  | 'organization-merged'
  | 'organization-not-relevant'
  | 'organization-already-relevant'
  | 'organization-refers-to-itself'
  | 'organization-placed-in-circle'
  | 'appointment-exists'
  | 'appointment-unknown'
  | 'appointee-has-mandate'
  // Cycle
  | 'cycle-unknown'
  | 'cycle-already-open'
  | 'cycle-closed'
  | 'cycle-not-closed'
  // Report
  | 'report-unknown'
  | 'report-already-requested'
  | 'report-not-requested'
  | 'report-already-started'
  | 'report-already-answered'
  | 'report-not-started'
  | 'report-locked'
  | 'report-not-submitted'
  | 'report-withdrawn'
  | 'report-exempted'
  | 'report-declined'
  | 'letter-not-attached'
  | 'deadline-missing'
  | 'deadline-not-later'
  | 'section-unknown'
  | 'section-not-reopened'
  | 'section-unanswered'
  | 'sections-missing'
  | 'section-changed'
  | 'section-not-delegated'
  | 'carried-over-without-origin'
  | 'carried-over-undecided'
  | 'action-already-cited'
  | 'action-not-cited'
  | 'action-of-others'
  | 'criterion-repeated'
  | 'document-already-attached'
  | 'clarification-unknown'
  | 'clarification-closed'
  | 'clarification-unanswered'
  | 'not-reviewing'
  | 'not-the-asker'
  | 'visibility-too-wide'
  | 'visibility-not-wider'
  | 'version-unknown'
  | 'already-published'
  | 'later-version-published'
  | 'second-person-needed'
  | 'proposal-lapsed'
  | 'conflict-of-interest'
  | 'part-unknown'
  | 'part-already-withheld'
  | 'part-not-public'
  // Reminder
  | 'reminder-already-sent'
  // Action
  | 'action-unknown'
  | 'action-already-recorded'
  | 'action-recorded-in-error'
  | 'partner-is-lead'
  | 'partner-repeated'
  | 'partner-unknown'
  | 'status-is-final'
  | 'status-needs-successor'
  | 'status-needs-its-own-command'
  | 'start-in-future-means-planned'
  | 'ongoing-has-an-end'
  | 'superseded-by-itself'
  | 'superseded-in-circle'
  | 'scope-needs-a-reason'
  | 'track-unchanged'
  | 'link-to-itself'
  | 'link-exists'
  | 'link-needs-the-forum-track'
  | 'source-already-named'
  // Policy option
  | 'option-unknown'
  | 'option-already-tabled'
  | 'option-closed'
  | 'argument-already-made'
  | 'addressee-unclear'
  // Assessment
  | 'assessment-unknown'
  | 'assessment-over'
  | 'reviewer-already-assigned'
  | 'not-the-reviewer'
  | 'declaration-missing'
  | 'finding-unknown'
  | 'finding-already-recorded'
  | 'finding-not-shown'
  | 'evidence-unclear'
  | 'sequence-before-version'
  | 'sequence-unknown'
  | 'organization-not-heard'
  | 'version-not-published'
  // Mandate
  | 'mandate-held'
  | 'mandate-unknown'
  | 'mandate-for-oneself'
  // Comparison
  | 'years-not-distinct'
  | 'series-or-cycle-differs';

/** A rule said no. `facts` are what a person needs in order to do the right thing next. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: RefusalCode,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}
