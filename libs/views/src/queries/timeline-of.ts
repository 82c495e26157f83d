import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId } from '#reporting';
import type { Found } from '../engine/view-file.js';
import type { Page } from '../views.js';
import { Views } from '../views.js';

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
    return Promise.resolve({ organization, entries: this.views.range('timeline', `${id}/`, page) });
  }
}
