import type { Claim } from '#reporting';
import type { View } from '../view.js';

/**
 * What a comparison of years is computed from: the actions and figures that an organization's report of a year names.
 * Key: `<organization>/<series>/<year>`. Read as of the sequence of a version, it is what that version said.
 */
export interface YearFactsDocument {
  readonly organization: string;
  readonly series: string;
  readonly year: number;
  readonly citations: Readonly<Record<string, CitationEntry>>;
  readonly figures: Readonly<Record<string, FigureEntry>>;
  readonly why: readonly number[];
}

export interface CitationEntry {
  readonly claims: readonly Claim[];
  readonly statedStatus?: string;
  readonly why: readonly number[];
}

export interface FigureEntry {
  readonly value: number;
  readonly unit: string;
  readonly why: readonly number[];
}

export const yearFacts: View<YearFactsDocument> = {
  name: 'year-facts',
  version: 1,
  keysOf: ({ type, subject }) =>
    subject.category === 'report' && TELLING.has(type)
      ? [`${subject.organization}/${subject.series}/${subject.year}`]
      : [],
  apply: (document, event) => {
    if (event.subject.category !== 'report') return document;
    const { organization, series, year } = event.subject;
    const before = document ?? { organization, series, year, citations: {}, figures: {}, why: [] };
    const why = [event.sequence];
    const after = { ...before, why: [...before.why, event.sequence] };
    switch (event.type) {
      case 'ReportAnsweredByLetter': {
        const cited = event.data.cites.map((action) => [action, { claims: [], why }]);
        return cited.length ? { ...after, citations: { ...before.citations, ...Object.fromEntries(cited) } } : document;
      }
      case 'ActionCited': {
        const { action, ...citation } = event.data;
        return { ...after, citations: { ...before.citations, [action]: { ...citation, why } } };
      }
      case 'ActionUncited': {
        const { [event.data.action]: _, ...citations } = before.citations;
        return { ...after, citations };
      }
      case 'FigureReported': {
        const { indicator, value, unit } = event.data;
        return { ...after, figures: { ...before.figures, [indicator]: { value, unit, why } } };
      }
      default:
        return document;
    }
  },
};

const TELLING: ReadonlySet<string> = new Set([
  'ReportAnsweredByLetter',
  'ActionCited',
  'ActionUncited',
  'FigureReported',
]);
