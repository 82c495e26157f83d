import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { CycleId, Edtf, OrganizationId } from '#reporting';
import { isAfter } from '#reporting';
import type { CycleDocument } from '../folds/cycles.js';
import type { OrganizationDocument } from '../folds/organizations.js';
import type { ReportDocument } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, documentsIn, keyOfCycle } from './documents.js';
import { Today } from './report-year.js';

/** Whom to ask: those that are named, or all relevant ones that have all that is asked for. */
export interface Addressees {
  readonly organizations?: readonly OrganizationId[];
  readonly kind?: string;
  readonly group?: string;
}

export type NotAsked = 'not-on-record' | 'merged' | 'not-relevant' | 'already-requested' | 'exempted' | 'withdrawn';

/** Whom requests of a round would reach, and whom not, each in the order of the ids. */
export interface RequestsInBulk {
  readonly cycle: CycleDocument;
  readonly reached: readonly { readonly organization: OrganizationId; readonly name: string }[];
  readonly leftOut: readonly LeftOut[];
  /** The day on which it was asked. */
  readonly today: string;
}

export interface LeftOut {
  readonly organization: OrganizationId;
  readonly name?: string;
  readonly reason: NotAsked;
  /** The organization that it was merged into. */
  readonly into?: OrganizationId;
  readonly why: readonly number[];
}

export class WouldBeRequested extends Query<RequestsInBulk | undefined> {
  constructor(
    readonly cycle: CycleId,
    readonly addressees: Addressees,
    /** The day of the letter: whoever became relevant after it is not asked. */
    readonly on: Edtf,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(WouldBeRequested)
export class WouldBeRequestedHandler implements IQueryHandler<WouldBeRequested> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  /** Nothing where the round is not on record. */
  execute({ cycle, addressees, on, asOf }: WouldBeRequested): Promise<RequestsInBulk | undefined> {
    const found = documentAt(this.views, 'cycles', keyOfCycle(cycle), asOf);
    if (!found) return Promise.resolve(undefined);
    const round = `${keyOfCycle(cycle)}/`;
    const reports = new Map(
      documentsIn(this.views, 'reports', round, asOf).map((report) => [report.organization, report]),
    );
    const reached: { organization: OrganizationId; name: string }[] = [];
    const leftOut: LeftOut[] = [];
    for (const [organization, document] of this.candidates(addressees, asOf)) {
      const left = whyNot(document, reports.get(organization), on);
      const name = document && { name: document.name };
      if (left) leftOut.push({ organization, ...name, ...left });
      else reached.push({ organization, name: document!.name });
    }
    return Promise.resolve({
      cycle: found,
      reached,
      leftOut,
      today: this.today.asOf(asOf),
    });
  }

  private candidates({ organizations, kind, group }: Addressees, asOf: number | undefined) {
    if (organizations) {
      return [...organizations]
        .sort()
        .map((id): [OrganizationId, OrganizationDocument | undefined] => [
          id,
          documentAt(this.views, 'organizations', id, asOf),
        ]);
    }
    return documentsIn(this.views, 'organizations', '', asOf)
      .filter(
        ({ profile }) =>
          (kind === undefined || profile.kind === kind) && (group === undefined || profile.stakeholderGroup === group),
      )
      .map((document): [OrganizationId, OrganizationDocument] => [document.organization, document]);
  }
}

function whyNot(
  document: OrganizationDocument | undefined,
  report: ReportDocument | undefined,
  on: Edtf,
): Pick<LeftOut, 'reason' | 'into' | 'why'> | undefined {
  if (!document) return { reason: 'not-on-record', why: [] };
  const { mergedInto, relevant } = document;
  if (mergedInto) return { reason: 'merged', into: mergedInto, why: document.why.slice(-1) };
  if (report?.phase === 'exempted' || report?.phase === 'withdrawn')
    return { reason: report.phase, why: report.why.slice(-1) };
  if (report?.requestedOn) return { reason: 'already-requested', why: report.why.slice(0, 1) };
  if (!relevant || isAfter(relevant.from, on)) return { reason: 'not-relevant', why: relevant?.why ?? [] };
  return undefined;
}
