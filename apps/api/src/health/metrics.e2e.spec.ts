import { afterEach, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../../../test/support/api.js';
import { signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const METRICS_TOKEN = '0123456789abcdef0123456789abcdef';
const shown = { Authorization: `Bearer ${METRICS_TOKEN}` };
const wrong = { Authorization: `Bearer ${METRICS_TOKEN.toUpperCase()}` };

let product: RunningProduct;
afterEach(() => product.remove());

const metrics = (headers = {}) => product.api.get('/metrics', headers);

describe('The metrics', () => {
  it('are for everybody who reaches them, where nobody signs in and no token is asked for', async () => {
    product = await runProduct();
    expect((await metrics()).status).toBe(200);
    expect((await metrics(shown)).status).toBe(200);
  });

  it('are for who shows the token, where one is asked for', async () => {
    product = await runProduct({ env: { METRICS_TOKEN } });
    const refused = await metrics();
    expectProblem(refused, 401, 'not-signed-in');
    expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer');
    expectProblem(await metrics(wrong), 401, 'not-signed-in');
    const { status, text } = await metrics(shown);
    expect(status).toBe(200);
    expect(text).toMatch(/^para71_store_up 1$/m);
    expect((await product.api.get('/api/organizations')).status).toBe(200);
  });

  it('are for who may read them, where people sign in, and for who shows the token', async () => {
    product = await runProduct({ env: { PEOPLE: 'required', METRICS_TOKEN } });
    const auditor = await signedIn(product, 'auditor', { mandates: ['auditor'] });
    const reviewer = await signedIn(product, 'reviewer', { mandates: ['reviewer'] });
    expect((await metrics(shown)).status).toBe(200);
    expect((await metrics(auditor.headers)).status).toBe(200);
    expect((await metrics(reviewer.headers)).status).toBeGreaterThanOrEqual(403);
    for (const headers of [{}, wrong]) expectProblem(await metrics(headers), 401, 'not-signed-in');
    // It is no person: there is nothing else that it is good for.
    for (const path of ['/api/me', '/api/persons', '/api/organizations'])
      expectProblem(await product.api.get(path, shown), 401, 'not-signed-in');
  });

  it('are for nobody but who signs in, where people do and there is no token', async () => {
    product = await runProduct({ env: { PEOPLE: 'required' } });
    for (const headers of [{}, shown]) expectProblem(await metrics(headers), 401, 'not-signed-in');
  });
});
