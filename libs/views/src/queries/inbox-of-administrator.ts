import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type Edtf, hasLapsed, type PlatformRole } from '#reporting';
import { PROPOSED, type ProposedMandate } from '../folds/mandates.js';
import { Views } from '../views.js';
import { documentsOn } from './documents.js';
import { byAge, type InboxItem } from './inbox.js';
import { Today } from './report-year.js';

/** Mandates that one administrator has proposed and another has to agree to, the oldest first. */
export class InboxOfAdministrator extends Query<readonly InboxItem[]> {
  constructor(
    /** Who asks: nobody agrees with themselves, nor to a mandate of their own. */
    readonly person?: string,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(InboxOfAdministrator)
export class InboxOfAdministratorHandler implements IQueryHandler<InboxOfAdministrator> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ person: asking, asOf }: InboxOfAdministrator): Promise<readonly InboxItem[]> {
    const today = this.today.asOf(asOf) as Edtf;
    const waiting = documentsOn(this.views, 'mandates', PROPOSED, asOf)
      .filter(({ person }) => person !== asking)
      .flatMap(({ person, proposed }) =>
        (Object.entries(proposed) as [PlatformRole, ProposedMandate][])
          .filter(([, each]) => each.by !== asking && !hasLapsed(each, today))
          .map(([mandate, { sequence }]) => ({ kind: 'mandate-to-agree', person, mandate, sequence }) as const),
      );
    return Promise.resolve(byAge(this.views, today, waiting));
  }
}
