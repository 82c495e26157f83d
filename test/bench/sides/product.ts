import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answering } from '../measuring/side.js';
import { compiled } from '../measuring/compiled.js';

const [dataDir = '', record = 'none'] = process.argv.slice(2);
const { startProduct } = await compiled<typeof import('../../../apps/api/src/product.js')>('apps/api/src/product.js');
const product = await startProduct({ port: 0, dataDir, record: record as 'wsis' | 'none' });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

answering({
  port: (): number => Number(new URL(product.address).port),
  /** How late the event loop was since it was last asked: 99th percentile, in ms; a millisecond of it is the monitor's own. */
  delay: (): number => {
    const p99 = delay.percentile(99) / 1e6;
    delay.reset();
    return p99;
  },
});
