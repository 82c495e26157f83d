import type { CommandName } from '#commands';
import { type AppointedRole, PLATFORM_ROLES, type PlatformRole } from '#reporting';
import type { TokenScope } from '../credential/credential.js';
import type { ReadName } from './reads.js';

// One table says who may do what, and `may` (`may.ts`) reads it. What is not in it is refused. It says who may try: that it
// takes two persons, that nobody reviews whom they acted for, that a report is closed, is for the rules to say, whoever asks.
//
//   any     for every organization
//   own     for an organization that they are appointed by: one of those that the thing is about
//   self    for the assessment, or the inbox, that is their own
//   public  everybody, without signing in
//
// Rows stand under the kind of thing that they are about. Whoever may do nothing that stands there with the thing that is
// named is answered as if it were not there, though all may know of it; whoever may do some of it is told what the rest takes.
//
// Nothing reaches the bus of commands, or that of questions, but by a row of it (`admission.ts`): neither from the gate, nor
// from what the product does with nobody at the door, which has a column for each errand. What each question is asked under
// stands in `questions.ts`.

/** `public`: nobody who signed in. */
export type Role = PlatformRole | AppointedRole | 'public';
export type Relation = 'any' | 'own' | 'self';

/**
 * What the product does with nobody at the door. `import`: gives the public record; `requests`: asks those whom somebody
 * ordered to be asked; `reminders`: records what was sent; `set-up`: makes the first administrator.
 */
export type Errand = 'import' | 'requests' | 'reminders' | 'set-up';

/** All who may have signed in. */
export const ROLES: readonly Exclude<Role, 'public'>[] = ['focal-point', 'contributor', 'signatory', ...PLATFORM_ROLES];

/** What rows are about. `installation`: what it does as a whole. */
export type Thing =
  | 'organization'
  | 'cycle'
  | 'report'
  | 'action'
  | 'option'
  | 'assessment'
  | 'person'
  | 'invitation'
  | 'job'
  | 'installation';

export interface Row extends Partial<Readonly<Record<Role, Relation> & Record<Errand, 'any'>>> {
  readonly thing: Thing;
  /** What a token has to be for. A browser session needs none. */
  readonly scope: TokenScope;
  /** With a second factor that was given within the last five minutes, and never with a token. */
  readonly stepUp?: true;
  /** The secretariat may put it on record for the organization that it is about, and say so. */
  readonly onBehalf?: true;
}

/** In the table a role that is left out may not. */
function on<Name extends CommandName | ReadName>(
  thing: Thing,
  rows: Record<Name, Omit<Row, 'thing'>>,
): Readonly<Record<Name, Row>> {
  const told = Object.entries<Omit<Row, 'thing'>>(rows).map(([name, row]) => [name, { ...row, thing }]);
  return Object.fromEntries(told) as Record<Name, Row>;
}

const administers = { scope: 'administer' } as const;
const drafts = { scope: 'draft' } as const;
const submits = { scope: 'submit' } as const;
const reviews = { scope: 'review' } as const;
const reads = { scope: 'read' } as const;

/** Stands in the public record that the product comes with. */
const imported = { import: 'any' } as const;
/** Whoever works for an organization on its record. */
const theirs = { 'focal-point': 'own', contributor: 'own', signatory: 'own' } as const;
/** Said by an organization, and put on record by the secretariat where it was said elsewhere. */
const onBehalf = { secretariat: 'any', onBehalf: true } as const;
/** Whoever answers for it. */
const forThem = { 'focal-point': 'own', signatory: 'own' } as const;
const whoeverHasARole = {
  secretariat: 'any',
  reviewer: 'any',
  auditor: 'any',
  administrator: 'any',
  'focal-point': 'any',
  contributor: 'any',
  signatory: 'any',
} as const;
const everybody = { public: 'any', ...whoeverHasARole } as const;

/** What is not in it is refused. */
export const PERMISSIONS: Readonly<Record<CommandName | ReadName, Row>> = {
  // The secretariat keeps the list; an organization may correct what is said of it, and choose its people.
  ...on('organization', {
    RegisterOrganization: { ...administers, ...imported, secretariat: 'any' },
    RenameOrganization: { ...administers, secretariat: 'any' },
    ReviseProfile: { ...drafts, ...onBehalf, 'focal-point': 'own' },
    MarkRelevant: { ...administers, ...imported, secretariat: 'any' },
    EndRelevance: { ...administers, secretariat: 'any' },
    PlaceUnder: { ...administers, ...imported, secretariat: 'any' },
    MergeInto: { ...administers, secretariat: 'any' },
    AppointPerson: { ...administers, secretariat: 'any', 'focal-point': 'own', stepUp: true },
    EndAppointment: { ...administers, secretariat: 'any', 'focal-point': 'own', stepUp: true },
    SetSignOffRule: { ...administers, signatory: 'own', stepUp: true },
    SetEditingRule: { ...administers, ...forThem, stepUp: true },
  }),

  ...on('cycle', {
    OpenCycle: { ...administers, ...imported, secretariat: 'any' },
    IssueGuidance: { ...administers, secretariat: 'any' },
    MoveDueDate: { ...administers, secretariat: 'any' },
    CloseCycle: { ...administers, secretariat: 'any' },
    ReopenCycle: { ...administers, secretariat: 'any' },
    IssueSynthesis: { ...administers, ...imported, secretariat: 'any' },
  }),

  ...on('report', {
    // The request, and what an organization answers to it instead of a report
    RequestReport: { ...administers, ...imported, requests: 'any', secretariat: 'any' },
    AcknowledgeRequest: { ...drafts, ...theirs },
    DeclineReport: { ...submits, ...imported, signatory: 'own', stepUp: true },
    ExemptFromReport: { ...administers, secretariat: 'any' },
    AnswerByLetter: { ...submits, ...imported, ...onBehalf, signatory: 'own', stepUp: true },
    RecordNoResponse: { ...administers, ...imported, secretariat: 'any' },
    ExtendDeadline: { ...administers, secretariat: 'any' },

    // Up to the signature: never by the secretariat
    StartReport: { ...drafts, ...imported, ...theirs },
    AnswerSection: { ...drafts, ...theirs },
    DecideCarriedOver: { ...drafts, ...theirs },
    DelegateSection: { ...drafts, ...forThem },
    ReportFigure: { ...drafts, ...theirs },
    CiteAction: { ...drafts, ...theirs },
    UnciteAction: { ...drafts, ...theirs },
    AttachDocument: { ...drafts, ...theirs },
    SubmitReport: { ...submits, signatory: 'own', stepUp: true },
    OpenAmendment: { ...submits, signatory: 'own', stepUp: true },
    WithdrawReport: { ...submits, signatory: 'own', stepUp: true },

    // What is asked back, noted and published
    RequestClarification: { ...reviews, secretariat: 'any', reviewer: 'any' },
    AnswerClarification: { ...drafts, ...theirs },
    FollowUpClarification: { ...reviews, secretariat: 'any', reviewer: 'any' },
    MoveClarificationDueDate: { ...reviews, secretariat: 'any', reviewer: 'any' },
    WidenClarification: { ...reviews, secretariat: 'any', reviewer: 'any' },
    CloseClarification: { ...reviews, secretariat: 'any', reviewer: 'any' },
    ReopenClarification: { ...reviews, secretariat: 'any', reviewer: 'any' },
    NoteReport: { ...administers, secretariat: 'any', stepUp: true },
    PublishReport: { ...administers, secretariat: 'any', stepUp: true },
    WithholdPart: { ...administers, secretariat: 'any', stepUp: true },

    /** What was sent is recorded by the one who sent it, and that is no person. */
    RecordReminder: { ...administers, reminders: 'any' },

    // Read before it is published
    Draft: { ...reads, ...theirs },
    Readiness: { ...reads, ...theirs, secretariat: 'any', auditor: 'any' },
    Receipt: { ...reads, ...theirs, secretariat: 'any', auditor: 'any' },
    SubmittedReport: { ...reads, ...theirs, secretariat: 'any', reviewer: 'any', auditor: 'any' },
    /** What reviewers show to the organization. */
    SharedFinding: { ...reads, ...theirs, reviewer: 'any', secretariat: 'any', auditor: 'any' },
  }),

  // Recorded by their lead and by the secretariat, confirmed or disputed by a partner alone.
  ...on('action', {
    RecordAction: { ...drafts, ...imported, ...onBehalf, ...theirs },
    ReviseAction: { ...drafts, ...onBehalf, ...theirs },
    ChangeStatus: { ...drafts, ...onBehalf, ...theirs },
    ReachMilestone: { ...drafts, ...onBehalf, ...theirs },
    ConfirmPartnership: { ...submits, ...forThem },
    DisputePartnership: { ...submits, ...forThem },
    LinkAction: { ...drafts, ...imported, ...onBehalf, ...theirs },
    ReassignTrack: { ...administers, secretariat: 'any' },
    SupersedeAction: { ...drafts, ...onBehalf, ...theirs },
    DiscontinueAction: { ...drafts, ...onBehalf, ...theirs },
    AddSource: { ...drafts, ...onBehalf, ...theirs },
    MarkRecordedInError: { ...drafts, secretariat: 'any', 'focal-point': 'own' },
  }),

  ...on('option', {
    TableOption: { ...administers, secretariat: 'any' },
    ArgueOption: { ...administers, secretariat: 'any' },
    RecordDebate: { ...administers, secretariat: 'any' },
    HandOption: { ...administers, secretariat: 'any' },
    TakeUpOption: { ...drafts, ...onBehalf, ...forThem },
    CloseOption: { ...administers, secretariat: 'any' },
  }),

  // The reviewer's own, up to the conclusion; the organization answers; nobody writes for another reviewer.
  ...on('assessment', {
    AssignReviewer: { ...administers, secretariat: 'any', stepUp: true },
    DeclareConflict: { ...reviews, reviewer: 'self' },
    DeclareNoConflict: { ...reviews, reviewer: 'self' },
    RecuseReviewer: { ...reviews, reviewer: 'self' },
    RecordFinding: { ...reviews, reviewer: 'self' },
    ReviseFinding: { ...reviews, reviewer: 'self' },
    ShareFinding: { ...reviews, reviewer: 'self' },
    CommentOnFinding: { ...drafts, ...forThem },
    PublishFinding: { ...administers, secretariat: 'any', reviewer: 'self', stepUp: true },
    ConcludeAssessment: { ...reviews, reviewer: 'self', stepUp: true },
    AssessmentDraft: { ...reads, reviewer: 'self', secretariat: 'any', auditor: 'any' },
    ReviewerInbox: { ...reads, reviewer: 'self', secretariat: 'any' },
  }),

  ...on('person', {
    // Mandates: two administrators, neither of them the one who gets it
    GiveMandate: { ...administers, 'set-up': 'any', administrator: 'any', stepUp: true },
    EndMandate: { ...administers, administrator: 'any', stepUp: true },

    // Their names are for those who have to know whom they deal with
    PersonList: { ...reads, secretariat: 'any', administrator: 'any' },
    CloseAccount: { ...administers, administrator: 'any', stepUp: true },
    ResetSecondFactor: { ...administers, administrator: 'any', stepUp: true },
    ErasePerson: { ...administers, administrator: 'any', stepUp: true },
  }),

  ...on('invitation', {
    InvitePerson: { ...administers, secretariat: 'any', administrator: 'any', 'focal-point': 'any', stepUp: true },
  }),

  ...on('job', {
    JobList: { ...reads, secretariat: 'any', auditor: 'any', administrator: 'any' },
    StartJob: { ...administers, secretariat: 'any', administrator: 'any' },
  }),

  ...on('installation', {
    // The record: for everybody, and cut to what each reader may see where it is answered
    PublicRecord: { ...reads, ...everybody },
    Health: { ...reads, ...everybody },

    /** One's own: what waits in each of one's roles. */
    Inbox: { ...reads, ...whoeverHasARole },
    /** One's own, in any report: how far one has looked. Said of the installation, as it gives nobody anything on a report. */
    Bookmark: { ...reads, ...whoeverHasARole },
    ReminderPlan: { ...reads, secretariat: 'any', auditor: 'any', administrator: 'any' },
    /** One hash over all that there is: whoever knows all but a withheld figure would find that by trying. */
    Digest: { ...reads, secretariat: 'any', auditor: 'any', administrator: 'any' },
    /** To be named in a command afterwards, which is asked for again. */
    UploadFile: {
      ...drafts,
      secretariat: 'any',
      reviewer: 'any',
      'focal-point': 'any',
      contributor: 'any',
      signatory: 'any',
    },
    Metrics: { ...reads, auditor: 'any', administrator: 'any' },
  }),
};
