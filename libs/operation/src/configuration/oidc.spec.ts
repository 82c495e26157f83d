import { describe, expect, it } from '@jest/globals';
import { ConfigurationFault, readConfiguration } from './configuration.js';

const given = { OIDC_ISSUER: 'https://id.example.org/realm', OIDC_CLIENT_ID: 'para71' };
const read = (env: NodeJS.ProcessEnv = {}) => readConfiguration({ ...given, ...env }, '/somewhere').oidc;

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfiguration(env, '/somewhere');
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.faults;
    throw error;
  }
  return [];
}

describe('A provider to sign in by', () => {
  it('is none by default', () => expect(readConfiguration({}, '/somewhere').oidc).toBeUndefined());

  it('is left out, or given', () =>
    expect(faultsOf({ OIDC_ISSUER: ' ' })[0]).toBe('OIDC_ISSUER is empty: give it a value, or leave it out.'));

  it('is called as its host, and its second factor is not trusted, unless that is said', () => {
    expect(read()).toEqual({
      issuer: given.OIDC_ISSUER,
      clientId: 'para71',
      name: 'id.example.org',
      secondFactor: 'local',
    });
    expect(read({ OIDC_NAME: 'Example ID', OIDC_SECOND_FACTOR: 'trusted', OIDC_CLIENT_SECRET: 's' })).toMatchObject({
      name: 'Example ID',
      secondFactor: 'trusted',
      clientSecret: 's',
    });
  });

  it.each(['https://id.example.org', 'http://127.0.0.1:9000', 'http://localhost:9000/realm', 'http://[::1]:9000'])(
    'may be at %s',
    (issuer) => expect(read({ OIDC_ISSUER: issuer })?.issuer).toBe(issuer),
  );

  it.each([
    'http://id.example.org',
    'http://127.0.0.1.example.org',
    'ftp://id.example.org',
    'id.example.org',
    'https://me:secret@id.example.org',
    'https://id.example.org?realm=1',
  ])('may not be at %s', (issuer) =>
    expect(faultsOf({ ...given, OIDC_ISSUER: issuer }).join()).toMatch(/give the https address/),
  );

  it('is of no use where nobody signs in, or without what it calls this installation', () => {
    expect(faultsOf({ ...given, PEOPLE: 'off' })).toEqual([
      expect.stringMatching(/^OIDC_ISSUER is given, and PEOPLE is off/),
    ]);
    expect(faultsOf({ OIDC_ISSUER: given.OIDC_ISSUER })).toEqual([expect.stringMatching(/^OIDC_CLIENT_ID is missing/)]);
  });

  it('is missed where something is said of it, without its secret being shown', () =>
    expect(faultsOf({ OIDC_NAME: 'Example ID', OIDC_CLIENT_SECRET: 'hush' })).toEqual([
      'OIDC_NAME, OIDC_CLIENT_SECRET given without OIDC_ISSUER: give the issuer of the provider, or leave them out.',
    ]));

  it('has a name that fits on a button', () =>
    expect(faultsOf({ ...given, OIDC_NAME: 'x'.repeat(61) })).toEqual([expect.stringMatching(/^OIDC_NAME is/)]));
});
