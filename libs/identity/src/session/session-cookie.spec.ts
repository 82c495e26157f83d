import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cookieWith, cookieWithout, secretIn } from './session-cookie.js';

describe('The cookie of a session', () => {
  it('belongs to this host, over TLS, and to no script', () => {
    expect(cookieWith('abc')).toBe('__Host-para71=abc; Path=/; HttpOnly; Secure; SameSite=Lax');
    expect(cookieWithout()).toMatch(/^__Host-para71=; .*Max-Age=0$/);
  });

  it('is found among others', () => expect(secretIn('theme=dark; __Host-para71=abc; __Host-para71x=no')).toBe('abc'));

  it.each([undefined, '', 'para71=abc', 'x__Host-para71=abc', '__host-para71=abc', '__Host-para71=a; __Host-para71=b'])(
    'is not in %j',
    (header) => expect(secretIn(header)).toBeUndefined(),
  );

  it('is read from whatever is sent, and never fails', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (noise) => {
        const found = secretIn(`${noise}; __Host-para71=abc`);
        expect([undefined, 'abc']).toContain(found);
        secretIn(noise);
      }),
    ));
});
