import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { expectProblem } from '../../../../test/support/api.js';
import { operationsOf } from '../../../../test/support/operations.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const VALUES: Readonly<Record<string, string>> = { series: 'ec-performance', year: '2008', sequence: '0' };

let product: RunningProduct;
/** Methods by address, as the OpenAPI document has them. */
const documented = new Map<string, Set<string>>();

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  const { body } = await product.api.get<OpenAPIObject>('/api/openapi.json');
  const operations = operationsOf(body);
  for (const { path } of operations) {
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? 'example');
    // `/api/jobs/rebuild` may be a job of that name, too.
    const known = operations.filter(({ path: each }) =>
      new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(address),
    );
    const methods = known.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    documented.set(address, new Set([...methods, 'OPTIONS']));
  }
});
afterAll(() => product.remove());

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(product.api.address + path, { method, headers, redirect: 'manual' });

describe('An address that is known', () => {
  it('says which methods it knows to whoever comes by another one, or asks with OPTIONS', async () => {
    expect(documented.size).toBeGreaterThan(80);
    for (const [address, methods] of documented) {
      const told = [...methods].toSorted();
      const options = await ask('OPTIONS', address);
      expect([address, options.status]).toEqual([address, 204]);
      expect([address, allowed(options)]).toEqual([address, told]);
      for (const method of METHODS.filter((each) => !methods.has(each))) {
        const answer = await ask(method, address);
        expect([method, address, answer.status]).toEqual([method, address, 405]);
        expect([address, allowed(answer)]).toEqual([address, told]);
        expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
      }
    }
  });

  it('is read by HEAD as by GET, without the words', async () => {
    for (const [address, methods] of documented) {
      if (!methods.has('GET')) continue;
      const [get, head] = [await ask('GET', address), await ask('HEAD', address)];
      expect([address, head.status, head.headers.get('ETag')]).toEqual([address, get.status, get.headers.get('ETag')]);
      expect([address, head.headers.get('Content-Type')]).toEqual([address, get.headers.get('Content-Type')]);
      await get.body?.cancel();
      expect(await head.text()).toBe('');
    }
  });

  it('may be a page, too: a person is told on one', async () => {
    const problem = expectProblem(await product.api.send('POST', '/deadlines', {}), 405, 'method-not-allowed');
    expect(problem.facts).toEqual({ allow: ['GET', 'HEAD'] });
    const page = await ask('GET', '/sign-out', { Accept: 'text/html' });
    expect([page.status, allowed(page)]).toEqual([405, ['OPTIONS', 'POST']]);
    expect(await page.text()).toContain('href="/"');
  });

  it('tells nothing to a page of another site', async () => {
    const preflight = await ask('OPTIONS', '/api/organizations', {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'PUT',
    });
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    const other = await ask('DELETE', '/api/organizations', { Origin: 'https://evil.example' });
    expect(other.status).toBe(403);
  });
});

describe('An address that is not known', () => {
  it('is not found, by whatever method', async () => {
    for (const path of ['/nowhere', '/api/nowhere', '/api/reports/ec-performance/2008/example/submission/more'])
      for (const method of METHODS)
        expect([method, path, (await ask(method, path)).status]).toEqual([method, path, 404]);
  });
});

const allowed = ({ headers }: Response) => (headers.get('Allow') ?? '').split(', ').toSorted();
