import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { QueueUnavailable } from './job-queue.js';
import { findingsOf, type RedisFinding, refusalOf } from './redis-check.js';

export interface LinkOptions {
  /** How long a caller waits for an answer. */
  readonly patienceMs: number;
  /** Told a line whenever it is lost, found again, or found unfit. */
  readonly tell: (line: string) => void;
  /** What is so while it is lost. */
  readonly meanwhile?: string;
}

const LONGEST_PAUSE_MS = 2_000;
/** For so long it waits for the end of a connection, also of one that has ended already, and keeps the process. */
const PARTING_MS = 100;
const LOOK_MS = 10;

/**
 * The way to one Redis. It comes back by itself, for as long as it takes; who asks through `bounded` does not wait with
 * it.
 */
export class RedisLink {
  readonly client: Redis;
  /** Without what is secret. */
  readonly address: string;
  readonly isVolatileAccepted: boolean;
  private readonly patienceMs: number;
  private readonly tell: LinkOptions['tell'];
  private readonly meanwhile: string;
  private readonly copies: Redis[] = [];
  private lastError: Error | undefined;
  private lost: string | undefined;
  private lostAt: number | undefined;
  private unfit: string | undefined;

  constructor(redisUrl: string, { patienceMs, tell, meanwhile = 'Jobs wait until it can.' }: LinkOptions) {
    const url = new URL(redisUrl);
    this.isVolatileAccepted = url.searchParams.get('volatile') === 'accepted';
    url.searchParams.delete('volatile');
    this.address = `${url.hostname}:${url.port || 6379}`;
    this.patienceMs = patienceMs;
    this.tell = tell;
    this.meanwhile = meanwhile;
    this.client = new Redis(url.href, {
      // What a worker has begun to say is said again when the connection is back. Those who cannot wait are bounded here.
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times - 1, 10), LONGEST_PAUSE_MS),
      connectTimeout: patienceMs,
      disconnectTimeout: PARTING_MS,
    });
    this.listen(this.client);
    this.client.on('close', () => this.lose());
    this.client.on('ready', () => this.find());
    // BullMQ takes a copy for its blocking command, and leaves it to itself where Redis is away as it closes.
    const duplicate = this.client.duplicate.bind(this.client);
    this.client.duplicate = (override?: RedisOptions) => {
      const copy: Redis = duplicate(override);
      this.listen(copy);
      this.copies.push(copy);
      return copy;
    };
  }

  get trouble(): string | undefined {
    return this.lost ?? this.unfit;
  }

  /** An answer, or `QueueUnavailable` when it takes too long. At once where nobody has answered for long. */
  async bounded<T>(ask: () => Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    // It may come while nobody waits for it yet, and would end the process.
    late.promise.catch(() => undefined);
    const deadline = Date.now() + this.patienceMs;
    const timer = setTimeout(() => late.reject(this.unavailable()), this.patienceMs);
    try {
      // What is asked only once the connection is there cannot pile up in front of it.
      if (this.client.status !== 'ready') await this.ready(deadline);
      return await Promise.race([ask(), late.promise]);
    } catch (error) {
      if (this.client.status === 'end') throw this.unavailable(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What speaks for and against this Redis. */
  async look(): Promise<RedisFinding[]> {
    try {
      return this.judged(await this.bounded(() => findingsOf(this.client, this.isVolatileAccepted)));
    } catch (error) {
      const refusal = refusalOf(this.lastError);
      // One that is there and does not answer may be half open, which nobody is told of. (ioredis could watch each answer,
      // at the price of a timer for each.)
      if (!refusal && this.client.status === 'ready') this.client.disconnect(true);
      if (!refusal) throw error;
      return this.judged([refusal]);
    }
  }

  async close(): Promise<void> {
    for (const client of [this.client, ...this.copies]) {
      client.removeAllListeners('close');
      client.removeAllListeners('ready');
      client.disconnect();
    }
  }

  private judged(findings: RedisFinding[]): RedisFinding[] {
    const faults = findings.filter(({ verdict }) => verdict === 'fault');
    const unfit = faults.map(({ what, mend }) => `${what} ${mend ?? ''}`.trim()).join(' ') || undefined;
    if (unfit !== undefined && unfit !== this.unfit) this.tell(`Redis at ${this.address}: ${unfit}`);
    this.unfit = unfit;
    return findings;
  }

  private async ready(deadline: number): Promise<void> {
    const isLongLost = this.lostAt !== undefined && deadline - this.lostAt > 2 * this.patienceMs;
    while (this.client.status !== 'ready') {
      if (isLongLost || this.client.status === 'end' || Date.now() > deadline) throw this.unavailable();
      await delay(LOOK_MS);
    }
  }

  private listen(client: Redis): void {
    client.setMaxListeners(50);
    client.on('error', (error: Error) => (this.lastError = error));
    // Without a callback it is BullMQ that asks, as it connects: it would say on the console what we judge and tell.
    const info = client.info.bind(client) as (...given: readonly unknown[]) => Promise<string>;
    const hushed = async () => (await info()).replace(/^maxmemory_policy:.*/m, '');
    Object.assign(client, { info: (...given: readonly unknown[]) => (given.length ? info(...given) : hushed()) });
  }

  private lose(): void {
    if (this.lost !== undefined) return;
    this.lostAt = Date.now();
    this.lost = `Redis at ${this.address} cannot be reached.`;
    this.tell(`${this.lost} ${this.meanwhile}`);
  }

  private find(): void {
    this.lastError = undefined;
    if (this.lost === undefined) return;
    this.lost = this.lostAt = undefined;
    this.tell(`Redis at ${this.address} is there again.`);
  }

  private unavailable(cause: unknown = this.lastError): QueueUnavailable {
    const why = cause instanceof Error ? ` (${cause.message || (cause as NodeJS.ErrnoException).code})` : '';
    return new QueueUnavailable(`Redis at ${this.address} does not answer${why}.`, { cause });
  }
}
