import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';

const READY_WITHIN_MS = 25_000;

/** Named by tests that need it. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis && process.env['CI'] === 'true') throw new Error('redis-server is missing');

/** A real Redis on a free port, with an append-only file unless told otherwise. */
export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    /** Where it keeps what it was told. */
    readonly folder: string,
    private readonly options: readonly string[],
  ) {}

  static async start(options: readonly string[] = ['--appendonly', 'yes']): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), mkdtempSync(join(tmpdir(), 'para71-redis-')), options);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Again after `kill`, on the same port and with what it has kept. */
  async start(others: readonly string[] = []): Promise<void> {
    const where = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const child = (this.child = spawn('redis-server', [...where, ...this.options, ...others], { stdio: 'ignore' }));
    // A test that fails may leave it behind.
    const endIt = () => child.kill('SIGKILL');
    process.once('exit', endIt);
    child.once('exit', () => process.off('exit', endIt));
    const until = Date.now() + READY_WITHIN_MS;
    while (!(await this.answers())) {
      if (this.child.exitCode !== null || Date.now() > until) throw new Error('redis-server does not start');
      await delay(20);
    }
  }

  /** At once, as a machine dies. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Everything that it holds is gone. */
  async empty(): Promise<void> {
    await this.asked((client) => client.flushall());
  }

  /** One command, over a connection of its own. */
  async asked<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
    // Where INFO is not for everybody, its check would be told of on the console.
    const client = new Redis(this.url, { retryStrategy: () => null, enableReadyCheck: false });
    client.on('error', () => undefined);
    try {
      return await ask(client);
    } finally {
      // Of a connection that never was it would wait for the end, and keep the process.
      if (client.status !== 'end') client.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<boolean> {
    try {
      return /^(PONG|ERR|NOAUTH)/.test(await this.asked((client) => client.ping()));
    } catch (error) {
      return error instanceof Error && error.message.startsWith('NOAUTH');
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
