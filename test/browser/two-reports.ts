import type { Api } from '../support/api.js';
import { exampleAction } from '../support/example-action.js';

const source = { title: 'Minutes of the example council', address: 'https://example.org/minutes', confidence: 'found' };
const REQUIRED = ['S01', 'S02', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];

const action = (title: string, more: object = {}) =>
  exampleAction({
    partners: ['example-forum'],
    title,
    cooperation: 'TECH_TECH',
    startedOn: { date: '2007' },
    ...more,
  });

const WORDS = {
  2008: 'Both secretariats met twice. The memorandum was signed in February and is carried through by a joint committee.',
  2010: 'Both secretariats met four times. The memorandum was signed in February and is carried through by two committees.',
} as const;

/** Reports of a plainly fictional registry for two years, each with its words, figures and citations. */
export async function recordTwoReports(api: Api): Promise<void> {
  for (const [organization, name] of [
    ['example-forum', 'Example Forum'],
    ['example-registry', 'Example Registry'],
  ]) {
    const profile = { kind: 'ACADEMIC', stakeholderGroup: 'ACAD', description: 'An example.' };
    await api.record('PUT', `/api/organizations/${organization}`, { name, profile, sources: [source] });
  }
  const actions = {
    'TWO-1': action('Example memorandum'),
    'TWO-2': action('Example fellowship', { startedOn: { date: '2006-05' }, issues: ['DEV-03'] }),
    'TWO-3': action('Example indicators', {
      startedOn: { date: '2009-06-01' },
      endedOn: { date: '2010-03' },
      status: 'COMPLETED',
    }),
    'TWO-4': action('Example mirror', { startedOn: { date: '2008' }, confidence: 'recalled' }),
  };
  for (const [id, body] of Object.entries(actions)) await api.record('PUT', `/api/actions/${id}`, body);

  for (const [year, words] of Object.entries(WORDS)) {
    const report = `/api/reports/ec-performance/${year}/example-registry`;
    const { requester, deadline } = { requester: 'example-forum', deadline: `${year}-05-31` };
    await api.record('POST', `${report}/request`, {
      requester,
      on: `${year}-03-12`,
      deadline,
      confidence: 'found',
      sources: [source],
    });
    await api.record('POST', `${report}/draft`, { on: `${year}-04-01` });
    for (const section of REQUIRED) {
      await api.record('PUT', `${report}/sections/${section}`, { lang: 'en', text: 'As before.', origin: 'written' });
    }
    await api.record('PUT', `${report}/sections/S04`, { lang: 'en', text: words, origin: 'written' });
    await api.record('PUT', `${report}/figures/remote-participants`, {
      value: year === '2008' ? 1_214 : 1_530,
      unit: 'people',
    });
    const cited = year === '2008' ? ['TWO-1', 'TWO-2'] : ['TWO-1', 'TWO-3', 'TWO-4'];
    for (const id of cited) {
      const claims = [{ criterion: 'C71-PACE', text: `Agreed within ${year === '2008' ? 'four' : 'two'} months.` }];
      await api.record('PUT', `${report}/citations/${id}`, { claims, statedStatus: 'ONGOING' });
    }
    await api.record('POST', `${report}/submission`, {
      signatory: 'E. Xample, Secretary General',
      on: year === '2008' ? '2008-05-20' : '2010-06-04',
      declaration: 'This report is complete and correct to the best of our knowledge.',
      consentToBeCited: 'by-name',
    });
  }
}
