import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

describe('A page that cannot be shown', () => {
  let product: RunningProduct;
  const logged = jest.spyOn(Logger.prototype, 'error');

  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'off' } });
  });
  afterAll(() => product.remove());

  it('since its moment is yet to come is no outage, and leaves no line in the log', async () => {
    const page = await product.api.get('/?asOf=999999999999999', { Accept: 'text/html' });
    expect(page.status).toBe(503);
    expect(page.text).toMatch(/<h1/);
    expect(logged).not.toHaveBeenCalled();
  });

  it('for a reason that nobody foresaw does', async () => {
    await product.views.close();
    expect((await product.api.get('/', { Accept: 'text/html' })).status).toBe(503);
    expect(logged).toHaveBeenCalledTimes(1);
  });
});
