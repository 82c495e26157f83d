import type { Claim } from '#reporting';
import type { View } from '../view.js';

/**
 * What a comparison of years is computed from: the actions and figures that an organization's report of a year names,
 * each a document of its own. Those of a report are the keys that begin with `<organization>/<series>/<year>/`; read as
 * of the sequence of a version, they are what that version said.
 */
export type YearFactsDocument = CitationEntry | FigureEntry;

/** Key: `<organization>/<series>/<year>/cites/<action>`. */
export interface CitationEntry {
  readonly action: string;
  readonly claims: readonly Claim[];
  /** The status that the report itself gives the action. */
  readonly statedStatus?: string;
  /** Of the report's stream. */
  readonly revision: number;
  readonly why: readonly number[];
}

/** Key: `<organization>/<series>/<year>/figures/<indicator>`. */
export interface FigureEntry {
  readonly indicator: string;
  readonly value: number;
  readonly unit: string;
  /** Of the report's stream. */
  readonly revision: number;
  readonly why: readonly number[];
}

export const yearFacts: View<YearFactsDocument> = {
  name: 'year-facts',
  version: 1,
  keysOf: (event) => {
    if (event.subject.category !== 'report') return [];
    const { organization, series, year } = event.subject;
    const report = `${organization}/${series}/${year}`;
    switch (event.type) {
      case 'ReportAnsweredByLetter':
        return [...new Set(event.data.cites)].map((action) => `${report}/cites/${action}`);
      case 'ActionCited':
      case 'ActionUncited':
        return [`${report}/cites/${event.data.action}`];
      case 'FigureReported':
        return [`${report}/figures/${event.data.indicator}`];
      default:
        return [];
    }
  },
  apply: (document, event, key) => {
    const { revision, sequence } = event;
    const ground = { revision, why: [sequence] };
    switch (event.type) {
      case 'ReportAnsweredByLetter':
        return { action: key.slice(key.lastIndexOf('/') + 1), claims: [], ...ground };
      case 'ActionCited':
        return { ...event.data, ...ground };
      case 'FigureReported': {
        const { indicator, value, unit } = event.data;
        return { indicator, value, unit, ...ground };
      }
      case 'ActionUncited':
        return undefined;
      default:
        return document;
    }
  },
};
