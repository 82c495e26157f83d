import { describe, expect, it } from '@jest/globals';
import { loadClient } from './client.js';

describe('loadClient', () => {
  const failing = (error: Error) => loadClient(() => Promise.reject(error));

  it('says how to install a client that is not there', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    await expect(failing(missing)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('npm install @kurrent/kurrentdb-client@1.3.1'),
    });
  });

  it('says where its native part exists', async () => {
    const missing = Object.assign(new Error("Cannot find module '@kurrent/bridge-x'"), { code: 'MODULE_NOT_FOUND' });
    await expect(failing(missing)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/native part .* cannot be loaded on \w+ \w+/),
    });
  });
});
