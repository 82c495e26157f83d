import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../apps/api/src/configuration.js';
import { type Product, startProduct } from '../../apps/api/src/product.js';
import { Api } from './api.js';

export interface RunningProduct extends Product {
  readonly api: Api;
  readonly dataDir: string;
  /** Ends it and deletes its folder. */
  remove(): Promise<void>;
}

/** A folder of its own for one test. */
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'para71-'));

/** The whole product in this process, on a free port. Without a record its log begins empty. */
export async function runProduct({
  record = 'none',
  dataDir = temporaryFolder(),
}: Partial<Configuration> = {}): Promise<RunningProduct> {
  const product = await startProduct({ port: 0, dataDir, record });
  const remove = async () => {
    await product.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...product, api: new Api(product.address), dataDir, remove };
}
