import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { CycleId, DocumentRef, ReportId } from '#reporting';
import type { ClarificationDocument } from '../folds/clarifications.js';
import type { CycleDocument } from '../folds/cycles.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentsOf } from './report-for-readers.js';

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
    const list = [`document=${sha256}`] as const;
    const isIt = (document: DocumentRef | undefined) => document?.sha256 === sha256;
    const inReports = this.views.listed('reports', list).flatMap(({ body }) => {
      const report = JSON.parse(body) as ReportDocument;
      return this.namedIn(report).filter(({ document }) => isIt(document));
    });
    const inThreads = this.views.listed('clarifications', list).flatMap(({ body }) => {
      const { series, year, organization, messages } = JSON.parse(body) as ClarificationDocument;
      return messages.flatMap(({ documents = [], visibility }) =>
        documents.filter(isIt).map((document) => ({
          in: { series, year, organization },
          document,
          isPublic: visibility === 'public',
          isSubmitted: true,
          ...(visibility === 'internal' && { isInternal: true as const }),
        })),
      );
    });
    const inCycles = this.views.listed('cycles', list).flatMap(({ body }) => {
      const { series, year, guidance } = JSON.parse(body) as CycleDocument;
      return guidance.flatMap(({ document }) =>
        document && isIt(document) ? [{ in: { series, year }, document, isPublic: true, isSubmitted: true }] : [],
      );
    });
    return Promise.resolve([...inReports, ...inThreads, ...inCycles]);
  }

  private namedIn(report: ReportDocument): AttachmentNaming[] {
    const { series, year, organization, letter, documents = [], phase } = report;
    const id = { series, year, organization };
    const published = documentsOf(this.views, report, report.published);
    const submitted = documentsOf(this.views, report, report.versions?.at(-1)?.version);
    const withheld = new Set((report.withheld ?? []).map(({ part }) => part.split('/', 1)[0]));
    return [
      ...(letter ? [{ in: id, document: letter, isPublic: true, isSubmitted: true }] : []),
      ...documents.map(({ document, section }, n) => ({
        in: id,
        document,
        isPublic:
          phase === 'answered-by-letter' || (n < published && (section === undefined || !withheld.has(section))),
        isSubmitted: phase === 'answered-by-letter' || n < submitted,
      })),
    ];
  }
}
