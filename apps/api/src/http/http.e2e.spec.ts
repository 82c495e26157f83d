import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BODY, expectProblem, MINE, ReportsOverHttp, SUBMISSION } from '../../../../test/support/reports-over-http.js';

const on = ReportsOverHttp.forThisFile();
const { post, raw } = on;

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
    const none = await fetch(`${on.base}/api/reports/echo`, { method: 'POST' });
    expect(await none.json()).toEqual({ body: null });
  });
});

describe('a request', () => {
  it('to nowhere is 404', async () => {
    const problem = await expectProblem(await fetch(`${on.base}/api/nothing?a=b`), 404, 'route-unknown');
    expect(problem.instance).toBe('/api/nothing');
    await expectProblem(await fetch(`${on.base}/api/nothing`, { method: 'DELETE' }), 404, 'route-unknown');
  });

  it('by a method that its address does not know is 405, and is told those that it does', async () => {
    const answer = await fetch(`${on.base}/api/reports/x`, { method: 'DELETE' });
    await expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, OPTIONS');
  });

  it('with a malformed address is 400', async () => {
    await expectProblem(await fetch(`${on.base}/api/reports/%ff`), 400, 'address-malformed');
    await expectProblem(await fetch(`${on.base}/api/%zz`), 400, 'address-malformed');
  });

  it('with a long address is 414', async () => {
    await expectProblem(await fetch(`${on.base}/api/reports/${'a'.repeat(300)}`), 414, 'address-too-long');
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
    const problem = await expectProblem(await fetch(`${on.base}/api/reports/unknown`), 404, 'report-unknown');
    expect(problem.facts).toEqual({ id: 'unknown' });
  });

  it('that hits a bug is 500 and learns nothing but the correlation id', async () => {
    const response = await fetch(`${on.base}/api/reports/broken`, { headers: { 'Correlation-Id': MINE } });
    const problem = await expectProblem(response, 500, 'internal-error');
    expect(problem.correlationId).toBe(MINE);
    expect(JSON.stringify(problem)).not.toContain('select');
  });

  it.each(['a b;c', 'Erin-Example', `${MINE}0`])(
    'has an id made for it in place of "%s", which is no UUID',
    async (given) => {
      const response = await fetch(`${on.base}/api/reports/1`, { headers: { 'Correlation-Id': given } });
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
      const { headers } = await fetch(on.base + path);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('Content-Security-Policy')?.includes("script-src 'none'")).toBe(path !== '/api/docs');
    }
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
    // Three hundred requests, on a machine that may be busy with other servers.
  }, 180_000);
});
