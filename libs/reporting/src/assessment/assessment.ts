import type { Circumstances, Decider } from '../decider.js';
import { factsOf, refuse, refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { isAfter, refuseDisorder } from '../edtf.js';
import { isPublished, type Published } from '../report/published.js';
import { requireCode } from '../vocabulary.js';
import type { Finding, FindingText, Pinned, WrittenFinding } from './finding.js';
import { requireEvidence, requirePin, withoutNote } from './finding.js';

/** Why a reviewer cannot judge freely. That they once acted for the organization is found in the record itself. */
export type ConflictKind = 'employment' | 'financial' | 'personal' | 'other';
export const CONFLICT_KINDS: readonly ConflictKind[] = ['employment', 'financial', 'personal', 'other'];

/**
 * What one reviewer finds in one report, in the order in which it happens: assigned, free of conflict or not, found,
 * shown to the organization, published, concluded. Each reviewer has a stream of their own: findings stand side by side
 * with those of others and with the claims of the report, and overwrite none (rule 10).
 */
export type AssessmentEvent =
  | { type: 'ReviewerAssigned'; data: { by: string; from: Edtf } }
  | { type: 'ConflictDeclared'; data: { kind: ConflictKind; text: string } }
  | { type: 'NoConflictDeclared'; data: Record<string, never> }
  | { type: 'ReviewerRecused'; data: { reason: string } }
  | { type: 'FindingRecorded'; data: { finding: string } & WrittenFinding }
  | { type: 'FindingRevised'; data: { finding: string; reason: string } & WrittenFinding }
  | {
      /** With the words that the organization is shown: a later revision is not what it was asked about. */
      type: 'FindingShared';
      data: { finding: string; until: Edtf } & FindingText;
    }
  | { type: 'OrganizationCommented'; data: { finding: string; text: string } }
  | {
      /** With the words that everybody may read, and what the organization said of them. Drafts are never made public. */
      type: 'FindingPublished';
      data: { finding: string; comments: readonly string[] } & FindingText;
    }
  | { type: 'AssessmentConcluded'; data: { summary: string } };

export interface Assessment {
  readonly phase: 'none' | 'assigned' | 'recused' | 'concluded';
  readonly declared?: 'conflict' | 'no-conflict';
  readonly findings: Readonly<Record<string, Finding>>;
}

/** Whose assessment it is; with it, whether they, or whoever gives the command, ever acted for the organization. */
interface Reviewing {
  readonly reviewer: string;
  readonly actedFor?: boolean;
}

export type AssessmentCommand =
  | ({ type: 'AssignReviewer'; from: Edtf } & Reviewing)
  | { type: 'DeclareConflict'; reviewer: string; kind: ConflictKind; text: string }
  | ({ type: 'DeclareNoConflict' } & Reviewing)
  | { type: 'RecuseReviewer'; reviewer: string; reason: string }
  | ({ type: 'RecordFinding'; finding: string; pinned: Pinned } & Reviewing & WrittenFinding)
  | ({ type: 'ReviseFinding'; finding: string; reason: string; pinned: Pinned } & Reviewing &
      Omit<WrittenFinding, 'criterion'>)
  | ({ type: 'ShareFinding'; finding: string; until: Edtf } & Reviewing)
  | { type: 'CommentOnFinding'; reviewer: string; finding: string; text: string }
  | ({ type: 'PublishFinding'; finding: string } & Published & Reviewing)
  | ({ type: 'ConcludeAssessment'; summary: string } & Reviewing);

const initial: Assessment = { phase: 'none', findings: {} };

function decide(command: AssessmentCommand, state: Assessment, at: Circumstances): AssessmentEvent[] {
  const { reviewer } = command;
  if (command.type === 'AssignReviewer') {
    refuseIf(state.phase === 'assigned', 'reviewer-already-assigned', { reviewer });
    refuseIf(state.phase !== 'none', 'assessment-over', { phase: state.phase });
    refuseIf(at.actor === reviewer, 'second-person-needed', { reviewer });
    requireImpartial(command);
    return [{ type: 'ReviewerAssigned', data: { by: at.actor, from: command.from } }];
  }
  refuseIf(state.phase === 'none', 'assessment-unknown', { reviewer });
  refuseIf(state.phase !== 'assigned', 'assessment-over', { phase: state.phase });

  switch (command.type) {
    case 'DeclareConflict': {
      requireReviewer(command, at);
      const { kind, text } = command;
      return [{ type: 'ConflictDeclared', data: { kind, text } }];
    }
    case 'DeclareNoConflict':
      requireReviewer(command, at);
      requireImpartial(command);
      // Who was in a conflict steps back. That it is over is not theirs to say.
      refuseIf(state.declared === 'conflict', 'conflict-of-interest', { reviewer });
      refuseIf(state.declared, 'nothing-changed');
      return [{ type: 'NoConflictDeclared', data: {} }];
    case 'RecuseReviewer':
      return [{ type: 'ReviewerRecused', data: { reason: command.reason } }];
    case 'RecordFinding': {
      requireReviewer(command, at);
      requireFree(command, state);
      const { reviewer: _, actedFor: __, pinned, ...written } = factsOf(command);
      const { finding, criterion } = written;
      refuseIf(findingOf(state, finding), 'finding-already-recorded', { finding });
      requireCode('criteria', criterion, at.vocabulary);
      requireEvidence(written.evidence, at.vocabulary);
      requirePin(written, pinned);
      return [{ type: 'FindingRecorded', data: written }];
    }
    case 'ReviseFinding': {
      requireReviewer(command, at);
      requireFree(command, state);
      const { reviewer: _, actedFor: __, pinned, finding, reason, ...rest } = factsOf(command);
      const { text } = requireFinding(state, finding);
      const written = { criterion: text.criterion, ...rest };
      requireEvidence(written.evidence, at.vocabulary);
      requirePin(written, pinned);
      refuseIf(saysOf(written) === saysOf(text), 'nothing-changed', { finding });
      return [{ type: 'FindingRevised', data: { finding, reason, ...written } }];
    }
    case 'ShareFinding': {
      requireReviewer(command, at);
      requireFree(command, state);
      const { finding, until } = command;
      const { standing, text } = requireFinding(state, finding);
      refuseIf(standing !== 'draft', 'nothing-changed', { finding, standing });
      refuseDisorder(at.today as Edtf, until);
      return [{ type: 'FindingShared', data: { finding, until, ...withoutNote(text) } }];
    }
    case 'CommentOnFinding': {
      const { finding, text } = command;
      const { standing, wasShown } = requireFinding(state, finding);
      // The organization is not told by a refusal that there is a draft, nor that what it was shown is being written anew.
      refuseIf(!wasShown, 'finding-unknown', { finding });
      refuseIf(standing !== 'shown', 'finding-not-shown', { finding });
      // A reviewer who answers in the organization's place would have shown the draft to nobody.
      refuseIf(at.actor === reviewer, 'second-person-needed', { reviewer });
      return [{ type: 'OrganizationCommented', data: { finding, text } }];
    }
    case 'PublishFinding': {
      requireFree(command, state);
      const { finding, publishedVersions = [] } = command;
      const { standing, text, until, comments } = requireFinding(state, finding);
      refuseIf(standing === 'published', 'already-published', { finding });
      refuseIf(standing === 'draft', 'finding-not-shown', { finding, standing });
      const isWaitedFor = !comments.length && !isAfter(at.today as Edtf, until!);
      refuseIf(isWaitedFor, 'organization-not-heard', { finding, until });
      // A finding quotes what it is about.
      const { version } = text;
      refuseIf(!isPublished(command, version), 'version-not-published', { version, published: publishedVersions });
      return [{ type: 'FindingPublished', data: { finding, comments, ...withoutNote(text) } }];
    }
    case 'ConcludeAssessment':
      requireReviewer(command, at);
      requireFree(command, state);
      return [{ type: 'AssessmentConcluded', data: { summary: command.summary } }];
  }
}

function evolve(state: Assessment, event: AssessmentEvent): Assessment {
  switch (event.type) {
    case 'ReviewerAssigned':
      return { ...state, phase: 'assigned' };
    case 'ConflictDeclared':
      return { ...state, declared: 'conflict' };
    case 'NoConflictDeclared':
      return { ...state, declared: 'no-conflict' };
    case 'ReviewerRecused':
      return { ...state, phase: 'recused' };
    case 'FindingRecorded': {
      const { finding, ...text } = event.data;
      return withFinding(state, finding, { text, standing: 'draft', wasShown: false, comments: [] });
    }
    case 'FindingRevised': {
      const { finding, reason: _, ...text } = event.data;
      const { wasShown } = state.findings[finding]!;
      return withFinding(state, finding, { text, standing: 'draft', wasShown, comments: [] });
    }
    case 'FindingShared': {
      const { finding, until } = event.data;
      return withFinding(state, finding, {
        ...state.findings[finding]!,
        standing: 'shown',
        wasShown: true,
        until,
      });
    }
    case 'OrganizationCommented': {
      const { finding, text } = event.data;
      const before = state.findings[finding]!;
      return withFinding(state, finding, { ...before, comments: [...before.comments, text] });
    }
    case 'FindingPublished': {
      const { finding } = event.data;
      return withFinding(state, finding, { ...state.findings[finding]!, standing: 'published' });
    }
    case 'AssessmentConcluded':
      return { ...state, phase: 'concluded' };
    default:
      return unknownEvent(event);
  }
}

export const assessment: Decider<Assessment, AssessmentCommand, AssessmentEvent> = { initial, decide, evolve };

/** Who may read what an event says. Each may read what those before it may. */
export type Audience = 'public' | 'organization' | 'reviewers' | 'secretariat';
export const AUDIENCES: readonly Audience[] = ['public', 'organization', 'reviewers', 'secretariat'];

const AUDIENCE_OF: Readonly<Record<AssessmentEvent['type'], Audience>> = {
  ReviewerAssigned: 'public',
  ConflictDeclared: 'secretariat',
  NoConflictDeclared: 'public',
  ReviewerRecused: 'reviewers',
  FindingRecorded: 'reviewers',
  FindingRevised: 'reviewers',
  FindingShared: 'organization',
  OrganizationCommented: 'organization',
  FindingPublished: 'public',
  AssessmentConcluded: 'public',
};

/** Who may read the payload of an event of an assessment. A draft stays one: what becomes public is told again. */
export function audienceOfAssessment(event: Pick<AssessmentEvent, 'type'>): Audience {
  return AUDIENCE_OF[event.type];
}

/** Whether a reader of the audience `reader` may read what is for `audience`. */
export function mayReadFor(reader: Audience, audience: Audience): boolean {
  return AUDIENCES.indexOf(reader) >= AUDIENCES.indexOf(audience);
}

/** Nobody reviews an organization that they ever acted for, nor publishes what was found there. */
function requireImpartial({ reviewer, actedFor }: Reviewing): void {
  refuseIf(actedFor, 'conflict-of-interest', { reviewer });
}

/** Impartial, and has said so. */
function requireFree(reviewing: Reviewing, { declared }: Assessment): void {
  requireImpartial(reviewing);
  refuseIf(!declared, 'declaration-missing', { reviewer: reviewing.reviewer });
  refuseIf(declared === 'conflict', 'conflict-of-interest', { reviewer: reviewing.reviewer, declared: true });
}

/** Nobody declares or finds in another reviewer's name. */
function requireReviewer({ reviewer }: Pick<Reviewing, 'reviewer'>, { actor }: Circumstances): void {
  refuseIf(actor !== reviewer, 'not-the-reviewer', { reviewer });
}

function requireFinding(state: Assessment, finding: string): Finding {
  return findingOf(state, finding) ?? refuse('finding-unknown', { finding });
}

/** The names of findings come from people: one may be called `constructor`. */
function findingOf({ findings }: Assessment, finding: string): Finding | undefined {
  return Object.hasOwn(findings, finding) ? findings[finding] : undefined;
}

function withFinding(state: Assessment, id: string, finding: Finding): Assessment {
  return { ...state, findings: { ...state.findings, [id]: finding } };
}

function saysOf({ statement, evidence, note, version }: WrittenFinding): string {
  return JSON.stringify([statement, evidence, note, version]);
}
