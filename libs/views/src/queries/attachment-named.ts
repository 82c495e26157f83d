import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type Audience, type CycleId, type DocumentRef, mayReadFor, type ReportId, Withholding } from '#reporting';
import type { FileInFinding } from '../folds/assessments.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, documentsOn, keyOfReport } from './documents.js';
import { documentsOf } from './report-for-readers.js';
import { ReviewedReport } from './reviewed-report.js';
import { isWithheld } from './withheld-parts.js';

/** One place of the record that names a document by its hash. */
export interface AttachmentNaming {
  readonly in: ReportId | CycleId;
  readonly document: DocumentRef;
  /**
   * Whether everybody may read it there: it came with a request, an answer by letter or the guidance of a cycle, or with a
   * version of a report that is published, in no part that is withheld; or a finding names it that is published, and may
   * tell it to everybody. A draft, or a version that is only submitted, is for those who may read the report. What was
   * published stays so when the report is withdrawn.
   */
  readonly isPublic: boolean;
  /** Whether it came with something that was submitted: it is then no draft's. */
  readonly isSubmitted: boolean;
  /** It came with a note among reviewers, or a finding: as whom somebody has to read the review in order to read it. */
  readonly review?: Exclude<Audience, 'public'>;
  /** Whose finding names it. */
  readonly reviewer?: string;
}

/**
 * Every place that names a document. What a thread names is for those who may read the message, and what a finding names
 * for those who may read the finding.
 */
export class AttachmentNamed extends Query<AttachmentNaming[]> {
  constructor(readonly sha256: string) {
    super();
  }
}

@QueryHandler(AttachmentNamed)
export class AttachmentNamedHandler implements IQueryHandler<AttachmentNamed> {
  constructor(private readonly views: Views) {}

  execute({ sha256 }: AttachmentNamed): Promise<AttachmentNaming[]> {
    const list = `document=${sha256}`;
    const isIt = (document: DocumentRef | undefined) => document?.sha256 === sha256;
    const inReports = documentsOn(this.views, 'reports', list).flatMap((report) =>
      this.namedIn(report).filter(({ document }) => isIt(document)),
    );
    const inThreads = documentsOn(this.views, 'clarifications', list).flatMap((thread) => {
      const { series, year, organization, clarification, messages } = thread;
      const id = { series, year, organization };
      const report = documentAt(this.views, 'reports', keyOfReport(id))!;
      const isKept = new Withholding(report.withheld).clarification(clarification) !== undefined;
      return messages.flatMap(({ documents = [], visibility }) =>
        documents.filter(isIt).map((document) => ({
          in: id,
          document,
          isPublic: visibility === 'public' && !isKept && !isWithheld(report, document),
          isSubmitted: true,
          ...(visibility === 'internal' && { review: 'reviewers' as const }),
        })),
      );
    });
    const inCycles = documentsOn(this.views, 'cycles', list).flatMap(({ series, year, guidance }) =>
      guidance.flatMap(({ document }) =>
        document && isIt(document) ? [{ in: { series, year }, document, isPublic: true, isSubmitted: true }] : [],
      ),
    );
    return Promise.resolve([...inReports, ...inThreads, ...this.namedInFindings(sha256), ...inCycles]);
  }

  private namedInFindings(sha256: string): AttachmentNaming[] {
    return documentsOn(this.views, 'assessments', `document=${sha256}`).flatMap(
      ({ series, year, organization, reviewer, files = [] }) => {
        const id = { series, year, organization };
        const report = ReviewedReport.of(this.views, id);
        const isIt = ({ document }: FileInFinding) => document.sha256 === sha256;
        return files.filter(isIt).map(({ document, version, audience, sequence }) => {
          const kept = report?.kept({ document }, sequence)?.audience ?? 'public';
          const told = audience === 'public' && !report?.isPublished(version) ? 'organization' : audience;
          const review = mayReadFor(told, kept) ? told : kept;
          const naming = { in: id, document, isSubmitted: true, reviewer };
          return review === 'public' ? { ...naming, isPublic: true } : { ...naming, isPublic: false, review };
        });
      },
    );
  }

  private namedIn(report: ReportDocument): AttachmentNaming[] {
    const { series, year, organization, letter, documents = [], phase } = report;
    const id = { series, year, organization };
    const published = documentsOf(this.views, report, report.published);
    const submitted = documentsOf(this.views, report, report.versions?.at(-1)?.version);
    const isAnswer = phase === 'answered-by-letter';
    return [
      ...(letter ? [{ in: id, document: letter, isPublic: !isWithheld(report, letter), isSubmitted: true }] : []),
      ...documents.map(({ document }, n) => ({
        in: id,
        document,
        isPublic: (isAnswer || n < published) && !isWithheld(report, document),
        isSubmitted: isAnswer || n < submitted,
      })),
    ];
  }
}
