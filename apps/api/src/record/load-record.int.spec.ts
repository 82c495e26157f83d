import { afterEach, describe, expect, it } from '@jest/globals';
import { recordAsSteps } from '#reference-data';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

describe('loading the record', () => {
  let product: RunningProduct | undefined;
  afterEach(() => product?.remove());

  it('goes by the log, and not by the folder alone, which may have been given another log', async () => {
    const { dataDir } = (product = await runProduct({ record: 'wsis' }));
    await product.close();
    const env = { EVENT_STORE_URL: `sqlite:${dataDir}/another.sqlite` };
    product = await runProduct({ record: 'wsis', dataDir, env });
    expect(product.loaded).toMatchObject({ recorded: product.loaded?.total, refused: [] });
  }, 60_000);

  it('as a dry run looks at every command and gives none', async () => {
    product = await runProduct({ record: 'dry-run' });
    const total = recordAsSteps().length;
    expect(product.loaded).toMatchObject({ dryRun: true, total, done: total, recorded: 0, refused: [] });
    expect(product.views.head.sequence).toBe(-1);
  }, 30_000);
});
