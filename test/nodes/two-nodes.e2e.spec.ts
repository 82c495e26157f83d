import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Api, expectProblem } from '../support/api.js';
import { ended, orderImport } from '../support/many-requests.js';
import { runProduct } from '../support/product.js';
import { compileProduct } from '../support/product-process.js';
import { expectToTellTheSame, Nodes } from './nodes.js';

const registration = {
  name: 'Example Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

/** Each command of the record is a handful of calls to the server, one after the other. */
const LOADING_MS = 180_000;

const HTML = { Accept: 'text/html' };

beforeAll(compileProduct, 120_000);

describe('two nodes and a worker that begin at the same moment on an empty log', () => {
  let nodes: Nodes;
  beforeAll(async () => {
    nodes = await Nodes.start(['api', 'api', 'worker'], { RECORD: 'wsis' });
  }, LOADING_MS);
  afterAll(() => nodes.remove(), 30_000);

  it(
    'load the record, which is there once and as a single node would have loaded it',
    async () => {
      const alone = await runProduct({ record: 'wsis' });
      const expected = (await alone.api.events()).map(({ sequence, id, stream, revision }) => [
        sequence,
        id,
        stream,
        revision,
      ]);
      await alone.remove();
      for (const api of nodes.apis) {
        const events = await api.events();
        expect(events.map(({ sequence, id, stream, revision }) => [sequence, id, stream, revision])).toEqual(expected);
      }
    },
    LOADING_MS,
  );

  it('tell the same', async () => {
    const { length } = await nodes.apis[0]!.events();
    await expectToTellTheSame(nodes, length - 1);
  });
});

describe('two nodes and a worker on one log', () => {
  let nodes: Nodes;
  let one: Api;
  let other: Api;
  beforeAll(async () => {
    nodes = await Nodes.start(['api', 'api', 'worker']);
    [one, other] = nodes.apis as [Api, Api];
  }, 120_000);
  afterAll(() => nodes.remove(), 30_000);

  const register = (api: Api, id: string, headers = {}) =>
    api.command('PUT', `/api/organizations/${id}`, { ...registration, name: `Example ${id}` }, headers);

  it('show on one what was written on the other, as soon as a reader asks for its sequence', async () => {
    await register(one, 'first');
    for (let n = 0; n < 30; n++) {
      const [writer, reader] = n % 2 ? [other, one] : [one, other];
      const { body } = await register(writer, `union-${n}`);
      const least = { 'Min-Sequence': String(body.sequence) };
      const [document, list, line, page] = await Promise.all([
        reader.get(`/api/organizations/union-${n}`, least),
        reader.get<{ asOf: number }>('/api/organizations?limit=1', least),
        reader.get(`/api/events?after=${body.sequence - 1}&limit=1`, least),
        reader.get(`/organizations/union-${n}`, { ...least, ...HTML }),
      ]);
      expect(document).toMatchObject({ status: 200, body: { name: `Example union-${n}` } });
      expect(list.body.asOf).toBeGreaterThanOrEqual(body.sequence);
      expect(JSON.parse(line.text)).toMatchObject({ sequence: body.sequence, stream: `organization-union-${n}` });
      expect(page.status).toBe(200);
      expect(page.text).toContain(`Example union-${n}`);
    }
  }, 90_000);

  it('say that they have not read so far, within bounded time, where nobody has written so much', async () => {
    const unreached = async (path: string, headers = {}) => {
      const began = performance.now();
      const answer = await one.get(path, { 'Min-Sequence': '1000000', ...headers });
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(answer.headers.get('Retry-After')).toBe('1');
      return answer;
    };
    const reads = [
      '/api/organizations',
      '/api/organizations/union-0',
      '/api/events',
      '/api/events/0',
      '/health/digest',
    ];
    const [page, ...answers] = await Promise.all([unreached('/', HTML), ...reads.map((path) => unreached(path))]);
    for (const answer of answers) expectProblem(answer, 503, 'sequence-not-reached');
    expect(page.status).toBe(503);
  }, 90_000);

  it.each(['-1', '1.5', '01', 'latest', ''])('refuse the Min-Sequence %j', async (least) => {
    for (const path of ['/api/organizations', '/api/events', '/api/events/0', '/health/digest']) {
      // A second time, when an answer is ready.
      expectProblem(await one.get(path, { 'Min-Sequence': least }), 400, 'min-sequence-malformed');
      await one.get(path);
      expectProblem(await one.get(path, { 'Min-Sequence': least }), 400, 'min-sequence-malformed');
    }
    expect((await one.get('/', { 'Min-Sequence': least, ...HTML })).status).toBe(400);
  });

  it('record a command once that is given to both at the same time', async () => {
    for (let n = 0; n < 10; n++) {
      const answers = await Promise.all(
        [one, other].map((api) => register(api, `twice-${n}`, { 'Idempotency-Key': `twice-${n}` })),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[1]!.body).toEqual(answers[0]!.body);
      expect(await one.events(`?stream=organization-twice-${n}`)).toHaveLength(1);
    }
  }, 90_000);

  it('let one win where two write the same', async () => {
    for (let n = 0; n < 10; n++) {
      const answers = await Promise.all([one, other].map((api) => register(api, `rival-${n}`)));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    }
  }, 90_000);

  it(
    'number all events alike and tell the same of them, also while all three write',
    async () => {
      const job = await orderImport(one);
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 25; n++) {
          const answer = await register([one, other][(writer + n) % 2]!, `busy-${writer}-${n}`);
          expect(answer.status).toBe(201);
        }
      });
      const [byWorker] = await Promise.all([ended(one, job, LOADING_MS), ...writers]);
      expect(byWorker).toMatchObject({ state: 'completed' });
      // Recorded after all that the worker has recorded.
      const { sequence: last } = (await register(one, 'last')).body;
      await expectToTellTheSame(nodes, last);
      const [lines, same] = await Promise.all([one.get('/api/events'), other.get('/api/events')]);
      expect(same.text).toBe(lines.text);
      expect((await one.events()).map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: last + 1 }, (_, n) => n),
      );
    },
    LOADING_MS,
  );
});
