import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Punctuality, ReportId } from '#reporting';
import { Views } from '../views.js';
import type { ReportAsRead } from './report-year.js';
import { dayOf, punctualityOn, readReport } from './report-year.js';

export interface ReportAnswer extends ReportAsRead {
  /** Derived for the moment that is asked for, never stored. */
  readonly punctuality: Punctuality;
}

/** A report with its words: the last version, the one that is named, or the draft. */
export class ReportAt extends Query<ReportAnswer | undefined> {
  constructor(
    readonly id: ReportId,
    readonly asOf?: number,
    readonly version?: number,
  ) {
    super();
  }
}

@QueryHandler(ReportAt)
export class ReportAtHandler implements IQueryHandler<ReportAt> {
  constructor(private readonly views: Views) {}

  execute({ id, asOf, version }: ReportAt): Promise<ReportAnswer | undefined> {
    const read = readReport(this.views, id, asOf, version);
    const today = dayOf(this.views, asOf, Date.now);
    return Promise.resolve(read && { ...read, punctuality: punctualityOn(this.views, read.report, today) });
  }
}
