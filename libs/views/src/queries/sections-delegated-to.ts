import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId } from '#reporting';
import { Views } from '../views.js';
import { documentsOn } from './documents.js';

/** A section of a report that is being written, which somebody was asked to write. */
export interface DelegatedSection {
  readonly series: string;
  readonly year: number;
  readonly section: string;
}

/** What an organization asked a person to write, and still is to be written: who leaves hands it over. */
export class SectionsDelegatedTo extends Query<readonly DelegatedSection[]> {
  constructor(
    readonly person: string,
    readonly organization: OrganizationId,
  ) {
    super();
  }
}

@QueryHandler(SectionsDelegatedTo)
export class SectionsDelegatedToHandler implements IQueryHandler<SectionsDelegatedTo> {
  constructor(private readonly views: Views) {}

  execute({ person, organization }: SectionsDelegatedTo): Promise<readonly DelegatedSection[]> {
    const reports = documentsOn(this.views, 'reports', `organization=${organization}`);
    const sections = reports.flatMap(({ series, year, phase, delegations = {} }) => {
      if (phase !== 'draft' && phase !== 'amending') return [];
      const theirs = Object.keys(delegations).filter((section) => delegations[section]!.to === person);
      return theirs.sort().map((section) => ({ series, year, section }));
    });
    return Promise.resolve(sections);
  }
}
