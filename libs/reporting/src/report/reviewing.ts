import type { Circumstances } from '../decider.js';
import { factsOf, refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import type { Submission } from './submitting.js';

/** Who may read a clarification thread. */
export type Visibility = 'internal' | 'organization' | 'public';

export type ReviewingEvent =
  | {
      type: 'ClarificationRequested';
      data: { clarification: string; section: string; question: string; dueOn?: Edtf; visibility: Visibility };
    }
  | { type: 'ClarificationAnswered'; data: { clarification: string; text: string } }
  | {
      /** Read and taken note of, never approved: paragraph 71 asks for reports, it sets no pass mark. */
      type: 'ReportNoted';
      data: { version: number; sequence: number; note?: string };
    }
  | { type: 'PublicationProposed'; data: { version: number; by: string } }
  | { type: 'ReportPublished'; data: { version: number; proposedBy?: string } }
  | { type: 'PartWithheld'; data: { version: number; part: string; reason: string } };

export interface Review extends Submission {
  readonly clarifications: Readonly<Record<string, 'open' | 'answered'>>;
  readonly publishedVersion?: number;
  readonly publication?: { readonly version: number; readonly by: string };
  /** `version/part`. */
  readonly withheld: readonly string[];
}

type DataOf<T extends ReviewingEvent['type']> = Extract<ReviewingEvent, { type: T }>['data'];

interface Impartial {
  /** Whether whoever gives the command was ever appointed to act for the organization. */
  readonly actedFor?: boolean;
}

export type ReviewingCommand =
  | ({ type: 'RequestClarification' } & Impartial & DataOf<'ClarificationRequested'>)
  | ({ type: 'AnswerClarification' } & DataOf<'ClarificationAnswered'>)
  | ({ type: 'NoteReport' } & Impartial & DataOf<'ReportNoted'>)
  | ({ type: 'PublishReport'; version: number } & Impartial)
  | ({ type: 'WithholdPart' } & DataOf<'PartWithheld'>);

export function decideReviewing(command: ReviewingCommand, state: Review, at: Circumstances): ReviewingEvent[] {
  refuseIf(state.version === 0, 'report-not-submitted', { phase: state.phase });

  switch (command.type) {
    case 'RequestClarification': {
      refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
      const { actedFor, ...asked } = factsOf(command);
      requireImpartial(actedFor, at);
      const { clarification, section } = asked;
      refuseIf(threadOf(state, clarification), 'nothing-changed', { clarification });
      refuseIf(at.vocabulary.has('reportSections', section) === 'unknown', 'section-unknown', { section });
      return [{ type: 'ClarificationRequested', data: asked }];
    }
    case 'AnswerClarification': {
      const { clarification } = command;
      const thread = threadOf(state, clarification);
      refuseIf(!thread, 'clarification-unknown', { clarification });
      refuseIf(thread === 'answered', 'clarification-already-answered', { clarification });
      return [{ type: 'ClarificationAnswered', data: factsOf(command) }];
    }
    case 'NoteReport': {
      const { actedFor, ...noted } = factsOf(command);
      requireImpartial(actedFor, at);
      requireVersion(state, command.version);
      return [{ type: 'ReportNoted', data: noted }];
    }
    case 'PublishReport': {
      const { version, actedFor } = command;
      requireImpartial(actedFor, at);
      refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
      requireVersion(state, version);
      const { publishedVersion = 0, publication } = state;
      refuseIf(publishedVersion === version, 'already-published', { version });
      refuseIf(publishedVersion > version, 'later-version-published', { version, published: publishedVersion });
      if (publication?.version !== version) return [{ type: 'PublicationProposed', data: { version, by: at.actor } }];
      refuseIf(publication.by === at.actor, 'second-person-needed', { proposedBy: publication.by });
      return [{ type: 'ReportPublished', data: { version, proposedBy: publication.by } }];
    }
    case 'WithholdPart': {
      requireVersion(state, command.version);
      const { version, part } = command;
      refuseIf(state.withheld.includes(`${version}/${part}`), 'part-already-withheld', { version, part });
      return [{ type: 'PartWithheld', data: factsOf(command) }];
    }
  }
}

export function evolveReviewing<S extends Review>(state: S, event: ReviewingEvent): S {
  switch (event.type) {
    case 'ClarificationRequested':
      return { ...state, clarifications: { ...state.clarifications, [event.data.clarification]: 'open' } };
    case 'ClarificationAnswered':
      return { ...state, clarifications: { ...state.clarifications, [event.data.clarification]: 'answered' } };
    case 'ReportNoted':
      return state;
    case 'PublicationProposed':
      return { ...state, publication: event.data };
    case 'ReportPublished': {
      const { publication: _, ...rest } = state;
      return { ...(rest as S), publishedVersion: event.data.version };
    }
    case 'PartWithheld':
      return { ...state, withheld: [...state.withheld, `${event.data.version}/${event.data.part}`] };
  }
}

/** Nobody reviews or publishes for an organization that they ever acted for. */
function requireImpartial(actedFor: boolean | undefined, { actor }: Circumstances): void {
  refuseIf(actedFor, 'conflict-of-interest', { actor });
}

/** Rule 18: what may be said of a report's author where its answer is quoted. */
export function mayBeNamed(state: Pick<Submission, 'consent'>): boolean {
  return state.consent === 'by-name';
}

/** The names of threads come from people: one may be called `constructor`. */
function threadOf(state: Review, clarification: string): 'open' | 'answered' | undefined {
  return Object.hasOwn(state.clarifications, clarification) ? state.clarifications[clarification] : undefined;
}

function requireVersion(state: Review, version: number): void {
  const known = Number.isInteger(version) && version >= 1 && version <= state.version;
  refuseIf(!known, 'version-unknown', { version, latest: state.version });
}
