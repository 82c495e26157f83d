import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId, ReportId } from '#reporting';
import { isPublished, Withholding } from '#reporting';
import type { Found } from '../engine/view-file.js';
import type { ReportDocument, WithheldPart } from '../folds/reports.js';
import type { TimelineEntry } from '../folds/timeline-entry.js';
import type { Page } from '../views.js';
import { Views } from '../views.js';
import { documentAt, documentsIn, keyOfReport } from './documents.js';
import { withoutWithheld } from './withheld-parts.js';

/** Entries whose detail is what a report says: it is told as far as that is. */
const OF_WORDS: readonly TimelineEntry['kind'][] = [
  'report-submitted',
  'answered-by-letter',
  'clarification-requested',
];

/** The organization as it stands, and its timeline in the order in which things happened; both as JSON texts. */
export interface TimelineAnswer {
  readonly organization: Found;
  readonly entries: readonly Found[];
}

/** Everything that an organization did, was asked, answered, was asked back and was found. */
export class TimelineOf extends Query<TimelineAnswer | undefined> {
  constructor(
    readonly organization: OrganizationId,
    readonly page: Page = {},
  ) {
    super();
  }
}

@QueryHandler(TimelineOf)
export class TimelineOfHandler implements IQueryHandler<TimelineOf> {
  constructor(private readonly views: Views) {}

  execute({ organization: id, page }: TimelineOf): Promise<TimelineAnswer | undefined> {
    const organization = this.views.document('organizations', id, page.asOf);
    if (!organization) return Promise.resolve(undefined);
    const entries = this.views.range('timeline', `${id}/`, page).map((entry) => this.forEverybody(entry, page.asOf));
    return Promise.resolve({ organization, entries });
  }

  /** That a version came with a reservation is for everybody to know; what it says is read with the version. */
  private forEverybody(found: Found, asOf: number | undefined): Found {
    if (!OF_WORDS.some((kind) => found.body.includes(kind))) return found;
    const { detail, ...entry } = JSON.parse(found.body) as TimelineEntry;
    if (!OF_WORDS.includes(entry.kind) || detail === undefined || !entry.report) return found;
    const { series, year, version } = entry.report;
    const id = { series, year, organization: entry.organization };
    const now = reportOf(this.views, id);
    const then = asOf === undefined ? now : reportOf(this.views, id, asOf);
    // What is withheld now is withheld in all that was said before.
    const withheld = now.withheld && this.withheld(entry, now);
    if (!withheld && (version === undefined || isPublished(then, version))) return found;
    return { ...found, body: JSON.stringify({ ...entry, ...withheld }) };
  }

  private withheld(entry: TimelineEntry, report: ReportDocument): Partial<TimelineEntry> | undefined {
    const withholding = new Withholding(report.withheld);
    switch (entry.kind) {
      case 'report-submitted': {
        const part = withholding.reservation();
        return part && { withheld: part.reason };
      }
      case 'answered-by-letter': {
        const part = withholding.letter() ?? (report.reservation === undefined ? undefined : withholding.reservation());
        const { sources } = withoutWithheld(report);
        return part && { withheld: part.reason, ...(sources && { sources }) };
      }
      default: {
        const part = this.threadTold(entry, report);
        return part && { withheld: part.reason };
      }
    }
  }

  private threadTold({ sequence }: TimelineEntry, report: ReportDocument): WithheldPart | undefined {
    const withholding = new Withholding(report.withheld);
    const threads = documentsIn(this.views, 'clarifications', `${keyOfReport(report)}/`);
    const asked = threads.find(({ why }) => why[0] === sequence);
    return asked && withholding.clarification(asked.clarification);
  }
}

const reportOf = (views: Views, id: ReportId, asOf?: number): ReportDocument =>
  documentAt(views, 'reports', keyOfReport(id), asOf)!;
