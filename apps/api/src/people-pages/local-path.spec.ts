import { describe, expect, it } from '@jest/globals';
import { HOME_AFTER, localPath } from './local-path.js';

describe('Where somebody comes back to', () => {
  it.each([
    '/',
    '/organizations/icann?asOf=170',
    '/account/tokens',
    '/coverage#issues',
    '/a//b',
    '/%2F%2Fevil.example',
  ])('is %s, as it was asked', (path) => expect(localPath(path)).toBe(path));

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/a\\..\\\\evil.example',
    'javascript:alert(1)',
    'evil.example',
    ' /account',
    '',
    undefined,
    ['/account', '//evil.example'],
    `/${'a'.repeat(500)}`,
  ])('is the account and no other site for %j', (asked) => expect(localPath(asked)).toBe(HOME_AFTER));

  it.each(['/sign-in', '/sign-in/code?next=%2F', '/sign-out', '/step-up', '/join/abc', '/second-factor/begin'])(
    'is no step of the way in itself (%s)',
    (path) => expect(localPath(path)).toBe(HOME_AFTER),
  );
});
