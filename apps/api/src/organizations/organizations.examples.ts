// Bodies and answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

const source = { title: 'Minutes of the example council', address: 'https://example.org/minutes', confidence: 'found' };

const profile = {
  kind: 'TECHNICAL_COORDINATION',
  stakeholderGroup: 'TECH',
  founded: { date: '1999-04', confidence: 'found' },
  seat: { city: 'Exampletown', country: 'Exampleland' },
  website: 'https://example.org',
  description: 'Keeps the example register and publishes its policies.',
};

export const recorded = { stream: 'organization-example-registry', revision: 0, sequence: 342 };

export const organization = {
  organization: 'example-registry',
  name: 'Example Registry',
  acronym: 'ER',
  formerNames: [],
  profile,
  relevance: 'relevant',
  relevant: { from: '2005', ground: 'Holds essential tasks for the example identifiers.', why: [343] },
  parents: [],
  sources: [source],
  revision: 1,
  why: [342, 343],
};

export const list = { asOf: 343, items: [organization], next: 'Zk3Qy1pAWyJleGFtcGxlLXJlZ2lzdHJ5Iiw...' };

export const timeline = {
  asOf: 345,
  organization,
  entries: [
    {
      organization: 'example-registry',
      kind: 'action-started',
      date: '2008-10',
      precision: 'month',
      title: 'Example memorandum with a standards body',
      action: {
        action: 'EX-1',
        role: 'lead',
        lead: 'example-registry',
        partners: ['sample-standards-body'],
        status: 'ONGOING',
        track: 'EC',
        scope: 'POLICY',
        counted: true,
        issues: ['INF-05'],
        groups: ['TECH', 'GOV'],
      },
      confidence: 'found',
      sequence: 344,
      why: [344],
    },
  ],
};

const item = {
  action: 'EX-1',
  title: 'Example memorandum with a standards body',
  lead: 'example-registry',
  partners: ['sample-standards-body'],
  track: 'EC',
  status: 'ONGOING',
  startedOn: '2008-10',
  why: [344],
};

const standing = { series: 'ec-performance', punctuality: 'not-applicable', why: [345] };

export const comparison = {
  asOf: 350,
  organization: 'example-registry',
  series: 'ec-performance',
  earlier: { ...standing, year: 2008, status: 'ANSWERED_WITH_RESERVATION' },
  later: { ...standing, year: 2010, status: 'ANSWERED' },
  started: { known: true, items: [] },
  continued: { known: true, items: [item] },
  silentlyDropped: { known: false, reason: 'citations-not-on-record', years: [2008] },
  sections: [],
};

export const register = { name: 'Example Registry', acronym: 'ER', profile, sources: [source] };
export const rename = {
  name: 'Example Registry Association',
  acronym: 'ERA',
  on: '2024-05',
  reason: 'Decision of its members.',
};
export const reviseProfile = { profile, reason: 'The seat was given wrongly.', sources: [source] };
export const markRelevant = {
  from: '2005',
  ground: 'Holds essential tasks for the example identifiers.',
  sources: [source],
};
export const endRelevance = { on: '2024', reason: 'Its tasks went to another body.' };
export const placeUnder = { on: '2011', sources: [source] };
export const mergeInto = { successor: 'sample-standards-body', on: '2025-01-01', sources: [source] };
export const appoint = {
  personId: '0b1e0f0e-5c60-4c7c-9d3e-0e0a54c6a001',
  role: 'focal-point',
  from: '2024-01-15',
};
export const endAppointment = {
  personId: '0b1e0f0e-5c60-4c7c-9d3e-0e0a54c6a001',
  role: 'focal-point',
  on: '2025-06-30',
  reason: 'Left the organization.',
};

export const signOffRule = { signatures: 2, reason: 'The council decided that two of its officers sign.' };
export const editingRule = { sections: 'delegated', reason: 'Each department writes of its own work.' };

export const appointmentEnded = {
  ...recorded,
  orphaned: [{ series: 'ec-performance', year: 2008, section: 'S04' }],
};
