import type { ActionStatus, LinkKind, ScopeTest, Track } from '#reporting';
import { ACTION_ID, ACTION_STATUSES, LINK_KINDS, SCOPE_TESTS, SLUG, TRACKS } from '#reporting';
import {
  confidence,
  dated,
  edtfDate,
  flag,
  listOf,
  matching,
  oneOf,
  orNull,
  recordOf,
  sources,
  text,
  whole,
} from './reading.js';

// The rows of the data files, field by field. What is declared here is checked when a file is read, and is its type.

const organizationId = matching(SLUG, 'a slug such as ripe-ncc');
const actionId = matching(ACTION_ID, 'an action id such as ACT-0001');
const reportId = matching(/^REP-\d{4}-\d{2}$/, 'a report id such as REP-2008-01');

export const organizationRow = recordOf({
  id: organizationId,
  acronym: text,
  name: text,
  kind: text,
  /** Null for bodies made up of several groups. */
  stakeholderGroup: orNull(text),
  relevantOrganization: flag,
  /** How well the request of 2008 to this organization is evidenced. */
  invited2008: text,
  founded: orNull(dated),
  seat: orNull(recordOf({ city: text, country: text })),
  regionOfSeat: orNull(text),
  memberOf: listOf(organizationId),
  website: orNull(text),
  description: text,
  sources,
});

export const actionRow = recordOf({
  id: actionId,
  /** A name for people, such as `icann-lacralo`. */
  key: matching(SLUG, 'a slug'),
  organization: organizationId,
  title: text,
  description: text,
  kind: text,
  cooperation: text,
  start: dated,
  end: orNull(dated),
  status: oneOf<ActionStatus>(ACTION_STATUSES),
  partners: listOf(organizationId),
  partnersOther: listOf(text),
  stakeholders: listOf(text, { least: 1 }),
  issues: listOf(text, { least: 1 }),
  track: oneOf<Track>(TRACKS),
  vision: text,
  scope: oneOf<ScopeTest>(SCOPE_TESTS),
  supersededBy: orNull(actionId),
  related: listOf(actionId),
  igfLinks: listOf(
    recordOf({ action: actionId, kind: oneOf<LinkKind>(LINK_KINDS.filter((kind) => kind !== 'RELATED')) }),
  ),
  note: orNull(text),
  sources,
  confidence,
});

const contributor = recordOf({
  organization: organizationId,
  status: text,
  submitted: orNull(dated),
  confidence,
  note: orNull(text),
});

export const reportRow = recordOf({
  id: reportId,
  stream: text,
  /** Of the request or session; `period` is the time reported on. */
  cycleYear: whole,
  title: text,
  symbol: orNull(text),
  issuer: organizationId,
  date: dated,
  period: orNull(recordOf({ from: dated, to: dated })),
  contributors: listOf(contributor),
  description: text,
  actions: listOf(actionId),
  note: orNull(text),
  sources,
  confidence,
});

/** A request to one organization that the record shows. */
export const requestRow = recordOf({
  report: reportId,
  organization: organizationId,
  on: edtfDate,
  deadline: orNull(edtfDate),
  confidence,
  note: orNull(text),
  sources,
});

/** What is known of a round beyond its report rows. */
export const roundRow = recordOf({
  stream: text,
  cycleYear: whole,
  opensOn: orNull(edtfDate),
  dueOn: orNull(edtfDate),
  period: orNull(recordOf({ from: edtfDate, to: edtfDate })),
  note: orNull(text),
  sources,
});

/** Which source of a report row is the answer of the organization itself, by its address. */
export const documentRow = recordOf({ report: reportId, organization: organizationId, address: text });

export type OrganizationRow = ReturnType<typeof organizationRow>;
export type ActionRow = ReturnType<typeof actionRow>;
export type Contributor = ReturnType<typeof contributor>;
export type ReportRow = ReturnType<typeof reportRow>;
export type RequestRow = ReturnType<typeof requestRow>;
export type RoundRow = ReturnType<typeof roundRow>;
export type DocumentRow = ReturnType<typeof documentRow>;

/** What a row without an id of its own is called: `REP-2008-01/isoc`, or `EC_PERFORMANCE/2008`. */
export function nameOf(row: { report: string; organization: string } | { stream: string; cycleYear: number }): string {
  return 'report' in row ? `${row.report}/${row.organization}` : `${row.stream}/${row.cycleYear}`;
}

/** The files by the name of their dataset. */
export type DataFile = 'organizations' | 'actions' | 'reports' | 'requests';

/** The rows of all files. */
export interface Rows {
  readonly organizations: readonly OrganizationRow[];
  readonly actions: readonly ActionRow[];
  readonly reports: readonly ReportRow[];
  readonly requests: readonly RequestRow[];
  readonly rounds: readonly RoundRow[];
  readonly documents: readonly DocumentRow[];
}
