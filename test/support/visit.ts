import { Identity } from '#identity';
import type { RunningProduct } from './product.js';

export const PASSWORD = 'the cow jumps over my green lamp';

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string | null;
}

type Sent = Readonly<Record<string, string>>;
type Asking = Omit<RequestInit, 'headers'> & { readonly headers?: Sent };

/** A browser without eyes: it keeps cookies, sends forms as browsers do, and stays where it is led away from. */
export class Visit {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly address: string) {}

  get(path: string, headers: Sent = {}): Promise<Shown> {
    return this.ask(path, { headers });
  }

  send(path: string, fields: Sent = {}, headers: Sent = { 'Sec-Fetch-Site': 'same-origin' }): Promise<Shown> {
    return this.ask(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  hold(cookie: string): void {
    const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
    this.cookies.set(name, value);
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  async ask(path: string, { headers: own, ...init }: Asking): Promise<Shown> {
    const Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Accept: 'text/html', ...(Cookie && { Cookie }), ...own };
    const answer = await fetch(this.address + path, { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) this.hold(cookie);
    const location = answer.headers.get('Location');
    return { status: answer.status, headers: answer.headers, text: await answer.text(), location };
  }
}

/** Somebody who joined with a password, and has no second factor. */
export async function joined({ app }: RunningProduct, name: string): Promise<{ person: string; address: string }> {
  const { credentials, people } = app.get(Identity);
  const address = `${name}@people.example`;
  const person = await people.register(`${name} Xample`, address);
  await people.joinAtOnce(person);
  await credentials.setPassword(person, PASSWORD);
  return { person, address };
}

/** The browser of such a person, after they signed in. */
export async function visitBy(product: RunningProduct, name: string): Promise<Visit> {
  const { address } = await joined(product, name);
  const visit = new Visit(product.address);
  const { location, text } = await visit.send('/sign-in', { address, password: PASSWORD });
  if (location !== '/account') throw new Error(`${name} was not signed in: ${text}`);
  return visit;
}
