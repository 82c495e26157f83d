import type { Audience, Edtf, FindingText } from '#reporting';
import { mayReadFor } from '#reporting';
import type { AssessmentDocument, FindingDocument } from '../folds/assessments.js';

/** A finding as far as a reader may read it: as it is written, as it was shown to the organization, or as it is public. */
export interface FindingAsRead extends FindingText {
  readonly finding: string;
  readonly standing: FindingDocument['standing'];
  /** For reviewers. */
  readonly note?: string;
  /** The last day on which the organization is waited for. */
  readonly until?: Edtf;
  /** What the organization said of these words. */
  readonly comments?: readonly string[];
  /** What everybody may read, where these are later words. */
  readonly published?: FindingText & { readonly comments: readonly string[]; readonly why: readonly number[] };
  readonly why: readonly number[];
}

/** An assessment as far as a reader may read it. */
export interface AssessmentAsRead extends Pick<
  AssessmentDocument,
  'reviewer' | 'phase' | 'assigned' | 'noConflict' | 'conflict' | 'recusal' | 'conclusion' | 'revision'
> {
  readonly findings: readonly FindingAsRead[];
}

/** Leaves out what is not for the reader, and does not say that there is something. */
export function assessmentFor(reader: Audience, document: AssessmentDocument): AssessmentAsRead {
  const { reviewer, phase, assigned, noConflict, conflict, recusal, conclusion, revision, findings = [] } = document;
  return {
    reviewer,
    phase,
    assigned,
    ...(noConflict && { noConflict }),
    ...(conflict && mayReadFor(reader, 'secretariat') && { conflict }),
    ...(recusal && mayReadFor(reader, 'reviewers') && { recusal }),
    ...(conclusion && { conclusion }),
    findings: findings.flatMap((each) => findingFor(reader, each) ?? []),
    revision,
  };
}

function findingFor(reader: Audience, document: FindingDocument): FindingAsRead | undefined {
  const { finding, standing, written, shown, published } = document;
  if (mayReadFor(reader, 'reviewers') && standing === 'draft') {
    return { finding, standing, ...written, ...(published && { published }) };
  }
  const isAsked = shown && standing !== 'published' && shown.why[0]! > (published?.why[0] ?? -1);
  if (mayReadFor(reader, 'organization') && isAsked) {
    const { comments, ...text } = shown;
    const said = comments.map((comment) => comment.text);
    const why = [...text.why, ...comments.flatMap((comment) => comment.why)];
    const note = mayReadFor(reader, 'reviewers') && written.note !== undefined && { note: written.note };
    return { finding, standing: 'shown', ...text, ...note, comments: said, why, ...(published && { published }) };
  }
  return published && { finding, standing: 'published', ...published };
}
