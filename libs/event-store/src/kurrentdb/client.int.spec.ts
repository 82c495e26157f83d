import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { clientFor, loadClient } from './client.js';

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

it('is of the one version whose inside is mended, and no other is taken', () => {
  const from = createRequire(import.meta.url);
  const { dependencies } = from('../../../../package.json') as { dependencies: Record<string, string> };
  expect(dependencies['@kurrent/kurrentdb-client']).toBe('1.3.1');
});

it('is the only client there is: another beside it would end the process with the first append', () => {
  const from = createRequire(import.meta.url);
  expect(from.resolve('@kurrent/kurrentdb-client')).toContain('kurrentdb-client');
  expect(() => from.resolve('@eventstore/db-client')).toThrow(/Cannot find module/);
});

describe('clientFor', () => {
  it.each([
    ['kurrentdb://para71:s3cret@one:port', /port number was expected/],
    ['kurrentdb://para71:s3cret@one?tls=perhaps', /true or false was expected/],
    ['kurrentdb://para71:s3cret@one?userCertFile=/nowhere/a.pem', /userKeyFile/],
  ])('says what is wrong with %s, and not the password', async (url, message) => {
    const kurrent = await loadClient();
    expect(() => clientFor(kurrent, url)).toThrow(
      expect.objectContaining({ code: 'store-unavailable', message: expect.stringMatching(message) }),
    );
    expect(() => clientFor(kurrent, url)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
    );
  });
});
