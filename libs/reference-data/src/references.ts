import { isAfter } from '#reporting';
import type { Defect } from './reading.js';
import type {
  ActionRow,
  DataFile,
  DocumentRow,
  OrganizationRow,
  ReportRow,
  RequestRow,
  RoundRow,
  Rows,
} from './rows.js';
import { nameOf } from './rows.js';
import { series } from './series.js';
import type { CodeLists, ListName } from './vocabularies.js';
import { entryOf } from './vocabularies.js';

/** A field, and what is wrong with it. */
type Finding = readonly [field: string, reason: string];
type Findings = Generator<Finding>;

/** What one row may refer to in others. */
interface Known {
  readonly lists: CodeLists;
  readonly organizations: ReadonlySet<string>;
  readonly actions: ReadonlyMap<string, ActionRow>;
  readonly reports: ReadonlyMap<string, ReportRow>;
}

/** What is wrong between rows: codes, ids and successions that lead nowhere, dates in the wrong order, doubles. */
export function referenceDefects(rows: Rows, lists: CodeLists): Defect[] {
  const known: Known = {
    lists,
    organizations: new Set(rows.organizations.map(({ id }) => id)),
    actions: new Map(rows.actions.map((row) => [row.id, row])),
    reports: new Map(rows.reports.map((row) => [row.id, row])),
  };
  const defects: Defect[] = [];
  const check = <Row>(file: DataFile, list: readonly Row[], idOf: (row: Row) => string, of: (row: Row) => Findings) => {
    const seen = new Set<string>();
    for (const row of list) {
      const id = idOf(row);
      if (seen.has(id)) defects.push({ file: `${file}.json`, id, field: 'id', reason: 'stands in the file twice' });
      seen.add(id);
      for (const [field, reason] of of(row)) defects.push({ file: `${file}.json`, id, field, reason });
    }
  };
  check(
    'organizations',
    rows.organizations,
    (row) => row.id,
    (row) => inOrganization(row, known),
  );
  check(
    'actions',
    rows.actions,
    (row) => row.id,
    (row) => inAction(row, known),
  );
  check(
    'reports',
    rows.reports,
    (row) => row.id,
    (row) => inReport(row, rows, known),
  );
  check('requests', rows.requests, nameOf, (row) => inRequest(row, known));
  check('requests', rows.rounds, nameOf, (row) => inRound(row, rows));
  check('requests', rows.documents, nameOf, (row) => inDocument(row, known));
  for (const [field, n] of repeated(rows.actions.map(({ key }) => key))) {
    const { id } = rows.actions[n]!;
    defects.push({ file: 'actions.json', id, field: 'key', reason: `${field} is the key of another action` });
  }
  return defects;
}

function* inOrganization(row: OrganizationRow, known: Known): Findings {
  yield* code('kind', 'organizationKinds', row.kind, known);
  yield* code('invited2008', 'invitationStates', row.invited2008, known);
  if (row.stakeholderGroup) yield* code('stakeholderGroup', 'stakeholderGroups', row.stakeholderGroup, known);
  if (row.regionOfSeat) yield* code('regionOfSeat', 'regionalGroups', row.regionOfSeat, known);
  for (const parent of row.memberOf) {
    yield* organization('memberOf', parent, known);
    if (parent === row.id) yield ['memberOf', 'is a member of itself'];
  }
}

function* inAction(row: ActionRow, known: Known): Findings {
  yield* organization('organization', row.organization, known);
  for (const [partner] of repeated(row.partners)) yield ['partners', `${partner} is named twice`];
  for (const partner of row.partners) {
    yield* organization('partners', partner, known);
    if (partner === row.organization) yield ['partners', `${partner} leads the action and is no partner of it`];
  }
  yield* code('kind', 'actionKinds', row.kind, known);
  yield* code('cooperation', 'cooperationKinds', row.cooperation, known);
  yield* code('vision', 'visions', row.vision, known);
  for (const group of row.stakeholders) yield* code('stakeholders', 'stakeholderGroups', group, known);
  for (const issue of row.issues) yield* code('issues', 'policyIssues', issue, known);
  if (row.end && isAfter(row.start.date, row.end.date)) yield ['end', 'is before the start'];
  if (row.end && row.status === 'ONGOING') yield ['status', 'is ONGOING although there is an end'];
  if (row.scope === 'OPERATIONAL' && !row.note) yield ['note', 'must say why the action is out of scope'];
  for (const other of row.related) yield* otherAction('related', other, row, known);
  for (const [other] of repeated(row.related)) yield ['related', `${other} is named twice`];
  for (const link of row.igfLinks) {
    const forum = known.actions.get(link.action)?.track === 'IGF';
    if (!forum || row.track === 'IGF') yield ['igfLinks', `${link.action} is no link from another track to the IGF's`];
  }
  yield* inSuccession(row, known);
}

function* inSuccession(row: ActionRow, known: Known): Findings {
  if ((row.status === 'SUPERSEDED') !== Boolean(row.supersededBy)) {
    yield ['supersededBy', 'has to name the successor of what is SUPERSEDED, and of nothing else'];
  }
  if (row.supersededBy) yield* otherAction('supersededBy', row.supersededBy, row, known);
  const passed = new Set([row.id]);
  for (let next = row.supersededBy; next; next = known.actions.get(next)?.supersededBy) {
    if (passed.has(next)) return yield ['supersededBy', `leads back to ${next}`];
    passed.add(next);
  }
}

function* inReport(row: ReportRow, { reports, requests }: Rows, known: Known): Findings {
  yield* code('stream', 'reportStreams', row.stream, known);
  const kind = series.find((one) => one.code === row.stream);
  if (!kind) yield ['stream', `${row.stream} is no series of the product`];
  yield* organization('issuer', row.issuer, known);
  if (row.period && isAfter(row.period.from.date, row.period.to.date)) yield ['period', 'ends before it starts'];
  for (const action of row.actions) yield* otherAction('actions', action, row, known);
  for (const { organization: id, status, submitted, note } of row.contributors) {
    yield* organization('contributors', id, known);
    yield* code('contributors', 'contributionStatuses', status, known);
    if (kind?.row === 'synthesis') continue;
    const request = requests.find((one) => one.report === row.id && one.organization === id);
    if (status === 'REQUESTED' && !request) yield ['contributors', `${id} was asked, but requests.json has no request`];
    if (status === 'DECLINED' && !(request && submitted && note)) {
      yield ['contributors', `${id} declined: a request, a date and a note on the reason are needed`];
    }
    if (status === 'NO_RESPONSE' && !(request?.deadline && submitted)) {
      yield ['contributors', `${id} did not respond: a request with a deadline, and a later date, are needed`];
    }
  }
  const named = row.contributors.map((one) => one.organization);
  for (const [id] of repeated(named)) yield ['contributors', `${id} is named twice`];
  if (kind?.row === 'synthesis') return;
  if (kind?.row === 'report' && (named.length !== 1 || named[0] !== row.issuer)) {
    yield ['contributors', 'is not the one organization whose report this is'];
  }
  for (const other of reports) {
    if (other === row || other.stream !== row.stream || other.cycleYear !== row.cycleYear) continue;
    const twice = other.contributors.find((one) => named.includes(one.organization));
    if (twice) yield ['contributors', `${twice.organization} reports in ${other.id} in the same cycle`];
  }
}

function* inRequest({ report, organization: id, on, deadline }: RequestRow, known: Known): Findings {
  yield* contribution(report, id, known);
  if (deadline && isAfter(on, deadline)) yield ['deadline', 'is before the request'];
}

function* inRound(row: RoundRow, { reports }: Rows): Findings {
  const found = reports.some(({ stream, cycleYear }) => stream === row.stream && cycleYear === row.cycleYear);
  if (!found) yield ['cycleYear', 'is a round of which no report is on record'];
  if (row.opensOn && row.dueOn && isAfter(row.opensOn, row.dueOn)) yield ['dueOn', 'is before the opening'];
  if (row.period && isAfter(row.period.from, row.period.to)) yield ['period', 'ends before it starts'];
}

function* inDocument({ report, organization: id, address }: DocumentRow, known: Known): Findings {
  yield* contribution(report, id, known);
  const cited = known.reports.get(report)?.sources.some((source) => source.address === address);
  if (!cited) yield ['address', `${address} is not an address of a source of ${report}`];
}

function* contribution(report: string, id: string, known: Known): Findings {
  const row = known.reports.get(report);
  if (!row) return yield ['report', `${report} is not in reports.json`];
  const named = row.contributors.some((one) => one.organization === id);
  if (!named) yield ['organization', `${id} is not a contributor of ${report}`];
}

function* code(field: string, list: ListName, value: string, { lists }: Known): Findings {
  const found = entryOf(lists, list, value);
  if (!found) yield [field, `${value} is not a code of ${list}`];
  if (found?.retired) yield [field, `${value} was retired from ${list} on ${found.retired}`];
}

function* organization(field: string, id: string, known: Known): Findings {
  if (!known.organizations.has(id)) yield [field, `${id} is not in organizations.json`];
}

function* otherAction(field: string, id: string, row: { readonly id: string }, known: Known): Findings {
  if (!known.actions.has(id)) yield [field, `${id} is not in actions.json`];
  if (id === row.id) yield [field, 'refers to itself'];
}

/** What stands in the list a second time, and where. */
function repeated(list: readonly string[]): (readonly [string, number])[] {
  return list.flatMap((item, n) => (list.indexOf(item) === n ? [] : [[item, n] as const]));
}
