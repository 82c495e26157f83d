import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { openLog } from '#operation';
import { expectProblem } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

const registration = {
  name: 'Example Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

let product: RunningProduct;
let lines: string[];

const log = openLog({ level: 'info', format: 'json' }, 'api', { write: (line: string) => void lines.push(line) });
const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

beforeEach(async () => {
  lines = [];
  product = await runProduct({ options: { log } });
});

afterEach(() => product.remove());

/** Of a request that this spec calls so. */
const idOf = (request: string) =>
  hash('sha256', request).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The lines of a request; that of its end comes a moment after the client has its answer. */
async function linesOf(request: string, atLeast = 1) {
  const found = () => logged().filter((line) => line['correlationId'] === idOf(request));
  await eventually(() => found().length >= atLeast, `The lines of ${request}`);
  return found();
}

const register = (request: string, id = 'example-union') =>
  product.api.command('PUT', `/api/organizations/${id}`, registration, { 'Correlation-Id': idOf(request) });

const get = (path: string, request: string) =>
  product.api.send('GET', path, undefined, { 'Correlation-Id': idOf(request) });

/** With any header Host, which fetch does not let one set. */
const statusFor = (path: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(product.address + path, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the log of requests', () => {
  it('has a line for each, with its id, by route', async () => {
    await register('first');
    const { text } = await get('/api/organizations/example-union?asOf=0', 'second');
    expect(await linesOf('first')).toEqual([
      expect.objectContaining({
        level: 'info',
        method: 'PUT',
        route: '/api/organizations/:organization',
        status: 201,
        ms: expect.any(Number),
        message: 'PUT /api/organizations/:organization 201',
      }),
    ]);
    expect(await linesOf('second')).toMatchObject([{ method: 'GET', status: 200, bytes: Buffer.byteLength(text) }]);
  });

  it('has what was refused before a route was found, and not what the address or its writer said', async () => {
    await get('/nowhere/jane@example.org?token=hunter2', 'third');
    expect(await linesOf('third')).toMatchObject([{ method: 'GET', route: '/*', status: 404 }]);
    await get('/api/%', 'fourth');
    expect(await linesOf('fourth')).toMatchObject([{ status: 400 }]);
    expect(lines.join('')).not.toMatch(/hunter2|jane/);
  });

  it('has those that hung up', async () => {
    const { port } = new URL(product.address);
    const client = connect(Number(port), '127.0.0.1');
    client.write(
      `PUT /api/organizations/example-union HTTP/1.1\r\nHost: localhost\r\nCorrelation-Id: ${idOf('gone')}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n',
    );
    // It is told to go on with the body.
    await once(client, 'data');
    client.destroy();
    expect(await linesOf('gone')).toMatchObject([{ aborted: true, method: 'PUT' }]);
    expect((await product.api.get('/metrics')).text).toMatch(/status="aborted"/);
  });

  it('leaves out who only watches', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics']) await get(path, 'watching');
    await register('after');
    await linesOf('after');
    expect(logged().filter(({ correlationId }) => correlationId === idOf('watching'))).toEqual([]);
  });

  it('carries the id in whatever is logged for a request, also after its body was read', async () => {
    const { store } = product;
    const append = store.append.bind(store);
    store.append = (...given) => {
      log.info('appending');
      return append(...given);
    };
    await Promise.all([register('one', 'union-one'), register('two', 'union-two')]);
    for (const id of ['one', 'two']) {
      const messages = (await linesOf(id, 2)).map(({ message }) => message);
      expect(messages).toContain('appending');
    }
    expect(logged().filter((line) => !line['correlationId'])).toEqual([]);
  });

  it('tells of an outage with the id that the client was given', async () => {
    await product.store.close();
    expectProblem(await register('outage'), 503, 'store-unavailable');
    const errors = (await linesOf('outage', 2)).filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ part: 'Http', message: expect.stringContaining('store-unavailable') }]);
  });
});

describe('metrics', () => {
  it('count requests by route and class of status, and appends', async () => {
    await register('a');
    await get('/api/organizations/example-union', 'b');
    await get('/api/organizations/nobody', 'c');
    await linesOf('c');
    const { text, headers } = await product.api.get('/metrics');
    expect(headers.get('Content-Type')).toMatch(/^text\/plain/);
    expect(headers.get('Cache-Control')).toBe('no-store');
    for (const line of [
      'para71_http_request_duration_seconds_count{method="PUT",route="/api/organizations/:organization",status="2xx"} 1',
      'para71_http_request_duration_seconds_count{method="GET",route="/api/organizations/:organization",status="2xx"} 1',
      'para71_http_request_duration_seconds_count{method="GET",route="/api/organizations/:organization",status="4xx"} 1',
      'para71_append_duration_seconds_count{outcome="recorded"} 1',
      'para71_views_phase{phase="live"} 1',
      'para71_projection_lag_events 0',
      'para71_projection_lag_seconds 0',
      'para71_store_up 1',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toMatch(/^process_cpu_user_seconds_total /m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });

  it('are named by routes that exist, whatever is asked for', async () => {
    for (let n = 0; n < 20; n++) await get(`/api/organizations/${n}/nowhere/${n}`, `n${n}`);
    await linesOf('n19');
    const { text } = await product.api.get('/metrics');
    const routes = new Set(text.match(/route="[^"]*"/g));
    expect(routes).toEqual(new Set(['route="/*"']));
  });
});

describe('health', () => {
  it('says what was looked at', async () => {
    const { status, body } = await product.api.get('/health/ready');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ready',
      sequence: -1,
      recordedAt: '',
      checks: [
        { name: 'store', status: 'ok', detail: expect.any(String) },
        { name: 'views', status: 'ok', detail: expect.any(String) },
        { name: 'disk', status: expect.stringMatching(/^(ok|warning)$/), detail: expect.stringContaining('GiB free') },
        { name: 'jobs', status: 'ok', detail: expect.stringMatching(/^\d+ waiting, \d+ for later, \d+ at work\.$/) },
        { name: 'search', status: 'ok', detail: expect.any(String) },
      ],
    });
  });

  it('is 503 with the reason while the log cannot be reached, and views go on answering', async () => {
    await register('a');
    await product.store.close();
    const { status, headers, body } = await product.api.get('/health/ready');
    expect(status).toBe(503);
    expect(headers.get('Retry-After')).toBe('1');
    expect(body).toMatchObject({
      status: 'not-ready',
      checks: expect.arrayContaining([{ name: 'store', status: 'fault', detail: 'The event store is closed.' }]),
    });
    expect((await product.api.get('/health/live')).body).toEqual({ status: 'live' });
    expect((await product.api.get('/metrics')).text).toContain('para71_store_up 0\n');
    expect((await product.api.get('/api/organizations/example-union')).status).toBe(200);
  });

  it('is told to whoever watches, by any name of the machine; the record is not', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect(await statusFor(path, 'api-1:7171')).toBe(200);
    for (const path of ['/api/events', '/health/digest', '/']) expect(await statusFor(path, 'api-1:7171')).toBe(421);
  });
});
