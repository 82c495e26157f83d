import type { Appended, Expected, NewEvent, ReadAllOptions, ReadOptions, SubscribeOptions } from '#event-store';
import { EventStore } from '#event-store';

/** When a process dies: at the `append`-th append since it began (0 is the first), before it or right after it is durable. */
export interface Death {
  readonly append: number;
  readonly when: 'before' | 'after';
}

/** A store as a process sees it that is killed at a given append: from then on nothing that the process does has an effect. */
export class MortalStore extends EventStore {
  isDead = false;
  private appends = 0;

  constructor(
    private readonly store: EventStore,
    private readonly death?: Death,
  ) {
    super();
  }

  override async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    this.live();
    const isLast = this.appends++ === this.death?.append;
    if (isLast && this.death.when === 'before') this.die();
    const appended = await this.store.append(stream, expected, events);
    if (isLast) this.die();
    return appended;
  }

  override read(stream: string, options?: ReadOptions) {
    this.live();
    return this.store.read(stream, options);
  }

  override readPages(options?: ReadAllOptions) {
    this.live();
    return this.store.readPages(options);
  }

  override subscribePages(options?: SubscribeOptions) {
    this.live();
    return this.store.subscribePages(options);
  }

  /** The store below belongs to whoever opened it. */
  override async close(): Promise<void> {}

  private live(): void {
    if (this.isDead) throw new Killed();
  }

  private die(): never {
    this.isDead = true;
    throw new Killed();
  }
}

export class Killed extends Error {
  override readonly name = 'Killed';
  constructor() {
    super('The process was killed');
  }
}
