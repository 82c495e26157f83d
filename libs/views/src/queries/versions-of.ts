import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type Consent, type Edtf, isPublished, type Phase, recognise, type ReportId } from '#reporting';
import type { SubmittedVersion } from '../folds/reports.js';
import { Views } from '../views.js';
import { documentAt, keyOfReport } from './documents.js';
import { eventAt } from './events-in-order.js';
import { receiptOf } from './receipt-of.js';
import type { Insight } from './report-year.js';
import { withholdingAsToday, withoutWithheld } from './withheld-parts.js';

/** How a version was signed. */
export interface Signed {
  readonly on: Edtf;
  readonly signatory: string;
  /** Who had signed before, where two sign. */
  readonly firstSignatory?: string;
  /** In which role the version was submitted, where the record says. */
  readonly role?: string;
  readonly declaration: string;
  readonly reservation?: string;
  /** Why it does not stand here. */
  readonly reservationWithheld?: string;
  readonly consentToBeCited: Consent;
}

/** One version of a report: what it is, not what it says. */
export interface VersionEntry extends Signed {
  readonly version: number;
  /** The event that submitted it, and when that was recorded. */
  readonly sequence: number;
  readonly recordedAt: string;
  /** Of its receipt; absent where that does not tell it. */
  readonly sha256?: string;
  /** What it amends, and why; absent for the first one. */
  readonly amendment?: { readonly material: boolean; readonly reason: string; readonly sections: readonly string[] };
  /** The one that stands. No other is, and none is once the report is withdrawn. */
  readonly current: boolean;
  /** Whether everybody may read it. */
  readonly published: boolean;
}

export interface VersionsAnswer {
  readonly phase: Phase;
  /** The oldest first. */
  readonly versions: readonly VersionEntry[];
  readonly withdrawal?: { readonly reason: string };
  readonly revision: number;
}

/** The versions of a report, linked to each other by their numbers. */
export class VersionsOf extends Query<VersionsAnswer | undefined> {
  constructor(
    readonly id: ReportId,
    readonly asOf?: number,
    /** Only those that everybody may read. */
    readonly words?: 'published',
    readonly insight: Insight = 'public',
  ) {
    super();
  }
}

@QueryHandler(VersionsOf)
export class VersionsOfHandler implements IQueryHandler<VersionsOf> {
  constructor(private readonly views: Views) {}

  /** Nothing where there is no report. */
  async execute({ id, asOf, words, insight }: VersionsOf): Promise<VersionsAnswer | undefined> {
    const found = documentAt(this.views, 'reports', keyOfReport(id), asOf);
    if (!found) return undefined;
    const report = withholdingAsToday(this.views, found, asOf);
    const told = insight === 'insider' ? report : withoutWithheld(report);
    const { phase, versions = [], withdrawal, revision } = told;
    const shown = versions.filter(({ version }) => words !== 'published' || isPublished(told, version));
    // To everybody, the one that is published stands as long as no later one is.
    const current = phase === 'withdrawn' ? undefined : shown.at(-1)?.version;
    const entries = shown.map(async (submitted) => ({
      ...(await this.entryOf(id, submitted, insight)),
      current: submitted.version === current,
      published: isPublished(told, submitted.version),
    }));
    return { phase, versions: await Promise.all(entries), ...(withdrawal && { withdrawal }), revision };
  }

  private async entryOf(
    id: ReportId,
    submitted: SubmittedVersion,
    insight: Insight,
  ): Promise<Omit<VersionEntry, 'current' | 'published'>> {
    const { version, sequence } = submitted;
    const { sha256, recordedAt } = receiptOf(this.views, id, version, insight)!;
    const { amendment } = documentAt(this.views, 'reports', keyOfReport(id), sequence)!;
    const signed = await signedAt(this.views, submitted);
    return {
      version,
      sequence,
      recordedAt,
      ...signed,
      ...(sha256 !== undefined && { sha256 }),
      ...(amendment && { amendment }),
    };
  }
}

/** How a version was signed; its declaration and the role stand in the event only. */
export async function signedAt(views: Views, submitted: SubmittedVersion): Promise<Signed> {
  const { on, signatory, firstSignatory, reservation, reservationWithheld, consentToBeCited, sequence } = submitted;
  const event = await eventAt(views, sequence);
  const { declaration } = recognise(event).data as Pick<Signed, 'declaration'>;
  const { role } = event.metadata;
  return {
    on,
    signatory,
    ...(firstSignatory !== undefined && { firstSignatory }),
    ...(role !== undefined && { role }),
    declaration,
    ...(reservation !== undefined && { reservation }),
    ...(reservationWithheld !== undefined && { reservationWithheld }),
    consentToBeCited,
  };
}
