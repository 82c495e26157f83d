import type { Audience, ConflictKind, DocumentRef, Edtf, Evidence, FindingText, WrittenFinding } from '#reporting';
import type { Placed, View } from '../view.js';

/**
 * What one reviewer finds in one report, with what is not for everybody. Key:
 * `<series>/<year>/<organization>/<reviewer>`, so the assessments of a report are a range.
 */
export interface AssessmentDocument {
  readonly series: string;
  readonly year: number;
  readonly organization: string;
  readonly reviewer: string;
  readonly phase: 'assigned' | 'recused' | 'concluded';
  readonly assigned: { readonly from: Edtf; readonly by: string; readonly why: readonly number[] };
  readonly noConflict?: { readonly why: readonly number[] };
  readonly conflict?: { readonly kind: ConflictKind; readonly text: string; readonly why: readonly number[] };
  readonly recusal?: { readonly reason: string; readonly why: readonly number[] };
  readonly findings?: readonly FindingDocument[];
  readonly files?: readonly FileInFinding[];
  readonly conclusion?: { readonly summary: string; readonly why: readonly number[] };
  readonly revision: number;
  readonly why: readonly number[];
}

/** A finding as it is written, as the organization was shown it, and as everybody may read it. */
export interface FindingDocument {
  readonly finding: string;
  readonly standing: 'draft' | 'shown' | 'published';
  readonly written: WrittenFinding & { readonly why: readonly number[] };
  readonly shown?: FindingText & {
    readonly until: Edtf;
    readonly comments: readonly { readonly text: string; readonly why: readonly number[] }[];
    readonly why: readonly number[];
  };
  readonly published?: FindingText & { readonly comments: readonly string[]; readonly why: readonly number[] };
}

/** A file that a finding named. To write it anew, or to show it, takes the words from nobody who read them before. */
export interface FileInFinding {
  readonly document: DocumentRef & { readonly sha256: string };
  /** The version that the finding quotes. */
  readonly version: number;
  /** For whom the words were: for reviewers, for the organization as well, for everybody. */
  readonly audience: Exclude<Audience, 'secretariat'>;
  readonly sequence: number;
}

export const assessments: View<AssessmentDocument> = {
  name: 'assessments',
  version: 2,
  keysOf: ({ subject }) =>
    subject.category === 'assessment'
      ? [`${subject.series}/${subject.year}/${subject.organization}/${subject.reviewer}`]
      : [],
  apply: (document, event) => {
    const after = changed(document, event);
    return after && { ...after, revision: event.revision, why: [...(document?.why ?? []), event.sequence] };
  },
  listsOf: ({ reviewer, organization, files = [] }) => {
    const named = [...new Set(files.map(({ document }) => `document=${document.sha256}`))];
    return [`reviewer=${reviewer}`, `organization=${organization}`, ...named];
  },
};

function changed(document: AssessmentDocument | undefined, event: Placed): AssessmentDocument | undefined {
  const why = [event.sequence];
  if (event.type === 'ReviewerAssigned' && event.subject.category === 'assessment') {
    const { series, year, organization, reviewer } = event.subject;
    const assigned = { ...event.data, why };
    return { series, year, organization, reviewer, phase: 'assigned', assigned, revision: 0, why: [] };
  }
  if (!document) return undefined;
  switch (event.type) {
    case 'NoConflictDeclared':
      return { ...document, noConflict: { why } };
    case 'ConflictDeclared':
      return { ...document, conflict: { ...event.data, why } };
    case 'ReviewerRecused':
      return { ...document, phase: 'recused', recusal: { ...event.data, why } };
    case 'AssessmentConcluded':
      return { ...document, phase: 'concluded', conclusion: { ...event.data, why } };
    case 'FindingRecorded': {
      const { finding, ...written } = event.data;
      const recorded: FindingDocument = { finding, standing: 'draft', written: { ...written, why } };
      const findings = [...(document.findings ?? []), recorded];
      return withFiles({ ...document, findings }, event, event.data, 'reviewers');
    }
    case 'FindingRevised': {
      const { finding, reason: _, ...written } = event.data;
      const after = withFinding(document, finding, (before) => ({
        standing: 'draft',
        written: { ...written, why: [...before.written.why, ...why] },
      }));
      return withFiles(after, event, event.data, 'reviewers');
    }
    case 'FindingShared': {
      const { finding, ...shown } = event.data;
      const after = withFinding(document, finding, () => ({
        standing: 'shown',
        shown: { ...shown, comments: [], why },
      }));
      return withFiles(after, event, event.data, 'organization');
    }
    case 'OrganizationCommented': {
      const { finding, text } = event.data;
      return withFinding(document, finding, ({ shown }) => ({
        ...(shown && { shown: { ...shown, comments: [...shown.comments, { text, why }] } }),
      }));
    }
    case 'FindingPublished': {
      const { finding, ...published } = event.data;
      const after = withFinding(document, finding, () => ({ standing: 'published', published: { ...published, why } }));
      return withFiles(after, event, event.data, 'public');
    }
    default:
      return document;
  }
}

function withFinding(
  document: AssessmentDocument,
  finding: string,
  change: (before: FindingDocument) => Partial<FindingDocument>,
): AssessmentDocument {
  const findings = (document.findings ?? []).map((each) =>
    each.finding === finding ? { ...each, ...change(each) } : each,
  );
  return { ...document, findings };
}

function withFiles(
  document: AssessmentDocument,
  { sequence }: Placed,
  { version, evidence }: { readonly version: number; readonly evidence: readonly Evidence[] },
  audience: FileInFinding['audience'],
): AssessmentDocument {
  const named = evidence.flatMap(({ document: { sha256, ...rest } = { title: '' } }): FileInFinding[] =>
    sha256 === undefined ? [] : [{ document: { ...rest, sha256 }, version, audience, sequence }],
  );
  return named.length ? { ...document, files: [...(document.files ?? []), ...named] } : document;
}
