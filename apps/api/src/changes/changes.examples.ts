// Answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

const SHA256 = '3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855a';

export const changes = {
  asOf: 371,
  items: [
    {
      sequence: 371,
      recordedAt: '2026-11-20T10:12:00.000Z',
      type: 'ReportPublished',
      stream: 'report-ec-performance-2025-example-registry',
      who: 'person-0b6f (secretariat)',
      did: 'published version 2 of the annual report of Example Registry for 2025, as person-77c1 had proposed',
      sentence:
        'person-0b6f (secretariat) published version 2 of the annual report of Example Registry for 2025, as person-77c1 had proposed.',
      event: '/api/events/371',
    },
    {
      sequence: 365,
      recordedAt: '2026-11-18T08:00:00.000Z',
      type: 'AmendmentOpened',
      stream: 'report-ec-performance-2025-example-registry',
      who: 'person-31d0 (signatory), on behalf of Example Registry,',
      did: 'opened a material amendment of section S04 of the annual report of Example Registry for 2025',
      reason: 'One action was left out',
      sentence:
        'person-31d0 (signatory), on behalf of Example Registry, opened a material amendment of section S04 of the annual report of Example Registry for 2025, with the reason “One action was left out”.',
      event: '/api/events/365',
    },
  ],
};

const signed = {
  on: '2026-11-02',
  signatory: 'person-31d0',
  role: 'signatory',
  declaration: 'This report is complete and correct to the best of our knowledge.',
  consentToBeCited: 'by-name',
};

const address = '/api/reports/ec-performance/2025/example-registry';

export const versions = {
  asOf: 371,
  phase: 'submitted',
  revision: 31,
  versions: [
    {
      version: 1,
      sequence: 360,
      recordedAt: '2026-11-02T09:30:00.000Z',
      ...signed,
      sha256: SHA256,
      current: false,
      published: true,
      links: { report: `${address}?version=1`, receipt: `${address}/receipts/1` },
    },
    {
      version: 2,
      sequence: 369,
      recordedAt: '2026-11-19T09:30:00.000Z',
      ...signed,
      on: '2026-11-19',
      sha256: SHA256.split('').reverse().join(''),
      amendment: { material: true, reason: 'One action was left out', sections: ['S04'] },
      current: true,
      published: true,
      links: {
        report: `${address}?version=2`,
        receipt: `${address}/receipts/2`,
        differenceFromBefore: `${address}/versions/1/difference/2`,
      },
    },
  ],
};

const changedSection = {
  section: 'S04',
  lang: 'en',
  parts: [
    { kind: 'kept', text: 'We began the example memorandum' },
    { kind: 'added', text: ' and the example fellowship' },
    { kind: 'kept', text: '.' },
  ],
  carriedOver: { words: 5, of: 9, share: 0.556 },
  origin: 'written',
  why: [351, 367],
};

export const difference = {
  asOf: 371,
  from: 1,
  to: 2,
  sections: { added: [], removed: [], changed: [changedSection], unchanged: [{ section: 'S01', lang: 'en' }] },
  citations: {
    added: [{ action: 'EX-2', claims: [{ criterion: 'C71-PACE', text: 'Begun within two months.' }] }],
    removed: [],
    claimedOtherwise: [],
  },
  figures: [
    { indicator: 'remote-participants', from: { value: 214, unit: 'people' }, to: { value: 241, unit: 'people' } },
  ],
  documents: { added: [{ document: { title: 'Terms of the example fellowship', symbol: 'EX/2025/7' } }], removed: [] },
  signed: { from: signed, to: { ...signed, on: '2026-11-19' } },
  withheld: [{ part: 'S13/en', reason: 'Names a person who asked not to be named' }],
};
