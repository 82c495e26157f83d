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
  | { type: 'ReportPublished'; data: { version: number } }
  | { type: 'PartWithheld'; data: { version: number; part: string; reason: string } };

export interface Review extends Submission {
  readonly clarifications: Readonly<Record<string, 'open' | 'answered'>>;
  readonly publishedVersion?: number;
  /** `version/part`. */
  readonly withheld: readonly string[];
}

type DataOf<T extends ReviewingEvent['type']> = Extract<ReviewingEvent, { type: T }>['data'];

export type ReviewingCommand =
  | ({ type: 'RequestClarification' } & DataOf<'ClarificationRequested'>)
  | ({ type: 'AnswerClarification' } & DataOf<'ClarificationAnswered'>)
  | ({ type: 'NoteReport' } & DataOf<'ReportNoted'>)
  | ({ type: 'PublishReport' } & DataOf<'ReportPublished'>)
  | ({ type: 'WithholdPart' } & DataOf<'PartWithheld'>);

export function decideReviewing(command: ReviewingCommand, state: Review, at: Circumstances): ReviewingEvent[] {
  refuseIf(state.version === 0, 'report-not-submitted', { phase: state.phase });

  switch (command.type) {
    case 'RequestClarification': {
      refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
      const { clarification, section } = command;
      refuseIf(threadOf(state, clarification), 'nothing-changed', { clarification });
      refuseIf(at.vocabulary.has('reportSections', section) === 'unknown', 'section-unknown', { section });
      return [{ type: 'ClarificationRequested', data: factsOf(command) }];
    }
    case 'AnswerClarification': {
      const { clarification } = command;
      const thread = threadOf(state, clarification);
      refuseIf(!thread, 'clarification-unknown', { clarification });
      refuseIf(thread === 'answered', 'clarification-already-answered', { clarification });
      return [{ type: 'ClarificationAnswered', data: factsOf(command) }];
    }
    case 'NoteReport':
      requireVersion(state, command.version);
      return [{ type: 'ReportNoted', data: factsOf(command) }];
    case 'PublishReport':
      refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
      requireVersion(state, command.version);
      refuseIf(state.publishedVersion === command.version, 'already-published', { version: command.version });
      return [{ type: 'ReportPublished', data: factsOf(command) }];
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
    case 'ReportPublished':
      return { ...state, publishedVersion: event.data.version };
    case 'PartWithheld':
      return { ...state, withheld: [...state.withheld, `${event.data.version}/${event.data.part}`] };
  }
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
