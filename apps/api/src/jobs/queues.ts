import { InProcessQueue, type JobQueue, openJobQueue, type OpenQueueOptions } from '#jobs';

/** Where jobs go: what any process may do, and what only this one can. Without Redis both are one. */
export class Queues {
  private constructor(
    readonly shared: JobQueue,
    readonly own: JobQueue,
  ) {}

  static async open(redisUrl: string | undefined, options: OpenQueueOptions): Promise<Queues> {
    const shared = await openJobQueue(redisUrl, options);
    return new Queues(shared, redisUrl === undefined ? shared : new InProcessQueue());
  }

  /** Whether this process runs all jobs, since no other can. */
  get isAlone(): boolean {
    return this.shared === this.own;
  }

  async close(): Promise<void> {
    await Promise.all([this.shared.close(), this.own.close()]);
  }
}
