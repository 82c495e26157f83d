import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { recordAsSteps } from '#reference-data';
import type { Api } from '../support/api.js';
import {
  contactsOf,
  ended,
  expectAskedOnce,
  openRound,
  orderImport,
  orderRequests,
  organizationsNamed,
  underWay,
} from '../support/many-requests.js';
import { temporaryFolder } from '../support/product.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { removeData } from '../support/setup.js';

const WITHIN_MS = 60_000;
const MANY = 200;

describe('A single process that is killed in the middle of an order', () => {
  let dataDir: string;
  let node: ProductProcess & { api: Api };

  beforeAll(() => compileProduct(), 240_000);
  beforeEach(async () => {
    dataDir = temporaryFolder();
    await start();
  }, 30_000);
  afterEach(async () => {
    await node.signal('SIGKILL');
    await removeData(dataDir);
  });

  const start = async () => void (node = await ProductProcess.start({ DATA_DIR: dataDir, RECORD: 'none' }));

  it('goes on with requests to many when it is started again: all are asked once, and written to once', async () => {
    const organizations = organizationsNamed('union', MANY);
    writeFileSync(join(dataDir, 'contacts.json'), contactsOf(organizations));
    await openRound(node.api);
    const job = await orderRequests(node.api, organizations);
    await underWay(node.api, job);
    await node.signal('SIGKILL');
    await start();
    const status = await ended(node.api, job, WITHIN_MS);
    expect(status).toMatchObject({ state: 'completed', attempt: 2, result: { asked: MANY, refused: 0 } });
    await expectAskedOnce(node.api, organizations);
    const end = Date.now() + WITHIN_MS;
    const files = async () => (await readdir(join(dataDir, 'mail'))).filter((name) => name.endsWith('.eml'));
    while ((await files()).length < MANY && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await files()).toHaveLength(MANY);
  }, 300_000);

  it('goes on with an import when it is started again, and counts what it has recorded once', async () => {
    const job = await orderImport(node.api);
    await underWay(node.api, job);
    await node.signal('SIGKILL');
    await start();
    const total = recordAsSteps().length;
    expect(await ended(node.api, job, WITHIN_MS)).toMatchObject({
      state: 'completed',
      attempt: 2,
      result: { total, recorded: total, repeated: 0, refused: 0 },
    });
  }, 300_000);
});
