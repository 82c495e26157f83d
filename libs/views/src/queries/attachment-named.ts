import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type CycleId, type DocumentRef, type ReportId, Withholding } from '#reporting';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, documentsOn, keyOfReport } from './documents.js';
import { documentsOf } from './report-for-readers.js';
import { isWithheld } from './withheld-parts.js';

/** One place of the record that names a document by its hash. */
export interface AttachmentNaming {
  readonly in: ReportId | CycleId;
  readonly document: DocumentRef;
  /**
   * Whether everybody may read it there: it came with a request, an answer by letter or the guidance of a cycle, or with a
   * version of a report that is published, in no part that is withheld. A draft, or a version that is only submitted, is
   * for those who may read the report. What was published stays so when the report is withdrawn.
   */
  readonly isPublic: boolean;
  /** Whether it came with something that was submitted: it is then no draft's. */
  readonly isSubmitted: boolean;
  /** It came with a note among reviewers: it is for them and the secretariat. */
  readonly isInternal?: true;
}

/** Every place that names a document. What a thread names is for those who may read the message. What names it in findings is not among them: those are told by reviewers. */
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
          ...(visibility === 'internal' && { isInternal: true as const }),
        })),
      );
    });
    const inCycles = documentsOn(this.views, 'cycles', list).flatMap(({ series, year, guidance }) =>
      guidance.flatMap(({ document }) =>
        document && isIt(document) ? [{ in: { series, year }, document, isPublic: true, isSubmitted: true }] : [],
      ),
    );
    return Promise.resolve([...inReports, ...inThreads, ...inCycles]);
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
