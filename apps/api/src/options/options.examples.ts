// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

const source = { title: 'Report of an example forum', address: 'https://example.org/forum', confidence: 'found' };

export const recorded = { stream: 'option-open-list', revision: 1, sequence: 345 };

export const table = {
  issue: 'INF-05',
  title: 'An open list of delegations',
  description: 'Every registry publishes its delegations, with the day of each change.',
  by: { group: 'TECH', organization: 'example-registry' },
  on: '2008-03',
  confidence: 'found',
  sources: [source],
};
export const argue = {
  argument: 'A-1',
  side: 'for',
  by: { group: 'CS' },
  text: 'Anybody could check whether a delegation was changed.',
  sources: [source],
};
export const debate = {
  forum: 'Example Forum',
  session: 'Workshop 7',
  on: '2008-12-03',
  outcome: 'Nobody spoke against it.',
  sources: [source],
};
export const hand = { organization: 'example-registry', on: '2009-01', reason: 'It keeps the list.' };
export const takeUp = { action: 'EX-1', note: 'Its second part.' };
export const close = { on: '2010', reason: 'The list is open.' };

const { on: tabledOn, ...facts } = table;
const debated = [{ ...debate, why: [346] }];
const handover = { ...hand, handedBy: { actor: 'person-2', role: 'secretariat' }, why: [347] };

export const option = {
  option: 'open-list',
  ...facts,
  tabledOn,
  state: 'taken-up',
  arguments: [{ ...argue, why: [345] }],
  debates: debated,
  handovers: [handover],
  actions: [{ ...takeUp, track: 'EC', why: [348] }],
  revision: 4,
  why: [344, 345, 346, 347, 348],
};

export const list = { asOf: 348, items: [option] };

export const received = {
  asOf: 348,
  options: [
    {
      option: 'open-list',
      ...facts,
      tabledOn,
      state: 'taken-up',
      debates: debated,
      handover,
      actions: [
        {
          action: 'EX-1',
          title: 'Example memorandum',
          role: 'lead',
          track: 'EC',
          counted: true,
          note: takeUp.note,
          why: [348, 320],
        },
      ],
      outcome: 'taken-up',
      why: [344, 345, 346, 347, 348],
    },
  ],
};

export const coverage = {
  asOf: 348,
  actions: 1,
  issues: [
    {
      code: 'INF-05',
      actions: 1,
      organizations: [{ organization: 'example-registry', actions: ['EX-1'] }],
      why: [320],
    },
  ],
  groups: [
    { code: 'TECH', actions: 1, organizations: [{ organization: 'example-registry', actions: ['EX-1'] }], why: [320] },
  ],
};
