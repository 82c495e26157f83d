import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#event-store';
import { FrozenClock, sampleVocabulary } from '#testing';
import type { CommandName } from './commands.js';
import { COMMANDS } from './commands.js';
import { CommandsModule } from './commands.module.js';
import { faultsOf } from './faults.js';
import { commandOf, type RecordedCommand } from './recorded-command.js';
import type { Recorded } from './recorder.js';
import { RecordingClock } from './recording-clock.js';

type Deed = readonly [CommandName, object, string?];

const sources = [{ title: 'Letter of the example secretariat', confidence: 'found' }];
const profile = { kind: 'REGISTRY', stakeholderGroup: 'TECH', description: 'Registers example numbers.' };
const round = { series: 'ec-performance', year: 2025 };
const of = (organization: string) => ({ ...round, organization });
const registry = of('example-registry');

const register = (organization: string): Deed => [
  'RegisterOrganization',
  { organization, name: `The ${organization}`, profile, sources },
];
const recordAction = (action: string, facts: object = {}) =>
  [
    'RecordAction',
    {
      action,
      lead: 'example-registry',
      partners: ['example-union'],
      partnersOther: ['Ministry of Examples'],
      title: 'Agreement on shared number training',
      description: 'Joint courses for regulators.\n\nIn two languages.',
      kind: 'AGREEMENT',
      cooperation: 'JOINT_WORK',
      track: 'EC',
      scope: { test: 'POLICY', by: 'editor' },
      startedOn: { date: '2024-05' },
      status: 'ONGOING',
      issues: ['DNS'],
      stakeholders: [{ group: 'GOV', role: 'host' }, { group: 'TECH' }],
      confidence: 'found',
      sources,
      ...facts,
    },
  ] as const;
const request = (organization: string) =>
  [
    'RequestReport',
    {
      ...of(organization),
      requester: 'example-secretariat',
      on: '2025-03-01',
      deadline: '2025-06-30',
      confidence: 'found',
      sources,
    },
  ] as const;
const openCycle = [
  'OpenCycle',
  {
    ...round,
    title: 'Example round',
    requester: 'example-secretariat',
    opensOn: '2025-03',
    dueOn: '2025-06-30',
    sources,
  },
] as const;
const letter = { document: { title: 'Letter', symbol: 'EX/2025/1' }, cites: ['ACT-1'], confidence: 'found', sources };
const answer = (section: string, text = 'We met twice.') =>
  ['AnswerSection', { ...registry, section, lang: 'en', text, origin: 'written' }] as const;
const sign = (on: string) =>
  [
    'SubmitReport',
    { ...registry, signatory: 'person-2', on, declaration: 'This is so.', consentToBeCited: 'by-name' },
  ] as const;

const reminder = {
  to: 'focal-point',
  deadline: '2025-07-31',
  days: -7,
  due: '2025-07-24T09:00:00.000Z',
  sentOn: '2025-07-24',
  mail: '7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11',
};

const registrations: readonly Deed[] = [
  'example-secretariat',
  'example-registry',
  'example-union',
  'example-council',
  'example-names',
  'example-archive',
].map(register);

const organizations: readonly Deed[] = [
  ...registrations,
  [
    'RenameOrganization',
    { organization: 'example-registry', name: 'Example Numbers Registry', reason: 'New statutes' },
  ],
  [
    'ReviseProfile',
    { organization: 'example-registry', profile: { ...profile, kind: 'STANDARDS_BODY' }, reason: 'So', sources },
  ],
  ['MarkRelevant', { organization: 'example-names', from: '2008', ground: 'Named in the request of 2008', sources }],
  ['EndRelevance', { organization: 'example-names', on: '2024', reason: 'Gave its task to another' }],
  ['PlaceUnder', { organization: 'example-registry', parent: 'example-council', sources }],
  ['MergeInto', { organization: 'example-names', successor: 'example-registry', on: '2024', sources }],
  [
    'AppointPerson',
    { organization: 'example-union', personId: 'person-1', role: 'focal-point', from: '2025', by: 'person-9' },
  ],
  ['SetSignOffRule', { organization: 'example-union', signatures: 2, reason: 'Its council asks for two' }],
  ['SetEditingRule', { organization: 'example-union', sections: 'delegated', reason: 'Each writes of its own work' }],
  ['EndAppointment', { organization: 'example-union', personId: 'person-1', role: 'focal-point', on: '2025-12' }],
];

const actions: readonly Deed[] = [
  recordAction('ACT-1'),
  recordAction('ACT-2', { track: 'IGF' }),
  recordAction('ACT-3'),
  recordAction('ACT-4'),
  recordAction('ACT-5'),
  [
    'ReviseAction',
    { action: 'ACT-1', changes: { partners: ['example-union', 'example-council'] }, reason: 'It joined' },
  ],
  ['ReachMilestone', { action: 'ACT-1', title: 'First course held', on: '2025-02', sources }],
  ['ConfirmPartnership', { action: 'ACT-1', partner: 'example-union' }],
  ['DisputePartnership', { action: 'ACT-1', partner: 'example-council', reason: 'We only attended' }],
  ['LinkAction', { action: 'ACT-1', to: 'ACT-2', kind: 'FEEDS_INTO' }],
  ['AddSource', { action: 'ACT-1', source: { title: 'Minutes', confidence: 'recalled' } }],
  ['ReassignTrack', { action: 'ACT-3', to: 'WSIS_FU', reason: 'It follows the action lines' }],
  ['SupersedeAction', { action: 'ACT-3', by: 'ACT-1', on: '2025' }],
  ['DiscontinueAction', { action: 'ACT-4', reason: 'No funds' }],
  ['MarkRecordedInError', { action: 'ACT-5', reason: 'The same as ACT-4' }],
  ['ChangeStatus', { action: 'ACT-2', to: 'COMPLETED', on: '2025-11' }],
];

const option = { option: 'open-list' };
const options: readonly Deed[] = [
  [
    'TableOption',
    {
      ...option,
      issue: 'DNS',
      title: 'An open list',
      description: 'Every registry publishes its delegations.',
      by: { group: 'TECH', organization: 'example-registry' },
      on: '2025-01',
      confidence: 'found',
      sources,
    },
  ],
  [
    'ArgueOption',
    { ...option, argument: 'A-1', side: 'for', by: { group: 'CS' }, text: 'Anybody could check.', sources },
  ],
  ['RecordDebate', { ...option, forum: 'Example Forum', session: 'Workshop 7', on: '2025-06', sources }],
  ['HandOption', { ...option, organization: 'example-registry', on: '2025-07', reason: 'It keeps the list' }],
  ['TakeUpOption', { ...option, action: 'ACT-1' }],
  ['CloseOption', { ...option, on: '2025-12', reason: 'The list is open' }],
];

const requests: readonly Deed[] = [
  openCycle,
  ['IssueGuidance', { ...round, text: 'Three pages are enough.' }],
  ['MoveDueDate', { ...round, to: '2025-07-31', reason: 'The letter went out late' }],
  request('example-registry'),
  request('example-union'),
  request('example-council'),
  request('example-archive'),
  ['AcknowledgeRequest', { ...registry, on: '2025-03-05' }],
  ['ExtendDeadline', { ...registry, to: '2025-07-31', reason: 'Asked for more time' }],
  ['RecordReminder', { ...registry, ...reminder }],
  ['DeclineReport', { ...of('example-union'), on: '2025-04', reason: 'Not addressed by paragraph 71' }],
  [
    'AnswerByLetter',
    { ...of('example-union'), ...letter, on: '2025-05-02', reservation: 'Without recognizing the request' },
  ],
  ['RecordNoResponse', { ...of('example-council'), on: '2025-08-01' }],
  ['ExemptFromReport', { ...of('example-archive'), reason: 'Asked by mistake' }],
];

const thread = { clarification: 'Q-1' };
const report: readonly Deed[] = [
  ['StartReport', { ...registry, on: '2025-04-01' }],
  answer('S01'),
  answer('S04'),
  ['DelegateSection', { ...registry, section: 'S02', to: 'person-3' }],
  ['ReportFigure', { ...registry, indicator: 'fellows', value: 12, unit: 'people', period: '2024' }],
  ['CiteAction', { ...registry, action: 'ACT-2', claims: [] }],
  ['UnciteAction', { ...registry, action: 'ACT-2', reason: 'Not ours' }],
  ['CiteAction', { ...registry, action: 'ACT-1', claims: [{ criterion: 'INCLUSIVE', text: 'Open to all.' }] }],
  ['AttachDocument', { ...registry, document: { title: 'Minutes', sha256: 'ab'.repeat(32) }, section: 'S04' }],
  sign('2025-07-01'),
  [
    'RequestClarification',
    { ...registry, clarification: 'Q-1', section: 'S04', question: 'Who took part?', visibility: 'public' },
  ],
  ['AnswerClarification', { ...registry, ...thread, text: 'Twelve regulators.', visibility: 'public' }],
  ['FollowUpClarification', { ...registry, ...thread, text: 'From where?', visibility: 'organization' }],
  ['MoveClarificationDueDate', { ...registry, ...thread, to: '2025-09', reason: 'Asked for more time' }],
  ['CloseClarification', { ...registry, ...thread, outcome: 'answered' }],
  ['ReopenClarification', { ...registry, ...thread, reason: 'One was counted twice' }],
  [
    'RequestClarification',
    { ...registry, clarification: 'Q-2', section: 'S01', question: 'Is this so?', visibility: 'internal' },
  ],
  ['WidenClarification', { ...registry, clarification: 'Q-2', to: 'organization', reason: 'They should know' }],
  ['NoteReport', { ...registry, version: 1, sequence: 60 }],
  ['PublishReport', { ...registry, version: 1 }],
  ['PublishReport', { ...registry, version: 1 }, 'second-editor'],
  ['OpenAmendment', { ...registry, reason: 'A figure was wrong', material: true, sections: ['S04'] }],
  ['AnswerSection', { ...answer('S04', 'We met three times.')[1], seen: 22 }],
  sign('2025-09-01'),
  ['WithholdPart', { ...registry, version: 2, part: 'S04', reason: 'Names of third persons' }],
  ['WithdrawReport', { ...registry, reason: 'To be written anew' }],
];

const reviewer = 'person-7';
const review = { ...registry, reviewer };
const finding = {
  ...review,
  finding: 'F-1',
  statement: 'Three groups took part.',
  evidence: [{ action: 'ACT-1' }, { section: 'S04' }],
  version: 1,
  sequence: 61,
};
const left = { ...registry, reviewer: 'person-8' };
const assessments: readonly Deed[] = [
  ['AssignReviewer', { ...review, from: '2025-07' }],
  ['DeclareNoConflict', review, reviewer],
  ['RecordFinding', { ...finding, criterion: 'INCLUSIVE', note: 'Ask the union' }, reviewer],
  ['ReviseFinding', { ...finding, statement: 'Four groups took part.', reason: 'One was overlooked' }, reviewer],
  ['ShareFinding', { ...review, finding: 'F-1', until: '2026-01-29' }, reviewer],
  ['CommentOnFinding', { ...review, finding: 'F-1', text: 'There were four.' }],
  ['PublishFinding', { ...review, finding: 'F-1' }],
  ['ConcludeAssessment', { ...review, summary: 'It was done as it says.' }, reviewer],
  ['AssignReviewer', { ...left, from: '2025-07' }],
  ['DeclareConflict', { ...left, kind: 'financial', text: 'I hold shares of its supplier' }, 'person-8'],
  ['RecuseReviewer', { ...left, reason: 'For the reason declared' }],
  ['GiveMandate', { person: 'person-10', role: 'administrator', from: '2025-07' }],
  ['EndMandate', { person: 'person-10', role: 'administrator', on: '2025-12', reason: 'The term is over' }],
];

const nextYear: readonly Deed[] = [
  [openCycle[0], { ...openCycle[1], year: 2026 }],
  ['StartReport', { ...registry, year: 2026, prefilledFrom: 2025 }],
  ['DecideCarriedOver', { ...registry, year: 2026, section: 'S01', lang: 'en', decision: 'still-true' }],
];

const afterwards: readonly Deed[] = [
  ['CloseCycle', { ...round, on: '2025-12-31' }],
  ['AnswerByLetter', { ...of('example-council'), ...letter, on: '2026-01-10' }],
  ['ReopenCycle', { ...round, on: '2026-01-12', reason: 'An answer was found in the archive' }],
  [
    'IssueSynthesis',
    {
      ...round,
      id: 'SYN-1',
      title: 'Report on the contributions',
      issuer: 'example-secretariat',
      on: '2026-01',
      contributors: [{ organization: 'example-union', status: 'ANSWERED', confidence: 'found' }],
      actions: ['ACT-1'],
      confidence: 'found',
      sources,
    },
  ],
];

const year: readonly Deed[] = [
  ...organizations,
  ...actions,
  ...options,
  ...requests,
  ...report,
  ...assessments,
  ...nextYear,
  ...afterwards,
];

let folder: string;
let store: SqliteEventStore;
let app: INestApplicationContext;
let ids = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-handlers-'));
  store = SqliteEventStore.open(join(folder, 'events.db'));
  const clock = new RecordingClock(new FrozenClock('2026-01-15T09:00:00Z').now);
  const commands = CommandsModule.register({ store, vocabulary: sampleVocabulary, clock });
  app = await Test.createTestingModule({ imports: [commands] }).compile();
  await app.init();
});

afterEach(async () => {
  await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** As the API does: what is sent is checked, and put on the bus. */
function perform(name: CommandName, sent: object, actor = 'editor', commandId?: string): Promise<Recorded> {
  const of = COMMANDS[name] as new () => RecordedCommand;
  expect(faultsOf(of, sent)).toEqual([]);
  const fresh = `018f4a52-6b1e-7cc4-9d0e-${String(ids++).padStart(12, '0')}`;
  const given = { commandId: commandId ?? fresh, actor, correlationId: 'request-1' };
  return app.get(CommandBus, { strict: false }).execute(commandOf(of, sent, given));
}

async function performAll(deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) await perform(...deed);
}

async function typesIn(stream: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of store.read(stream)) types.push(event.type);
  return types;
}

async function lastIn(stream: string): Promise<object> {
  let data: object = {};
  for await (const event of store.read(stream, { direction: 'backwards', limit: 1 })) data = event.data;
  return data;
}

describe('A small year', () => {
  it('holds everything that can be done', () => {
    expect([...new Set(year.map(([name]) => name))].sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  it('is recorded as it happened', async () => {
    await performAll(year);
    expect(await typesIn('report-ec-performance-2025-example-registry')).toEqual([
      'ReportRequested',
      'ReportAcknowledged',
      'ReportDeadlineExtended',
      'ReportStarted',
      'SectionAnswered',
      'SectionAnswered',
      'SectionDelegated',
      'FigureReported',
      'ActionCited',
      'ActionUncited',
      'ActionCited',
      'DocumentAttached',
      'ReportSubmitted',
      'ClarificationRequested',
      'ClarificationAnswered',
      'ClarificationFollowedUp',
      'ClarificationDueDateMoved',
      'ClarificationClosed',
      'ClarificationReopened',
      'ClarificationRequested',
      'ClarificationWidened',
      'ReportNoted',
      'PublicationProposed',
      'ReportPublished',
      'AmendmentOpened',
      'SectionAnswered',
      'ReportResubmitted',
      'PartWithheld',
      'WithdrawalProposed',
    ]);
    let events = 0;
    for await (const page of store.readPages()) events += page.length;
    // The next year's report began with a section of this one's.
    expect(events).toBe(year.length + 1);
  });

  it('is recorded once when every command of it is given twice, the second time when all is over', async () => {
    const id = (n: number) => `018f4a52-6b1e-7cc4-9d0f-${String(n).padStart(12, '0')}`;
    const first: Recorded[] = [];
    for (const [n, [name, sent, actor]] of year.entries()) first.push(await perform(name, sent, actor, id(n)));
    for (const [n, [name, sent, actor]] of year.entries()) {
      expect(await perform(name, sent, actor, id(n))).toEqual(first[n]);
    }
  });

  it('records what was said, and nothing that was only looked up', async () => {
    await performAll([...organizations, ...actions, openCycle]);
    expect(await lastIn('organization-example-council')).toEqual({ name: 'The example-council', profile, sources });
    expect(await lastIn('organization-example-names')).toEqual({ successor: 'example-registry', on: '2024', sources });
    expect(await lastIn('action-act-3')).toEqual({ by: 'ACT-1', on: '2025' });
    expect(await lastIn('action-act-2')).toMatchObject({ from: 'ONGOING', to: 'COMPLETED' });
  });
});

describe('A form that nobody names', () => {
  beforeEach(() => performAll(registrations));

  it("is today's for a round", async () => {
    await performAll([openCycle]);
    expect(await lastIn('cycle-ec-performance-2025')).toMatchObject({ form: 'sample-form/1' });
  });

  it("is the round's for a request, and no deadline is taken from it", async () => {
    const { deadline: _, ...withoutDeadline } = request('example-union')[1];
    await performAll([
      [openCycle[0], { ...openCycle[1], form: 'sample-form/2' }],
      ['RequestReport', withoutDeadline],
    ]);
    const requested = await lastIn('report-ec-performance-2025-example-union');
    expect(requested).toMatchObject({ form: 'sample-form/2' });
    expect(requested).not.toHaveProperty('deadline');
  });
});

describe('What a command takes for granted', () => {
  const nobody = 'example-nobody';

  beforeEach(() => performAll([...registrations, ...actions, openCycle]));

  const unknown: readonly (readonly [string, CommandName, object])[] = [
    ['organization-unknown', 'PlaceUnder', { organization: 'example-union', parent: nobody, sources }],
    ['organization-unknown', 'MergeInto', { organization: 'example-union', successor: nobody, on: '2024', sources }],
    ['organization-unknown', ...recordAction('ACT-9', { lead: nobody })],
    ['organization-unknown', ...recordAction('ACT-9', { partners: [nobody] })],
    ['organization-unknown', 'ReviseAction', { action: 'ACT-1', changes: { partners: [nobody] }, reason: 'So' }],
    ['organization-unknown', 'OpenCycle', { ...openCycle[1], year: 2026, requester: nobody }],
    ['organization-unknown', ...request(nobody)],
    ['organization-unknown', 'RequestReport', { ...request('example-union')[1], requester: nobody }],
    ['organization-unknown', 'StartReport', of(nobody)],
    ['organization-unknown', 'AnswerByLetter', { ...of(nobody), ...letter }],
    ['organization-unknown', 'IssueSynthesis', { ...afterwards.at(-1)![1], issuer: nobody }],
    ['report-not-requested', 'RecordReminder', { ...of('example-union'), ...reminder }],
    ['cycle-unknown', 'RequestReport', { ...request('example-union')[1], year: 2024 }],
    ['cycle-unknown', 'StartReport', { ...of('example-union'), year: 2024 }],
    ['cycle-unknown', 'AnswerByLetter', { ...of('example-union'), ...letter, series: 'wsis-annual' }],
    ['action-unknown', 'AnswerByLetter', { ...of('example-union'), ...letter, cites: ['ACT-1', 'ACT-9'] }],
    ['action-unknown', 'CiteAction', { ...registry, action: 'ACT-9', claims: [] }],
    ['action-unknown', 'LinkAction', { action: 'ACT-1', to: 'ACT-9', kind: 'RELATED' }],
    ['action-unknown', 'SupersedeAction', { action: 'ACT-1', by: 'ACT-9' }],
    ['action-unknown', ...recordAction('ACT-9', { status: 'SUPERSEDED', supersededBy: 'ACT-8' })],
    ['action-unknown', 'IssueSynthesis', { ...afterwards.at(-1)![1], actions: ['ACT-9'] }],
    ['action-recorded-in-error', 'CiteAction', { ...registry, action: 'ACT-5', claims: [] }],
    ['report-unknown', 'AssignReviewer', { ...review, from: '2025' }],
    ['link-needs-the-forum-track', 'LinkAction', { action: 'ACT-1', to: 'ACT-4', kind: 'FEEDS_INTO' }],
  ];

  it.each(unknown)('or %s: %s', async (code, name, sent) => {
    await expect(perform(name, sent)).rejects.toMatchObject({ name: 'Refusal', code });
  });

  it('is that a round is open where somebody is asked or begins to write, and not where a letter comes late', async () => {
    await perform('CloseCycle', { ...round, on: '2025-12-31' });
    await expect(perform(...request('example-union'))).rejects.toMatchObject({ code: 'cycle-closed' });
    await expect(perform('StartReport', of('example-union'))).rejects.toMatchObject({ code: 'cycle-closed' });
    await expect(perform('AnswerByLetter', { ...of('example-union'), ...letter })).resolves.toMatchObject({
      revision: 0,
    });
  });
});

describe('A circle', () => {
  beforeEach(() => performAll(registrations));

  it('of actions that supersede each other is refused', async () => {
    const ids = ['ACT-1', 'ACT-2', 'ACT-3'];
    await performAll(ids.map((id) => recordAction(id)));
    await perform('SupersedeAction', { action: 'ACT-1', by: 'ACT-2' });
    await perform('SupersedeAction', { action: 'ACT-2', by: 'ACT-3' });
    for (const by of ['ACT-1', 'ACT-2']) {
      const refused = perform('SupersedeAction', { action: 'ACT-3', by });
      await expect(refused).rejects.toMatchObject({ code: 'superseded-in-circle' });
    }
    const itself = perform('SupersedeAction', { action: 'ACT-3', by: 'ACT-3' });
    await expect(itself).rejects.toMatchObject({ code: 'superseded-by-itself' });
  });

  it('of organizations that belong to each other is refused', async () => {
    await perform('PlaceUnder', { organization: 'example-registry', parent: 'example-union', sources });
    await perform('PlaceUnder', { organization: 'example-registry', parent: 'example-names', sources });
    await perform('PlaceUnder', { organization: 'example-names', parent: 'example-council', sources });
    const circle = perform('PlaceUnder', { organization: 'example-council', parent: 'example-registry', sources });
    await expect(circle).rejects.toMatchObject({ code: 'organization-placed-in-circle' });
    const itself = perform('PlaceUnder', { organization: 'example-council', parent: 'example-council', sources });
    await expect(itself).rejects.toMatchObject({ code: 'organization-refers-to-itself' });
  });

  it('of organizations that merged into each other is refused', async () => {
    await perform('MergeInto', { organization: 'example-names', successor: 'example-union', on: '2024', sources });
    const circle = perform('MergeInto', {
      organization: 'example-union',
      successor: 'example-names',
      on: '2024',
      sources,
    });
    await expect(circle).rejects.toMatchObject({ code: 'organization-placed-in-circle' });
  });
});
