import type { Audience, Edtf, Evidence, FindingText } from '#reporting';
import { mayReadFor } from '#reporting';
import type { AssessmentDocument, FindingDocument } from '../folds/assessments.js';
import type { ReviewedReport } from './reviewed-report.js';

/** What a finding rests on; of what is not for the reader, only why. */
export type EvidenceAsRead = Evidence | { readonly withheld: string; readonly withheldLater?: true };

type TextAsRead = Omit<FindingText, 'evidence'> & { readonly evidence: readonly EvidenceAsRead[] };

/** A finding as far as a reader may read it: as it is written, as it was shown to the organization, or as it is public. */
export interface FindingAsRead extends TextAsRead {
  readonly finding: string;
  readonly standing: FindingDocument['standing'];
  /** For reviewers. */
  readonly note?: string;
  /** The last day on which the organization is waited for. */
  readonly until?: Edtf;
  /** What the organization said of these words. */
  readonly comments?: readonly string[];
  /** What everybody may read, where these are later words. */
  readonly published?: TextAsRead & { readonly comments: readonly string[]; readonly why: readonly number[] };
  readonly why: readonly number[];
}

/** An assessment as far as a reader may read it. */
export interface AssessmentAsRead extends Pick<
  AssessmentDocument,
  'reviewer' | 'phase' | 'assigned' | 'noConflict' | 'conflict' | 'recusal' | 'conclusion' | 'revision'
> {
  readonly findings: readonly FindingAsRead[];
}

/**
 * Leaves out what is not for the reader, and does not say that there is something; but for evidence. `report`: the one that
 * is assessed; where there is none, nothing of it is published.
 */
export function assessmentFor(
  reader: Audience,
  document: AssessmentDocument,
  report: ReviewedReport | undefined,
): AssessmentAsRead {
  const { reviewer, phase, assigned, noConflict, conflict, recusal, conclusion, revision, findings = [] } = document;
  return {
    reviewer,
    phase,
    assigned,
    ...(noConflict && { noConflict }),
    ...(conflict && mayReadFor(reader, 'secretariat') && { conflict }),
    ...(recusal && mayReadFor(reader, 'reviewers') && { recusal }),
    ...(conclusion && { conclusion }),
    findings: findings.flatMap((each) => findingFor(reader, each, report) ?? []),
    revision,
  };
}

function findingFor(
  reader: Audience,
  document: FindingDocument,
  report: ReviewedReport | undefined,
): FindingAsRead | undefined {
  const { finding, standing, written, shown, published } = document;
  if (mayReadFor(reader, 'reviewers') && standing === 'draft') {
    return { finding, standing, ...written, ...(published && { published }) };
  }
  const told = <Text extends FindingText & { readonly why: readonly number[] }>(text: Text) => ({
    ...text,
    evidence: text.evidence.map((each) => evidenceFor(reader, report, each, text.why[0]!)),
  });
  const isAsked = shown && standing !== 'published' && shown.why[0]! > (published?.why[0] ?? -1);
  if (mayReadFor(reader, 'organization') && isAsked) {
    const { comments, ...text } = told(shown);
    const said = comments.map((comment) => comment.text);
    const why = [...text.why, ...comments.flatMap((comment) => comment.why)];
    const note = mayReadFor(reader, 'reviewers') && written.note !== undefined && { note: written.note };
    const before = published && { published: told(published) };
    return { finding, standing: 'shown', ...text, ...note, comments: said, why, ...before };
  }
  if (!published) return undefined;
  // It quotes what it is about.
  if (reader === 'public' && !report?.isPublished(published.version)) return undefined;
  return { finding, standing: 'published', ...told(published) };
}

function evidenceFor(
  reader: Audience,
  report: ReviewedReport | undefined,
  evidence: Evidence,
  told: number,
): EvidenceAsRead {
  const kept = report?.kept(evidence, told);
  if (!kept || mayReadFor(reader, kept.audience)) return evidence;
  const { part } = kept;
  if (part) return { withheld: part.reason, ...(part.later && { withheldLater: part.later }) };
  return { withheld: reader === 'public' ? 'It is not public.' : 'It is for reviewers and the secretariat.' };
}
