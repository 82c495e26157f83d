import type { Circumstances } from '../decider.js';
import { factsOf, refuseIf } from '../decider.js';
import type { Clarified, Impartial } from './clarifying.js';
import { requireImpartial } from './clarifying.js';
import type { Submission } from './submitting.js';

export type ReviewingEvent =
  | {
      /** Read and taken note of, never approved: paragraph 71 asks for reports, it sets no pass mark. */
      type: 'ReportNoted';
      data: { version: number; sequence: number; note?: string };
    }
  | { type: 'PublicationProposed'; data: { version: number; by: string } }
  | { type: 'ReportPublished'; data: { version: number; proposedBy?: string } }
  | { type: 'PartWithheld'; data: { version: number; part: string; reason: string } };

export interface Review extends Clarified {
  readonly publishedVersion?: number;
  readonly publication?: { readonly version: number; readonly by: string };
  /** `version/part`. */
  readonly withheld: readonly string[];
}

type DataOf<T extends ReviewingEvent['type']> = Extract<ReviewingEvent, { type: T }>['data'];

export type ReviewingCommand =
  | ({ type: 'NoteReport' } & Impartial & DataOf<'ReportNoted'>)
  | ({ type: 'PublishReport'; version: number } & Impartial)
  | ({ type: 'WithholdPart' } & Impartial & DataOf<'PartWithheld'>);

export function decideReviewing(command: ReviewingCommand, state: Review, at: Circumstances): ReviewingEvent[] {
  refuseIf(state.version === 0, 'report-not-submitted', { phase: state.phase });

  switch (command.type) {
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
      const { actedFor, ...kept } = factsOf(command);
      // What is kept from everybody is decided by no one whose own it is, as what is published.
      requireImpartial(actedFor, at);
      const { version, part } = kept;
      requireVersion(state, version);
      refuseIf(!isPart(part, at), 'part-unknown', { part });
      refuseIf(state.withheld.includes(`${version}/${part}`), 'part-already-withheld', { version, part });
      return [{ type: 'PartWithheld', data: kept }];
    }
  }
}

export function evolveReviewing<S extends Review>(state: S, event: ReviewingEvent): S {
  switch (event.type) {
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

/** Rule 18: what may be said of a report's author where its answer is quoted. */
export function mayBeNamed(state: Pick<Submission, 'consent'>): boolean {
  return state.consent === 'by-name';
}

/**
 * A section (`S13`), one in one language (`S13/fr`), a figure (`figure fellows`) or the citation of an action
 * (`action EX-1`). A part called otherwise would be withheld in word and shown in fact.
 */
function isPart(part: string, { vocabulary }: Circumstances): boolean {
  const [, section] = /^(S\d{2})(?:\/[A-Za-z0-9-]+)?$/.exec(part) ?? [];
  if (section !== undefined) return vocabulary.has('reportSections', section) !== 'unknown';
  return /^(figure|action) \S+$/.test(part);
}

function requireVersion(state: Review, version: number): void {
  const known = Number.isInteger(version) && version >= 1 && version <= state.version;
  refuseIf(!known, 'version-unknown', { version, latest: state.version });
}
