import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answering } from '../measuring/side.js';
import { compiled } from '../measuring/compiled.js';

const [dataDir = '', record = 'none', store] = process.argv.slice(2);
const { startProduct } = await compiled<typeof import('../../../apps/api/src/product.js')>('apps/api/src/product.js');
const { readConfiguration } = await compiled<typeof import('#operation')>('libs/operation/src/index.js');
const where = { DATA_DIR: dataDir, ...(store !== undefined && { EVENT_STORE_URL: store }) };
const env = { PORT: '0', PEOPLE: 'off', RECORD: record, ...where };
const product = await startProduct(readConfiguration(env));
const delay = monitorEventLoopDelay({ resolution: 1 });

answering({
  port: (): number => Number(new URL(product.address).port),
  /** From now on, anew. It costs a little, so nobody else is made to pay for it. */
  watchDelay: (): void => {
    delay.enable();
    delay.reset();
  },
  /** How late the event loop was: 99th percentile, in ms. One of them is the monitor's own. */
  delay: (): number => delay.percentile(99) / 1e6,
});
