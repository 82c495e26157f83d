import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfiguration } from '#operation';
import { CONTRIBUTION_STATUSES, PHASES, PUNCTUALITIES, VISIBILITIES } from '#reporting';
import {
  type ActionDocument,
  type AssessmentDocument,
  type ClarificationDocument,
  type CycleDocument,
  DEADLINE_KINDS,
  DEADLINE_STATES,
  type FindingDocument,
  type OptionState,
  type ReportDocument,
  type ReportReadiness,
} from '#views';
import { Api, type ListOf } from '../../../../test/support/api.js';
import { temporaryFolder } from '../../../../test/support/product.js';
import { environmentOf, removeData } from '../../../../test/support/setup.js';
import { PERSONS } from './stage.js';
import { type Demonstration, startDemonstration } from './start-demonstration.js';

// In every state that the cycle knows: the states are those of the rules and of the views. One that these gain fails below
// until somebody of the demonstration plays it; where they have a type of it alone, it does not compile until it is named.

type All<State extends string> = Readonly<Record<State, true>>;
type Partnership = NonNullable<ActionDocument['partnerStandings']>[string]['standing'];

const AWAITED = Object.keys({
  signature: true,
  publication: true,
  withdrawal: true,
} satisfies All<keyof NonNullable<ReportDocument['awaitsSecond']>>);
const SECTIONS = Object.keys({
  missing: true,
  undecided: true,
  'carried-over': true,
  written: true,
} satisfies All<ReportReadiness['sections'][number]['state']>);
const CYCLES = Object.keys({ open: true, closed: true } satisfies All<CycleDocument['phase']>);
const THREADS = Object.keys({ open: true, answered: true, closed: true } satisfies All<ClarificationDocument['state']>);
const ASSESSMENTS = Object.keys({ assigned: true, recused: true, concluded: true } satisfies All<
  AssessmentDocument['phase']
>);
const FINDINGS = Object.keys({ draft: true, shown: true, published: true } satisfies All<FindingDocument['standing']>);
const OPTIONS = Object.keys({
  tabled: true,
  debated: true,
  'handed-over': true,
  'taken-up': true,
  closed: true,
} satisfies All<OptionState>);
const PARTNERSHIPS = Object.keys({ confirmed: true, disputed: true } satisfies All<Partnership>);

const dataDir = temporaryFolder();
const SECRETARIAT = { Actor: PERSONS.secretary, 'Actor-Role': 'secretariat' };
const PATIENCE_MS = 120_000;

let demonstration: Demonstration;
let api: Api;
let reports: readonly ReportDocument[];

const read = async <Body>(path: string): Promise<Body> => {
  const { status, text, body } = await api.get<Body>(path, SECRETARIAT);
  if (status !== 200) throw new Error(`GET ${path}: ${text}`);
  return body;
};
const items = async <Item>(path: string) => (await read<ListOf<Item>>(`${path}?limit=200`)).items;
const addressOf = ({ series, year, organization }: ReportDocument) => `/api/reports/${series}/${year}/${organization}`;
/** What each report is told with, one after the other. */
const ofEach = async <Body>(path: string, among = reports): Promise<Body[]> => {
  const told: Body[] = [];
  for (const report of among) told.push(await read<Body>(addressOf(report) + path));
  return told;
};

function expectEach(known: readonly string[], played: readonly string[]): void {
  expect([...new Set(played)].sort()).toEqual(known.toSorted());
}

beforeAll(async () => {
  const environment = { PORT: '0', ...(await environmentOf(dataDir)), RECORD: 'none', PEOPLE: 'off' };
  demonstration = await startDemonstration(readConfiguration(environment));
  api = new Api(demonstration.address);
  reports = await items<ReportDocument>('/api/reports');
}, PATIENCE_MS);
afterAll(async () => {
  await demonstration.close();
  await removeData(dataDir);
});

describe('The demonstration plays', () => {
  it('a report in each phase', () =>
    expectEach(
      PHASES.filter((phase) => phase !== 'none'),
      reports.map(({ phase }) => phase),
    ));

  it('a report of each status', () =>
    expectEach(
      CONTRIBUTION_STATUSES,
      reports.map(({ status }) => status),
    ));

  it('a report that is as punctual as one can be, and as little', async () => {
    const told = await ofEach<{ punctuality: string }>('');
    expectEach(
      PUNCTUALITIES,
      told.map(({ punctuality }) => punctuality),
    );
  });

  it('whatever waits for a second person', () =>
    expectEach(
      AWAITED,
      reports.flatMap(({ awaitsSecond = {} }) => Object.keys(awaitsSecond)),
    ));

  it('a section in each state of being written', async () => {
    const written = reports.filter(({ phase }) => phase === 'draft' || phase === 'amending');
    const told = await ofEach<ReportReadiness>('/readiness', written);
    expectEach(
      SECTIONS,
      told.flatMap(({ sections }) => sections.map(({ state }) => state)),
    );
  });

  it('a round that is open, and one that is closed', async () =>
    expectEach(
      CYCLES,
      (await items<CycleDocument>('/api/cycles')).map(({ phase }) => phase),
    ));

  it('a day of each kind, and in each state that a day can be in', async () => {
    const all = await items<{ kind: string; state: string }>('/api/deadlines');
    expectEach(
      DEADLINE_KINDS,
      all.map(({ kind }) => kind),
    );
    expectEach(
      DEADLINE_STATES,
      all.map(({ state }) => state),
    );
  });

  it('a question in each state, and for each who may read it', async () => {
    const threads = await ofEach<{ clarifications: ClarificationDocument[] }>('/clarifications');
    const told = threads.flatMap(({ clarifications }) => clarifications);
    expectEach(
      THREADS,
      told.map(({ state }) => state),
    );
    expectEach(
      VISIBILITIES,
      told.map(({ visibility }) => visibility),
    );
  });

  it('a review in each phase, and a finding of each standing', async () => {
    const told = await ofEach<{
      reviewers: { phase: string }[];
      criteria: { findings: { standing: string }[] }[];
    }>('/assessments');
    expectEach(
      ASSESSMENTS,
      told.flatMap(({ reviewers }) => reviewers.map(({ phase }) => phase)),
    );
    expectEach(
      FINDINGS,
      told.flatMap(({ criteria }) => criteria.flatMap(({ findings }) => findings.map(({ standing }) => standing))),
    );
  });

  it('a policy option in each state', async () =>
    expectEach(
      OPTIONS,
      (await items<{ state: string }>('/api/options')).map(({ state }) => state),
    ));

  it('a partner who confirms, and one who disputes', async () => {
    const actions = await items<ActionDocument>('/api/actions');
    expectEach(
      PARTNERSHIPS,
      actions.flatMap(({ partnerStandings = {} }) => Object.values(partnerStandings).map(({ standing }) => standing)),
    );
  });

  it('an answer by letter, whose letter can be read', async () => {
    for (const { documents } of reports.filter(({ phase }) => phase === 'answered-by-letter')) {
      const answer = await api.get(`/api/attachments/${documents![0]!.document.sha256}`);
      expect([answer.status, answer.text]).toEqual([
        200,
        expect.stringContaining('This letter belongs to a demonstration.'),
      ]);
    }
  });
});
