import { expect } from '@jest/globals';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../support/api.js';
import { freePort } from '../support/free-port.js';
import { RedisServer } from '../support/redis.js';
import { temporaryFolder } from '../support/product.js';
import { type App, type Ended, ProductProcess } from '../support/product-process.js';
import { StandIn } from '../stand-in/stand-in.js';

export type Node = ProductProcess & { readonly api: Api };

/** For a node that is busy, and says so until it has read so far. */
const PATIENCE_MS = 60_000;

/** After that whoever runs a process kills it. */
export const ENDS_WITHIN_MS = 10_000;

/** What all processes of an installation share on disk, as docker/compose.yml mounts it. */
const SHARED = ['keys', 'attachments'];

/** API processes and a worker on one log and one Redis, each with a folder of its own. */
export class Nodes {
  private constructor(
    readonly server: StandIn,
    readonly redis: RedisServer,
    private readonly apps: readonly App[],
    /** Of each, in their order; and the one that they share. */
    readonly folders: readonly string[],
    readonly shared: string,
    /** Where mails are put that leave. */
    readonly mail: string,
    private readonly running: (Node | undefined)[],
  ) {}

  /** All begin at the same moment. */
  static async start(apps: readonly App[], env: NodeJS.ProcessEnv = {}): Promise<Nodes> {
    const [server, redis] = await Promise.all([StandIn.start(), RedisServer.start()]);
    const folders = apps.map(temporaryFolder);
    const shared = temporaryFolder();
    for (const name of SHARED) {
      mkdirSync(join(shared, name), { mode: 0o700 });
      for (const folder of folders) symlinkSync(join(shared, name), join(folder, name));
    }
    const nodes = new Nodes(server, redis, apps, folders, shared, temporaryFolder(), []);
    const started = await Promise.allSettled(apps.map((_, n) => nodes.run(n, env)));
    const failed = started.find((each) => each.status === 'rejected');
    if (!failed) return nodes;
    await nodes.remove();
    throw failed.reason;
  }

  get apis(): readonly Api[] {
    return this.running.flatMap((node, n) => (node && this.apps[n] === 'api' ? [node.api] : []));
  }

  /** What each tells, workers too, in one hash, once it has read so far. */
  digests(least: number): Promise<readonly object[]> {
    return Promise.all(this.running.map((node) => digestOf(node!.api, least)));
  }

  /** What all of them have said up to now. */
  get said(): string {
    return this.running.map((node) => (node ? node.output + node.errors : '')).join('');
  }

  /** Ends a node as an operator does. */
  async end(n: number): Promise<Ended & { readonly tookMs: number }> {
    const began = performance.now();
    const ended = await this.running[n]!.signal('SIGTERM');
    return { ...ended, tookMs: performance.now() - began };
  }

  /** Ends a node and starts it again at its address. */
  async restart(n: number): Promise<void> {
    const { code, errors, tookMs } = await this.end(n);
    if (code !== 0) throw new Error(`The ${this.apps[n]} ended with ${code}: ${errors}`);
    if (tookMs > ENDS_WITHIN_MS) throw new Error(`The ${this.apps[n]} took ${Math.round(tookMs)} ms to end`);
    const { port } = new URL(this.running[n]!.api.address);
    await this.run(n, { PORT: port, WORKER_PORT: port });
  }

  /** While a node does nothing, as one that is slow. */
  async without(n: number, act: () => Promise<void>): Promise<void> {
    this.running[n]!.pause();
    try {
      await act();
    } finally {
      this.running[n]!.goOn();
    }
  }

  async remove(): Promise<void> {
    await Promise.all(this.running.flatMap((node) => (node ? [node.signal('SIGKILL')] : [])));
    await this.server.stop();
    await this.redis.remove();
    for (const folder of [...this.folders, this.shared, this.mail]) rmSync(folder, { recursive: true, force: true });
  }

  private async run(n: number, env: NodeJS.ProcessEnv): Promise<void> {
    const servers = { EVENT_STORE_URL: this.server.url, REDIS_URL: this.redis.url, MAIL_URL: `folder:${this.mail}` };
    // Where it also comes back.
    const port = String(await freePort());
    const own = { RECORD: 'none', DATA_DIR: this.folders[n], PORT: port, WORKER_PORT: port, ...servers, ...env };
    this.running[n] = await ProductProcess.start(own, this.apps[n]);
  }
}

/** All of them, up to and with the last event that there is. */
export async function expectToTellTheSame(nodes: Nodes, last: number): Promise<void> {
  const digests = await nodes.digests(last);
  const [first] = digests;
  expect(first).toEqual({ sequence: last, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(digests).toEqual(digests.map(() => first));
}

async function digestOf(api: Api, least: number): Promise<object> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const { status, text, body } = await api.get('/health/digest', { 'Min-Sequence': String(least) });
    if (status === 200) return body;
    if (status !== 503 || Date.now() > end) throw new Error(`${api.address} tells no digest: ${status} ${text}`);
  }
}
