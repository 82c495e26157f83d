import { connect } from 'node:net';
import { Body, Controller, Get, Logger, Module, Param, Post, Put, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { COMMANDS, type RecordedCommand, StartReport, SubmitReport } from '#commands';
import { Refusal } from '#reporting';
import { type Asked, AskedFor } from './asked.js';
import { etagOfRevision, isKnown } from './conditional.js';
import { httpAdapter, NEST_OPTIONS, useProblems } from './http-server.js';
import { openApiDocument, serveOpenApi, undocumented } from './openapi.js';
import { CommandOperation, ReadOperation } from './operations.js';
import { type CommandInRequest, GivenCommand } from './command-in-request.js';
import type { Problem } from './problem.js';
import { ProblemController } from './problem-controller.js';

const MINE = '6f1c0f4e-3c1f-4b5e-9f57-0d3a1c2b4e5f';
const BODY = { signatory: 'E. Xample', on: '2009-02', declaration: 'So it was.', consentToBeCited: 'by-name' };
const QUERY = { filters: ['series'], asOf: true, paged: true };

@Controller('api/reports')
class ReportsForTest {
  @Post(':series/:year/:organization/submission')
  @CommandOperation(SubmitReport, { summary: 'Submit a report', tag: 'Reports', request: BODY, response: {} })
  submit(@GivenCommand() { command }: CommandInRequest<SubmitReport>): SubmitReport {
    return Object.assign(command, { made: command.constructor.name });
  }

  @Put(':series/:year/:organization')
  @CommandOperation(StartReport, { summary: 'Start one', tag: 'Reports', creates: true, request: {}, response: {} })
  start(@GivenCommand() { command }: CommandInRequest<StartReport>): StartReport {
    return command;
  }

  @Get()
  @ReadOperation({ summary: 'List reports', tag: 'Reports', query: QUERY, example: [] })
  list(@AskedFor() asked: Asked): Asked {
    return asked;
  }

  @Get(':id')
  @ReadOperation({ summary: 'Read a report', tag: 'Reports', example: {} })
  read(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): object | undefined {
    if (id === 'broken') throw new Error('select secret from events');
    if (id === 'unknown') throw new Refusal('report-unknown', { id });
    return isKnown(request, reply, { etag: etagOfRevision(3), sequence: 7 }) ? undefined : { id };
  }

  @Post('echo')
  @ReadOperation({ summary: 'Echo', tag: 'Reports', example: {} })
  echo(@Body() body: unknown): object {
    return { body: body ?? null };
  }
}

@Module({ controllers: [ReportsForTest, ProblemController] })
class AppForTest {}

let app: NestFastifyApplication;
let base: string;

beforeAll(async () => {
  Logger.overrideLogger(false);
  app = await NestFactory.create<NestFastifyApplication>(AppForTest, httpAdapter(), NEST_OPTIONS);
  useProblems(app);
  serveOpenApi(app, openApiDocument(app, '0.0.0', COMMANDS));
  await app.listen(0, '127.0.0.1');
  base = (await app.getUrl()).replace('[::1]', '127.0.0.1');
});

afterAll(() => app.close());

const SUBMISSION = '/api/reports/ec-performance/2008/example-registry/submission';
const JSON_TYPE = { 'Content-Type': 'application/json' };

const post = (path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(base + path, { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });
const submit = (headers: Record<string, string> = {}, body: unknown = BODY) =>
  post(SUBMISSION, JSON.stringify(body), { Actor: 'signatory-1', ...headers });

async function expectProblem(response: Response, status: number, code: string): Promise<Problem> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ status, code, type: `/problems/${code}` });
  expect(response.status).toBe(status);
  expect(problem.correlationId).toBe(response.headers.get('Correlation-Id'));
  return problem;
}

/** What fetch would not send. */
function raw(request: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.end(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

describe('a body', () => {
  it.each([
    ['a repeated key', '{"a":1,"a":2}', 'json-key-repeated'],
    ['__proto__', '{"__proto__":{"admin":true}}', 'json-key-forbidden'],
    ['a depth of 33', '['.repeat(33) + ']'.repeat(33), 'json-too-deep'],
    ['half of a surrogate pair', '{"a":"\\ud800"}', 'json-half-surrogate'],
    ['a number that is too large', '{"a":9007199254740993}', 'json-number-out-of-range'],
    ['a byte order mark', '\ufeff{}', 'json-begins-with-bom'],
    ['nothing at all', '', 'json-malformed'],
    ['no JSON', '{"a":', 'json-malformed'],
    ['invalid UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'json-not-utf8'],
  ])('with %s is 400', async (_, body, code) => {
    await expectProblem(await post('/api/reports/echo', body), 400, code);
  });

  it('over 1 MB is 413', async () => {
    await expectProblem(await post('/api/reports/echo', `"${'a'.repeat(1_000_000)}"`), 413, 'body-too-large');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/merge-patch+json',
    'multipart/form-data',
    'no',
  ])('of type %s is 415', async (type) => {
    await expectProblem(
      await post('/api/reports/echo', '{}', { 'Content-Type': type }),
      415,
      'content-type-unsupported',
    );
  });

  it('that is compressed is 415', async () => {
    const response = await post('/api/reports/echo', '{}', { 'Content-Encoding': 'gzip' });
    await expectProblem(response, 415, 'content-type-unsupported');
  });

  it('may say its charset, and may be missing', async () => {
    const typed = await post('/api/reports/echo', '{}', { 'Content-Type': 'application/json; charset=utf-8' });
    expect(typed.status).toBe(201);
    const none = await fetch(`${base}/api/reports/echo`, { method: 'POST' });
    expect(await none.json()).toEqual({ body: null });
  });
});

describe('a request', () => {
  it('to nowhere is 404', async () => {
    const problem = await expectProblem(await fetch(`${base}/api/nothing?a=b`), 404, 'route-unknown');
    expect(problem.instance).toBe('/api/nothing');
    await expectProblem(await fetch(`${base}/api/nothing`, { method: 'DELETE' }), 404, 'route-unknown');
  });

  it('by a method that its address does not know is 405, and is told those that it does', async () => {
    const answer = await fetch(`${base}/api/reports/x`, { method: 'DELETE' });
    await expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, OPTIONS');
  });

  it('with a malformed address is 400', async () => {
    await expectProblem(await fetch(`${base}/api/reports/%ff`), 400, 'address-malformed');
    await expectProblem(await fetch(`${base}/api/%zz`), 400, 'address-malformed');
  });

  it('with a long address is 414', async () => {
    await expectProblem(await fetch(`${base}/api/reports/${'a'.repeat(300)}`), 414, 'address-too-long');
  });

  it('that is not HTTP is 400, as a problem', async () => {
    const nonsense = await raw('NONSENSE\r\n\r\n');
    expect(nonsense).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request-malformed"/);
    for (const header of ['X-Content-Type-Options: nosniff', 'Content-Security-Policy: ', 'Cache-Control: no-store'])
      expect(nonsense).toContain(header);
    const lengths = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab';
    expect(await raw(lengths)).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
  });

  it('with headers that are too large is 431', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"headers-too-large"/);
  });

  it('that a rule refuses is answered from the table', async () => {
    const problem = await expectProblem(await fetch(`${base}/api/reports/unknown`), 404, 'report-unknown');
    expect(problem.facts).toEqual({ id: 'unknown' });
  });

  it('that hits a bug is 500 and learns nothing but the correlation id', async () => {
    const response = await fetch(`${base}/api/reports/broken`, { headers: { 'Correlation-Id': MINE } });
    const problem = await expectProblem(response, 500, 'internal-error');
    expect(problem.correlationId).toBe(MINE);
    expect(JSON.stringify(problem)).not.toContain('select');
  });

  it.each(['a b;c', 'Erin-Example', `${MINE}0`])(
    'has an id made for it in place of "%s", which is no UUID',
    async (given) => {
      const response = await fetch(`${base}/api/reports/1`, { headers: { 'Correlation-Id': given } });
      expect(response.headers.get('Correlation-Id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it.each([
    ['none', ''],
    ['two', 'Host: localhost\r\nhost: 127.0.0.1\r\n'],
    ['the same one twice', 'Host: localhost\r\nHost: localhost\r\n'],
  ])('with %s of the header Host is 400, as a problem', async (_, hosts) => {
    const answer = await raw(`GET /api/reports/1 HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request-malformed"[\s\S]*"header":"host"/);
    expect(answer).toMatch(/x-content-type-options: nosniff/i);
  });
});

describe('a command', () => {
  it('is made of address, body and headers', async () => {
    const response = await submit({ 'If-Match': '"3"', 'Actor-Role': 'signatory', 'Correlation-Id': MINE });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      made: 'SubmitReport',
      series: 'ec-performance',
      year: 2008,
      organization: 'example-registry',
      ...BODY,
      given: {
        commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        actor: 'signatory-1',
        role: 'signatory',
        correlationId: MINE,
        ifRevision: 3,
      },
    });
  });

  it('has the same id under the same key, and no other', async () => {
    const idOf = async (key: string, actor = 'signatory-1') => {
      const response = await submit({ 'Idempotency-Key': key, Actor: actor });
      return ((await response.json()) as RecordedCommand).given.commandId;
    };
    expect(await idOf('k-1')).toBe(await idOf('k-1'));
    expect(await idOf('k-1')).not.toBe(await idOf('k-2'));
    expect(await idOf('k-1')).not.toBe(await idOf('k-1', 'signatory-2'));
  });

  it('needs somebody who gives it', async () => {
    const problem = await expectProblem(await post(SUBMISSION, JSON.stringify(BODY)), 400, 'actor-missing');
    expect(problem.detail).toContain('where nobody signs in');
  });

  it.each([
    ['Actor', 'a'.repeat(201), 'header-malformed'],
    ['Actor', 'Zo\u00eb', 'header-malformed'],
    ['Idempotency-Key', 'a'.repeat(256), 'idempotency-key-malformed'],
    ['Idempotency-Key', 'a b', 'idempotency-key-malformed'],
    ['If-Match', '3', 'if-match-malformed'],
    ['If-Match', 'W/"3"', 'if-match-malformed'],
    ['If-Match', '*', 'if-match-malformed'],
    ['If-Match', '"3", "4"', 'if-match-malformed'],
    ['If-Match', '"-1"', 'if-match-malformed'],
    ['If-None-Match', '*', 'if-none-match-unsupported'],
  ])('is refused with %s: %s', async (header, value, code) => {
    await expectProblem(await submit({ [header]: value }), 400, code);
  });

  it('that creates may say that nothing must be there', async () => {
    const headers = { ...JSON_TYPE, Actor: 'focal-point-1', 'If-None-Match': '*' };
    const address = `${base}/api/reports/ec-performance/2008/example-registry`;
    const response = await fetch(address, { method: 'PUT', body: '{}', headers });
    expect(response.status).toBe(201);
  });

  it('names each of its faults', async () => {
    const response = await submit({}, { ...BODY, on: 'soon', colour: 'blue', year: 2009 });
    const collision = await expectProblem(response, 400, 'command-invalid');
    expect(collision.errors).toEqual([{ field: 'year', message: expect.any(String) }]);
    const problem = await expectProblem(
      await submit({}, { ...BODY, on: 'soon', colour: 'blue' }),
      400,
      'command-invalid',
    );
    expect(problem.errors?.map(({ field }) => field).sort()).toEqual(['colour', 'on']);
  });
});

describe('a read', () => {
  it('answers with ETag and Sequence, and 304 to whoever has it', async () => {
    const first = await fetch(`${base}/api/reports/1`);
    expect(first.headers.get('ETag')).toBe('"3"');
    expect(first.headers.get('Sequence')).toBe('7');
    const again = await fetch(`${base}/api/reports/1`, { headers: { 'If-None-Match': 'W/"3"' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('refuses unknown and malformed parameters', async () => {
    await expectProblem(await fetch(`${base}/api/reports?colour=blue`), 400, 'query-parameter-unknown');
    await expectProblem(await fetch(`${base}/api/reports?series=a&series=b`), 400, 'query-parameter-malformed');
    await expectProblem(await fetch(`${base}/api/reports?asOf=yesterday`), 400, 'as-of-malformed');
    await expectProblem(await fetch(`${base}/api/reports?limit=201`), 400, 'limit-malformed');
    await expectProblem(await fetch(`${base}/api/reports?cursor=AAAA`), 400, 'cursor-malformed');
  });
});

describe('the guard of the door', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '169.254.1.1', ''])(
    'does not answer for the host "%s"',
    async (host) => {
      const answer = await raw(`GET /api/reports/1 HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 421 [\s\S]*"code":"host-unknown"/);
    },
  );

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1', '[::1]:80'])('answers for %s', async (host) => {
    const answer = await raw(`GET /api/reports/1 HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
  ])('lets no page of another site give a command: %p', async (headers) => {
    // Not with fetch, which does not let itself be told where it comes from.
    const lines = Object.entries({
      Host: 'localhost',
      Actor: 'a',
      'Content-Length': '0',
      Connection: 'close',
      ...headers,
    });
    const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    expect(await raw(`POST ${SUBMISSION} HTTP/1.1\r\n${head}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 403 [\s\S]*"code":"cross-site-request"/,
    );
    expect(await raw(`GET /api/reports/1 HTTP/1.1\r\n${head}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('sets the headers on every answer, found or not', async () => {
    for (const path of ['/api/reports/1', '/api/nothing', '/api/reports/%ff', '/api/docs']) {
      const { headers } = await fetch(base + path);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('Content-Security-Policy')?.includes("script-src 'none'")).toBe(path !== '/api/docs');
    }
  });
});

describe('the documentation', () => {
  it('is OpenAPI 3.1, complete, with the bodies of the commands', async () => {
    const document = openApiDocument(app, '0.0.0', COMMANDS);
    expect(await (await fetch(`${base}/api/openapi.json`)).json()).toEqual(JSON.parse(JSON.stringify(document)));
    expect(document.openapi).toBe('3.1.0');
    expect(undocumented(document)).toEqual([]);
    const operation = document.paths['/api/reports/{series}/{year}/{organization}/submission']?.post;
    expect(operation).toMatchObject({
      summary: 'Submit a report',
      requestBody: {
        required: true,
        content: {
          'application/json': { example: BODY, schema: { title: 'SubmitReport', additionalProperties: false } },
        },
      },
      responses: { '200': {}, '412': { $ref: '#/components/responses/Problem' } },
    });
    expect(operation?.parameters).toContainEqual({
      name: 'year',
      in: 'path',
      required: true,
      schema: { type: 'integer', minimum: 1900, maximum: 2200 },
    });
    expect(JSON.stringify(document)).not.toContain('x-command');
  });

  it('says what is missing', () => {
    const document = openApiDocument(app, '0.0.0', COMMANDS);
    delete document.paths['/api/reports']?.get?.summary;
    expect(undocumented(document)).toEqual(['GET /api/reports: a summary']);
  });

  it('has a page to try it, with nothing from elsewhere', async () => {
    const page = await (await fetch(`${base}/api/docs`)).text();
    expect(page).toContain('swagger-ui');
    expect(page.match(/(src|href)=["']?(https?:)?\/\//g)).toBeNull();
    const script = await fetch(`${base}/api/docs/swagger-ui-bundle.js`);
    expect(script.status).toBe(200);
    await script.arrayBuffer();
  });

  it('explains every problem where its type leads', async () => {
    const { type } = await expectProblem(await fetch(`${base}/api/nothing`), 404, 'route-unknown');
    expect(await (await fetch(base + type)).json()).toMatchObject({ code: 'route-unknown', status: 404 });
    await expectProblem(await fetch(`${base}/problems/constructor`), 404, 'resource-unknown');
  });
});

describe('whatever is sent', () => {
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((json) => Buffer.from(json)),
    fc
      .dictionary(fc.constantFrom(...Object.keys(BODY), 'reservation', 'year', '__proto__', 'x'), fc.jsonValue())
      .map((fields) => Buffer.from(JSON.stringify({ ...BODY, ...fields }))),
  );
  const types = fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', '*/*');
  const paths = fc.oneof(
    fc.constant(SUBMISSION),
    fc.webPath().map((path) => `/api/reports${path}`),
    fc.string({ maxLength: 30 }).map((text) => `/api/reports/x/${encodeURIComponent(text)}/y/submission`),
  );

  it('is answered, with a problem where it is refused, and never with 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, types, paths, async (body, type, path) => {
        const response = await post(path, body, { 'Content-Type': type, Actor: 'fuzz' });
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400) expect(response.headers.get('Content-Type')).toBe('application/problem+json');
        await response.arrayBuffer();
      }),
      { numRuns: 300 },
    );
  });
});
