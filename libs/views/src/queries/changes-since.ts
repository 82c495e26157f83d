import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type Audience, isPublished, type Phase, type ReportId } from '#reporting';
import type { SubmittedVersion } from '../folds/reports.js';
import { Views } from '../views.js';
import type { ThreadAsRead } from './clarifications-of.js';
import { clarificationsOf } from './clarifications-of.js';
import { type CitationDifference, compareCitations, figuresChanged } from './figures-and-citations.js';
import type { ReportReadiness } from './report-readiness.js';
import type { ReportAsRead } from './report-year.js';
import { asShown, documentsBeside, isShown, readReport } from './report-year.js';
import { compareSections, hasChanged } from './section-difference.js';
import { documentsShown, withoutWithheld } from './withheld-parts.js';

/** What is other in a report than it was at an earlier moment of the record. Of drafts it says nothing. */
export interface ReportChanges {
  readonly since: number;
  /** The version that stood then, and the one that stands now; absent where none had been submitted. */
  readonly version: { readonly from?: number; readonly to?: number };
  readonly phase: { readonly from?: Phase; readonly to: Phase };
  readonly versions: readonly Pick<SubmittedVersion, 'version' | 'on' | 'sequence' | 'reservation'>[];
  readonly sections: ReportReadiness['changes']['sections'];
  readonly citations: CitationDifference;
  readonly figures: ReportReadiness['changes']['figures'];
  readonly documents: ReportReadiness['changes']['documents'];
  /** Asked or answered since, as far as the reader may read them. */
  readonly clarifications: readonly ThreadAsRead[];
}

/** What has changed in a report since its reader last looked at it. */
export class ChangesSince extends Query<ReportChanges | undefined> {
  constructor(
    readonly id: ReportId,
    /** The last sequence that the reader has seen. */
    readonly since: number,
    readonly reader: Audience = 'public',
    readonly asOf?: number,
    /** Only what is published. */
    readonly words?: 'published',
  ) {
    super();
  }
}

@QueryHandler(ChangesSince)
export class ChangesSinceHandler implements IQueryHandler<ChangesSince> {
  constructor(private readonly views: Views) {}

  /** Nothing where there is no report. */
  execute({ id, since, reader, asOf, words }: ChangesSince): Promise<ReportChanges | undefined> {
    const now = readReport(this.views, id, asOf, words);
    if (!now) return Promise.resolve(undefined);
    const before = readReport(this.views, id, since, words);
    const [had, has] = [saidIn(before), saidIn(now)];
    return Promise.resolve({
      since,
      version: {
        ...(before?.version !== undefined && { from: before.version }),
        ...(now.version !== undefined && { to: now.version }),
      },
      phase: { ...(before && { from: before.report.phase }), to: now.report.phase },
      versions: (withoutWithheld(now.report).versions ?? [])
        .filter(({ sequence }) => sequence > since)
        // That there is one is for everybody to know; what it says is not.
        .map(({ version, on, sequence, reservation }) => {
          const isRead = words !== 'published' || isPublished(now.report, version);
          return { version, on, sequence, ...(isRead && reservation !== undefined && { reservation }) };
        }),
      sections: compareSections(had.sections, has.sections).filter(hasChanged),
      citations: compareCitations(had.citations, has.citations),
      figures: figuresChanged(had.figures, has.figures),
      documents: documentsBeside(has.documents, had.documents),
      clarifications: clarificationsOf(this.views, id, reader, asOf).filter(({ why }) => why.at(-1)! > since),
    });
  }
}

/** What was signed, with what is withheld left out. */
function saidIn(read: ReportAsRead | undefined) {
  if (read?.version === undefined) return { sections: [], citations: {}, figures: {}, documents: [] };
  const { sections, citations, figures } = asShown(read);
  return { sections: sections.filter(isShown), citations, figures, documents: documentsShown(read.report) };
}
