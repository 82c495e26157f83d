import type { CommandName } from '#commands';
import { letter } from '../deeds-of-a-year.js';
import { appointment, cycle, type GivenDeed, nextCycle, sources, statement } from '../reported-organizations.js';

/** An organization with a report that was submitted at `submitted`, and another one that it may be merged with. */
export interface Pair {
  readonly organization: string;
  readonly other: string;
  readonly submitted: number;
}

/** What a person might try. */
export type Attempt = (of: Pair, person: string) => GivenDeed;

/** Somebody who acts for nobody, and would agree to anything. */
const NEUTRAL = 'secretary-z';

const one = ({ organization }: Pair) => ({ ...cycle, organization });
const next = ({ organization }: Pair) => ({ ...nextCycle, organization });
const thread = (of: Pair) => ({ ...one(of), clarification: 'Q-1' });
const review = (of: Pair, reviewer: string) => ({ ...one(of), reviewer });
const finding = (of: Pair, reviewer: string) => ({ ...review(of, reviewer), finding: 'F-1' });
const reason = 'So.';
const signature = { signatory: 'E. Xample', on: '2025-07-02', declaration: 'So.', consentToBeCited: 'by-name' };

const asSecretariat =
  (name: CommandName, sent: (of: Pair, person: string) => object): Attempt =>
  (of, person) => [name, sent(of, person), person, 'secretariat'];
const byOthers =
  (name: CommandName, sent: (of: Pair, person: string) => object): Attempt =>
  (of, person) => [name, sent(of, person), NEUTRAL, 'secretariat'];
const itself =
  (name: CommandName, sent: (of: Pair, person: string) => object): Attempt =>
  (of, person) => [name, sent(of, person), person];

const OF_A_ROUND = 'is said of a round, and so of all organizations alike';
const OF_AN_ACTION = 'is said of an action: no rule of a report, a review or an appointment asks for it';
const OF_AN_OPTION = 'is said of a policy option, which is nobody’s report';
const OF_A_DRAFT = 'writes a draft, as AnswerSection does';
const OF_A_NAME = 'says what an organization is: no rule of a report, a review or an appointment asks for it';

/**
 * Every command, with the ways in which a person may try it; or why none is among what is tried. The compiler misses none,
 * nor does the test that goes through them.
 */
export const ATTEMPTS: Readonly<Record<CommandName, Readonly<Record<string, Attempt>> | string>> = {
  RegisterOrganization: 'both are registered before anything is tried, and a registration is never undone',
  RenameOrganization: OF_A_NAME,
  ReviseProfile: OF_A_NAME,
  MarkRelevant: OF_A_NAME,
  EndRelevance: OF_A_NAME,
  PlaceUnder: 'makes no two organizations one, as MergeInto does: who acted for a parent did not act for its child',
  MergeInto: {
    'is merged into the other': byOthers('MergeInto', ({ organization, other }) => ({
      organization,
      successor: other,
      on: '2026',
      sources,
    })),
    'takes the other in': byOthers('MergeInto', ({ organization, other }) => ({
      organization: other,
      successor: organization,
      on: '2026',
      sources,
    })),
  },
  AppointPerson: {
    'is appointed': byOthers('AppointPerson', (of, person) => ({
      ...appointment(of.organization, person),
      from: '2026',
    })),
    'is appointed by the other': byOthers('AppointPerson', (of, person) => ({
      ...appointment(of.other, person),
      from: '2026',
    })),
  },
  EndAppointment: {
    leaves: byOthers('EndAppointment', (of, person) => ({ ...appointment(of.organization, person), on: '2026' })),
    'leaves the other': byOthers('EndAppointment', (of, person) => ({ ...appointment(of.other, person), on: '2026' })),
  },
  SetSignOffRule: {
    'has two sign': byOthers('SetSignOffRule', ({ organization }) => ({ organization, signatures: 2, reason })),
  },
  SetEditingRule: 'says which of its own people write what',

  OpenCycle: OF_A_ROUND,
  IssueGuidance: OF_A_ROUND,
  MoveDueDate: OF_A_ROUND,
  CloseCycle: OF_A_ROUND,
  ReopenCycle: OF_A_ROUND,
  IssueSynthesis: OF_A_ROUND,

  RequestReport: 'the next report is asked for before anything is tried',
  AcknowledgeRequest: {
    acknowledges: itself('AcknowledgeRequest', (of) => ({ ...next(of), on: '2026-01' })),
  },
  DeclineReport: { declines: itself('DeclineReport', (of) => ({ ...next(of), on: '2026-01', reason })) },
  ExemptFromReport: { exempts: asSecretariat('ExemptFromReport', (of) => ({ ...next(of), reason })) },
  AnswerByLetter: {
    'answers by letter': itself('AnswerByLetter', (of) => ({ ...next(of), ...letter, cites: [], on: '2026-01' })),
  },
  RecordNoResponse: 'says that a deadline has passed, which none has while this is tried',
  ExtendDeadline: {
    extends: asSecretariat('ExtendDeadline', (of) => ({ ...next(of), to: '2026-11', reason })),
    'extends more': asSecretariat('ExtendDeadline', (of) => ({ ...next(of), to: '2026-12', reason })),
  },
  StartReport: OF_A_DRAFT,
  AnswerSection: {
    writes: itself('AnswerSection', (of, person) => ({
      ...one(of),
      section: 'S01',
      lang: 'en',
      text: `As ${person} says.`,
      origin: 'written',
      seen: 1_000,
    })),
  },
  DecideCarriedOver: OF_A_DRAFT,
  DelegateSection: OF_A_DRAFT,
  ReportFigure: OF_A_DRAFT,
  CiteAction: OF_A_DRAFT,
  UnciteAction: OF_A_DRAFT,
  AttachDocument: OF_A_DRAFT,
  SubmitReport: { signs: itself('SubmitReport', (of) => ({ ...one(of), ...signature })) },
  OpenAmendment: {
    amends: itself('OpenAmendment', (of) => ({ ...one(of), reason, material: true, sections: ['S01'] })),
  },
  WithdrawReport: { withdraws: itself('WithdrawReport', (of) => ({ ...one(of), reason })) },
  RequestClarification: {
    asks: asSecretariat('RequestClarification', (of) => ({
      ...thread(of),
      section: 'S01',
      question: 'So?',
      visibility: 'organization',
    })),
    'asks as a reviewer': itself('RequestClarification', (of) => ({
      ...thread(of),
      section: 'S01',
      question: 'So?',
      visibility: 'internal',
    })),
  },
  AnswerClarification: {
    answers: itself('AnswerClarification', (of) => ({ ...thread(of), text: 'So.', visibility: 'organization' })),
  },
  FollowUpClarification: {
    'asks on': asSecretariat('FollowUpClarification', (of) => ({
      ...thread(of),
      text: 'And so?',
      visibility: 'internal',
    })),
    'asks on as a reviewer': itself('FollowUpClarification', (of) => ({
      ...thread(of),
      text: 'And so?',
      visibility: 'internal',
    })),
  },
  MoveClarificationDueDate: {
    'gives an answer more time': asSecretariat('MoveClarificationDueDate', (of) => ({
      ...thread(of),
      to: '2026-03',
      reason,
    })),
  },
  WidenClarification: {
    'widens a thread': asSecretariat('WidenClarification', (of) => ({ ...thread(of), to: 'public', reason })),
  },
  CloseClarification: {
    'closes a thread': asSecretariat('CloseClarification', (of) => ({ ...thread(of), outcome: 'left-open' })),
  },
  ReopenClarification: {
    'reopens a thread': asSecretariat('ReopenClarification', (of) => ({ ...thread(of), reason })),
  },
  NoteReport: {
    notes: asSecretariat('NoteReport', (of) => ({ ...one(of), version: 1, sequence: of.submitted })),
  },
  PublishReport: {
    publishes: asSecretariat('PublishReport', (of) => ({ ...one(of), version: 1 })),
    'publishes version 2': asSecretariat('PublishReport', (of) => ({ ...one(of), version: 2 })),
    'has another publish': byOthers('PublishReport', (of) => ({ ...one(of), version: 1 })),
  },
  WithholdPart: {
    withholds: asSecretariat('WithholdPart', (of) => ({ ...one(of), version: 1, part: 'S01', reason })),
    'withholds a letter': asSecretariat('WithholdPart', (of) => ({ ...next(of), version: 0, part: 'letter', reason })),
  },

  RecordReminder: 'says that a mail was sent, which the product does by itself',

  RecordAction: OF_AN_ACTION,
  ReviseAction: OF_AN_ACTION,
  ChangeStatus: OF_AN_ACTION,
  ReachMilestone: OF_AN_ACTION,
  ConfirmPartnership: OF_AN_ACTION,
  DisputePartnership: OF_AN_ACTION,
  LinkAction: OF_AN_ACTION,
  ReassignTrack: OF_AN_ACTION,
  SupersedeAction: OF_AN_ACTION,
  DiscontinueAction: OF_AN_ACTION,
  AddSource: OF_AN_ACTION,
  MarkRecordedInError: OF_AN_ACTION,

  TableOption: OF_AN_OPTION,
  ArgueOption: OF_AN_OPTION,
  RecordDebate: OF_AN_OPTION,
  HandOption: OF_AN_OPTION,
  TakeUpOption: OF_AN_OPTION,
  CloseOption: OF_AN_OPTION,

  AssignReviewer: {
    'is assigned': byOthers('AssignReviewer', (of, person) => ({ ...review(of, person), from: '2026' })),
  },
  DeclareConflict: {
    'declares a conflict': itself('DeclareConflict', (of, person) => ({
      ...review(of, person),
      kind: 'personal',
      text: 'So.',
    })),
  },
  DeclareNoConflict: { 'declares none': itself('DeclareNoConflict', review) },
  RecuseReviewer: { 'steps back': itself('RecuseReviewer', (of, person) => ({ ...review(of, person), reason })) },
  RecordFinding: {
    finds: itself('RecordFinding', (of, person) => ({ ...review(of, person), ...statement('F-1', of.submitted) })),
  },
  ReviseFinding: {
    'finds anew': itself('ReviseFinding', (of, person) => {
      const { criterion: _, ...rest } = statement('F-1', of.submitted);
      return { ...review(of, person), ...rest, statement: 'Four groups took part.', reason };
    }),
  },
  ShareFinding: {
    'shows the finding': itself('ShareFinding', (of, person) => ({ ...finding(of, person), until: '2026-02' })),
  },
  CommentOnFinding: {
    'is answered': byOthers('CommentOnFinding', (of, person) => ({ ...finding(of, person), text: 'So.' })),
  },
  PublishFinding: {
    'publishes the finding': itself('PublishFinding', finding),
    'has it published': byOthers('PublishFinding', finding),
    'publishes the finding of another': asSecretariat('PublishFinding', (of, person) =>
      finding(of, person === 'person-a' ? 'person-b' : 'person-a'),
    ),
  },
  ConcludeAssessment: {
    concludes: itself('ConcludeAssessment', (of, person) => ({ ...review(of, person), summary: 'So.' })),
  },

  GiveMandate: {
    'is given a mandate': byOthers('GiveMandate', (_, person) => ({ person, role: 'auditor', from: '2026' })),
    'is given it by another, too': (_, person) => [
      'GiveMandate',
      { person, role: 'auditor', from: '2026' },
      'administrator-z',
      'administrator',
    ],
  },
  EndMandate: {
    'loses a mandate': byOthers('EndMandate', (_, person) => ({ person, role: 'auditor', on: '2026', reason })),
  },
};

/** All of them by what they say of a person: `person-a publishes`. */
export const attempts: ReadonlyMap<string, Attempt> = new Map(
  Object.values(ATTEMPTS).flatMap((ways) => (typeof ways === 'string' ? [] : Object.entries(ways))),
);
