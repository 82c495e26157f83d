// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

export const recorded = {
  stream: 'assessment-ec-performance-2008-example-registry--person-7',
  revision: 2,
  sequence: 372,
};

export const assign = { from: '2008-10-01' };
export const conflict = { kind: 'financial', text: 'I hold shares of its supplier.' };
export const recuse = { reason: 'A new post.' };
export const finding = {
  criterion: 'C71-STAKEHOLDERS',
  statement: 'The minutes show three stakeholder groups in the room, each with a speaker.',
  evidence: [{ action: 'EX-1' }, { section: 'S04' }],
  note: 'Ask the example forum as well.',
  version: 1,
  sequence: 80,
};
const { criterion, note: _, ...said } = finding;
export const revision = {
  ...said,
  statement: 'The minutes show four stakeholder groups in the room.',
  reason: 'One was overlooked.',
};
export const share = { until: '2099-01-31' };
export const comment = { text: 'There were four.' };
export const conclude = { summary: 'The report says what was done, and with whom.' };

const published = {
  finding: 'F-1',
  standing: 'published',
  criterion,
  ...said,
  statement: revision.statement,
  comments: [comment.text],
  why: [376],
};

const standing = {
  reviewer: 'person-7',
  phase: 'concluded',
  assigned: { ...assign, by: 'secretariat', why: [370] },
  noConflict: { why: [371] },
  conclusion: { ...conclude, why: [377] },
  revision: 7,
};

export const assessment = { asOf: 377, reader: 'public', ...standing, findings: [published] };

export const sideBySide = {
  asOf: 377,
  reader: 'public',
  version: 1,
  reviewers: [standing],
  criteria: [
    {
      criterion,
      claims: [{ action: 'EX-1', text: 'Open to all groups.', why: [352] }],
      findings: [{ reviewer: 'person-7', ...published, laterVersion: 2 }],
    },
  ],
};

export const bookmark = { sequence: 80 };

export const changes = {
  asOf: 377,
  reader: 'public',
  since: 70,
  version: { from: 1, to: 2 },
  phase: { from: 'submitted', to: 'submitted' },
  versions: [{ version: 2, on: '2008-06-20', sequence: 362 }],
  sections: [
    {
      section: 'S04',
      lang: 'en',
      parts: [
        { kind: 'kept', text: 'We began it ' },
        { kind: 'removed', text: 'in February' },
        { kind: 'added', text: 'on 14 February' },
        { kind: 'kept', text: '.' },
      ],
      carriedOver: { words: 3, of: 6, share: 0.5 },
      origin: 'written',
      why: [350, 361],
    },
  ],
  citations: { added: [], removed: [], claimedOtherwise: ['EX-1'] },
  figures: [{ indicator: 'remote-participants', from: 214, to: 241, unit: 'people' }],
  documents: [{ document: { title: 'Minutes of June', address: 'https://example.org/minutes-of-june' } }],
  clarifications: [],
};

export const inbox = {
  asOf: 377,
  reader: 'reviewers',
  waiting: [
    {
      kind: 'declaration-missing',
      series: 'ec-performance',
      year: 2008,
      organization: 'example-registry',
      since: '2008-10-01T09:00:00.000Z',
      days: 12,
      why: [370],
    },
  ],
};
