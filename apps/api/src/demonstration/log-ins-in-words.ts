import type { Demonstration } from './start-demonstration.js';

/** What a person at the terminal needs in order to sign in. Nobody sees the passwords a second time. */
export function logInsInWords({ logIns, address }: Pick<Demonstration, 'logIns' | 'address'>, folder: string): string {
  if (!logIns.length)
    return (
      'Its log-ins were shown at its first start, and stand nowhere. For new ones give another DATA_DIR, or delete ' +
      `${folder}: it is played anew.`
    );
  return [
    'Log-ins of this demonstration, made for it just now and shown this one time. Each is for play, and nobody real:',
    ...logIns.flatMap(({ who, address: mail, password, key, recoveryCodes }) => [
      `  ${who}: ${mail}, password ${password}`,
      `    second factor: authenticator key ${key}, or one of the codes ${recoveryCodes.slice(0, 3).join(' ')}`,
    ]),
    `Sign in at ${address}/sign-in with an address, its password, and then a code: each code is good for one time.`,
  ].join('\n');
}
