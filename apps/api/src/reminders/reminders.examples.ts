// An answer as the OpenAPI document shows it. Organizations of examples are plainly examples.

const report = { series: 'ec-performance', year: 2028, organization: 'example-registry' };
const mail = '7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11';

export const plan = {
  policy: { days: [-30, -7, -1, 1, 14], at: '09:00', timeZone: 'Europe/Zurich' },
  items: [
    {
      ...report,
      to: 'focal-point',
      days: -7,
      deadline: '2028-02-29',
      due: '2028-02-22T08:00:00.000Z',
      state: 'sent',
      sentOn: '2028-02-22',
      mail,
    },
    {
      ...report,
      to: 'focal-point',
      days: -1,
      deadline: '2028-02-29',
      due: '2028-02-28T08:00:00.000Z',
      state: 'planned',
    },
  ],
};
