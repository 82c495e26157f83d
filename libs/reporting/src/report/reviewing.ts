import type { Circumstances } from '../decider.js';
import { factsOf, refuseIf } from '../decider.js';
import type { Pinned } from '../assessment/finding.js';
import { requirePin } from '../assessment/finding.js';
import type { Proposal, Proposing } from '../proposal.js';
import { agreedWith, proposalOf } from '../proposal.js';
import type { Clarified } from './clarifying.js';
import type { Impartial } from './impartial.js';
import { requireImpartial } from './impartial.js';
import { isPublished, type Published } from './published.js';
import type { Submission } from './submitting.js';
import { isForEverybody, requirePart } from './withholding.js';

export type ReviewingEvent =
  | {
      /** Read and taken note of, never approved: paragraph 71 asks for reports, it sets no pass mark. */
      type: 'ReportNoted';
      data: { version: number; sequence: number; note?: string };
    }
  | { type: 'PublicationProposed'; data: { version: number } & Proposal }
  | { type: 'ReportPublished'; data: { version: number; proposedBy?: string } }
  | {
      type: 'PartWithheld';
      data: {
        /** The one in which the part was seen; 0 for an answer by letter. */
        version: number;
        /** As `Withholding` names it. */
        part: string;
        reason: string;
      };
    };

export interface Review extends Clarified, Published {
  readonly publication?: { readonly version: number } & Proposal;
  /** `version/part`. */
  readonly withheld: readonly string[];
}

type DataOf<T extends ReviewingEvent['type']> = Extract<ReviewingEvent, { type: T }>['data'];

export type ReviewingCommand =
  | ({ type: 'NoteReport'; pinned: Pinned } & Impartial & DataOf<'ReportNoted'>)
  | ({
      type: 'PublishReport';
      version: number;
      /** The same of whoever proposed it. */
      proposerActedFor?: boolean;
    } & Impartial &
      Proposing)
  | ({ type: 'WithholdPart' } & Impartial & DataOf<'PartWithheld'>);

export function decideReviewing(command: ReviewingCommand, state: Review, at: Circumstances): ReviewingEvent[] {
  const isLetter = command.type === 'WithholdPart' && state.phase === 'answered-by-letter';
  refuseIf(state.version === 0 && !isLetter, 'report-not-submitted', { phase: state.phase });

  switch (command.type) {
    case 'NoteReport': {
      const { actedFor, pinned, ...noted } = factsOf(command);
      requireImpartial(actedFor, at);
      // What is taken note of is what was read: no later version can change it.
      requirePin(noted, pinned);
      return [{ type: 'ReportNoted', data: noted }];
    }
    case 'PublishReport': {
      const { version, actedFor, proposerActedFor } = command;
      requireImpartial(actedFor, at);
      refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
      requireVersion(state, version);
      const { publishedVersions = [], publication } = state;
      refuseIf(isPublished(state, version), 'already-published', { version });
      const last = publishedVersions.at(-1) ?? 0;
      refuseIf(last > version, 'later-version-published', { version, published: last });
      // Who has come to act for the organization since they proposed it is none of the two that it takes.
      const stands = publication?.version === version && !proposerActedFor;
      const agreed = agreedWith(stands ? publication : undefined, command, at);
      if (!agreed) return [{ type: 'PublicationProposed', data: { version, ...proposalOf(at) } }];
      return [{ type: 'ReportPublished', data: { version, proposedBy: agreed.by } }];
    }
    case 'WithholdPart': {
      const { actedFor, ...kept } = factsOf(command);
      // What is kept from everybody is decided by no one whose own it is, as what is published.
      requireImpartial(actedFor, at);
      const { version, part } = kept;
      requireVersion(state, version);
      requirePart(part, state, at.vocabulary);
      refuseIf(!isForEverybody(part, state), 'part-not-public', { part });
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
      const { publishedVersions = [] } = state;
      return { ...(rest as S), publishedVersions: [...publishedVersions, event.data.version] };
    }
    case 'PartWithheld':
      return { ...state, withheld: [...state.withheld, `${event.data.version}/${event.data.part}`] };
  }
}

/** Rule 18: what may be said of a report's author where its answer is quoted. */
export function mayBeNamed(state: Pick<Submission, 'consent'>): boolean {
  return state.consent === 'by-name';
}

/** 0 is the answer that came by letter, which has no versions. */
function requireVersion(state: Review, version: number): void {
  const earliest = Math.min(1, state.version);
  const known = Number.isInteger(version) && version >= earliest && version <= state.version;
  refuseIf(!known, 'version-unknown', { version, latest: state.version });
}
