import type { OrganizationId } from '#reporting';

/** The moment of the record that a page shows. */
export interface ShownMoment {
  /** Last event that is shown; -1 before the first one. */
  readonly sequence: number;
  /** When that event was recorded. */
  readonly recordedAt?: string;
  /** Whether a moment was asked for, rather than the present. */
  readonly isPast: boolean;
}

export const HOME = '/';
export const COVERAGE = '/coverage';
export const OPTIONS = '/options';
export const SEARCH = '/search';

export const organizationAddress = (organization: OrganizationId, shown?: ShownMoment) =>
  withQuery(`/organizations/${encodeURIComponent(organization)}`, {}, shown);

/** What reached it from the forum, and what it did with it. */
export const receivedPath = (organization: OrganizationId) =>
  `/organizations/${encodeURIComponent(organization)}/options`;

export const comparisonPath = (organization: OrganizationId) =>
  `/organizations/${encodeURIComponent(organization)}/compare`;

export const comparisonAddress = (
  organization: OrganizationId,
  asked: { readonly years?: readonly number[]; readonly series?: string },
  shown?: ShownMoment,
) => withQuery(comparisonPath(organization), { years: asked.years?.join(','), series: asked.series }, shown);

export const cyclePath = (series: string, year: number) => `/cycles/${encodeURIComponent(series)}/${year}`;

export const cycleAddress = (series: string, year: number, shown?: ShownMoment) =>
  withQuery(cyclePath(series, year), {}, shown);

export const reportPath = (series: string, year: number, organization: OrganizationId) =>
  `/reports/${encodeURIComponent(series)}/${year}/${encodeURIComponent(organization)}`;

export const historyOf = (path: string) => `${path}/history`;

export const eventAddress = (sequence: number) => `/api/events/${sequence}`;

/** Where one entry of the list stands on the page of its organization. */
export const entryAnchor = (n: number) => `e${n}`;

/** A page of the past leads to pages of the same moment. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  shown?: ShownMoment,
): string {
  const asOf = shown?.isPast ? String(shown.sequence) : undefined;
  const given = Object.entries({ ...query, asOf }).flatMap(([name, value]) =>
    // A comma may stand in a query as it is, and reads better.
    value ? [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`] : [],
  );
  return given.length ? `${path}?${given.join('&')}` : path;
}
