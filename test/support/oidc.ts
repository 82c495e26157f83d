import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload, type JWK } from 'oidc-provider';

export const CLIENT = { OIDC_CLIENT_ID: 'para71', OIDC_CLIENT_SECRET: 'a-secret-of-this-test' } as const;
/** By which `Browser` knows the product. */
export const PUBLIC_URL = 'https://para71.example';

type Claims = Record<string, unknown>;

const newKey = (): JWK => ({
  ...(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }) as JWK),
  alg: 'RS256',
  use: 'sig',
  kid: 'example',
});

const LASTS_S = 600;

/** What a provider keeps, for as long as a test lasts. */
class Kept implements Adapter {
  private readonly all = new Map<string, AdapterPayload>();

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.all.set(id, payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.all.get(id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...this.all.values()].find((payload) => payload.uid === uid);
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const payload = this.all.get(id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
  }

  async destroy(id: string): Promise<void> {
    this.all.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, payload] of this.all) if (payload.grantId === grantId) this.all.delete(id);
  }
}

/** A real provider of OpenID Connect, which believes whoever comes to be who the test says. */
export class ExampleId {
  /** Who signs in next. */
  account = 'nobody';
  /** By what they do. */
  methods: readonly string[] = ['pwd'];
  /** Or that they do not want to. */
  refuses = false;
  /** Makes another token of the one that is right. */
  forgery: ((claims: Claims) => Claims) | undefined;
  /** That the forgery is signed with. By default it is the provider's own. */
  signedWith: JWK;
  private readonly key = newKey();
  private readonly kept = new Kept();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly publicUrl: string,
  ) {
    this.signedWith = this.key;
  }

  static readonly anotherKey = newKey;

  /** On a port of its own, or on one that was free before. */
  static async start({ port = 0, publicUrl = PUBLIC_URL, host = '127.0.0.1' } = {}): Promise<ExampleId> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const id = new ExampleId(server, `http://${host}:${(server.address() as AddressInfo).port}`, publicUrl);
    const provider = id.provider();
    const answer = provider.callback();
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/interaction/')) void id.interact(provider, request, response);
      else void answer(request, response);
    });
    return id;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private provider(): Provider {
    const provider: Provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.OIDC_CLIENT_ID,
          client_secret: CLIENT.OIDC_CLIENT_SECRET,
          redirect_uris: [`${this.publicUrl}/sign-in/oidc/callback`],
        },
      ],
      adapter: () => this.kept,
      ttl: { Interaction: LASTS_S, Grant: LASTS_S, Session: LASTS_S, AccessToken: LASTS_S, IdToken: LASTS_S },
      jwks: { keys: [this.key] },
      cookies: { keys: ['of-this-test'] },
      claims: { openid: ['sub', 'amr', 'auth_time'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      findAccount: (_, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new provider.Grant({
          accountId: oidc.session!.accountId!,
          clientId: oidc.client!.clientId,
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (this.forgery && body?.id_token !== undefined)
        context.body = { ...body, id_token: this.forged(body.id_token, this.forgery) };
    });
    return provider;
  }

  private async interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result = this.refuses
      ? { error: 'access_denied', error_description: 'They did not want to' }
      : { login: { accountId: this.account, amr: [...this.methods] } };
    await provider.interactionFinished(request, response, result);
  }

  private forged(token: string, forgery: (claims: Claims) => Claims): string {
    const [head, claims] = token.split('.') as [string, string];
    const changed = forgery(JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims);
    const signed = `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
    const key = createPrivateKey({ key: this.signedWith as never, format: 'jwk' });
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
}

export interface Landing {
  readonly status: number;
  /** Without the host, where it is the product's. */
  readonly path: string;
  readonly text: string;
  readonly headers: Headers;
}

const MOST_REDIRECTS = 12;

/** As far as a browser is cookies and redirects. `product`: where what is called `PUBLIC_URL` really is, at present. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();
  /** Of the product, as they came. */
  readonly visited: string[] = [];

  constructor(public product: string) {}

  /** Goes to an address, and to wherever it leads, up to `until` where that is given. */
  async visit(address: string, headers: Readonly<Record<string, string>> = {}, until?: RegExp): Promise<Landing> {
    let at = new URL(address, PUBLIC_URL);
    for (let n = 0; n < MOST_REDIRECTS; n++) {
      if (until?.test(at.href)) return { status: 0, path: at.href, text: '', headers: new Headers() };
      const answer = await this.get(at, headers);
      const location = answer.headers.get('location');
      if (location === null) {
        const path = at.origin === PUBLIC_URL ? at.pathname + at.search : at.href;
        return { status: answer.status, path, text: await answer.text(), headers: answer.headers };
      }
      await answer.arrayBuffer();
      at = new URL(location, at);
    }
    throw new Error(`It leads on and on: ${at.href}`);
  }

  /** Keeps what another request was answered with, as if it had been sent from here. */
  keep(headers: Headers, origin = PUBLIC_URL): void {
    const jar = this.jarOf(origin);
    for (const cookie of headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  cookies(origin = PUBLIC_URL): string {
    return [...this.jarOf(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async get(at: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
    const isProduct = at.origin === PUBLIC_URL;
    if (isProduct) this.visited.push(at.pathname + at.search);
    const real = isProduct ? this.product + at.pathname + at.search : at.href;
    const answer = await fetch(real, {
      redirect: 'manual',
      headers: { Accept: 'text/html', Cookie: this.cookies(at.origin), ...headers },
    });
    this.keep(answer.headers, at.origin);
    return answer;
  }

  private jarOf(origin: string): Map<string, string> {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
