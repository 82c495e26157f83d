import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '../../../../test/support/api.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

let product: RunningProduct;
beforeAll(async () => {
  product = await runProduct();
});
afterAll(() => product.remove());

const ORGANIZATIONS = ['example-one', 'example-two'];
const SOURCES = [{ title: 'Example minutes', confidence: 'found' }];
const PROFILE = { kind: 'ACADEMIC', stakeholderGroup: 'ACAD', description: 'An example.' };

/** Whoever says who they are is never given a text that was ready. */
const MADE_ANEW = { Authorization: 'Bearer example' };

const read = (address: string, headers = {}) => product.api.send('GET', address, undefined, headers);

const write = async (organization: string, name: string, isFirst: boolean): Promise<number> => {
  const [path, body] = isFirst
    ? ['', { name, profile: PROFILE, sources: SOURCES }]
    : ['/name', { name, on: '2010', reason: 'An example.' }];
  const answer = await product.api.send<Recorded>('PUT', `/api/organizations/${organization}${path}`, body, {
    Actor: 'example-secretariat',
  });
  if (answer.status >= 300) throw new Error(answer.text);
  return answer.body.sequence;
};

const address = fc
  .tuple(
    fc.constantFrom(...ORGANIZATIONS.flatMap((id) => [`/${id}`, `/${id}/timeline`]), ''),
    fc.constantFrom('', '?asOf=1', '?asOf=2', '?asOf=2100-01-01T00:00:00Z'),
  )
  .map(([path, query]) => `/api/organizations${path}${query}`);

describe('texts that are ready, in the whole product', () => {
  it('never outlive the event that changes them', async () => {
    let written = -1;
    let names = 0;
    for (const organization of ORGANIZATIONS) written = await write(organization, 'Example', true);
    await write(ORGANIZATIONS[0]!, 'Example, renamed', false);

    const step = fc.record({
      reads: fc.array(address, { minLength: 1, maxLength: 6 }),
      writes: fc.array(fc.constantFrom(...ORGANIZATIONS), { maxLength: 2 }),
    });
    const run = async (steps: readonly { reads: string[]; writes: string[] }[]) => {
      for (const { reads, writes } of steps) {
        const before = written;
        const [answers, sequences] = await Promise.all([
          Promise.all(reads.map((each) => read(each))),
          Promise.all(writes.map((each) => write(each, `Example ${++names}`, false))),
        ]);
        written = Math.max(written, ...sequences);
        for (const [n, { status, text, headers }] of answers.entries()) {
          const asked = reads[n]!;
          const sequence = Number(headers.get('Sequence'));
          const truth = await read(`${asked.split('?', 1)[0]}?asOf=${sequence}`, MADE_ANEW);
          expect({ asked, status, text }).toEqual({ asked, status: 200, text: truth.text });
          if (!/asOf=\d$/.test(asked)) expect(sequence).toBeGreaterThanOrEqual(before);
        }
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), run), { numRuns: 25 });
  }, 60_000);

  it('come with an id of each request, and with the headers that protect who reads them', async () => {
    const ID = '6f1c0f4e-3c1f-4b5e-9f57-0d3a1c2b4e5f';
    const path = `/api/organizations/${ORGANIZATIONS[0]}/timeline`;
    const [first, second] = [await read(path), await read(path, { 'Correlation-Id': ID })];
    const seldom = ['correlation-id', 'date'];
    const headersOf = ({ headers }: typeof first) => [...headers].filter(([name]) => !seldom.includes(name));
    expect(second.text).toBe(first.text);
    expect(headersOf(second)).toEqual(headersOf(first));
    expect(second.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(second.headers.get('Correlation-Id')).toBe(ID);
    expect((await read(path, { 'If-None-Match': first.headers.get('ETag')! })).status).toBe(304);
    expect((await read(path, { 'Min-Sequence': 'x' })).status).toBe(400);
  });

  it('are not given to a page of another name', async () => {
    const { hostname, port } = new URL(product.address);
    const path = `/api/organizations/${ORGANIZATIONS[0]}`;
    await read(path);
    const answer = await product.app.inject({ url: path, headers: { host: `example.org:${port}` } });
    expect([hostname, answer.statusCode]).toEqual(['127.0.0.1', 421]);
  });
});
