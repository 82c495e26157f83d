import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestSending } from '#jobs';
import { Queues } from '../../apps/api/src/jobs/queues.js';
import { type Api, expectProblem } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import { exampleOrganization } from '../support/example-organization.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const TODAY = '2008-03-20T09:00:00.000Z';
const CYCLE = '/api/cycles/ec-performance/2008';
const sources = [{ title: 'Example minutes', confidence: 'found' }];
const facts = { on: '2008-03-14', requester: 'example-office', confidence: 'found', sources };

interface Preview {
  readonly asOf: number;
  readonly digest: string;
  readonly reached: readonly {
    organization: string;
    mail: string;
    letters?: { lang: string; subject: string; text: string }[];
  }[];
  readonly leftOut: readonly { organization: string; reason: string; into?: string; detail: string }[];
}

interface Sent {
  readonly asked: number;
  readonly refused: number;
  readonly outcomes: readonly { organization: string; outcome: string; code?: string }[];
}

let product: RunningProduct;
let api: Api;

beforeAll(async () => {
  product = await runProduct({ options: { now: () => Date.parse(TODAY) } });
  ({ api } = product);
  const kinds = { 'example-office': 'INTERGOVERNMENTAL', 'former-union': 'INTERGOVERNMENTAL' } as Record<
    string,
    string
  >;
  for (const organization of [
    'example-office',
    'example-registry',
    'sample-standards-body',
    'former-union',
    'late-comer',
    'asked-before',
    'spared-union',
  ]) {
    await api.record('PUT', `/api/organizations/${organization}`, {
      name: `The ${organization}`,
      profile: { kind: kinds[organization] ?? 'TECHNICAL_COORDINATION', description: 'An example.' },
      sources,
    });
    if (organization === 'example-office') continue;
    const from = organization === 'late-comer' ? '2008-03-20' : '2005';
    await api.record('PUT', `/api/organizations/${organization}/relevance`, { from, ground: 'An example', sources });
  }
  await api.record('PUT', '/api/organizations/former-union/successor', {
    successor: 'example-registry',
    on: '2007',
    sources,
  });
  await api.record('PUT', CYCLE, { title: 'Example round', opensOn: '2008-01-15', dueOn: '2008-10-31', sources });
  for (const organization of ['asked-before', 'spared-union'])
    await api.record('POST', `/api/reports/ec-performance/2008/${organization}/request`, facts);
  await api.record('POST', '/api/reports/ec-performance/2008/spared-union/exemption', { reason: 'An example.' });
  const contacts = { 'example-registry': ['reports@registry.example'] };
  await writeFile(join(product.dataDir, 'contacts.json'), JSON.stringify(contacts));
});
afterAll(() => product.remove());

const preview = (body: object) => api.command('POST', `${CYCLE}/requests/preview`, body);
const send = (body: object, headers = {}) => api.command('POST', `${CYCLE}/requests`, body, headers);
const as = <Body>(answer: { body: unknown }) => answer.body as Body;

async function register(...organizations: readonly string[]): Promise<void> {
  for (const organization of organizations) {
    await api.record('PUT', `/api/organizations/${organization}`, exampleOrganization(organization));
    const relevance = { from: '2005', ground: 'An example', sources };
    await api.record('PUT', `/api/organizations/${organization}/relevance`, relevance);
  }
}

/** As where the process dies: the first was asked, and nobody is answered. */
async function cutOffAfterTheFirst(order: object): Promise<void> {
  const sending = product.app.get(RequestSending);
  const unharmed = sending.send.bind(sending);
  sending.send = (whole) => unharmed(whole, { progress: () => Promise.reject(new Error('Cut off after the first')) });
  expect((await send(order)).status).toBe(500);
  sending.send = unharmed;
}

const everyone = { ...facts, to: { relevance: 'relevant' } };

describe('Requests to a list', () => {
  it('say before they are sent whom they would reach, whom not, and why', async () => {
    const answer = await preview(everyone);
    expect(answer.status).toBe(200);
    const { reached, leftOut } = as<Preview>(answer);
    expect(reached.map(({ organization, mail }) => `${organization} ${mail}`)).toEqual([
      'example-registry to-be-mailed',
      'sample-standards-body no-address',
    ]);
    expect(leftOut.map(({ organization, reason }) => `${organization} ${reason}`)).toEqual([
      'asked-before already-requested',
      'example-office not-relevant',
      'former-union merged',
      'late-comer not-relevant',
      'spared-union exempted',
    ]);
    expect(leftOut.find(({ into }) => into)?.into).toBe('example-registry');
    const [letter] = reached[0]!.letters!;
    expect(letter).toMatchObject({
      lang: 'en',
      subject: 'Example round: request for the report of The example-registry',
    });
    expect(letter!.text).toContain('It is due on 2008-10-31 (UTC).');
  });

  it('are the same list for the same words, and record nothing', async () => {
    const head = (await api.get(CYCLE)).headers.get('Sequence');
    const [one, two] = [as<Preview>(await preview(everyone)), as<Preview>(await preview(everyone))];
    expect(one.digest).toBe(two.digest);
    expect((await api.get(CYCLE)).headers.get('Sequence')).toBe(head);
    expect(as<Preview>(await preview({ ...everyone, note: 'Another.' })).digest).not.toBe(one.digest);
  });

  it('can be narrowed down by kind, and name those that are not on record', async () => {
    const narrow = as<Preview>(await preview({ ...facts, to: { relevance: 'relevant', kind: 'INTERGOVERNMENTAL' } }));
    expect([narrow.reached, narrow.leftOut.map(({ organization }) => organization)]).toEqual([
      [],
      ['example-office', 'former-union'],
    ]);
    const named = as<Preview>(await preview({ ...facts, to: { organizations: ['nobody-knows', 'example-registry'] } }));
    expect(named.leftOut).toEqual([
      { organization: 'nobody-knows', reason: 'not-on-record', why: [], detail: expect.any(String) },
    ]);
  });

  it('reach nobody by mistake: whom to ask has to be said in one way', async () => {
    for (const to of [
      {},
      { kind: 'INTERGOVERNMENTAL' },
      { relevance: 'relevant', organizations: ['example-registry'] },
    ])
      expectProblem(await preview({ ...facts, to }), 400, 'command-invalid');
    expectProblem(
      await preview({ ...everyone, wording: [{ lang: 'en', subject: 'x', text: '{name}' }] }),
      400,
      'command-invalid',
    );
    expectProblem(await preview({ ...everyone, on: '2008-03-21' }), 422, 'date-in-future');
  });

  it('are not sent when somebody was asked in between, and say who', async () => {
    const { digest, asOf: sequence } = as<Preview>(await preview(everyone));
    await api.record('POST', '/api/reports/ec-performance/2008/sample-standards-body/request', facts);
    const answer = await send({ ...everyone, previewed: { digest, sequence } });
    const { facts: changed } = expectProblem(answer, 409, 'requests-changed');
    expect(changed).toMatchObject({
      added: [],
      gone: [{ organization: 'sample-standards-body', reason: 'already-requested' }],
      request: false,
    });
    const { reached } = as<Preview>(await preview(everyone));
    expect(reached.map(({ organization }) => organization)).toEqual(['example-registry']);
  });

  it('are not sent when they would say something else than what was previewed', async () => {
    const { digest, asOf: sequence } = as<Preview>(await preview(everyone));
    const other = { ...everyone, note: 'Never previewed.', previewed: { digest, sequence } };
    expectProblem(await send(other), 409, 'requests-changed');
    await api.record('PUT', `${CYCLE}/due-date`, { to: '2008-11-30', reason: 'The letters go out late.' });
    const moved = await send({ ...everyone, previewed: { digest, sequence } });
    expect(expectProblem(moved, 409, 'requests-changed').facts).toMatchObject({ request: true });
  });

  it('reach exactly those who were previewed, once, however often they are sent', async () => {
    await register('new-union', 'newer-union');
    const { digest, asOf: sequence } = as<Preview>(await preview(everyone));
    const order = { ...everyone, previewed: { digest, sequence } };
    const first = await send(order);
    expect(first.status).toBe(200);
    expect(as<Sent>(first)).toMatchObject({
      asked: 3,
      refused: 0,
      outcomes: ['example-registry', 'new-union', 'newer-union'].map((organization) => ({
        organization,
        outcome: 'asked',
      })),
    });
    const head = first.headers.get('Sequence');
    const again = await send(order);
    expect(as<Sent>(again)).toEqual(as<Sent>(first));
    expect((await api.get(CYCLE)).headers.get('Sequence')).toBe(head);
    // Another person has not previewed it, and finds everybody asked.
    expectProblem(await send(order, { Actor: 'second-secretary' }), 409, 'requests-changed');
    const report = await api.read<{ report: { deadline: string; form: string } }>(
      '/api/reports/ec-performance/2008/example-registry',
    );
    expect(report.report).toMatchObject({ deadline: '2008-11-30', form: 'para71/1' });
  });

  it('go on where they were interrupted', async () => {
    await register('first-union', 'second-union', 'third-union');
    const { digest, asOf: sequence } = as<Preview>(await preview(everyone));
    const order = { ...everyone, previewed: { digest, sequence } };
    await cutOffAfterTheFirst(order);
    expect(as<Sent>(await send(order))).toMatchObject({ asked: 3, refused: 0 });
    const events = await api.events('?stream=report-ec-performance-2008-first-union');
    expect(events.map(({ type }) => type)).toEqual(['ReportRequested']);
  });

  it('go on by themselves where nobody sends them again', async () => {
    await register('fourth-union', 'fifth-union', 'sixth-union');
    const { digest, asOf: sequence } = as<Preview>(await preview(everyone));
    await cutOffAfterTheFirst({ ...everyone, previewed: { digest, sequence } });
    const { shared } = product.app.get(Queues);
    // As it is done now and again.
    await shared.add('orders', 'now', {});
    const last = () => api.get('/api/reports/ec-performance/2008/sixth-union');
    await eventually(async () => (await last()).status === 200);
    for (const union of ['fifth-union', 'fourth-union', 'sixth-union']) {
      const events = await api.events(`?stream=report-ec-performance-2008-${union}`);
      expect(events.map(({ type }) => type)).toEqual(['ReportRequested']);
    }
  }, 60_000);

  it('are orders of who gave them, and those are no part of the public record', async () => {
    const orders: string[] = [];
    for await (const { stream } of product.store.readAll({ categories: ['order'] })) orders.push(stream);
    expect(new Set(orders).size).toBeGreaterThan(2);
    expect((await api.events()).filter(({ stream }) => stream.startsWith('order-'))).toEqual([]);
    expectProblem(await api.get(`/api/events?stream=${orders[0]}`), 404, 'stream-not-found');
  });

  it('leave as a letter to each who has an address, once', async () => {
    const { shared } = product.app.get(Queues);
    const letters = async () => {
      await shared.add('reminders', `now-${Math.random()}`, {});
      const folder = join(product.dataDir, 'mail');
      const names = await readdir(folder).catch(() => []);
      return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    };
    let found: readonly string[] = [];
    await eventually(async () => (found = await letters()).length > 0, 'A letter');
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('reports@registry.example');
    expect(found[0]).toContain('Example round: request for the report of The example-registry');
  }, 60_000);

  it('that are many are a job, with its progress', async () => {
    const organizations = Array.from({ length: 30 }, (_, n) => `member-${String(n).padStart(2, '0')}`);
    await register(...organizations);
    const asked = { ...facts, to: { organizations }, letters: 'none' };
    const { digest, asOf: sequence, reached } = as<Preview>(await preview(asked));
    expect(new Set(reached.map(({ mail }) => mail))).toEqual(new Set(['not-mailed']));
    const begun = await send({ ...asked, previewed: { digest, sequence } });
    expect(begun.status).toBe(202);
    const job = begun.headers.get('Location')!;
    let done: { state: string; result?: { asked: number; refused: number }; progress?: object } = { state: 'waiting' };
    await eventually(async () => (done = await api.read(job)).state === 'completed', 'The job');
    expect(done).toMatchObject({ state: 'completed', result: { asked: 30, refused: 0 } });
  }, 60_000);
});
