import type { Citation, ReportedFigure } from '#reporting';

type Citations = Readonly<Record<string, Citation>>;
type Figures = Readonly<Record<string, ReportedFigure>>;

/** Each a list of actions, by their ids. */
export interface CitationDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Cited before and after, with other claims. */
  readonly claimedOtherwise: readonly string[];
}

export function compareCitations(before: Citations, after: Citations): CitationDifference {
  const claimsOf = ({ claims }: Citation) => JSON.stringify(claims);
  const [had, has] = [Object.keys(before), Object.keys(after)];
  return {
    added: has.filter((action) => !before[action]),
    removed: had.filter((action) => !after[action]),
    claimedOtherwise: has.filter((action) => before[action] && claimsOf(before[action]) !== claimsOf(after[action]!)),
  };
}

/** Those that are not what they were, in the order of their indicators. */
export function compareFigures(before: Figures, after: Figures) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((indicator) => {
    const [from, to] = [before[indicator], after[indicator]];
    if (from?.value === to?.value && from?.unit === to?.unit) return [];
    return [{ indicator, ...(from && { from }), ...(to && { to }) }];
  });
}

/** A changed figure in brief: its values, and the unit that it has now. */
export interface FigureChange {
  readonly indicator: string;
  readonly from?: number;
  readonly to?: number;
  readonly unit: string;
}

export function figuresChanged(before: Figures, after: Figures): FigureChange[] {
  return compareFigures(before, after).map(({ indicator, from, to }) => ({
    indicator,
    ...(from && { from: from.value }),
    ...(to && { to: to.value }),
    unit: (to ?? from)!.unit,
  }));
}
