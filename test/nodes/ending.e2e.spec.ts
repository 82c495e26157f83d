import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../support/api.js';
import { orderImport } from '../support/many-requests.js';
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
    const [ofWorkerHangs, ofApiHangs] = hangAfter(20);
    await orderImport(api);
    await ofWorkerHangs;
    const answered = api
      .command('PUT', '/api/organizations/example-union', registration)
      .catch((error: Error) => error);
    await ofApiHangs;
    const [ofApi, ofWorker] = await Promise.all([nodes.end(0), nodes.end(1)]);
    for (const { code, tookMs } of [ofApi, ofWorker]) {
      expect([0, 1]).toContain(code);
      expect(tookMs).toBeLessThan(ENDS_WITHIN_MS);
    }
    // Nobody is told that what was not recorded is.
    expect(await answered).not.toMatchObject({ status: 201 });
  }, 120_000);

  /** Once so many appends were answered, none is any more. Resolve as the first one waits, and the second one. */
  function hangAfter(answered: number): readonly [Promise<void>, Promise<void>] {
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let appends = 0;
    nodes.server.nodes[0]!.faults = {
      before: (call) => {
        if (call !== 'append' || ++appends <= answered) return Promise.resolve();
        (appends === answered + 1 ? first : second).resolve();
        return new Promise(() => undefined);
      },
    };
    return [first.promise, second.promise];
  }
});
