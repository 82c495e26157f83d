import type { ConflictKind, Edtf, FindingText, WrittenFinding } from '#reporting';
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

export const assessments: View<AssessmentDocument> = {
  name: 'assessments',
  version: 1,
  keysOf: ({ subject }) =>
    subject.category === 'assessment'
      ? [`${subject.series}/${subject.year}/${subject.organization}/${subject.reviewer}`]
      : [],
  apply: (document, event) => {
    const after = changed(document, event);
    return after && { ...after, revision: event.revision, why: [...(document?.why ?? []), event.sequence] };
  },
  listsOf: ({ reviewer, organization }) => [`reviewer=${reviewer}`, `organization=${organization}`],
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
      return { ...document, findings: [...(document.findings ?? []), recorded] };
    }
    case 'FindingRevised': {
      const { finding, reason: _, ...written } = event.data;
      return withFinding(document, finding, (before) => ({
        standing: 'draft',
        written: { ...written, why: [...before.written.why, ...why] },
      }));
    }
    case 'FindingShared': {
      const { finding, ...shown } = event.data;
      return withFinding(document, finding, () => ({ standing: 'shown', shown: { ...shown, comments: [], why } }));
    }
    case 'OrganizationCommented': {
      const { finding, text } = event.data;
      return withFinding(document, finding, ({ shown }) => ({
        ...(shown && { shown: { ...shown, comments: [...shown.comments, { text, why }] } }),
      }));
    }
    case 'FindingPublished': {
      const { finding, ...published } = event.data;
      return withFinding(document, finding, () => ({ standing: 'published', published: { ...published, why } }));
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
