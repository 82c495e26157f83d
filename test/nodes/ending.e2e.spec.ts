import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from '../support/api.js';
import { compileProduct } from '../support/product-process.js';
import { ENDS_WITHIN_MS, Nodes } from './nodes.js';

const registration = {
  name: 'Example Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

describe('a node in the midst of a command and a worker in the midst of a job', () => {
  let nodes: Nodes;
  let api: Api;
  beforeAll(async () => {
    compileProduct();
    nodes = await Nodes.start(['api', 'worker']);
    [api] = nodes.apis as [Api];
  }, 180_000);
  afterAll(() => nodes.remove(), 30_000);

  it(`end within ${ENDS_WITHIN_MS} ms also where the log does not answer any more`, async () => {
    const asked = await api.send('POST', '/api/jobs/import', undefined, { Actor: 'example-operator' });
    const job = asked.headers.get('Location')!;
    while ((await api.read<{ state: string }>(job)).state !== 'active') await wait(20);
    const hanging = hangUp();
    const answered = api
      .command('PUT', '/api/organizations/example-union', registration)
      .catch((error: Error) => error);
    await hanging;
    const [ofApi, ofWorker] = await Promise.all([nodes.end(0), nodes.end(1)]);
    for (const { code, tookMs } of [ofApi, ofWorker]) {
      expect([0, 1]).toContain(code);
      expect(tookMs).toBeLessThan(ENDS_WITHIN_MS);
    }
    // Nobody is told that what was not recorded is.
    expect(await answered).not.toMatchObject({ status: 201 });
  }, 60_000);

  /** From now on no append is answered. Resolves once one of each process waits. */
  function hangUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let waiting = 0;
    nodes.server.nodes[0]!.faults = {
      before: (call) => {
        if (call !== 'append') return Promise.resolve();
        if (++waiting === 2) resolve();
        return new Promise(() => undefined);
      },
    };
    return promise;
  }
});
