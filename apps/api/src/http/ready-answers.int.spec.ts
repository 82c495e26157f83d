import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type IncomingMessage, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify, { type FastifyInstance } from 'fastify';
import { standingHeaders } from './conditional.js';
import { correlationIdOf } from './correlation-id.js';
import { requestCheck, securityHook } from './http-security.js';
import { answerWithReadyTexts } from './ready-answers.js';
import { ReadyTexts } from './ready-texts.js';

describe('answers with ready texts', () => {
  let app: FastifyInstance;
  let port: number;
  let head: number;
  let ending: boolean;
  /** What came as far as Fastify. */
  let made: number;
  let watched: { id: string; method: string; route: string | undefined }[];

  beforeEach(async () => {
    [head, ending, made, watched] = [0, false, 0, []];
    const texts = new ReadyTexts({ head: () => head, today: () => '2026-10-31' });
    const secure = securityHook();
    app = fastify({ genReqId: correlationIdOf });
    app.addHook('onRequest', async (asked, reply) => {
      const problem = secure(asked, reply.raw);
      if (problem) await reply.code(421).send(problem.code);
    });
    app.get('/things/:thing', (asked, reply) => {
      const body = Buffer.from(`{"made":${++made}}`);
      const type = 'application/json; charset=utf-8';
      const standing = { etag: `"${made}"`, sequence: head };
      texts.keep(asked, { ...standing, trueAt: head, type, body });
      reply.headers(standingHeaders(standing)).type(type);
      return body;
    });
    answerWithReadyTexts(app.server, {
      texts,
      refusalOf: requestCheck(),
      isEnding: () => ending,
      requests: {
        begin: ({ id, method, routeOptions }) => void watched.push({ id, method, route: routeOptions?.url }),
      },
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = app.server.address() as AddressInfo);
  });
  afterEach(() => app.close());

  const get = async (headers: Record<string, string> = {}, method = 'GET', body = '') => {
    const asking = ask({ port, path: '/things/one', method, headers }).end(body);
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
  };

  it('are what Fastify answered, header by header', async () => {
    const own = { 'Correlation-Id': '6f1c0f4e-3c1f-4b5e-9f57-0d3a1c2b4e5f' };
    const [first, second] = [await get(own), await get(own)];
    const { date: _, ...firstHeaders } = first.headers;
    const { date: __, ...secondHeaders } = second.headers;
    expect({ ...second, headers: secondHeaders }).toEqual({ ...first, headers: firstHeaders });
    expect(secondHeaders['content-security-policy']).toMatch(/^default-src/);
    expect(made).toBe(1);
  });

  it('have an id of their own each, and are watched under the address that the router has', async () => {
    await get();
    const [{ headers: a }, { headers: b }] = [await get(), await get({ 'Correlation-Id': 'not one id' })];
    expect(new Set([a['correlation-id'], b['correlation-id'], 'not one id']).size).toBe(3);
    expect(watched).toEqual(
      [a, b].map((each) => ({ id: each['correlation-id'], method: 'GET', route: '/things/:thing' })),
    );
  });

  it.each<[string, Record<string, string>]>([
    ['of who they are', { Authorization: 'Bearer example' }],
    ['of a session', { Cookie: 'session=example' }],
    ['of the actor', { Actor: 'example-secretariat' }],
    ['what they have already', { 'If-None-Match': '"1"' }],
    ['what they have read elsewhere', { 'Min-Sequence': '0' }],
  ])('are not for those who tell %s', async (_, headers) => {
    await get();
    await get(headers);
    expect([made, watched]).toEqual([2, []]);
  });

  it('are not for a page of another name, nor for what comes with a body, nor for other methods', async () => {
    await get();
    expect((await get({ Host: `example.org:${port}` })).status).toBe(421);
    expect((await get({ 'Content-Length': '2' }, 'GET', '{}')).text).toBe('{"made":2}');
    expect((await get({}, 'DELETE')).status).toBe(404);
    expect(watched).toEqual([]);
  });

  it('are not given once the views have moved, nor while the server ends', async () => {
    await get();
    head = 1;
    expect((await get()).text).toBe('{"made":2}');
    ending = true;
    expect((await get()).text).toBe('{"made":3}');
  });
});
