import type { ActionId } from '../action/action.js';
import { refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import type { DocumentRef, Source } from '../evidence.js';
import type { Vocabulary } from '../vocabulary.js';

/** What a finding rests on. Exactly one of the four. */
export interface Evidence {
  readonly action?: ActionId;
  /** Of the report. */
  readonly section?: string;
  readonly document?: DocumentRef;
  readonly source?: Source;
}

/** What a reviewer finds on one criterion, in words. There is nothing in it to count, to add up or to rank by. */
export interface FindingText {
  readonly criterion: string;
  readonly statement: string;
  readonly evidence: readonly Evidence[];
  /** The version of the report that the reviewer read, … */
  readonly version: number;
  /** … and the sequence of the record as of which they read it. */
  readonly sequence: number;
}

/** A finding as its reviewer writes it. */
export interface WrittenFinding extends FindingText {
  /** For reviewers and the secretariat only: neither shown nor published. */
  readonly note?: string;
}

export interface Finding {
  readonly text: WrittenFinding;
  /** Whatever is written anew is a draft again, also where an earlier text is public. */
  readonly standing: 'draft' | 'shown' | 'published';
  /** Whether the organization was ever shown it, in these words or in earlier ones. */
  readonly wasShown: boolean;
  /** The last day on which the organization is waited for. */
  readonly until?: Edtf;
  /** What the organization said of the text that it was shown. */
  readonly comments: readonly string[];
}

/** What is known of the version and the sequence that a finding, or a note, is pinned to. */
export interface Pinned {
  /** The number of the latest version; 0 where none was submitted. */
  readonly latest: number;
  /** Whether the record has come to the sequence. */
  readonly isReached: boolean;
  /** Whether the version had been submitted when the record had come to the sequence. */
  readonly wasSubmitted: boolean;
}

/** A finding says what its reviewer saw, so that no later version can change what was found. */
export function requirePin(
  { version, sequence }: Pick<FindingText, 'version' | 'sequence'>,
  { latest, isReached, wasSubmitted }: Pinned,
): void {
  const known = Number.isInteger(version) && version >= 1 && version <= latest;
  refuseIf(!known, 'version-unknown', { version, latest });
  refuseIf(!isReached, 'sequence-unknown', { sequence });
  refuseIf(!wasSubmitted, 'sequence-before-version', { version, sequence });
}

/** Rule 10: a reviewer finds with evidence. */
export function requireEvidence(evidence: readonly Evidence[], vocabulary: Vocabulary): void {
  refuseIf(!evidence.length, 'source-missing');
  for (const [n, { action, section, document, source }] of evidence.entries()) {
    const named = [action, section, document, source].filter((each) => each !== undefined);
    refuseIf(named.length !== 1, 'evidence-unclear', { evidence: n });
    const isUnknown = section !== undefined && vocabulary.has('reportSections', section) === 'unknown';
    refuseIf(isUnknown, 'section-unknown', { section });
  }
}

/** What the organization, and later everybody, may read of it. */
export function withoutNote(written: WrittenFinding): FindingText {
  const { note: _, ...text } = written;
  return text;
}
