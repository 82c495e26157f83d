import * as client from 'openid-client';
import type { Subject } from '../credential/credential.js';
import { refuse } from '../identity-refusal.js';
import type { Flow } from './flow.js';

export interface OidcSettings {
  /** Where its configuration is found. https, but on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** May be missing: the client is a public one then. */
  readonly clientSecret?: string;
  /** What people call it. */
  readonly name: string;
  /** `trusted`: a second factor that it says it saw is one. `local`: what it says of that is nothing. */
  readonly secondFactor: 'local' | 'trusted';
  /** The address that the browser comes back to. */
  readonly callback: string;
}

export interface Vouched extends Subject {
  /** It saw a second factor, and is trusted with that. */
  readonly isProven: boolean;
}

/** The provider does not answer, or not in a way that could be worked with. */
export class OidcUnavailable extends Error {
  override readonly name = 'OidcUnavailable';
  readonly code = 'oidc-unavailable';
}

const TIMEOUT_S = 10;
const LONGEST_REASON = 60;
/** What it says of itself is asked for again after this: an hour. */
const METADATA_MS = 3_600_000;
/** Where its second factor counts, it has to be asked for anew: so old may it be. */
const FRESH_S = 60;
/** RFC 8176, section 2. */
const SECOND_FACTORS = ['mfa', 'otp', 'hwk'];
/** Errors of the token endpoint that are for whoever looks after this installation to mend (RFC 6749, section 5.2). */
const OUR_FAULTS = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'];

/**
 * A provider of OpenID Connect, by the authorization code flow with PKCE, state and nonce (RFC 9700). Only who somebody is
 * is asked for: no name, no address. Asked for the first time when somebody signs in, so that this server starts without it.
 */
export class OidcProvider {
  private known: { readonly configuration: client.Configuration; readonly until: number } | undefined;

  constructor(
    readonly settings: OidcSettings,
    private readonly now: () => number,
  ) {}

  /** To where the browser is sent. */
  async address({ state, nonce, verifier }: Pick<Flow, 'state' | 'nonce' | 'verifier'>): Promise<string> {
    const { callback } = this.settings;
    const address = client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: callback,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(this.isTrusted && { max_age: String(FRESH_S) }),
    });
    return address.href;
  }

  /** Who came back. `query`: what the provider sent with them, from the question mark on. */
  async redeem(query: string, { state, nonce, verifier }: Flow): Promise<Vouched> {
    const configuration = await this.configuration();
    const checks: client.AuthorizationCodeGrantChecks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(this.isTrusted && { maxAge: FRESH_S }),
    };
    try {
      const from = new URL(query, this.settings.callback);
      const claims = (await client.authorizationCodeGrant(configuration, from, checks)).claims();
      if (!claims) throw new Error('It sent no ID token');
      const methods = Array.isArray(claims['amr']) ? (claims['amr'] as readonly unknown[]) : [];
      const isProven = this.isTrusted && SECOND_FACTORS.some((method) => methods.includes(method));
      return { issuer: claims.iss, subject: claims.sub, isProven };
    } catch (error) {
      return this.refuse(error);
    }
  }

  /** A second factor that it saw is one. */
  get isTrusted(): boolean {
    return this.settings.secondFactor === 'trusted';
  }

  private async configuration(): Promise<client.Configuration> {
    if (this.known && this.known.until > this.now()) return this.known.configuration;
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    try {
      const configuration = await client.discovery(server, clientId, {}, authentication(clientSecret), {
        timeout: TIMEOUT_S,
        // Its signature is looked at, though the token comes straight from the provider.
        execute: [
          client.enableNonRepudiationChecks,
          ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
      });
      this.known = { configuration, until: this.now() + METADATA_MS };
      return configuration;
    } catch (error) {
      throw this.unavailable(error);
    }
  }

  private refuse(error: unknown): never {
    if (error instanceof client.AuthorizationResponseError)
      refuse('oidc-refused', { reason: error.error.slice(0, LONGEST_REASON) });
    if (error instanceof client.ResponseBodyError) {
      if (error.status >= 500 || OUR_FAULTS.includes(error.error)) throw this.unavailable(error, error.error);
      refuse('oidc-answer-invalid', { reason: error.error.slice(0, LONGEST_REASON) });
    }
    if (error instanceof client.WWWAuthenticateChallengeError) throw this.unavailable(error, OUR_FAULTS[0]);
    if (isOutage(error)) throw this.unavailable(error);
    return refuse('oidc-answer-invalid', { reason: codeIn(error) ?? 'unknown' });
  }

  private unavailable(cause: unknown, reason = codeIn(cause)): OidcUnavailable {
    const mend = OUR_FAULTS.includes(reason ?? '') ? ': check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET' : '';
    const why = reason === undefined ? '' : ` (${reason})`;
    return new OidcUnavailable(`${this.settings.issuer} cannot be used to sign in${why}${mend}`, { cause });
  }
}

/** As the provider has it; without it saying anything, it is to take the header (OpenID Connect Discovery, section 3). */
function authentication(secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None();
  const [inHeader, inBody] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const takes = server.token_endpoint_auth_methods_supported ?? [];
    const isForBody = takes.includes('client_secret_post') && !takes.includes('client_secret_basic');
    return (isForBody ? inBody : inHeader)(server, ...rest);
  };
}

/** Nobody answered, or not in time, or with an error page. */
const isOutage = (error: unknown): boolean =>
  causesOf(error).some(({ message }) => message === 'fetch failed') ||
  ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'].includes(codeIn(error) ?? '');

/** The first that an error or what caused it has. */
const codeIn = (error: unknown): string | undefined =>
  causesOf(error)
    .map(({ code }) => code)
    .find((code) => typeof code === 'string');

interface Cause {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** The error itself, what caused it, and so on. */
function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let at = error; typeof at === 'object' && at !== null && causes.length < 5; at = (at as Cause).cause)
    causes.push(at);
  return causes;
}
