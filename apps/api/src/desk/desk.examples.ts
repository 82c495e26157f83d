const source = { title: 'Letter of 14 March 2008', confidence: 'found' };

export const requests = {
  to: { organizations: ['example-registry', 'former-union'] },
  on: '2008-03-14',
  deadline: '2008-10-31',
  requester: 'example-forum',
  confidence: 'found',
  sources: [source],
  wording: [
    {
      lang: 'en',
      subject: '{round}: your report',
      text: 'To the focal point of {organization}\n\nPlease send your report until {deadline}.',
    },
  ],
};

const digest = 'NtXnGYeZTHuQ0cZc3YpLwXoZmLBDBuDfDdmJ0Prq1oE';

export const preview = {
  asOf: 41,
  digest,
  title: 'Example cycle',
  request: {
    requester: 'example-forum',
    on: '2008-03-14',
    deadline: '2008-10-31',
    form: 'para71/1',
    confidence: 'found',
    sources: [source],
  },
  reached: [
    {
      organization: 'example-registry',
      name: 'Example Registry',
      mail: 'to-be-mailed',
      letters: [
        {
          lang: 'en',
          subject: 'Example cycle: your report',
          text: 'To the focal point of Example Registry\n\nPlease send your report until 2008-10-31.',
        },
      ],
    },
  ],
  leftOut: [
    {
      organization: 'former-union',
      name: 'Former Union',
      reason: 'merged',
      into: 'example-forum',
      why: [12],
      detail: 'It was merged into another organization, which is asked instead.',
    },
  ],
};

export const sending = { ...requests, previewed: { digest, sequence: 41 } };

export const sent = {
  asked: 1,
  refused: 0,
  outcomes: [{ organization: 'example-registry', outcome: 'asked' }],
  sequence: 42,
};

export const sendingJob = {
  id: 'requests-0b0f3f5e-6a3c-5a52-9a3e-2f6a1f7f0c11',
  name: 'requests',
  state: 'active',
  attempt: 1,
  progress: { done: 12, of: 43, what: 'requests' },
  summary: 'It runs: requests, 12 of 43.',
};

export const inbox = {
  asOf: 52,
  inboxes: [
    {
      role: 'secretariat',
      waiting: [
        {
          kind: 'version-to-note',
          series: 'ec-performance',
          year: 2008,
          organization: 'example-registry',
          version: 1,
          since: '2008-10-06T09:00:00.000Z',
          days: 3,
          why: [49],
          what: 'Version 1 was submitted and is not noted yet',
          next: { method: 'POST', href: '/api/reports/ec-performance/2008/example-registry/notes' },
        },
      ],
    },
  ],
};

export const deadlines = {
  asOf: 52,
  items: [
    {
      kind: 'request',
      dueOn: '2008-10-31',
      state: 'due-soon',
      series: 'ec-performance',
      year: 2008,
      organization: 'example-registry',
      title: 'Example cycle',
      why: [42],
    },
  ],
};

export const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Para 71//Deadlines//EN',
  'BEGIN:VEVENT',
  'UID:request/ec-performance/2008/example-registry@para71.example',
  'DTSTAMP:20080314T090000Z',
  'DTSTART;VALUE=DATE:20081031',
  'DTEND;VALUE=DATE:20081101',
  'SUMMARY:Example Registry: Answer to the request is due (Example cycle)',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');
