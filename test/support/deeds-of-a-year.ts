import type { CommandName } from '#commands';

/** A command by its name, what is sent with it, and who sends it. */
export type Deed = readonly [CommandName, object, string?];

// Every command that there is, in an order in which a year could have gone.

export const sources = [{ title: 'Letter of the example secretariat', confidence: 'found' }];
export const profile = { kind: 'REGISTRY', stakeholderGroup: 'TECH', description: 'Registers example numbers.' };
export const round = { series: 'ec-performance', year: 2025 };
export const of = (organization: string) => ({ ...round, organization });
export const registry = of('example-registry');

const register = (organization: string): Deed => [
  'RegisterOrganization',
  { organization, name: `The ${organization}`, profile, sources },
];
export const recordAction = (action: string, facts: object = {}) =>
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
      scope: { test: 'POLICY' },
      startedOn: { date: '2024-05' },
      status: 'ONGOING',
      issues: ['DNS'],
      stakeholders: [{ group: 'GOV', role: 'host' }, { group: 'TECH' }],
      confidence: 'found',
      sources,
      ...facts,
    },
  ] as const;
export const request = (organization: string) =>
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
export const openCycle = [
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
export const letter = {
  document: { title: 'Letter', symbol: 'EX/2025/1', sha256: 'cd'.repeat(32) },
  cites: ['ACT-1'],
  confidence: 'found',
  sources,
};
const answer = (section: string, text = 'We met twice.') =>
  ['AnswerSection', { ...registry, section, lang: 'en', text, origin: 'written' }] as const;
const sign = (on: string) =>
  [
    'SubmitReport',
    { ...registry, signatory: 'person-2', on, declaration: 'This is so.', consentToBeCited: 'by-name' },
  ] as const;

export const reminder = {
  to: 'focal-point',
  deadline: '2025-07-31',
  days: -7,
  due: '2025-07-24T09:00:00.000Z',
  sentOn: '2025-07-24',
  sentAt: '2025-07-24T09:00:02.000Z',
  mail: '7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11',
};

export const registrations: readonly Deed[] = [
  'example-secretariat',
  'example-registry',
  'example-union',
  'example-council',
  'example-names',
  'example-archive',
].map(register);

export const organizations: readonly Deed[] = [
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
  ['AppointPerson', { organization: 'example-union', personId: 'person-1', role: 'focal-point', from: '2025' }],
  ['SetSignOffRule', { organization: 'example-union', signatures: 2, reason: 'Its council asks for two' }],
  ['SetEditingRule', { organization: 'example-union', sections: 'delegated', reason: 'Each writes of its own work' }],
  ['EndAppointment', { organization: 'example-union', personId: 'person-1', role: 'focal-point', on: '2025-12' }],
];

export const actions: readonly Deed[] = [
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
  ['NoteReport', { ...registry, version: 1, sequence: 64 }],
  ['PublishReport', { ...registry, version: 1 }],
  ['PublishReport', { ...registry, version: 1 }, 'second-editor'],
  ['OpenAmendment', { ...registry, reason: 'A figure was wrong', material: true, sections: ['S04'] }],
  ['AnswerSection', { ...answer('S04', 'We met three times.')[1], seen: 22 }],
  sign('2025-09-01'),
  ['WithholdPart', { ...registry, version: 2, part: 'S04', reason: 'Names of third persons' }],
  ['WithdrawReport', { ...registry, reason: 'To be written anew' }],
];

const reviewer = 'person-7';
export const review = { ...registry, reviewer };
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

export const afterwards: readonly Deed[] = [
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

export const year: readonly Deed[] = [
  ...organizations,
  ...actions,
  ...options,
  ...requests,
  ...report,
  ...assessments,
  ...nextYear,
  ...afterwards,
];
