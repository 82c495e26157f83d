import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Claim, ReportedFigure, ReportId } from '#reporting';
import type { AttachedDocument, ReportDocument } from '../folds/reports.js';
import type { SectionDocument } from '../folds/sections.js';
import { Views } from '../views.js';
import { compareCitations, compareFigures } from './figures-and-citations.js';
import type { Insight, ShownReport } from './report-year.js';
import { asShown, documentsBeside, isShown, readReport } from './report-year.js';
import { receiptOf } from './receipt-of.js';
import { compareSections, hasChanged, type SectionDifference } from './section-difference.js';
import { type Signed, signedAt } from './versions-of.js';
import { widestParts } from './widest-parts.js';
import { withoutWithheld } from './withheld-parts.js';

interface Told<Value> {
  readonly from: Value;
  readonly to: Value;
}

/** What one version of a report says and another does not. What is withheld from the reader is in neither. */
export interface VersionDifference {
  readonly from: number;
  readonly to: number;
  readonly sections: {
    readonly added: readonly SectionDifference[];
    readonly removed: readonly SectionDifference[];
    readonly changed: readonly SectionDifference[];
    readonly unchanged: readonly Pick<SectionDocument, 'section' | 'lang'>[];
  };
  readonly citations: {
    readonly added: readonly Cited[];
    readonly removed: readonly Cited[];
    readonly claimedOtherwise: readonly ({ readonly action: string } & Told<readonly Claim[]>)[];
  };
  readonly figures: readonly ({ readonly indicator: string } & Partial<Told<Measure>>)[];
  readonly documents: { readonly added: readonly AttachedDocument[]; readonly removed: readonly AttachedDocument[] };
  /** How each was signed. */
  readonly signed: Told<Signed>;
  /** Parts of either that are kept from the reader, and why. Whether they changed is not said. */
  readonly withheld: readonly { readonly part: string; readonly reason: string }[];
}

interface Cited {
  readonly action: string;
  readonly claims: readonly Claim[];
}

type Measure = Pick<ReportedFigure, 'value' | 'unit'>;

export class DifferenceOfVersions extends Query<VersionDifference | undefined> {
  constructor(
    readonly id: ReportId,
    readonly from: number,
    readonly to: number,
    readonly insight: Insight = 'public',
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(DifferenceOfVersions)
export class DifferenceOfVersionsHandler implements IQueryHandler<DifferenceOfVersions> {
  constructor(private readonly views: Views) {}

  /** Nothing where one of them is not there. */
  async execute(asked: DifferenceOfVersions): Promise<VersionDifference | undefined> {
    const { from, to } = asked;
    const [had, has] = [await this.version(asked, from), await this.version(asked, to)];
    if (!had || !has) return undefined;
    return {
      from,
      to,
      sections: sectionsBetween(had, has),
      citations: citationsBetween(had.citations, has.citations),
      figures: figuresBetween(had.figures, has.figures),
      documents: {
        added: documentsBeside(has.documents, had.documents),
        removed: documentsBeside(had.documents, has.documents),
      },
      signed: { from: had.signed, to: has.signed },
      withheld: withheldFrom(asked.insight, had.report, [...had.withheld, ...has.withheld]),
    };
  }

  private async version({ id, insight, asOf }: DifferenceOfVersions, version: number) {
    const read = readReport(this.views, id, asOf, version);
    if (!read) return undefined;
    const report = insight === 'insider' ? read.report : withoutWithheld(read.report);
    const submitted = report.versions?.find((each) => each.version === version);
    if (!submitted) return undefined;
    return {
      ...asShown(read, insight),
      documents: report.documents ?? [],
      withheld: [
        ...(receiptOf(this.views, id, version)?.withheld ?? []),
        ...(submitted.reservationWithheld === undefined ? [] : ['reservation']),
      ],
      signed: await signedAt(this.views, submitted),
    };
  }
}

function withheldFrom(insight: Insight, { withheld = [] }: ReportDocument, parts: readonly string[]) {
  if (insight === 'insider') return [];
  const reasons = new Map(withheld.map(({ part, reason }) => [part, reason]));
  return widestParts(parts).map((part) => {
    // A section is withheld as a whole, or in one language.
    return { part, reason: reasons.get(part) ?? reasons.get(part.split('/', 1)[0]!) ?? '' };
  });
}

type Sections = Pick<ShownReport, 'sections'>;

const placeOf = ({ section, lang }: Pick<SectionDocument, 'section' | 'lang'>) => ({ section, lang });

function sectionsBetween(had: Sections, has: Sections): VersionDifference['sections'] {
  const nameOf = ({ section, lang }: Pick<SectionDocument, 'section' | 'lang'>) => `${section}/${lang}`;
  const namesIn = ({ sections }: Sections) => new Set(sections.filter(isShown).map(nameOf));
  const [before, after] = [namesIn(had), namesIn(has)];
  const compared = compareSections(had.sections.filter(isShown), has.sections.filter(isShown));
  const both = compared.filter((each) => before.has(nameOf(each)) && after.has(nameOf(each)));
  return {
    added: compared.filter((each) => !before.has(nameOf(each))),
    removed: compared.filter((each) => !after.has(nameOf(each))),
    changed: both.filter(hasChanged),
    unchanged: both.filter((each) => !hasChanged(each)).map(placeOf),
  };
}

type Citations = ShownReport['citations'];

function citationsBetween(had: Citations, has: Citations): VersionDifference['citations'] {
  const { added, removed, claimedOtherwise } = compareCitations(had, has);
  const cited = (all: Citations) => (action: string) => ({ action, claims: all[action]!.claims });
  return {
    added: added.map(cited(has)),
    removed: removed.map(cited(had)),
    claimedOtherwise: claimedOtherwise.map((action) => ({
      action,
      from: had[action]!.claims,
      to: has[action]!.claims,
    })),
  };
}

function figuresBetween(had: ShownReport['figures'], has: ShownReport['figures']): VersionDifference['figures'] {
  const measureOf = ({ value, unit }: ReportedFigure): Measure => ({ value, unit });
  return compareFigures(had, has).map(({ indicator, from, to }) => ({
    indicator,
    ...(from && { from: measureOf(from) }),
    ...(to && { to: measureOf(to) }),
  }));
}
