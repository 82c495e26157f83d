import type { ReportId } from '#reporting';

export const TAG = 'Reports';

/** Everything about one report stands under this address. */
export const ONE_REPORT = 'api/reports/:series/:year/:organization';

export const reportAddress = ({ series, year, organization }: ReportId) =>
  `/api/reports/${series}/${year}/${organization}`;
