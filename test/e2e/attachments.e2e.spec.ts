import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { docxParts, pdfOf, zipOf } from '#testing';
import { type Answer, expectProblem } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import { EXAMPLE_YEAR, exampleFor } from '../support/example-year.js';
import { type RunningProduct, runProduct } from '../support/product.js';

let now = Date.parse('2026-03-01T09:00:00Z');
let product: RunningProduct;
beforeAll(async () => {
  product = await runProduct({ options: { now: () => now } });
}, 60_000);
afterAll(() => product.remove());

interface Uploaded {
  readonly sha256: string;
  readonly bytes: number;
  readonly type: string;
  readonly name: string;
  readonly token: string;
}

type Headers = Readonly<Record<string, string>>;

async function upload(content: Buffer | string, name: string, headers: Headers = {}): Promise<Answer<Uploaded>> {
  const response = await fetch(`${product.address}/api/attachments`, {
    method: 'POST',
    headers: {
      Actor: 'focal-point',
      'Content-Type': 'text/plain',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      ...headers,
    },
    body: new Uint8Array(Buffer.from(content)),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Uploaded };
}

const kept = async (...given: Parameters<typeof upload>): Promise<Uploaded> => {
  const answer = await upload(...given);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
};
const read = (sha256: string, headers: Headers = {}) => product.api.get(`/api/attachments/${sha256}`, headers);
const statusFor = async (sha256: string, headers: Headers = {}) => (await read(sha256, headers)).status;
const filesIn = (folder: string) =>
  readdirSync(join(product.dataDir, 'attachments', folder), { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );

const source = { title: 'An example', confidence: 'found' };
const CYCLE = '/api/cycles/ec-performance/2025';
const guidance = (sha256: string, headers: Headers = {}, name?: string) =>
  product.api.command(
    'POST',
    `${CYCLE}/guidance`,
    { text: 'As last year.', document: { title: 'Guidance', sha256, ...(name && { name }) } },
    headers,
  );

describe('an upload', () => {
  it('answers with the hash, the size, the type and the name', async () => {
    const text = 'An example.';
    const answer = await upload(text, 'Zoe\u0308.txt');
    expect(answer.status).toBe(201);
    const sha256 = hash('sha256', text);
    expect(answer.body).toMatchObject({ sha256, bytes: text.length, type: 'text/plain', name: 'Zo\u00eb.txt' });
    expect(answer.headers.get('Location')).toBe(`/api/attachments/${sha256}`);
  });

  it('takes a name in quotes, too', async () => {
    const named = await kept('Quoted.', 'x', { 'Content-Disposition': 'attachment; filename="a \\"b\\".txt"' });
    expect(named.name).toBe('a "b".txt');
  });

  it.each<[string, Buffer | string, string, Headers, number, string]>([
    ['a page', '<!doctype html>', 'a.txt', {}, 415, 'attachment-type-unknown'],
    ['a drawing', '<svg/>', 'a.svg', { 'Content-Type': 'image/svg+xml' }, 415, 'attachment-type-unknown'],
    ['JSON', '{}', 'a.txt', { 'Content-Type': 'application/json' }, 415, 'attachment-type-unknown'],
    ['a packed body', 'x', 'a.txt', { 'Content-Encoding': 'gzip' }, 415, 'attachment-type-unknown'],
    ['another type than it says', pdfOf(), 'a.txt', {}, 415, 'attachment-type-disagrees'],
    ['a way out', 'x', '../../../etc/cron.d/x.txt', {}, 400, 'attachment-name-malformed'],
    ['no name', 'x', 'x', { 'Content-Disposition': 'attachment' }, 400, 'attachment-name-malformed'],
    [
      'a wrong escape',
      'x',
      'x',
      { 'Content-Disposition': "attachment; filename*=UTF-8''%E2%28.txt" },
      400,
      'attachment-name-malformed',
    ],
    ['nobody', 'x', 'a.txt', { Actor: '' }, 400, 'header-malformed'],
    ['a page of another site', 'x', 'a.txt', { 'Sec-Fetch-Site': 'cross-site' }, 403, 'cross-site-request'],
    [
      'a document with an archive in it',
      zipOf(docxParts({ name: 'word/a.bin', content: zipOf([{ name: 'a' }]) })),
      'a.docx',
      { 'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
      422,
      'attachment-unsafe',
    ],
  ])('of or by %s is refused, and nothing is kept', async (_, content, name, headers, status, code) => {
    const before = filesIn('content').length;
    expectProblem(await upload(content, name, headers), status, code);
    expect(filesIn('content')).toHaveLength(before);
    expect(filesIn('incoming')).toEqual([]);
  });

  it('of the type of a file is refused everywhere else', async () => {
    const answer = await product.api.command('PUT', '/api/organizations/x', 'x', { 'Content-Type': 'application/pdf' });
    expectProblem(answer, 415, 'content-type-unsupported');
  });

  it('that is too large is refused before it is sent', async () => {
    const { port, hostname } = new URL(product.address);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/attachments HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nActor: a\r\nContent-Type: text/plain\r\n` +
        'Content-Disposition: attachment; filename="a.txt"\r\nContent-Length: 26214401\r\n\r\n',
    );
    const [chunk] = (await Array.fromAsync(socket.take(1))) as Buffer[];
    expect(chunk?.toString()).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*attachment-too-large/i);
    socket.destroy();
  });

  it('that turns out too large is refused, and what has come of it is gone', async () => {
    let sent = 0;
    const response = await fetch(`${product.address}/api/attachments`, {
      method: 'POST',
      headers: { Actor: 'a', 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment; filename="a.txt"' },
      body: new ReadableStream({
        pull(controller) {
          if (sent > 30 * 1024 * 1024) return controller.close();
          sent += 65_536;
          controller.enqueue(new Uint8Array(65_536).fill(120));
        },
      }),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'attachment-too-large' });
    expect(filesIn('incoming')).toEqual([]);
  }, 60_000);

  it('whose connection is cut leaves nothing', async () => {
    const before = filesIn('content').length;
    const { port, hostname } = new URL(product.address);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/attachments HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nActor: a\r\nContent-Type: text/plain\r\n` +
        `Content-Disposition: attachment; filename="cut.txt"\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`,
    );
    await eventually(() => filesIn('incoming').length === 1);
    socket.destroy();
    await eventually(() => filesIn('incoming').length === 0);
    expect(filesIn('content')).toHaveLength(before);
  }, 60_000);

  it('that comes fifty times at once is one file', async () => {
    const before = filesIn('content').length;
    const pdf = pdfOf({ text: 'x'.repeat(100_000) });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => kept(pdf, `copy ${n}.pdf`, { 'Content-Type': 'application/pdf' })),
    );
    expect(new Set(answers.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(filesIn('content')).toHaveLength(before + 1);
  }, 60_000);
});

describe('a file', () => {
  it('that nothing names is for its uploader, for an hour, and is not there for anybody else', async () => {
    const { sha256, token } = await kept('Nobody has named this.', 'a.txt');
    const other = await kept('Nor this.', 'b.txt');
    expectProblem(await read(sha256), 404, 'attachment-unknown');
    expectProblem(await read(sha256, { 'Upload-Token': other.token }), 404, 'attachment-unknown');
    expectProblem(await read('0'.repeat(64)), 404, 'attachment-unknown');
    expectProblem(await read('..%2Fupload-key'), 404, 'attachment-unknown');
    expect((await read(sha256, { 'Upload-Token': token })).text).toBe('Nobody has named this.');
    now += 3_600_000;
    expectProblem(await read(sha256, { 'Upload-Token': token }), 404, 'attachment-unknown');
  });

  it('is sent to be saved, and for nothing else', async () => {
    const { sha256, token } = await kept('year;n\r\n', 'été "1".csv', { 'Content-Type': 'text/csv' });
    await product.api.record('PUT', CYCLE, { title: 'A cycle', opensOn: '2025', sources: [source] });
    expect(await guidance(sha256, { 'Upload-Token': token }, 'été "1".csv')).toMatchObject({ status: 200 });
    const { headers, text } = await read(sha256);
    expect(text).toBe('year;n\r\n');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-length': '8',
      'content-disposition': `attachment; filename="_t_ _1_.csv"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.csv`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: `"${sha256}"`,
    });
    expect(await statusFor(sha256, { 'If-None-Match': `"${sha256}"` })).toBe(304);
    const head = await product.api.send('HEAD', `/api/attachments/${sha256}`);
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers.get('Content-Length')).toBe('8');
  });

  it('cannot be named by somebody who only knows its hash', async () => {
    const { sha256, token } = await kept('Confidential.', 'secret.txt');
    const stranger = expectProblem(await guidance(sha256), 422, 'document-not-stored');
    const missing = expectProblem(await guidance('0'.repeat(64)), 422, 'document-not-stored');
    expect(stranger.detail).toBe(missing.detail);
    expectProblem(await guidance('0'.repeat(64), { 'Upload-Token': token }), 422, 'document-not-stored');
    expect(await guidance(sha256, { 'Upload-Token': token })).toMatchObject({ status: 200 });
    // What is public may be named by everybody.
    expect(await guidance(sha256)).toMatchObject({ status: 200 });
  });
});

describe('a file of a report', () => {
  const REPORT = '/api/reports/ec-performance/2008/example-registry';

  it('is read by everybody once a version with it is published, and not when its part is withheld', async () => {
    const document = await product.api.read<OpenAPIObject>('/api/openapi.json');
    const { sha256, token } = await kept('List of meetings.', 'meetings.txt');
    const late = await kept('For the amendment.', 'late.txt');
    const attach = (file: Uploaded, section: string) =>
      product.api.record(
        'POST',
        `${REPORT}/documents`,
        { document: { title: 'A list', sha256: file.sha256, name: file.name }, section },
        { 'Upload-Token': file.token },
      );
    const seen: Record<string, number> = {};
    for (const { method, path, body, actor } of EXAMPLE_YEAR) {
      if (path === `${REPORT}/withheld-parts`) break;
      const sent = body ?? exampleFor(document, method, path);
      await product.api.record(method, path, sent, actor === undefined ? {} : { Actor: actor });
      if (path === `${REPORT}/documents`) {
        await attach({ ...late, sha256, token }, 'S17');
        // Given again by somebody without the token, it is a matter of the report.
        const again = await product.api.command('POST', `${REPORT}/documents`, {
          document: { title: 'A list', sha256 },
        });
        expectProblem(again, 409, 'document-already-attached');
      }
      seen[path.replace(REPORT, '')] = await statusFor(sha256);
    }
    expect(seen).toMatchObject({ '/documents': 404, '/submission': 404, '/notes': 404, '/publication': 200 });

    await product.api.record('POST', `${REPORT}/amendment`, {
      reason: 'A list',
      material: false,
      sections: ['S16', 'S17'],
    });
    await attach(late, 'S16');
    expect(await statusFor(late.sha256)).toBe(404);

    await product.api.record('POST', `${REPORT}/withheld-parts`, {
      version: 1,
      part: 'S17/en',
      reason: 'Names a person',
    });
    expectProblem(await read(sha256), 404, 'attachment-unknown');
    // Nor is it named, where nobody signs in and all else is read.
    expect((await product.api.get('/api/reports')).text).toContain(late.sha256);
    for (const path of [REPORT, '/api/reports']) {
      expect((await product.api.get(path)).text).not.toContain(sha256);
    }
  }, 90_000);
});
