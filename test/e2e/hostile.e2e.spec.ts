import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { type Answer, expectProblem, expectToBeProblem } from '../support/api.js';
import { EXAMPLE_READS, EXAMPLE_YEAR, exampleFor, headersFor } from '../support/example-year.js';
import { operationsOf } from '../support/operations.js';
import { type RunningProduct, runProduct } from '../support/product.js';

let product: RunningProduct;
let document: OpenAPIObject;

beforeAll(async () => {
  product = await runProduct();
  document = await product.api.read<OpenAPIObject>('/api/openapi.json');
});

afterAll(() => product.remove());

const ADDRESS = '/api/organizations/hostile-union';
const source = { title: 'A source', confidence: 'found' };
const registration = {
  name: 'Hostile Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [source],
};
const put = (body: unknown, headers = {}) => product.api.command('PUT', ADDRESS, body, headers);

/** The registration as text, with something else in the place of its name. */
const withName = (json: string) => JSON.stringify({ ...registration, name: '@' }).replace('"@"', json);

const head = () => product.views.head.sequence;

describe('the body of a command', () => {
  it.each([
    ['a key twice', withName('"A","name":"B"'), 'json-key-repeated', '/name'],
    ['a key twice, once escaped', withName('"A","n\\u0061me":"B"'), 'json-key-repeated', '/name'],
    ['a key twice, further down', withName('{"a":1,"a":1}'), 'json-key-repeated', '/name/a'],
    ['__proto__', withName('"A","__proto__":{"admin":true}'), 'json-key-forbidden', '/__proto__'],
    ['constructor', withName('{"constructor":{"prototype":{}}}'), 'json-key-forbidden', '/name/constructor'],
    ['33 lists in each other', withName('['.repeat(32) + ']'.repeat(32)), 'json-too-deep', undefined],
    ['half of a surrogate pair', withName('"\\ud83d"'), 'json-half-surrogate', '/name'],
    ['halves in the wrong order', withName('"\\udc4b\\ud83d"'), 'json-half-surrogate', '/name'],
    ['a number beyond all doubles', withName('1e400'), 'json-number-out-of-range', '/name'],
    ['an integer that would be rounded', withName('9007199254740993'), 'json-number-out-of-range', '/name'],
    ['NaN', withName('NaN'), 'json-malformed', undefined],
    ['a comment', withName('"A"/* why not */'), 'json-malformed', undefined],
    ['a comma too much', withName('"A",'), 'json-malformed', undefined],
    ['a byte order mark', `\ufeff${JSON.stringify(registration)}`, 'json-begins-with-bom', undefined],
    ['two values', `${JSON.stringify(registration)}{}`, 'json-malformed', undefined],
    ['a raw line feed in a text', withName('"A\nB"'), 'json-malformed', undefined],
    ['nothing', '', 'json-malformed', undefined],
  ])('with %s is refused at its place', async (_, body, code, pointer) => {
    const before = head();
    const { errors } = expectProblem(await put(body), 400, code);
    if (pointer !== undefined) expect(errors?.[0]?.pointer).toBe(pointer);
    expect(head()).toBe(before);
  });

  it('over a megabyte is refused', async () => {
    expectProblem(await put(withName(`"${'a'.repeat(1_000_000)}"`)), 413, 'body-too-large');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/cbor'])(
    'of type %s is refused',
    async (type) => {
      expectProblem(await put(registration, { 'Content-Type': type }), 415, 'content-type-unsupported');
    },
  );

  it.each([
    ['a list', '[]'],
    ['a text', '"A"'],
    ['null', 'null'],
    ['a number', '1'],
  ])('that is %s is refused', async (_, body) => {
    expectProblem(await put(body), 400, 'command-invalid');
  });

  it('has no field that nobody knows, at any depth, and each of them is named', async () => {
    const profile = { ...registration.profile, colour: 'blue' };
    const body = {
      ...registration,
      profile,
      given: { actor: 'me' },
      hasOwnProperty: 1,
      sources: [{ ...source, rank: 1 }],
    };
    const names = async (fields: object) => {
      const { errors } = expectProblem(await put(fields), 400, 'command-invalid');
      return errors?.map(({ field }) => field).sort();
    };
    expect(await names(body)).toEqual(['hasOwnProperty']);
    const { hasOwnProperty: _, ...rest } = body;
    expect(await names(rest)).toEqual(['given', 'profile.colour', 'sources[0].rank']);
    expect(await names({ ...registration, organization: 'other-union' })).toEqual(['organization']);
  });

  it.each([
    ['NUL', 'A\u0000B'],
    ['an escape sequence', '\u001b[31mA'],
    ['an override of direction', 'A\u202eB'],
    ['an isolate', 'A\u2066B'],
    ['a line separator', 'A\u2028B'],
    ['a line feed', 'A\nB'],
    ['nothing that can be seen', '\u200b\u200d'],
    ['blanks', '   '],
  ])('has no name with %s', async (_, name) => {
    const { errors } = expectProblem(await put({ ...registration, name }), 400, 'command-invalid');
    expect(errors?.map(({ field }) => field)).toContain('name');
  });

  it('keeps every other text as it is, in its composed form', async () => {
    const names = [
      "Robert'); DROP TABLE event;--",
      '<script>alert(1)</script>',
      '${7*7} {{7*7}}',
      'Zoe\u0308 \u0639\u0631\u0628\u064a \u{1f30d}',
    ];
    for (const [n, name] of names.entries()) {
      const address = `${ADDRESS}-${n}`;
      await product.api.record('PUT', address, { ...registration, name });
      expect((await product.api.read<{ name: string }>(address)).name).toBe(name.normalize('NFC'));
    }
    expect((await product.api.get('/health/ready')).status).toBe(200);
  });
});

describe('the door', () => {
  const raw = (lines: readonly string[], body = '') =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(product.address).port), '127.0.0.1', () =>
        socket.write(
          `${[...lines, 'Connection: close', `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`,
        ),
      );
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
      socket.on('end', () => resolve(answer)).on('error', reject);
    });
  const command = [`PUT ${ADDRESS} HTTP/1.1`, 'Actor: secretariat', 'Content-Type: application/json'];

  it('stays shut for a name that this server does not go by', async () => {
    const answer = await raw([...command, 'Host: rebound.example'], JSON.stringify(registration));
    expect(answer).toMatch(/^HTTP\/1\.1 421 [\s\S]*"code":"host-unknown"/);
  });

  it.each(['Origin: https://elsewhere.example', 'Sec-Fetch-Site: cross-site', 'Origin: null'])(
    'stays shut for a page of another site: %s',
    async (header) => {
      const answer = await raw([...command, 'Host: localhost', header], JSON.stringify(registration));
      expect(answer).toMatch(/^HTTP\/1\.1 403 [\s\S]*"code":"cross-site-request"/);
    },
  );

  it('lets nobody in without a name', async () => {
    const body = JSON.stringify(registration);
    expectProblem(await product.api.send('PUT', ADDRESS, body), 400, 'actor-missing');
  });
});

describe('whatever is sent to whatever route', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '.',
      '..',
      '%00',
      '%ff',
      '%2e%2e%2f',
      '%F0%9F%92%A9',
      '0',
      '-1',
      '9999',
      '1e9',
      'NaN',
      'null',
    ),
    fc.constantFrom('__proto__', 'constructor', 'ec-performance', '2008', 'example-registry', 'EX-1', 'S04', 'Q1'),
    fc.string({ maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constant('a'.repeat(250)),
  );
  const queries = fc.dictionary(
    fc.constantFrom(
      'asOf',
      'cursor',
      'limit',
      'after',
      'stream',
      'years',
      'version',
      'year',
      'series',
      'organization',
      'x',
    ),
    odd,
    { maxKeys: 3 },
  );
  const headers = fc.dictionary(
    fc.constantFrom(
      'Actor',
      'Actor-Role',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Min-Sequence',
      'Correlation-Id',
    ),
    fc.constantFrom('a', '"0"', '*', '0', 'W/"1"', '\u00e9', 'a'.repeat(300), '{}', '-1', '"a", "b"'),
    { maxKeys: 4 },
  );
  const bodies = (example: object) => {
    const names = fc.constantFrom(...Object.keys(example), 'x', 'given', 'toString');
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('\u0000', '\ud800', '\u202e', -0, 1e308, []),
    );
    return fc.oneof(
      fc.constant(JSON.stringify(example)),
      fc.dictionary(names, values, { maxKeys: 3 }).map((fields) => JSON.stringify({ ...example, ...fields })),
      fc.json({ maxDepth: 3 }),
      fc.string({ maxLength: 50 }),
    );
  };

  it('is answered, and what is refused is a problem with a code and never a failure', async () => {
    for (const step of EXAMPLE_YEAR) {
      const { method, path, body } = step;
      const sent = body ?? exampleFor(document, method, path);
      await product.api.record(method, path, sent, await headersFor(product.api, step));
    }
    const operations = operationsOf(document).map((operation) => ({
      ...operation,
      example: exampleFor(document, operation.method, operation.path),
    }));
    const requests = fc.constantFrom(...operations).chain(({ method, path, example }) => {
      const params = [...path.matchAll(/\{\w+\}/g)];
      const parts = fc.array(odd, { minLength: params.length, maxLength: params.length });
      return fc.record({
        method: fc.constant(method),
        path: parts.map((texts) => texts.reduce((address, text) => address.replace(/\{\w+\}/, () => text), path)),
        query: queries,
        headers,
        body: example ? bodies(example) : fc.constant(undefined),
      });
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path, query, headers: sent, body }) => {
        const asked = Object.entries(query).map(([name, value]) => `${name}=${value}`);
        const address = asked.length ? `${path}?${asked.join('&')}` : path;
        const answer: Answer = await product.api.send(method, address, body?.toWellFormed(), sent);
        // 503 is an answer to who asks for the future; it says so.
        if (answer.status >= 500) expect(answer.body).toMatchObject({ code: 'sequence-not-reached' });
        if (answer.status >= 400) expectToBeProblem(answer);
      }),
      { numRuns: 400 },
    );
    for (const path of EXAMPLE_READS) expect([path, (await product.api.get(path)).status]).toEqual([path, 200]);
    expect(product.views.trouble).toBeUndefined();
  }, 60_000);
});
