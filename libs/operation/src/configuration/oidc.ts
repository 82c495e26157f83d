import { type GivenVariables, shown } from './given-variables.js';
import { isLoopback } from './loopback.js';

/** A provider by which people may sign in. */
export interface OidcConfiguration {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** What people call it. */
  readonly name: string;
  readonly secondFactor: 'local' | 'trusted';
}

const REST = ['OIDC_CLIENT_ID', 'OIDC_NAME', 'OIDC_SECOND_FACTOR'] as const;
const LONGEST_NAME = 60;

export function oidc(given: GivenVariables, people: 'off' | 'required'): OidcConfiguration | undefined {
  const issuer = given.text('OIDC_ISSUER', '');
  const clientId = given.text('OIDC_CLIENT_ID', '');
  const clientSecret = given.secret('OIDC_CLIENT_SECRET');
  const secondFactor = given.choice(
    'OIDC_SECOND_FACTOR',
    ['local', 'trusted'],
    'local',
    'local (whoever needs a second factor has one here) or trusted (one that the provider saw is one)',
  );
  if (issuer === '') {
    const needless = [...REST.filter((name) => given.has(name)), ...(clientSecret ? ['OIDC_CLIENT_SECRET'] : [])];
    if (needless.length)
      given.fault(
        `${needless.join(', ')} given without OIDC_ISSUER: give the issuer of the provider, or leave ${needless.length > 1 ? 'them' : 'it'} out.`,
      );
    return undefined;
  }
  const url = URL.parse(issuer);
  if (people === 'off') given.fault('OIDC_ISSUER is given, and PEOPLE is off: leave one of the two out.');
  if (!url || !isSafe(url))
    given.fault(
      `OIDC_ISSUER is "${shown(issuer)}": give the https address that the provider calls its issuer, without a query. ` +
        'http is taken on this machine alone.',
    );
  if (clientId === '')
    given.fault('OIDC_CLIENT_ID is missing: give what the provider calls this installation, or leave OIDC_ISSUER out.');
  const name = given.text('OIDC_NAME', url?.hostname ?? issuer);
  if (name.length > LONGEST_NAME || /\p{C}/u.test(name))
    given.fault(`OIDC_NAME is "${shown(name)}": give one line of at most ${LONGEST_NAME} characters.`);
  return { issuer, clientId, ...(clientSecret !== undefined && { clientSecret }), name, secondFactor };
}

function isSafe({ protocol, hostname, search, hash, username, password }: URL): boolean {
  if (search || hash || username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replaceAll(/[[\]]/g, '')));
}
