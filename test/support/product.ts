import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Configuration, readConfiguration } from '#operation';
import { type Product, type ProductOptions, startProduct } from '../../apps/api/src/product.js';
import { startWorker } from '../../apps/worker/src/worker.js';
import { Api } from './api.js';
import { environmentOf, removeData, SETUP } from './setup.js';

export interface RunningProduct extends Product {
  readonly api: Api;
  readonly dataDir: string;
  /** Ends it and deletes its folder. */
  remove(): Promise<void>;
}

/** What of it can be had without looking inside. */
export type FromOutside = Pick<RunningProduct, 'api' | 'dataDir' | 'setUpLink' | 'close' | 'remove'>;

export interface ProductToRun extends Pick<Partial<Configuration>, 'record' | 'dataDir'> {
  /** Variables beside those of the folder and the record. */
  readonly env?: NodeJS.ProcessEnv;
  readonly options?: ProductOptions;
}

/** A folder of its own for one test. */
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'para71-'));

/**
 * The whole product in this process, on free ports: the API, and beside it a worker where the set-up has one. Without a
 * record its log begins empty; without people every command names its actor itself.
 */
export async function runProduct({
  record = 'none',
  dataDir = temporaryFolder(),
  env = {},
  options = {},
}: ProductToRun = {}): Promise<RunningProduct> {
  const otherwise = { PORT: '0', WORKER_PORT: '0', PEOPLE: 'off', RECORD: record };
  const configuration = readConfiguration({ ...otherwise, ...(await environmentOf(dataDir)), ...env });
  const started: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const each of started.splice(0)) await each.close();
  };
  const remove = async () => {
    await close();
    await removeData(dataDir);
  };
  try {
    const product = await startProduct(configuration, options);
    started.push(product);
    if (SETUP === 'scaled') started.push(await startWorker(configuration, { ...options, version: 'in a test' }));
    return { ...product, api: new Api(product.address), dataDir, close, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
