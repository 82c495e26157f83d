import { expect } from '@jest/globals';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text, read as JSON. */
  readonly body: Body;
}

export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly correlationId: string;
  readonly facts?: Record<string, unknown>;
  readonly errors?: readonly { field?: string; parameter?: string; pointer?: string; message: string }[];
}

export interface Recorded {
  readonly stream: string;
  readonly revision: number;
  readonly sequence: number;
}

export interface EventLine {
  readonly sequence: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, string>;
}

export interface ListOf<Item> {
  readonly asOf: number;
  readonly items: readonly Item[];
  readonly next?: string;
}

type Sent = Readonly<Record<string, string>>;

/** The API as a program speaks to it: nothing but HTTP. */
export class Api {
  constructor(readonly address: string) {}

  async send<Body>(method: string, path: string, body?: unknown, headers: Sent = {}): Promise<Answer<Body>> {
    const isText = typeof body === 'string' || body === undefined;
    const response = await fetch(this.address + path, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json(;|$)/.test(response.headers.get('Content-Type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : undefined) as Body,
    };
  }

  get<Body = Record<string, unknown>>(path: string, headers: Sent = {}): Promise<Answer<Body>> {
    return this.send<Body>('GET', path, undefined, headers);
  }

  /** A read that must succeed. */
  async read<Body>(path: string): Promise<Body> {
    const answer = await this.get<Body>(path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.text}`);
    return answer.body;
  }

  /** A command that the secretariat gives, unless another actor is named. */
  command(method: string, path: string, body: unknown = {}, headers: Sent = {}): Promise<Answer<Recorded>> {
    const secretariat: Sent = { Actor: 'secretariat', 'Actor-Role': 'secretariat' };
    return this.send<Recorded>(method, path, body, { ...(!headers['Actor'] && secretariat), ...headers });
  }

  /** A command that must succeed. */
  async record(method: string, path: string, body: unknown = {}, headers: Sent = {}): Promise<Answer<Recorded>> {
    const answer = await this.command(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer;
  }

  async events(query = ''): Promise<EventLine[]> {
    const { text } = await this.get(`/api/events${query}`);
    return text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as EventLine] : []));
  }

  /** Every item of a list, page by page. */
  async all<Item>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const parameters = new URLSearchParams({ ...query, ...(cursor && { cursor }) }).toString();
      const page: ListOf<Item> = await this.read(parameters ? `${path}?${parameters}` : path);
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  }
}

/** Every refusal of this server has one form. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  const problem = answer.body as Problem;
  expect({ status: answer.status, code: problem?.code }).toEqual({ status, code });
  expectToBeProblem(answer);
  return problem;
}

export function expectToBeProblem({ status, headers, body }: Answer<unknown>): void {
  const problem = body as Problem;
  expect(headers.get('Content-Type')).toBe('application/problem+json');
  expect(problem).toMatchObject({ status, type: `/problems/${problem.code}`, detail: expect.any(String) });
  expect(problem.correlationId).toBe(headers.get('Correlation-Id'));
}
