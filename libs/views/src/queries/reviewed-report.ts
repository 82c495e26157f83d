import type { DocumentRef, Evidence, KeptEvidence, NamedInThread, ReportId } from '#reporting';
import { documentKey, EvidenceInThreads, isPublished, Withholding } from '#reporting';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { ReportDocument, WithheldPart } from '../folds/reports.js';
import type { Views } from '../views.js';
import { documentAt, documentsIn, keyOfReport } from './documents.js';
import { reportForReaders } from './report-for-readers.js';
import { partBehind, withholdingAsToday } from './withheld-parts.js';

/** A report as findings quote it: which versions everybody may read, and for whom what findings rest on is. */
export class ReviewedReport {
  private readonly threads: EvidenceInThreads<NamedInThread & { readonly sequence: number }, WithheldPart>;

  /** `report`: with all that is withheld of it today; `toEverybody`: the documents of it that everybody reads today. */
  constructor(
    private readonly report: ReportDocument,
    threads: readonly ClarificationDocument[] = [],
    toEverybody: readonly DocumentRef[] = [],
  ) {
    const named = threads.flatMap(({ clarification, messages }) =>
      messages.flatMap(({ documents = [], visibility, why }) =>
        documents.map((document) => ({ document, clarification, visibility, sequence: why[0]! })),
      ),
    );
    const keys = new Set(toEverybody.map(documentKey));
    const isPublic = (document: DocumentRef) => keys.has(documentKey(document));
    this.threads = new EvidenceInThreads(named, new Withholding(report.withheld), isPublic);
  }

  /** As it stood at `asOf`, but for what is withheld and who reads what was attached: that is as of today. */
  static of(views: Views, id: ReportId, asOf?: number): ReviewedReport | undefined {
    const key = keyOfReport(id);
    const then = documentAt(views, 'reports', key, asOf);
    if (!then) return undefined;
    const today = asOf === undefined ? then : documentAt(views, 'reports', key)!;
    const { documents: shown = [] } = reportForReaders(views, today, 'published');
    const { documents, letter } = today;
    const report = { ...withholdingAsToday(views, then, asOf), ...(documents && { documents }) };
    const toEverybody = [...shown.map(({ document }) => document), ...(letter ? [letter] : [])];
    return new ReviewedReport(report, documentsIn(views, 'clarifications', `${key}/`), toEverybody);
  }

  isPublished(version: number): boolean {
    return isPublished(this.report, version);
  }

  /** Nothing where everybody may read it; `told`: the sequence of the event by which a finding named it. */
  kept(evidence: Evidence, told: number): KeptEvidence<WithheldPart> | undefined {
    const inThread = this.threads.behind(evidence, ({ sequence }) => sequence < told);
    const part = partBehind(this.report, evidence);
    if (!part) return inThread;
    return { audience: inThread?.audience ?? 'organization', part };
  }
}
