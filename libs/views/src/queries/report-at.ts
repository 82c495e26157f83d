import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Punctuality, ReportId } from '#reporting';
import { Views } from '../views.js';
import type { Insight, ShownReport, WhichWords } from './report-year.js';
import { asShown, Today, punctualityOn, readReport } from './report-year.js';

export interface ReportAnswer extends ShownReport {
  /** Derived for the moment that is asked for, never stored. */
  readonly punctuality: Punctuality;
}

/** A report with its words: the last version, the one that is named, or what is being written. */
export class ReportAt extends Query<ReportAnswer | undefined> {
  constructor(
    readonly id: ReportId,
    readonly asOf?: number,
    readonly version?: WhichWords,
    readonly insight: Insight = 'public',
  ) {
    super();
  }
}

@QueryHandler(ReportAt)
export class ReportAtHandler implements IQueryHandler<ReportAt> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ id, asOf, version, insight }: ReportAt): Promise<ReportAnswer | undefined> {
    const read = readReport(this.views, id, asOf, version);
    const today = this.today.asOf(asOf);
    if (!read) return Promise.resolve(undefined);
    const punctuality = punctualityOn(this.views, read.report, today);
    return Promise.resolve({ ...asShown(read, insight), punctuality });
  }
}
