import type { Api } from '../support/api.js';

const CLIENTS = 4;
/** One of so many requests is a command. */
const COMMAND_EACH = 5;

export const ANSWERED_BY = ['read', 'command'] as const;
type AnsweredBy = (typeof ANSWERED_BY)[number];

/** How long answers took, in ms. */
export class Latencies {
  readonly read: number[] = [];
  readonly command: number[] = [];

  static of(...all: readonly Latencies[]): Latencies {
    const sum = new Latencies();
    for (const each of all) sum.add(each);
    return sum;
  }

  add({ read, command }: Latencies): void {
    this.read.push(...read);
    this.command.push(...command);
  }

  p99(what: AnsweredBy): number {
    const sorted = this[what].toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  }

  /** The factor, 1 or more, by which the slower of the two is slower. */
  comparedWith(other: Latencies): number {
    const factors = ANSWERED_BY.map((what) => this.p99(what) / other.p99(what));
    return Math.max(...factors.map((factor) => Math.max(factor, 1 / factor)));
  }

  get inWords(): string {
    return ANSWERED_BY.map((what) => `${this.p99(what).toFixed(1)} ms (${this[what].length} ${what}s)`).join(', ');
  }
}

let given = 0;

/** Reads of whoever and commands of somebody, which clients give one after the other. */
export class Load {
  constructor(
    private readonly api: Api,
    /** Who gives the commands. */
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  async run(forMs: number): Promise<Latencies> {
    const latencies = new Latencies();
    const end = performance.now() + forMs;
    let asked = 0;
    const client = async () => {
      while (performance.now() < end) {
        const what = ++asked % COMMAND_EACH ? 'read' : 'command';
        const began = performance.now();
        if (what === 'read') await this.api.read('/api/organizations/icann/timeline');
        else await this.register(++given);
        latencies[what].push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return latencies;
  }

  /** What only who signs in may read. */
  async read<Body>(path: string): Promise<Body> {
    const { status, text, body } = await this.api.get<Body>(path, this.headers);
    if (status !== 200) throw new Error(`GET ${path}: ${text}`);
    return body;
  }

  private async register(n: number): Promise<void> {
    const registration = {
      name: `Example Union ${n}`,
      profile: { kind: 'ACADEMIC', description: 'An example.' },
      sources: [{ title: 'A source', confidence: 'found' }],
    };
    const path = `/api/organizations/example-union-${n}`;
    const { status, text } = await this.api.send('PUT', path, registration, this.headers);
    if (status !== 201) throw new Error(`PUT ${path}: ${text}`);
  }
}
