// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

const source = { title: 'Letter of the example forum', address: 'https://example.org/letter', confidence: 'found' };

export const recorded = { stream: 'report-ec-performance-2008-example-registry', revision: 3, sequence: 349 };

const standing = {
  series: 'ec-performance',
  year: 2008,
  organization: 'example-registry',
  phase: 'submitted',
  status: 'ANSWERED_WITH_RESERVATION',
  requester: 'example-forum',
  requestedOn: '2008-03-12',
  deadline: '2008-05-31',
  form: 'para71/1',
  answeredOn: '2008-05-20',
  reservation: 'We answer as a courtesy; we are not accountable to the example forum.',
  versions: [
    {
      version: 1,
      on: '2008-05-20',
      signatory: 'E. Xample, Secretary General',
      reservation: 'We answer as a courtesy; we are not accountable to the example forum.',
      consentToBeCited: 'by-name',
      sequence: 353,
    },
  ],
  confidence: 'found',
  sources: [source],
  revision: 7,
  why: [346, 348, 353],
};

export const list = { asOf: 353, items: [standing] };

export const report = {
  asOf: 353,
  report: standing,
  sections: [
    {
      section: 'S04',
      lang: 'en',
      text: 'We began the example memorandum in February and carried it through.',
      origin: 'written',
      by: 'contributor-1',
      why: [350],
    },
  ],
  citations: {
    'EX-1': { claims: [{ criterion: 'C71-PACE', text: 'Signed within four months.' }], why: [352] },
  },
  figures: { 'remote-participants': { value: 214, unit: 'people', why: [351] } },
  version: 1,
  punctuality: 'on-time',
};

export const request = {
  requester: 'example-forum',
  on: '2008-03-12',
  deadline: '2008-05-31',
  letter: { title: 'Letter to relevant organizations', address: 'https://example.org/letter' },
  confidence: 'found',
  sources: [source],
};
export const acknowledge = { on: '2008-03-20', note: 'Received by post.' };
export const decline = { on: '2008-04-02', reason: 'We do not see ourselves among those who are asked.' };
export const exempt = { reason: 'It was founded during the year.' };
export const letter = {
  on: '2008-05-28',
  document: {
    title: 'Letter of the Example Registry',
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    name: 'ER-2008-5.pdf',
    symbol: 'ER/2008/5',
  },
  reservation: 'We answer as a courtesy.',
  cites: ['EX-1'],
  confidence: 'found',
  sources: [source],
};
export const noResponse = { on: '2008-09-01', note: 'Two reminders were sent.' };
export const extendDeadline = { to: '2008-06-30', reason: 'Their council meets in June.' };

export const start = { on: '2009-04-02', prefilledFrom: 2008, note: 'Begun after the council had met.' };
export const answerSection = {
  lang: 'en',
  text: 'We began the example memorandum in February and carried it through.',
  origin: 'written',
};
export const decide = { lang: 'en', decision: 'still-true' };
export const delegate = { to: 'contributor-1', note: 'You were at the meetings.' };
export const figure = { value: 214, unit: 'people', period: '2008', note: 'All meetings of the year.' };
export const cite = {
  claims: [{ criterion: 'C71-PACE', text: 'Signed within four months.' }],
  statedStatus: 'ONGOING',
};
export const uncite = { reason: 'It belongs into the report of the partner.' };
export const attach = {
  document: {
    title: 'List of meetings',
    address: 'https://example.org/meetings',
  },
  section: 'S17',
};

export const submit = {
  signatory: 'E. Xample, Secretary General',
  on: '2008-05-20',
  declaration: 'This report is complete and correct to the best of our knowledge.',
  reservation: 'We answer as a courtesy; we are not accountable to the example forum.',
  consentToBeCited: 'by-name',
};
export const amend = { reason: 'A date was given wrongly.', material: false, sections: ['S04'] };
export const withdraw = { reason: 'The council no longer stands by it.' };

export const note = { version: 1, sequence: 74, note: 'Taken note of at the second meeting.' };
export const publish = { version: 1 };
export const withhold = { version: 1, part: 'S13', reason: 'It names a person who did not agree to it.' };

export const readiness = {
  asOf: 360,
  version: 2,
  form: 'para71/1',
  sections: [{ section: 'S04', required: true, state: 'written', langs: ['en'] }],
  blockers: [{ code: 'nothing-changed', detail: 'The amendment says what the last version says.', why: [] }],
  warnings: [
    {
      code: 'figure-dropped',
      indicator: 'fellows',
      detail: 'The figure fellows was reported in 2007 and is not reported now.',
      why: [301],
    },
  ],
  changes: { sections: [], citations: { added: [], removed: [] }, figures: [], documents: [] },
  lastSigned: { version: 1, declaration: 'Complete and correct.', consentToBeCited: 'by-name' },
  signatures: { needed: 1, given: [] },
  revision: 21,
};

export const receipt = {
  number: 'ec-performance/2008/example-registry/1',
  version: 1,
  recordedAt: '2026-01-15T09:30:00.000Z',
  sequence: 358,
  on: '2008-05-20',
  signatory: 'E. Xample, Secretary General',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  content: {
    number: 'ec-performance/2008/example-registry/1',
    sections: [{ section: 'S04', lang: 'en', text: 'We began the example memorandum in February.' }],
    citations: [{ action: 'EX-1', claims: [] }],
    figures: [{ indicator: 'remote-participants', value: 214, unit: 'people' }],
  },
};
