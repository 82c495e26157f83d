import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { undocumented } from '../../apps/api/src/http/openapi.js';
import { EXAMPLE_READS, EXAMPLE_YEAR, exampleFor, headersFor } from '../support/example-year.js';
import { operationsOf, routesOf, templateOf } from '../support/operations.js';
import { type RunningProduct, runProduct } from '../support/product.js';

let product: RunningProduct;
let document: OpenAPIObject;
let reads: readonly string[];
let upload: { readonly sha256: string; readonly token: string };

beforeAll(async () => {
  product = await runProduct();
  document = await product.api.read<OpenAPIObject>('/api/openapi.json');
  const job = await product.api.command('POST', '/api/jobs/rebuild');
  const response = await fetch(`${product.address}/api/attachments`, {
    method: 'POST',
    headers: { Actor: 'a', 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment; filename="a.txt"' },
    body: 'An example',
  });
  upload = (await response.json()) as typeof upload;
  reads = [...EXAMPLE_READS, `/api/attachments/${upload.sha256}`, '/api/jobs', job.headers.get('Location')!];
}, 30_000);

afterAll(() => product.remove());

/** What the document says of the answer to a read, by its type. */
function answersOf(path: string): Record<string, { example: unknown }> {
  const success = document.paths[path]?.get?.responses['200'] as { content: Record<string, { example: unknown }> };
  return success.content;
}

describe('the OpenAPI document', () => {
  it('leaves nothing out that a reader needs', () => expect(undocumented(document)).toEqual([]));

  it('has each operation under one tag, and says of each tag what stands there', () => {
    const used = Object.values(document.paths).flatMap((path) =>
      Object.values(path).flatMap(({ tags }: { readonly tags: readonly string[] }) => tags),
    );
    const described = document.tags?.map(({ name, description = '' }) => [name, description.length > 0]);
    expect(Object.fromEntries(described!)).toEqual(Object.fromEntries(used.map((tag) => [tag, true])));
    expect(used).toHaveLength(operationsOf(document).length);
  });

  it('has every route, and no other', () => {
    const documented = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    expect(routesOf(product.app).sort()).toEqual(documented.sort());
  });

  it('shows bodies with which a whole year can be recorded, each of its commands at least once', async () => {
    const given = new Set<string>();
    for (const step of EXAMPLE_YEAR) {
      const { method, path, body } = step;
      const sent = body ?? exampleFor(document, method, path);
      const answer = await product.api.command(method, path, sent, await headersFor(product.api, step));
      expect(`${method} ${path} ${answer.status} ${answer.status < 300 ? '' : answer.text}`).toMatch(/ 20[01] $/);
      expect(answer.headers.get('ETag')).toBe(`"${answer.body.revision}"`);
      expect(answer.headers.get('Sequence')).toBe(String(answer.body.sequence));
      expect((await product.api.get(answer.headers.get('Location')!)).status).toBe(200);
      if (!body) given.add(`${method} ${templateOf(document, method, path)}`);
    }
    const commands = operationsOf(document).filter(({ method, path }) => method !== 'GET' && !isNoCommand(path));
    expect([...given].sort()).toEqual(commands.map(({ method, path }) => `${method} ${path}`).sort());
  }, 60_000);

  it('tells the type of every answer, each of its reads at least once', async () => {
    const guidance = { text: 'An example', document: { title: 'An example', sha256: upload.sha256 } };
    const withToken = { 'Upload-Token': upload.token };
    await product.api.record('POST', '/api/cycles/ec-performance/2008/guidance', guidance, withToken);
    const asked = new Set<string>();
    for (const path of reads) {
      const answer = await product.api.get(path);
      expect(`${path} ${answer.status} ${answer.status === 200 ? '' : answer.text}`).toBe(`${path} 200 `);
      const template = templateOf(document, 'GET', path);
      const type = answer.headers.get('Content-Type') ?? '';
      const told = Object.keys(answersOf(template)).filter((one) => type.includes(one));
      expect({ path, type, told }).toMatchObject({ told: [expect.any(String)] });
      asked.add(template);
    }
    const documented = operationsOf(document).filter(({ method }) => method === 'GET');
    expect([...asked].sort()).toEqual(documented.map(({ path }) => path).sort());
  });

  it('names every parameter that a read of the record knows: another one is refused', async () => {
    for (const path of reads.filter(isOfRecord)) {
      const answer = await product.api.get(`${path}${path.includes('?') ? '&' : '?'}unheard-of=1`);
      expect({ path, code: answer.body['code'] }).toEqual({ path, code: 'query-parameter-unknown' });
    }
  });

  it('shows answers that look like those that are given', async () => {
    for (const path of reads) {
      const { body } = await product.api.get(path);
      const example = answersOf(templateOf(document, 'GET', path))['application/json']?.example;
      if (!isObject(example) || !isObject(body)) continue;
      const unknown = Object.keys(example).filter((member) => !(member in body) && !OPTIONAL.has(member));
      expect({ path, unknown }).toEqual({ path, unknown: [] });
    }
  });
});

/** Members that an answer may lack. */
const OPTIONAL = new Set(['next', 'version', 'acronym', 'relevant', 'recordedAt', 'lastSigned', 'progress', 'sha256']);

/** What is begun or uploaded there records nothing itself; requests to many are sent with the digest of a preview. */
const isNoCommand = (path: string) =>
  path.startsWith('/api/jobs/') ||
  path === '/api/attachments' ||
  path.endsWith('/bookmark') ||
  path.startsWith('/api/cycles/{series}/{year}/requests');

/** Mandates, jobs and files are told as they are now, whatever the record showed. */
const isOfRecord = (path: string) => /^\/api\/(?!mandates|jobs|attachments)/.test(path);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
