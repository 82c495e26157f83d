// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

const source = { title: 'Minutes of the example council', address: 'https://example.org/minutes', confidence: 'found' };

const facts = {
  lead: 'example-registry',
  partners: ['sample-standards-body'],
  partnersOther: ['Example users of the region'],
  title: 'Example memorandum with a standards body',
  description: 'Both bodies agree to tell each other of changes before they are made.',
  kind: 'AGREEMENT',
  cooperation: 'IGO_TECH',
  track: 'EC',
  scope: { test: 'POLICY' },
  startedOn: { date: '2008-02', confidence: 'found' },
  status: 'ONGOING',
  issues: ['INF-05'],
  stakeholders: [{ group: 'TECH', role: 'party' }, { group: 'IGO' }],
  confidence: 'found',
  sources: [source],
};

export const recorded = { stream: 'action-ex-1', revision: 1, sequence: 345 };

export const action = {
  action: 'EX-1',
  ...facts,
  scope: { ...facts.scope, by: 'person-1' },
  counted: true,
  statusHistory: [{ status: 'ONGOING', sequence: 344 }],
  recordedAt: '2026-01-15T09:30:00.000Z',
  revision: 0,
  why: [344],
};

export const list = { asOf: 344, items: [action] };

export const record = facts;
export const revise = {
  changes: { startedOn: { date: '2008-02-14', confidence: 'found' } },
  reason: 'The day stands in the minutes.',
};
export const changeStatus = { to: 'COMPLETED', on: '2010-12', reason: 'All of it was carried out.' };
export const milestone = { title: 'First joint report', on: '2009-03', sources: [source] };
export const confirm = { note: 'We sent two delegates to each meeting.' };
export const dispute = { reason: 'We were invited, and did not take part.' };
export const link = { to: 'EX-2', kind: 'DISCUSSED_AT', note: 'The workshop discussed a draft of it.' };
export const reassignTrack = { to: 'WSIS_FU', reason: 'It follows up an action line, and no public policy issue.' };
export const supersede = { by: 'EX-3', on: '2011-06', reason: 'A wider agreement took its place.' };
export const discontinue = { on: '2011', reason: 'Neither party renewed it.' };
export const addSource = {
  source: { title: 'Example annual report 2009', symbol: 'EX/2009/1', confidence: 'found' },
};
export const inError = { reason: 'It is on record twice; the other record is EX-4.' };
