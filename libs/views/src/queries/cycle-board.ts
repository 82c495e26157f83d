import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { ContributionStatus, CycleId, Edtf, OrganizationId, Punctuality } from '#reporting';
import type { CycleDocument } from '../folds/cycles.js';
import type { OrganizationDocument } from '../folds/organizations.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { Today, punctualityOn } from './report-year.js';
import { reservationUpTo } from './reservation-told.js';

/** A cycle and, for each organization that is or was relevant to it, how its report stands. In no order of merit. */
export interface CycleBoard {
  readonly cycle: CycleDocument;
  readonly cells: readonly BoardCell[];
}

export interface BoardCell {
  readonly organization: OrganizationId;
  readonly name: string;
  /** `NO_EVIDENCE`: nothing is on record, which says nothing about the organization (rule 9). */
  readonly status: ContributionStatus | 'NO_EVIDENCE';
  readonly phase: ReportDocument['phase'];
  readonly requestedOn?: Edtf;
  readonly deadline?: Edtf;
  readonly answeredOn?: Edtf;
  /** Derived for the moment that is asked for, never stored. */
  readonly punctuality: Punctuality;
  readonly reservation?: string;
  readonly versions: number;
  readonly confidence?: ReportDocument['confidence'];
  readonly why: readonly number[];
}

export class BoardOfCycle extends Query<CycleBoard | undefined> {
  constructor(
    readonly id: CycleId,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(BoardOfCycle)
export class BoardOfCycleHandler implements IQueryHandler<BoardOfCycle> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  execute({ id: { series, year }, asOf }: BoardOfCycle): Promise<CycleBoard | undefined> {
    const moment = asOf === undefined ? {} : { asOf };
    const found = this.views.document('cycles', `${series}/${year}`, asOf);
    if (!found) return Promise.resolve(undefined);
    const today = this.today.asOf(asOf);
    const organizations = this.views
      .range('organizations', '', moment)
      .map(({ body }) => JSON.parse(body) as OrganizationDocument);
    const reports = new Map(
      this.views.range('reports', `${series}/${year}/`, moment).map(({ body }) => {
        const report = JSON.parse(body) as ReportDocument;
        return [report.organization, report];
      }),
    );
    const cells = organizations
      .filter(({ organization, relevant }) => reports.has(organization) || relevant)
      .map((each) => cellOf(this.views, each, reports.get(each.organization), today));
    return Promise.resolve({ cycle: JSON.parse(found.body) as CycleDocument, cells });
  }
}

function cellOf(
  views: Views,
  { organization, name }: OrganizationDocument,
  report: ReportDocument | undefined,
  today: string,
): BoardCell {
  if (!report) {
    const nothing = { status: 'NO_EVIDENCE', phase: 'none', punctuality: 'not-applicable' } as const;
    return { organization, name, ...nothing, versions: 0, why: [] };
  }
  const { status, phase, requestedOn, deadline, answeredOn, versions, confidence, why } = report;
  // A board is for everybody.
  const reservation = reservationUpTo(report, report.published ?? 0);
  return {
    organization,
    name,
    status,
    phase,
    ...(requestedOn && { requestedOn }),
    ...(deadline && { deadline }),
    ...(answeredOn && { answeredOn }),
    punctuality: punctualityOn(views, report, today),
    ...(reservation && { reservation }),
    versions: versions?.length ?? 0,
    ...(confidence && { confidence }),
    why,
  };
}
