import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordAsSteps } from '#reference-data';
import { expectProblem } from '../../../../test/support/api.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';
import type { JobAnswer } from './job-answer.js';

let product: RunningProduct;

beforeAll(async () => void (product = await runProduct()));
afterAll(() => product.remove());

const begin = (path: string, headers = {}, body?: unknown) =>
  product.api.send<JobAnswer>('POST', path, body, { Actor: 'example-operator', ...headers });

async function ended(location: string): Promise<JobAnswer> {
  for (;;) {
    const answer = await product.api.read<JobAnswer>(location);
    if (answer.state === 'completed' || answer.state === 'failed') return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('jobs over HTTP', () => {
  it('give the public record again, once each, and say what came of it', async () => {
    const answer = await begin('/api/jobs/import', { 'Idempotency-Key': 'first' });
    expect(answer.status).toBe(202);
    const location = answer.headers.get('Location')!;
    expect(location).toBe(`/api/jobs/${answer.body.id}`);
    const total = recordAsSteps().length;
    expect(await ended(location)).toMatchObject({
      name: 'import',
      state: 'completed',
      summary: 'It is done.',
      progress: { done: total, of: total },
      result: { total, recorded: total, repeated: 0, refused: 0 },
    });
    const { sequence } = product.views.head;

    const again = await begin('/api/jobs/import', { 'Idempotency-Key': 'first' });
    expect(again.body).toMatchObject({ id: answer.body.id, state: 'completed' });
    const other = await begin('/api/jobs/import');
    expect(other.body.id).not.toBe(answer.body.id);
    expect((await ended(other.headers.get('Location')!)).result).toMatchObject({ recorded: 0, repeated: total });
    expect(product.views.head.sequence).toBe(sequence);
  }, 60_000);

  it('build the views anew while they answer', async () => {
    const before = product.views.digest();
    const answer = await begin('/api/jobs/rebuild');
    expect((await product.api.get('/api/organizations')).status).toBe(200);
    expect(await ended(answer.headers.get('Location')!)).toMatchObject({
      state: 'completed',
      result: { events: product.views.head.sequence + 1, tookMs: expect.any(Number) },
    });
    expect(product.views.digest()).toBe(before);
    expect((await product.api.get('/health/ready')).status).toBe(200);
  }, 30_000);

  it('are counted', async () => {
    const depth = {
      waiting: expect.any(Number),
      active: expect.any(Number),
      failed: 0,
      oldestDueMs: expect.any(Number),
    };
    expect(await product.api.read('/api/jobs')).toMatchObject({ shared: depth, own: depth });
  });

  it('name whoever asks for them, and take nothing else', async () => {
    expectProblem(await product.api.send('POST', '/api/jobs/rebuild'), 400, 'actor-missing');
    expectProblem(await begin('/api/jobs/rebuild', {}, { views: 'all' }), 400, 'command-invalid');
    expect((await begin('/api/jobs/rebuild', {}, {})).status).toBe(202);
  });

  it('that nobody knows are not found', async () => {
    expectProblem(await product.api.get('/api/jobs/import-unknown'), 404, 'resource-unknown');
    expectProblem(await begin('/api/jobs/unheard-of'), 405, 'method-not-allowed');
  });

  it('that were ordered are known from the log after the server has ended', async () => {
    const { body: before } = await begin('/api/jobs/import', { 'Idempotency-Key': 'first' });
    await product.close();
    product = await runProduct({ dataDir: product.dataDir });
    expect(before.state).toBe('completed');
    expect(await product.api.read(`/api/jobs/${before.id}`)).toEqual(before);
    expect((await begin('/api/jobs/import', { 'Idempotency-Key': 'first' })).body).toEqual(before);
  }, 30_000);
});
