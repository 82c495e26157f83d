import { type Answer, Api } from '../support/api.js';
import { codeNow } from '../support/people.js';

export const PASSWORD = 'the cow jumps over my green lamp';

/** Somebody with a browser, who goes from node to node with one cookie, and knows nothing but what HTTP tells. */
export class Visitor {
  cookie = '';
  person = '';
  /** What their authenticator holds. */
  authenticator = '';

  constructor(
    /** What the browser calls itself. */
    readonly agent = 'Example browser',
  ) {}

  get<Body = Record<string, unknown>>(api: Api, path: string): Promise<Answer<Body>> {
    return this.send<Body>(api, 'GET', path);
  }

  /** One that must succeed. */
  async post<Body = Record<string, string>>(api: Api, path: string, body?: object): Promise<Answer<Body>> {
    const answer = await this.send<Body>(api, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.text}`);
    return answer;
  }

  async send<Body>(api: Api, method: string, path: string, body?: object): Promise<Answer<Body>> {
    const headers = { 'User-Agent': this.agent, ...(this.cookie && { Cookie: this.cookie }) };
    const answer = await api.send<Body>(method, path, body, headers);
    const given = answer.headers.get('set-cookie')?.split(';')[0];
    if (given !== undefined) this.cookie = given.endsWith('=') ? '' : given;
    return answer;
  }

  /** By the link of the first start. */
  async setUp(api: Api, link: string, name: string, address: string): Promise<void> {
    const secret = link.split('/').at(-1);
    const { body } = await this.post(api, '/api/set-up', { secret, name, address, password: PASSWORD });
    this.person = body['person']!;
    await this.enrol(api);
  }

  /** By the link of an invitation. */
  async join(api: Api, link: string): Promise<void> {
    const { body } = await this.post(api, '/api/invitations/acceptance', {
      secret: link.split('/').at(-1),
      password: PASSWORD,
    });
    this.person = body['person']!;
  }

  signIn(api: Api, address: string): Promise<Answer<{ next: string }>> {
    return this.post<{ next: string }>(api, '/api/sign-in', { address, password: PASSWORD });
  }

  /** A second factor; whoever has just given one need not give it anew. */
  async enrol(api: Api): Promise<void> {
    const { body } = await this.post(api, '/api/second-factor');
    this.authenticator = body['secret']!;
    await this.post(api, '/api/second-factor/confirmation', { code: codeNow(this.authenticator) });
  }

  async prove(api: Api, authenticator: string): Promise<void> {
    await this.post(api, '/api/second-factor/proof', { code: codeNow(authenticator) });
  }
}
