import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { ReadyTexts } from './ready-texts.js';

const TEXT = 'x'.repeat(1_000);

describe('ready texts', () => {
  let app: FastifyInstance;
  let ready: ReadyTexts;
  let head: number;
  let today: string;
  /** How often an answer had to be made. */
  let made: number;

  beforeEach(() => {
    [head, made, today] = [0, 0, '2026-10-31'];
    ready = new ReadyTexts({ head: () => head, today: () => today, maxBytes: 20_000 });
    app = fastify().addHook('onRequest', ready.hook);
    const answer = (request: FastifyRequest, trueAt?: number) => {
      const body = Buffer.from(`${++made} ${TEXT}`);
      ready.keep(request, { etag: `"${made}"`, sequence: head, trueAt, type: 'application/json', body });
      return body;
    };
    app.get('/present/:n', (request) => answer(request, head));
    app.get('/past/:n', (request) => answer(request));
  });
  afterEach(() => app.close());

  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  it('answers the second request for an address as the first', async () => {
    const [first, second] = [await get('/present/1'), await get('/present/1')];
    expect(second.body).toBe(first.body);
    expect(second.headers).toMatchObject({ etag: '"1"', sequence: '0', 'cache-control': 'no-cache' });
    expect(made).toBe(1);
  });

  it('says 304, without a body, to whoever has the answer', async () => {
    await get('/present/1');
    const { statusCode, body, headers } = await get('/present/1', { 'if-none-match': '"1"' });
    expect([statusCode, body, headers['etag'], made]).toEqual([304, '', '"1"', 1]);
  });

  it('makes an answer about the present again once the views have moved, and one about the past never', async () => {
    await Promise.all([get('/present/1'), get('/past/1')]);
    head++;
    await Promise.all([get('/present/1'), get('/past/1')]);
    expect(made).toBe(3);
  });

  it('keeps one about the past that a later event may change, until there is one', async () => {
    app.get('/withheld', (request) => {
      const sequence = head - 2;
      const body = Buffer.from(`${++made}`);
      ready.keep(request, { etag: `"${made}"`, sequence, trueAt: head, type: 'text/plain', body });
      return body;
    });
    head = 7;
    const answers = [await get('/withheld'), await get('/withheld')];
    head++;
    answers.push(await get('/withheld'));
    expect(answers.map(({ body }) => body)).toEqual(['1', '1', '2']);
  });

  it('makes every answer again on another day, when other things are late', async () => {
    await get('/present/1');
    today = '2026-11-01';
    await get('/present/1');
    expect(made).toBe(2);
  });

  it('keeps no answer that was out of date before it was sent', async () => {
    app.get('/slow', (request) => {
      const sequence = head++;
      ready.keep(request, { etag: '"s"', sequence, trueAt: sequence, type: 'text/plain', body: Buffer.from('old') });
      return `made ${++made}`;
    });
    await get('/slow');
    expect((await get('/slow')).body).toBe('made 2');
  });

  it.each(['1', '01', 'x', ''])(
    'leaves a Min-Sequence of "%s" to the controller while the head is 0',
    async (least) => {
      await get('/present/1');
      await get('/present/1', { 'min-sequence': least });
      expect(made).toBe(2);
    },
  );

  it('meets a Min-Sequence that was reached', async () => {
    await get('/present/1');
    await get('/present/1', { 'min-sequence': '0' });
    expect(made).toBe(1);
  });

  it.each([{ authorization: 'Bearer example' }, { cookie: 'session=example' }, { actor: 'person-7' }])(
    'neither keeps nor gives an answer where somebody says who they are: %j',
    async (headers) => {
      await get('/past/1', headers);
      await get('/past/1');
      await get('/past/1', headers);
      expect(made).toBe(3);
    },
  );

  it('answers nothing that a hook before it refuses', async () => {
    const guarded = fastify().addHook('onRequest', (_request, _reply, done) => done(new Error('not for you')));
    guarded.addHook('onRequest', ready.hook).get('/past/1', () => 'never');
    await get('/past/1');
    expect((await guarded.inject('/past/1')).statusCode).toBe(500);
    await guarded.close();
  });

  it('holds no more than it may, and lets go of what was not asked for longest', async () => {
    for (let n = 0; n < 200; n++) {
      await get('/past/0');
      await get(`/past/${n}`);
      expect(ready.bytes).toBeLessThanOrEqual(20_000);
    }
    expect(made).toBe(200);
    await get('/past/1');
    expect(made).toBe(201);
  });

  it('does not keep an answer that is large beside all that it may hold', async () => {
    app.get('/large', (request) => {
      const body = Buffer.alloc(5_000);
      ready.keep(request, { etag: '"l"', sequence: 0, trueAt: undefined, type: 'text/plain', body });
      return body;
    });
    await get('/large');
    expect(ready.bytes).toBe(0);
  });
});
