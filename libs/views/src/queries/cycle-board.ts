import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { ContributionStatus, CycleId, Edtf, OrganizationId, Punctuality } from '#reporting';
import { isPublished } from '#reporting';
import type { CycleDocument } from '../folds/cycles.js';
import type { OrganizationDocument } from '../folds/organizations.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, documentsIn, keyOfCycle } from './documents.js';
import { Today, punctualityOn } from './report-year.js';
import { reservationShown } from './reservation-told.js';
import { withholdingAsToday } from './withheld-parts.js';

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

  execute({ id, asOf }: BoardOfCycle): Promise<CycleBoard | undefined> {
    const cycle = documentAt(this.views, 'cycles', keyOfCycle(id), asOf);
    if (!cycle) return Promise.resolve(undefined);
    const today = this.today.asOf(asOf);
    const inRound = documentsIn(this.views, 'reports', `${keyOfCycle(id)}/`, asOf);
    const reports = new Map(inRound.map((report) => [report.organization, report]));
    const cells = documentsIn(this.views, 'organizations', '', asOf)
      .filter(({ organization, relevant }) => reports.has(organization) || relevant)
      .map((each) => cellOf(this.views, each, reports.get(each.organization), today, asOf));
    return Promise.resolve({ cycle, cells });
  }
}

function cellOf(
  views: Views,
  { organization, name }: OrganizationDocument,
  report: ReportDocument | undefined,
  today: string,
  asOf: number | undefined,
): BoardCell {
  if (!report) {
    const nothing = { status: 'NO_EVIDENCE', phase: 'none', punctuality: 'not-applicable' } as const;
    return { organization, name, ...nothing, versions: 0, why: [] };
  }
  const { status, phase, requestedOn, deadline, answeredOn, versions, confidence, why } = report;
  // A board is for everybody.
  const isRead = (version: number) => isPublished(report, version);
  const reservation = report.reservation && reservationShown(withholdingAsToday(views, report, asOf), isRead);
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
