import type { CommandName } from '#commands';
import type { AppointedRole, OrganizationId, PlatformRole } from '#reporting';
import type { TokenScope } from '../credential/credential.js';
import type { ReadName } from './reads.js';

// One table says who may do what, and `may` reads it. What is not in it is refused. It says who may try: that it takes two
// persons, that nobody reviews whom they acted for, that a report is closed, is for the rules to say, whoever asks.
//
//   any     for every organization
//   own     for an organization that they are appointed by: one of those that the thing is about
//   self    for the assessment, or the inbox, that is their own
//   public  everybody, without signing in
//
// Rows stand under the kind of thing that they are about. Whoever may do nothing that stands there with the thing that is
// named is answered as if it were not there, though all may know of it; whoever may do some of it is told what the rest takes.

/** `public`: nobody who signed in. */
export type Role = PlatformRole | AppointedRole | 'public';
export type Relation = 'any' | 'own' | 'self';

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

export interface Row extends Partial<Readonly<Record<Role, Relation>>> {
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
    RegisterOrganization: { ...administers, secretariat: 'any' },
    RenameOrganization: { ...administers, secretariat: 'any' },
    ReviseProfile: { ...drafts, ...onBehalf, 'focal-point': 'own' },
    MarkRelevant: { ...administers, secretariat: 'any' },
    EndRelevance: { ...administers, secretariat: 'any' },
    PlaceUnder: { ...administers, secretariat: 'any' },
    MergeInto: { ...administers, secretariat: 'any' },
    AppointPerson: { ...administers, secretariat: 'any', 'focal-point': 'own', stepUp: true },
    EndAppointment: { ...administers, secretariat: 'any', 'focal-point': 'own', stepUp: true },
    SetSignOffRule: { ...administers, signatory: 'own', stepUp: true },
    SetEditingRule: { ...administers, ...forThem, stepUp: true },
  }),

  ...on('cycle', {
    OpenCycle: { ...administers, secretariat: 'any' },
    IssueGuidance: { ...administers, secretariat: 'any' },
    MoveDueDate: { ...administers, secretariat: 'any' },
    CloseCycle: { ...administers, secretariat: 'any' },
    ReopenCycle: { ...administers, secretariat: 'any' },
    IssueSynthesis: { ...administers, secretariat: 'any' },
  }),

  ...on('report', {
    // The request, and what an organization answers to it instead of a report
    RequestReport: { ...administers, secretariat: 'any' },
    AcknowledgeRequest: { ...drafts, ...theirs },
    DeclineReport: { ...submits, signatory: 'own', stepUp: true },
    ExemptFromReport: { ...administers, secretariat: 'any' },
    AnswerByLetter: { ...submits, ...onBehalf, signatory: 'own', stepUp: true },
    RecordNoResponse: { ...administers, secretariat: 'any' },
    ExtendDeadline: { ...administers, secretariat: 'any' },

    // Up to the signature: never by the secretariat
    StartReport: { ...drafts, ...theirs },
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
    RecordReminder: { ...administers },

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
    RecordAction: { ...drafts, ...onBehalf, ...theirs },
    ReviseAction: { ...drafts, ...onBehalf, ...theirs },
    ChangeStatus: { ...drafts, ...onBehalf, ...theirs },
    ReachMilestone: { ...drafts, ...onBehalf, ...theirs },
    ConfirmPartnership: { ...submits, ...forThem },
    DisputePartnership: { ...submits, ...forThem },
    LinkAction: { ...drafts, ...onBehalf, ...theirs },
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
    GiveMandate: { ...administers, administrator: 'any', stepUp: true },
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
    ReminderPlan: { ...reads, secretariat: 'any', auditor: 'any', administrator: 'any' },
    /** One hash over all that there is: whoever knows all but a withheld figure would find that by trying. */
    Digest: { ...reads, secretariat: 'any', auditor: 'any', administrator: 'any' },
    /** To be named in a command afterwards, which is asked for again. */
    UploadFile: { ...drafts, secretariat: 'any', 'focal-point': 'any', contributor: 'any', signatory: 'any' },
    Metrics: { ...reads, auditor: 'any', administrator: 'any' },
  }),
};

const ROWS = Object.values(PERMISSIONS);

/** Who asks. Nobody, where nobody signed in. */
export interface Who {
  readonly person: string;
  readonly mandates: readonly PlatformRole[];
  readonly appointments: readonly { readonly organization: OrganizationId; readonly role: AppointedRole }[];
  /** A second factor was given within the last five minutes. */
  readonly isProven: boolean;
  /** Of the token that they came with, where it was one. */
  readonly scopes?: readonly TokenScope[];
}

/** What it is about. Nothing in particular, where nothing is said: a list, or what the installation does as a whole. */
export interface About {
  /** Any of them may be the one that somebody acts for: an action has partners. */
  readonly organizations?: readonly OrganizationId[];
  /** Whose assessment or inbox it is. */
  readonly person?: string;
  /** One thing is named, whoever it belongs to. */
  readonly isNamed?: boolean;
  /** Organizations that have to do with it, though it is not theirs to change: partners of an action, successors. */
  readonly concerned?: readonly OrganizationId[];
}

/**
 * `hidden`: 404, as if it were not there; `no`: 403, for who has to do with it; `sign-in`: 401; `step-up`: 401 too, until a
 * second factor is given anew.
 */
export type Decision = 'yes' | 'no' | 'hidden' | 'sign-in' | 'step-up';

export function may(who: Who | undefined, what: CommandName | ReadName, about: About = {}): Decision {
  const row = Object.hasOwn(PERMISSIONS, what) ? PERMISSIONS[what] : undefined;
  if (!row) return 'no';
  if (row.public) return 'yes';
  if (!who) return 'sign-in';
  if (!reaches(row, who, about)) return isForeign(row, who, about) ? 'hidden' : 'no';
  if (who.scopes && (row.stepUp || !who.scopes.includes(row.scope))) return 'no';
  return row.stepUp && !who.isProven ? 'step-up' : 'yes';
}

/** Whether one of the roles that somebody has may do it for what it is about. */
function reaches(row: Row, { person, mandates, appointments }: Who, about: About): boolean {
  const isOwn = (organization: OrganizationId) => about.organizations?.includes(organization) === true;
  const byMandate = mandates.some((role) => row[role] === 'any' || (row[role] === 'self' && about.person === person));
  const byAppointment = appointments.some(
    ({ role, organization }) => row[role] === 'any' || (row[role] === 'own' && isOwn(organization)),
  );
  return byMandate || byAppointment;
}

/** Whether somebody has nothing to do with the thing that is named: no role of theirs gives them anything on it. */
function isForeign({ thing }: Row, who: Who, about: About): boolean {
  const { organizations = [], concerned = [], person, isNamed } = about;
  if (!isNamed && !organizations.length && person === undefined) return false;
  const related = new Set([...organizations, ...concerned]);
  if (who.appointments.some(({ organization }) => related.has(organization))) return false;
  return !ROWS.some((row) => row.thing === thing && reaches(row, who, about));
}
