import type { SeriesId } from '#reporting';

/** A stream of the record and the series of cycles that it is in the product. */
export interface Series {
  /** Code in the list `reportStreams`. */
  readonly code: string;
  readonly slug: SeriesId;
  /** What one row of `reports.json` is: a round of many answers, one organization's report, or a report made of many. */
  readonly row: 'round' | 'report' | 'synthesis';
  /** Who asks: the issuer of the row, always the same body, or nobody. */
  readonly askedBy?: 'issuer' | 'unctad-cstd';
  /** Whether a row is dated by the request. Otherwise its date is that of a document, a meeting, or only a year. */
  readonly datedByRequest?: true;
}

export const series: readonly Series[] = [
  { code: 'EC_PERFORMANCE', slug: 'ec-performance', row: 'round', askedBy: 'issuer', datedByRequest: true },
  { code: 'EC_RECOMMENDATIONS', slug: 'ec-recommendations', row: 'round', askedBy: 'issuer', datedByRequest: true },
  { code: 'EC_CONSULTATION', slug: 'ec-consultation', row: 'round', askedBy: 'issuer' },
  { code: 'WGEC_INPUT', slug: 'wgec-input', row: 'round', askedBy: 'issuer' },
  // ECOSOC resolution 2006/46: asked each year by the secretariat of the CSTD; a row's issuer is the organization.
  { code: 'WSIS_ANNUAL', slug: 'wsis-annual', row: 'report', askedBy: 'unctad-cstd' },
  { code: 'SG_REPORT', slug: 'sg-report', row: 'synthesis' },
  { code: 'OWN_GOVERNANCE', slug: 'own-governance', row: 'report' },
];

export function seriesOfStream(code: string): Series {
  const found = series.find((one) => one.code === code);
  if (!found) throw new Error(`No series is known for the stream ${code}`);
  return found;
}

/** The code that a series has in the list `reportStreams`; nothing for a series that was opened in the product. */
export const streamOfSeries = (slug: SeriesId): string | undefined => series.find((one) => one.slug === slug)?.code;
