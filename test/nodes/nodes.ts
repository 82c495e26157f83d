import { rmSync } from 'node:fs';
import type { Api } from '../support/api.js';
import { RedisServer } from '../support/redis.js';
import { temporaryFolder } from '../support/product.js';
import { type App, ProductProcess } from '../support/product-process.js';
import { StandIn } from '../stand-in/stand-in.js';

export type Node = ProductProcess & { readonly api: Api };

/** API processes and a worker on one log and one Redis, each with a folder of its own. */
export class Nodes {
  private constructor(
    readonly server: StandIn,
    private readonly redis: RedisServer,
    private readonly apps: readonly App[],
    private readonly folders: readonly string[],
    private readonly running: (Node | undefined)[],
  ) {}

  /** All begin at the same moment. */
  static async start(apps: readonly App[], env: NodeJS.ProcessEnv = {}): Promise<Nodes> {
    const [server, redis] = await Promise.all([StandIn.start(), RedisServer.start()]);
    const nodes = new Nodes(server, redis, apps, apps.map(temporaryFolder), []);
    const started = await Promise.allSettled(apps.map((_, n) => nodes.run(n, env)));
    const failed = started.find((each) => each.status === 'rejected');
    if (!failed) return nodes;
    await nodes.remove();
    throw failed.reason;
  }

  get apis(): readonly Api[] {
    return this.running.flatMap((node, n) => (node && this.apps[n] === 'api' ? [node.api] : []));
  }

  /** Ends a node as an operator does, and starts it again at its address. */
  async restart(n: number): Promise<void> {
    const before = this.running[n]!;
    const { code, errors } = await before.signal('SIGTERM');
    if (code !== 0) throw new Error(`The ${this.apps[n]} ended with ${code}: ${errors}`);
    const { port } = new URL(before.api.address);
    await this.run(n, { PORT: port, WORKER_PORT: port });
  }

  async remove(): Promise<void> {
    await Promise.all(this.running.flatMap((node) => (node ? [node.signal('SIGKILL')] : [])));
    await this.server.stop();
    await this.redis.remove();
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }

  private async run(n: number, env: NodeJS.ProcessEnv): Promise<void> {
    const own = { DATA_DIR: this.folders[n], EVENT_STORE_URL: this.server.url, REDIS_URL: this.redis.url };
    this.running[n] = await ProductProcess.start({ RECORD: 'none', ...own, ...env }, this.apps[n]);
  }
}
