import { InProcessQueue, type JobQueue, openJobQueue, type OpenQueueOptions } from '#jobs';

/** Where jobs go: what any process may do, and what only this one can. Both are one where jobs are shared with nobody. */
export class Queues {
  private constructor(
    readonly shared: JobQueue,
    readonly own: JobQueue,
  ) {}

  /** `url`: what `openJobQueue` takes. */
  static async open(url: string | undefined, options: OpenQueueOptions): Promise<Queues> {
    const shared = await openJobQueue(url, options);
    return new Queues(shared, shared.isShared ? new InProcessQueue() : shared);
  }

  /** Whether this process runs all jobs, since no other can. */
  get isAlone(): boolean {
    return this.shared === this.own;
  }

  async close(): Promise<void> {
    await Promise.all([this.shared.close(), this.own.close()]);
  }
}
