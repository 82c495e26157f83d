import { describe, expect, it } from '@jest/globals';
import type { Category } from '#reporting';
import { edtf } from '#reporting';
import type {
  ComparisonAnswer,
  Coverage,
  CycleBoard,
  CycleDocument,
  OptionDocument,
  OptionReceived,
  OrganizationDocument,
  ReportDocument,
  TimelineEntry,
} from '#views';
import { comparisonPage, type ComparisonView } from './comparison-page.js';
import { coveragePage } from './coverage-page.js';
import { cyclePage } from './cycle-page.js';
import { errorPage } from './error-page.js';
import { optionsPage } from './options-page.js';
import { organizationPage } from './organization-page.js';
import { organizationsPage } from './organizations-page.js';
import { documentOf, type Page } from './page.js';
import { receivedPage } from './received-page.js';

/** Ends every place that a text can stand in, and comes with what a reader must never be led to. */
const HOSTILE = `x" onfocus="alert(1)" y='1'></title></style><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u0000&quot;`;
const SCRIPT = 'javascript:alert(1)//https://example.org';

const source = { title: HOSTILE, address: SCRIPT, symbol: HOSTILE, confidence: 'recalled' } as const;

const organization: OrganizationDocument = {
  organization: HOSTILE,
  name: HOSTILE,
  acronym: HOSTILE,
  formerNames: [{ name: HOSTILE, until: edtf('2007'), why: [2] }],
  profile: {
    kind: HOSTILE,
    stakeholderGroup: HOSTILE,
    founded: { date: edtf('1999-04'), confidence: 'recalled' },
    seat: { city: HOSTILE, country: HOSTILE },
    regionOfSeat: HOSTILE,
    website: SCRIPT,
    description: HOSTILE,
  },
  relevant: { from: edtf('2005'), ground: HOSTILE, why: [3] },
  relevance: 'relevant',
  parents: [HOSTILE, 'unknown-body'],
  mergedInto: HOSTILE,
  sources: [source],
  revision: 0,
  why: [1],
};

const names = new Map([[HOSTILE, { name: HOSTILE, acronym: HOSTILE }]]);
const shown = { sequence: 1_206, recordedAt: '2026-11-22T09:30:00.000Z', isPast: true };

const action: NonNullable<TimelineEntry['action']> = {
  action: HOSTILE,
  role: 'partner',
  lead: HOSTILE,
  partners: [HOSTILE, 'unknown-body'],
  standing: 'disputed',
  status: HOSTILE,
  endedOn: edtf('2010'),
  track: HOSTILE,
  scope: HOSTILE,
  counted: false,
  issues: [HOSTILE],
  groups: [HOSTILE],
  inError: true,
};

const KINDS: readonly TimelineEntry['kind'][] = [
  'action-started',
  'action-ended',
  'track-reassigned',
  'named-in-synthesis',
  'placed-under',
  'renamed',
  'report-requested',
];

const entries: readonly TimelineEntry[] = KINDS.flatMap((kind) =>
  [undefined, action, { ...action, role: 'lead' as const, counted: true, inError: undefined }].map((each) => ({
    organization: HOSTILE,
    kind,
    date: edtf('2008-10'),
    precision: 'month' as const,
    title: HOSTILE,
    detail: HOSTILE,
    ...(each && { action: each as typeof action }),
    report: { series: HOSTILE, year: 2008 },
    confidence: 'recalled' as const,
    sources: [source, { ...source, address: 'https://example.org/"><script>' }],
    sequence: 5,
    why: [5],
  })),
);

const item = {
  action: HOSTILE,
  title: HOSTILE,
  lead: HOSTILE,
  partners: [HOSTILE],
  track: 'EC',
  status: 'ONGOING',
  startedOn: edtf('2008-10'),
  endedOn: edtf('2010'),
  supersededBy: HOSTILE,
  why: [4, 5],
} as const;
const change = { action: HOSTILE, title: HOSTILE, from: HOSTILE, to: 'ONGOING', on: edtf('2009'), why: [5] };
const codes = [{ code: HOSTILE, actions: [HOSTILE], why: [5] }];
const all = <Item>(...items: Item[]): Category<Item> => ({ known: true, items });
const standing = {
  series: HOSTILE,
  status: 'ANSWERED_WITH_RESERVATION',
  requestedOn: edtf('2008-03'),
  punctuality: 'not-applicable',
  reservation: HOSTILE,
  version: 1,
  why: [6],
} as const;

const comparison: ComparisonAnswer = {
  organization: HOSTILE,
  series: HOSTILE,
  earlier: { ...standing, year: 2008 },
  later: { ...standing, year: 2010 },
  started: all(item),
  continued: all(item),
  closed: all(item),
  notVerified: all(item),
  endUnknown: all(item),
  planned: all(item),
  silentlyDropped: all(item),
  newlyDisclosed: all(item),
  statusChanges: all(change),
  undatedStatusChanges: all(change),
  statedStatusChanges: all(change),
  issues: { known: true, basis: 'citations', gained: codes, lost: codes, kept: codes, unclear: codes },
  groups: { known: true, basis: 'record', gained: codes, lost: [], kept: [], unclear: [] },
  figures: all({
    indicator: HOSTILE,
    earlier: { value: 4.1, unit: HOSTILE },
    later: { value: 4.3, unit: HOSTILE },
    change: 0.2,
    unitsDiffer: false,
    why: [7],
  }),
  claims: all({ criterion: HOSTILE, earlier: [{ action: HOSTILE, text: HOSTILE }], later: [], why: [8] }),
  otherTracks: all(item),
  operational: all(item),
  citedWithoutRecord: all({ action: HOSTILE, years: [2008], why: [9] }),
  sections: [
    {
      section: HOSTILE,
      lang: HOSTILE,
      parts: [
        { kind: 'kept', text: HOSTILE },
        { kind: 'removed', text: HOSTILE },
        { kind: 'added', text: HOSTILE },
      ],
      carriedOver: { words: 1, of: 4, share: 0.25 },
      why: [10],
    },
  ],
};

const compared: ComparisonView = {
  shown,
  organization,
  years: [2008, 2010],
  allSeries: [HOSTILE],
  series: HOSTILE,
  chosen: [2008, 2010],
  comparison,
  message: HOSTILE,
  names,
};

const cycle = { series: HOSTILE, year: 2008, title: HOSTILE, syntheses: [] } as unknown as CycleDocument;
const synthesis = {
  id: HOSTILE,
  title: HOSTILE,
  symbol: HOSTILE,
  issuer: HOSTILE,
  on: edtf('2009'),
  description: HOSTILE,
  contributors: [],
  actions: [],
  confidence: 'recalled' as const,
  sources: [source],
  why: [5],
};
const wholeCycle: CycleDocument = {
  series: HOSTILE,
  year: 2008,
  phase: 'open',
  title: HOSTILE,
  requester: HOSTILE,
  opensOn: edtf('2008'),
  dueOn: edtf('2008-10-31'),
  period: { from: edtf('2007'), to: edtf('2007') },
  form: HOSTILE,
  note: HOSTILE,
  guidance: [{ text: HOSTILE, on: edtf('2008'), why: [5] }],
  syntheses: [synthesis],
  sources: [source],
  revision: 0,
  why: [5],
};
const cell = {
  organization: HOSTILE,
  name: HOSTILE,
  status: 'ANSWERED_WITH_RESERVATION',
  phase: 'amending',
  requestedOn: edtf('2008-03'),
  answeredOn: edtf('2008-10'),
  punctuality: 'not-applicable',
  reservation: HOSTILE,
  versions: 2,
  confidence: 'recalled',
  why: [5],
} as const;
const board: CycleBoard = {
  cycle: wholeCycle,
  cells: [cell, { ...cell, status: 'NO_EVIDENCE', phase: 'none', versions: 0, why: [] }],
};
const report = { series: HOSTILE, year: 2008, status: 'ANSWERED' } as ReportDocument;

const by = { group: HOSTILE, organization: HOSTILE };
const argument = { by, text: HOSTILE, sources: [source], why: [5] };
const option: OptionDocument = {
  option: 'open-list',
  issue: 'INF-05',
  title: HOSTILE,
  description: HOSTILE,
  by,
  tabledOn: edtf('2008'),
  state: 'closed',
  arguments: [
    { ...argument, argument: 'A-1', side: 'for' },
    { ...argument, argument: 'A-2', side: 'against' },
  ],
  debates: [{ forum: HOSTILE, session: HOSTILE, on: edtf('2008'), outcome: HOSTILE, sources: [source], why: [5] }],
  handovers: [
    {
      organization: HOSTILE,
      on: edtf('2009'),
      reason: HOSTILE,
      undebated: true,
      handedBy: { actor: HOSTILE, role: HOSTILE },
      why: [5],
    },
    { mechanism: HOSTILE, on: edtf('2009'), reason: HOSTILE, why: [5] },
  ],
  actions: [{ action: HOSTILE, track: 'EC', why: [5] }],
  closed: { on: edtf('2010'), reason: HOSTILE },
  confidence: 'recalled',
  sources: [source],
  revision: 5,
  why: [5],
};
const received: OptionReceived = {
  ...option,
  debates: option.debates!,
  handover: option.handovers![0]!,
  actions: [{ action: HOSTILE, title: HOSTILE, role: 'lead', track: HOSTILE, note: HOSTILE, counted: false, why: [5] }],
  outcome: 'taken-up',
};
const covered = { code: HOSTILE, actions: 1, organizations: [{ organization: HOSTILE, actions: [HOSTILE] }], why: [5] };
const coverage: Coverage = { actions: 1, issues: [covered], groups: [covered] };

const PAGES: readonly (readonly [string, Page])[] = [
  [
    'the organizations',
    organizationsPage({
      shown,
      filter: { kind: HOSTILE, group: HOSTILE, relevance: HOSTILE },
      organizations: [organization],
      parts: new Map([[HOSTILE, { led: 1, joined: 2 }]]),
      cycles: [cycle],
      reports: [report],
      totals: { organizations: 1, actions: 2 },
    }),
  ],
  ['an organization', organizationPage({ shown, organization, entries, names })],
  ['a comparison', comparisonPage(compared)],
  ['an error', errorPage({ status: 404, title: HOSTILE, detail: HOSTILE, correlationId: HOSTILE })],
  ['a cycle', cyclePage({ shown, board, names, neighbours: [2009] })],
  ['coverage', coveragePage({ shown, coverage, names })],
  ['options', optionsPage({ shown, options: [option], names })],
  ['what reached an organization', receivedPage({ shown, organization, options: [received], names })],
];

const htmlOf = (page: Page) => documentOf(page, { style: '/assets/style.css', mark: '/assets/mark.svg' });

describe.each(PAGES)('the page of %s, with a hostile text in every field,', (_, page) => {
  const text = htmlOf(page);

  it('has no element, handler or address that the text brought along', () => {
    expect(text).not.toMatch(/<script|<img|<\/style/i);
    expect(text).not.toMatch(/(href|src|action)="\s*(javascript|data|vbscript):/i);
    expect(attributesIn(text).filter((name) => /^(on|style$|src)/i.test(name))).toEqual([]);
  });

  it('closes every element that it opens', () => {
    expect(misnestedIn(text)).toEqual([]);
  });

  it('has one heading of the first rank, and skips none', () => {
    const ranks = [...text.matchAll(/<h([1-6])\b/g)].map(([, rank]) => Number(rank));
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    ranks.forEach((rank, n) => expect(rank).toBeLessThanOrEqual((ranks[n - 1] ?? 0) + 1));
  });

  it('has each id once', () => {
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

describe('a comparison', () => {
  const notKnown = { known: false, reason: 'citations-not-on-record', years: [2008] } as const;

  it('says in plain words what cannot be said', () => {
    const text = htmlOf(comparisonPage({ ...compared, comparison: { ...comparison, silentlyDropped: notKnown } }));
    expect(text).toMatch(
      /Silently dropped: <em>cannot be said<\/em>: the record of 2008 does not name the actions that the report cited\./,
    );
  });

  it('never speaks of lateness where no deadline is on record', () => {
    expect(htmlOf(comparisonPage(compared))).not.toMatch(/\b(late:|overdue)/i);
  });

  it('marks what was taken out and put in by elements, and measures what was carried over', () => {
    const text = htmlOf(comparisonPage(compared));
    expect(text).toMatch(/<del>x&quot; onfocus.*<ins>x&quot; onfocus/s);
    expect(text).toContain('1 of 4 words (25 %) of the text of 2010 stood in that of 2008.');
  });

  it('shows the form again, with what is wrong, where there is nothing to compare', () => {
    const { comparison: _, ...without } = compared;
    const text = htmlOf(comparisonPage({ ...without, message: 'Choose two different years.' }));
    expect(text).toMatch(
      /role="alert"[^>]*>\s*<strong>Nothing is compared yet\.<\/strong> Choose two different years\./,
    );
    expect(text).toContain('aria-describedby="fault"');
  });
});

it('a page of the past says so, leads back, and keeps to its moment in every link to another page', () => {
  const text = htmlOf(organizationPage({ shown, organization, entries, names }));
  expect(text).toContain('This is the record as of event 1\u202f206');
  expect(text).toContain('Back to the present');
  const onward = [...text.matchAll(/href="(\/organizations\/[^"]*)"/g)].map(([, href]) => href!);
  expect(onward.filter((href) => !href.includes('asOf=1206'))).toHaveLength(1);
});

/** Names of all attributes, read as a browser does: a name, then perhaps a quoted value. */
function attributesIn(text: string): string[] {
  return [...text.matchAll(/<[a-z][^\s>/]*((?:\s+[^\s=>/]+(?:="[^"]*")?|\s*\/)*)\s*>/gi)].flatMap(([, attributes]) =>
    [...attributes!.matchAll(/([^\s=/]+)(?:="[^"]*")?/g)].map(([, name]) => name!),
  );
}

const EMPTY: ReadonlySet<string> = new Set(['meta', 'link', 'input', 'br']);

/** Elements that end another one than the last that is open, or none; and those that nobody ends. */
function misnestedIn(text: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, end, name, rest] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
    if (EMPTY.has(name!) || rest!.endsWith('/')) continue;
    if (!end) open.push(name!);
    else if (open.at(-1) === name) open.pop();
    else wrong.push(`</${name}> in <${open.at(-1)}>`);
  }
  return [...wrong, ...open];
}
