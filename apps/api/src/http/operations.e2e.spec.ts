import { describe, expect, it } from '@jest/globals';
import { COMMANDS, type RecordedCommand } from '#commands';
import {
  BODY,
  expectProblem,
  JSON_TYPE,
  MINE,
  ReportsOverHttp,
  SUBMISSION,
} from '../../../../test/support/reports-over-http.js';
import { openApiDocument, undocumented } from './openapi.js';

const on = ReportsOverHttp.forThisFile();
const { post } = on;
const submit = (headers: Record<string, string> = {}, body: unknown = BODY) =>
  post(SUBMISSION, JSON.stringify(body), { Actor: 'signatory-1', ...headers });

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
    ['Actor', 'record-import', 'header-malformed'],
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
    const address = `${on.base}/api/reports/ec-performance/2008/example-registry`;
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
    const first = await fetch(`${on.base}/api/reports/1`);
    expect(first.headers.get('ETag')).toBe('"3"');
    expect(first.headers.get('Sequence')).toBe('7');
    const again = await fetch(`${on.base}/api/reports/1`, { headers: { 'If-None-Match': 'W/"3"' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('refuses unknown and malformed parameters', async () => {
    await expectProblem(await fetch(`${on.base}/api/reports?colour=blue`), 400, 'query-parameter-unknown');
    await expectProblem(await fetch(`${on.base}/api/reports?series=a&series=b`), 400, 'query-parameter-malformed');
    await expectProblem(await fetch(`${on.base}/api/reports?asOf=yesterday`), 400, 'as-of-malformed');
    await expectProblem(await fetch(`${on.base}/api/reports?limit=201`), 400, 'limit-malformed');
    await expectProblem(await fetch(`${on.base}/api/reports?cursor=AAAA`), 400, 'cursor-malformed');
  });
});

describe('the documentation', () => {
  it('is OpenAPI 3.1, complete, with the bodies of the commands', async () => {
    const document = openApiDocument(on.app, '0.0.0', COMMANDS);
    expect(await (await fetch(`${on.base}/api/openapi.json`)).json()).toEqual(JSON.parse(JSON.stringify(document)));
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
    const document = openApiDocument(on.app, '0.0.0', COMMANDS);
    delete document.paths['/api/reports']?.get?.summary;
    expect(undocumented(document)).toEqual(['GET /api/reports: a summary']);
  });

  it('has a page to try it, with nothing from elsewhere', async () => {
    const page = await (await fetch(`${on.base}/api/docs`)).text();
    expect(page).toContain('swagger-ui');
    expect(page.match(/(src|href)=["']?(https?:)?\/\//g)).toBeNull();
    const script = await fetch(`${on.base}/api/docs/swagger-ui-bundle.js`);
    expect(script.status).toBe(200);
    await script.arrayBuffer();
  });

  it('explains every problem where its type leads', async () => {
    const { type } = await expectProblem(await fetch(`${on.base}/api/nothing`), 404, 'route-unknown');
    expect(await (await fetch(on.base + type)).json()).toMatchObject({ code: 'route-unknown', status: 404 });
    await expectProblem(await fetch(`${on.base}/problems/constructor`), 404, 'resource-unknown');
  });
});
