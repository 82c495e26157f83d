import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId } from '#reporting';
import type { Found } from '../engine/view-file.js';
import type { ReportDocument } from '../folds/reports.js';
import type { TimelineEntry } from '../folds/timeline-entry.js';
import type { Page } from '../views.js';
import { Views } from '../views.js';

/** In the entries that are looked at again. */
const SUBMITTED: TimelineEntry['kind'] = 'report-submitted';

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
    if (!found.body.includes(SUBMITTED)) return found;
    const { detail, ...entry } = JSON.parse(found.body) as TimelineEntry;
    const { series, year, version = 0 } = entry.report ?? {};
    if (entry.kind !== SUBMITTED || detail === undefined) return found;
    const report = this.views.document('reports', `${series}/${year}/${entry.organization}`, asOf);
    const { published = 0 } = report ? (JSON.parse(report.body) as ReportDocument) : {};
    return version <= published ? found : { ...found, body: JSON.stringify(entry) };
  }
}
