// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

const source = { title: 'Letter of the example forum', address: 'https://example.org/letter', confidence: 'found' };

export const recorded = { stream: 'cycle-ec-performance-2008', revision: 1, sequence: 346 };

const cycle = {
  series: 'ec-performance',
  year: 2008,
  phase: 'open',
  title: 'Example round of annual performance reports, 2008',
  requester: 'example-forum',
  opensOn: '2008-03-12',
  dueOn: '2008-05-31',
  period: { from: '2007', to: '2008' },
  form: 'para71/1',
  guidance: [{ text: 'Name the actions that have partners.', on: '2008-03-12', why: [345] }],
  syntheses: [],
  sources: [source],
  revision: 1,
  why: [344, 345],
};

export const list = { asOf: 348, items: [cycle] };

export const board = {
  asOf: 348,
  cycle,
  cells: [
    {
      organization: 'example-registry',
      name: 'Example Registry',
      status: 'ANSWERED_WITH_RESERVATION',
      phase: 'submitted',
      requestedOn: '2008-03-12',
      deadline: '2008-05-31',
      answeredOn: '2008-05-20',
      punctuality: 'on-time',
      reservation: 'We answer as a courtesy.',
      versions: 1,
      confidence: 'found',
      why: [346, 347],
    },
    {
      organization: 'sample-standards-body',
      name: 'Sample Standards Body',
      status: 'NO_EVIDENCE',
      phase: 'none',
      punctuality: 'not-applicable',
      versions: 0,
      why: [],
    },
  ],
};

export const open = {
  title: 'Example round of annual performance reports, 2008',
  requester: 'example-forum',
  opensOn: '2008-03-12',
  dueOn: '2008-05-31',
  period: { from: '2007', to: '2008' },
  sources: [source],
};
export const guidance = {
  text: 'Name the actions that have partners, and what came of them.',
  on: '2008-03-12',
  document: { title: 'Guidance to respondents', address: 'https://example.org/guidance' },
};
export const moveDueDate = { to: '2008-06-30', reason: 'Asked for by several respondents.' };
export const close = { on: '2008-12-31' };
export const reopen = { on: '2009-01-15', reason: 'A letter of December arrived late.' };
export const synthesis = {
  id: 'EX-2009-64',
  title: 'Example report on the answers of 2008',
  symbol: 'EX/2009/64',
  issuer: 'example-forum',
  on: '2009-02-26',
  period: { from: '2007', to: '2008' },
  contributors: [{ organization: 'example-registry', status: 'ANSWERED_WITH_RESERVATION', confidence: 'found' }],
  actions: ['EX-1'],
  confidence: 'found',
  sources: [source],
};
