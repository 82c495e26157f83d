import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const PAGE = '/reports/ec-performance/2008/example-registry';
const REPORT = `/api${PAGE}`;
const BROWSER = { Accept: 'text/html' };
const source = { title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' };

let product: RunningProduct;

beforeAll(async () => {
  product = await runProduct();
  const { api } = product;
  const profile = { kind: 'ACADEMIC', stakeholderGroup: 'ACAD', description: 'An example.' };
  const registration = { name: 'Example Registry', profile, sources: [source] };
  await api.record('PUT', '/api/organizations/example-registry', registration);
  const cycle = { title: 'Example cycle', opensOn: '2008-01-15', sources: [source] };
  await api.record('PUT', '/api/cycles/ec-performance/2008', cycle);
  await api.record('POST', `${REPORT}/draft`, { on: '2008-04-02' });
  const draft = { lang: 'en', text: 'Words of a draft.', origin: 'written' };
  await api.record('PUT', `${REPORT}/sections/S04`, draft);
  const delegation = { to: 'person-2', note: 'Ask the treasurer' };
  await api.record('POST', `${REPORT}/sections/S04/delegation`, delegation);
});
afterAll(() => product.remove());

describe('Whoever visits a page where nobody signs in', () => {
  it.each([PAGE, `${PAGE}?since=0`, `${PAGE}/history`, '/organizations/example-registry/history'])(
    'reads what everybody may read, and nothing of a draft: %s',
    async (path) => {
      const { status, text } = await product.api.get(path, BROWSER);
      expect(status).toBe(200);
      expect(text).not.toMatch(/Words of a draft|treasurer|delegated section|wrote section/);
    },
  );

  it('is told that a report is being written', async () => {
    expect((await product.api.get(PAGE, BROWSER)).text).toContain('This report is being written.');
    expect((await product.api.get(`${PAGE}/history`, BROWSER)).text).toContain('began to write the annual report');
  });

  it('is led to the report and to the history from the page of its organization', async () => {
    const { text } = await product.api.get('/organizations/example-registry', BROWSER);
    expect(text).toContain(`href="${PAGE}"`);
    expect(text).toContain('href="/organizations/example-registry/history"');
  });

  it('reads of a program, which asks for all, what the events say to it', async () => {
    const { text } = await product.api.get('/api/changes?report=ec-performance/2008/example-registry');
    expect(text).toContain('delegated section S04');
  });
});
