import { describe, expect, it } from '@jest/globals';
import { kurrentDbUrl } from './kurrentdb-url.js';

const given = (url: string) => {
  const { connectionString, servers } = kurrentDbUrl(url);
  return [connectionString(0), servers];
};

describe('kurrentDbUrl', () => {
  it('keeps what it is given, and adds what the client needs', () => {
    expect(given('kurrentdb://para71:s3cret_-.~@one:2113,two:2113?tlsVerifyCert=true')).toEqual([
      'kurrentdb://para71:s3cret_-.~@one:2113,two:2113?tlsVerifyCert=true&keepAliveTimeout=5000&discoveryInterval=50',
      'one:2113,two:2113',
    ]);
  });

  it('takes the older name, a name that stands for a cluster, and a slash at the end', () => {
    expect(given('esdb+discover://events.example.org/?tls=false&discoveryInterval=100')).toEqual([
      'kurrentdb+discover://events.example.org?tls=false&discoveryInterval=100&keepAliveTimeout=5000',
      'events.example.org',
    ]);
  });

  it.each([
    ['kurrentdb://one', true],
    ['kurrentdb://one?tls=true', true],
    ['kurrentdb://one?TLS=False', false],
  ])('knows whether %s is spoken to over TLS', (url, isSecure) =>
    expect(kurrentDbUrl(url)).toMatchObject({ isSecure }),
  );

  it('is different for each client, so that none is given the connection of another', () => {
    const { connectionString } = kurrentDbUrl('kurrentdb://one');
    expect(connectionString(1)).not.toBe(connectionString(2));
  });

  it.each([
    ['kurrentdb://', /names no server/],
    ['kurrentdb:one', /names no server/],
    ['kurrentdb://para71:p%40ss@one', /only letters, digits .* Give the user such a password/],
    ['kurrentdb://para71:p@ss@one', /only letters, digits/],
    ['kurrentdb://para71@one', /only letters, digits/],
    ['kurrentdb://para71:s3cret@one?tls=false', /without TLS its user and password are sent to nobody/],
    ['kurrentdb://[::1]:2113', /IPv6/],
    ['kurrentdb://one?nodePreference=follower', /nodePreference must be leader/],
    ['kurrentdb://one?NodePreference=random', /must be leader/],
    ['kurrentdb://one?gossipTimeout=5', /gossipTimeout must not be set: .* seconds .* milliseconds/],
    ['kurrentdb://one?maxDiscoverAttempts=5', /maxDiscoverAttempts must not be set/],
    ['kurrentdb://one?throwOnAppendFailure=false', /throwOnAppendFailure must not be set/],
    ['kurrentdb://one?keepAliveTimeout=1', /keepAliveTimeout must not be set/],
    ['kurrentdb://one?tlsCaFile=/nowhere/ca.pem', /no file \/nowhere\/ca\.pem/],
    ['kurrentdb://one?sll=false', /no parameter sll/],
  ])('refuses %s', (url, message) => {
    expect(() => kurrentDbUrl(url)).toThrow(
      expect.objectContaining({ code: 'store-unavailable', message: expect.stringMatching(message) }),
    );
  });

  it('never tells the password', () => {
    for (const url of [
      'kurrentdb://para71:s3cret@',
      'kurrentdb://para71:s3cret!@one',
      'kurrentdb://a:s3cret@one?x=1',
    ]) {
      expect(() => kurrentDbUrl(url)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
      );
    }
  });
});
