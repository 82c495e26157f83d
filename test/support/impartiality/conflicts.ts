import type { RecordedEvent } from '#event-store';
import { type AssessmentEvent, type ReportEvent, recognise, subjectOf } from '#reporting';

/** Whom a deed takes to be impartial: who did it, who proposed it before, or whose assessment it is. */
type Judging = 'actor' | 'proposer' | 'reviewer';

/** Of every event of a report or an assessment. The compiler misses none. */
const JUDGING: Readonly<Record<(ReportEvent | AssessmentEvent)['type'], readonly Judging[]>> = {
  ReportNoted: ['actor'],
  PublicationProposed: ['actor'],
  ReportPublished: ['actor', 'proposer'],
  PartWithheld: ['actor'],
  ReportDeadlineExtended: ['actor'],
  ReportExempted: ['actor'],
  ClarificationRequested: ['actor'],
  ClarificationFollowedUp: ['actor'],
  ClarificationDueDateMoved: ['actor'],
  ClarificationWidened: ['actor'],
  ClarificationClosed: ['actor'],
  ClarificationReopened: ['actor'],
  ReviewerAssigned: ['reviewer'],
  NoConflictDeclared: ['reviewer'],
  FindingRecorded: ['reviewer'],
  FindingRevised: ['reviewer'],
  FindingShared: ['reviewer'],
  FindingPublished: ['reviewer', 'actor'],
  AssessmentConcluded: ['reviewer'],

  // A conflict is said, and a review left, by those who are in one.
  ConflictDeclared: [],
  ReviewerRecused: [],
  OrganizationCommented: [],
  ClarificationAnswered: [],
  // The round's own acts, and what the organization itself says.
  ReportRequested: [],
  ReportAcknowledged: [],
  ReportDeclined: [],
  ReportAnsweredByLetter: [],
  NoResponseRecorded: [],
  ReportStarted: [],
  SectionAnswered: [],
  CarriedOverConfirmed: [],
  SectionDropped: [],
  SectionDelegated: [],
  FigureReported: [],
  ActionCited: [],
  ActionUncited: [],
  DocumentAttached: [],
  SignatureGiven: [],
  ReportSubmitted: [],
  AmendmentOpened: [],
  ReportResubmitted: [],
  WithdrawalProposed: [],
  ReportWithdrawn: [],
};

/** Every deed that takes somebody impartial, as a conflict in it is told. */
export const DEEDS_THAT_JUDGE: readonly string[] = Object.entries(JUDGING).flatMap(([type, judging]) =>
  judging.map((as) => `${type} (${as})`),
);

/** Who ever acted for whom, told from the log alone and in its order: as of a deed, not of what came later. */
export class EverActed {
  constructor(
    private readonly appointed: ReadonlySet<string> = new Set(),
    private readonly merged: readonly (readonly [string, string])[] = [],
  ) {}

  after(stored: RecordedEvent): EverActed {
    const subject = subjectOf(stored.stream);
    const event = recognise(stored);
    if (subject.category !== 'organization') return this;
    if (event.type === 'PersonAppointed')
      return new EverActed(new Set([...this.appointed, `${subject.organization}/${event.data.personId}`]), this.merged);
    if (event.type === 'OrganizationMergedInto')
      return new EverActed(this.appointed, [...this.merged, [subject.organization, event.data.successor]]);
    return this;
  }

  /** What is wrong with a deed that comes next: `ReportNoted (actor)`. */
  conflictsIn({ stream, type, data, metadata }: RecordedEvent): string[] {
    const subject = subjectOf(stream);
    if (subject.category !== 'report' && subject.category !== 'assessment') return [];
    const persons: Record<Judging, string | undefined> = {
      actor: metadata['actor'],
      proposer: data['proposedBy'] as string | undefined,
      reviewer: subject.category === 'assessment' ? subject.reviewer : undefined,
    };
    const theirs = this.oneWith(subject.organization);
    const hasActed = (person = '') => theirs.some((each) => this.appointed.has(`${each}/${person}`));
    return JUDGING[type as keyof typeof JUDGING].filter((as) => hasActed(persons[as])).map((as) => `${type} (${as})`);
  }

  /** For who compares two records. */
  toString(): string {
    return [...[...this.appointed].sort(), ...this.merged.map(String).sort()].join();
  }

  private oneWith(organization: string): string[] {
    const found = new Set([organization]);
    for (let size = 0; size < found.size;) {
      size = found.size;
      for (const pair of this.merged) if (pair.some((each) => found.has(each))) pair.forEach((each) => found.add(each));
    }
    return [...found];
  }
}
