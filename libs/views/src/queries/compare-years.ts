import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId, SeriesId, YearComparison } from '#reporting';
import { compareYears } from '#reporting';
import { Views } from '../views.js';
import { documentAt, documentsOn } from './documents.js';
import type { ShownReport } from './report-year.js';
import { actionRecordOf, asShown, isShown, Today, readReport, reportYearOf } from './report-year.js';
import type { SectionDifference } from './section-difference.js';
import { compareSections } from './section-difference.js';

export interface ComparisonAnswer extends YearComparison {
  readonly sections: readonly SectionDifference[];
}

/** An organization beside itself in two years of one series. */
export class CompareYears extends Query<ComparisonAnswer | undefined> {
  constructor(
    readonly organization: OrganizationId,
    readonly series: SeriesId,
    readonly years: readonly [number, number],
    readonly asOf?: number,
    /** Only what is published. */
    readonly words?: 'published',
  ) {
    super();
  }
}

@QueryHandler(CompareYears)
export class CompareYearsHandler implements IQueryHandler<CompareYears> {
  constructor(
    private readonly views: Views,
    private readonly today: Today,
  ) {}

  /** Refuses `years-not-distinct`. Nothing where the organization is not on record. */
  execute({ organization, series, years, asOf, words }: CompareYears): Promise<ComparisonAnswer | undefined> {
    return new Promise((resolve) => resolve(this.compare(organization, series, years, asOf, words)));
  }

  private compare(
    organization: OrganizationId,
    series: SeriesId,
    years: readonly [number, number],
    asOf?: number,
    words?: 'published',
  ) {
    if (!this.views.document('organizations', organization, asOf)) return undefined;
    const today = this.today.asOf(asOf);
    const [first, second] = [Math.min(...years), Math.max(...years)].map((year) => {
      const id = { series, year, organization };
      const read = readReport(this.views, id, asOf, words);
      const shown = read && asShown(read);
      return { shown, year: reportYearOf(this.views, id, shown, today, words) };
    }) as [Side, Side];
    const comparison = compareYears({
      organization,
      earlier: first.year,
      later: second.year,
      actions: this.actions(organization, [first, second], asOf),
    });
    return { ...comparison, sections: compareSections(signed(first), signed(second)) };
  }

  /** All that the organization leads or takes part in, and what its reports cite beyond that. */
  private actions(organization: OrganizationId, sides: readonly Side[], asOf: number | undefined) {
    const own = documentsOn(this.views, 'actions', `participant=${organization}`, asOf);
    const known = new Set(own.map(({ action }) => action));
    const cited = sides.flatMap(({ year }) => Object.keys(year.citations)).filter((action) => !known.has(action));
    const others = [...new Set(cited)].flatMap((action) => documentAt(this.views, 'actions', action, asOf) ?? []);
    return [...own, ...others].flatMap((action) => actionRecordOf(action) ?? []);
  }
}

interface Side {
  readonly shown: ShownReport | undefined;
  readonly year: ReturnType<typeof reportYearOf>;
}

/** What was not signed was not said, and what is withheld is not shown by a detour either. */
const signed = ({ shown }: Side) => (shown?.version === undefined ? [] : shown.sections.filter(isShown));
