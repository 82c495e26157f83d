// Answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

export const found = {
  asOf: 348,
  total: 2,
  items: [
    {
      kind: 'option',
      organizations: ['example-registry'],
      year: 2008,
      title: [{ text: 'An open list of ' }, { text: 'delegations', marked: true }],
      snippet: [
        { text: 'Every registry publishes its ' },
        { text: 'delegations', marked: true },
        { text: ', with the day of each change.' },
      ],
      option: 'open-list',
      why: [344, 345],
      href: '/api/options/open-list',
    },
    {
      kind: 'section',
      organizations: ['example-registry'],
      year: 2008,
      language: 'en',
      snippet: [{ text: 'We publish ' }, { text: 'delegations', marked: true }, { text: ' on the day they change.' }],
      series: 'ec-performance',
      organization: 'example-registry',
      why: [330],
      section: 'S04',
      version: 1,
      href: '/api/reports/ec-performance/2008/example-registry?version=1',
    },
  ],
};
