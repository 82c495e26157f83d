import {
  type Appended,
  type CaughtUp,
  EventStore,
  EventStoreError,
  type Expected,
  type LogAddress,
  type NewEvent,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store';
import type { Durations, Tally } from './durations.js';

/** The outage is not the caller's doing. */
const OUTAGES = ['store-unavailable', 'store-closed'];

/** A store whose appends are timed; all else is the store's own. */
export class MeasuredStore extends EventStore {
  declare readonly aside?: LogAddress;
  private readonly recorded: Tally;
  private readonly repeated: Tally;
  private readonly refused: Tally;
  private readonly failed: Tally;

  constructor(
    private readonly store: EventStore,
    appends: Durations<'outcome'>,
  ) {
    super();
    if (store.aside !== undefined) this.aside = store.aside;
    this.recorded = appends.tally({ outcome: 'recorded' });
    this.repeated = appends.tally({ outcome: 'repeated' });
    this.refused = appends.tally({ outcome: 'refused' });
    this.failed = appends.tally({ outcome: 'failed' });
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const began = performance.now();
    let outcome = this.failed;
    try {
      const appended = await this.store.append(stream, expected, events);
      outcome = appended.repeated ? this.repeated : this.recorded;
      return appended;
    } catch (error) {
      if (error instanceof EventStoreError && !OUTAGES.includes(error.code)) outcome = this.refused;
      throw error;
    } finally {
      outcome.add((performance.now() - began) / 1_000);
    }
  }

  read(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.store.read(stream, options);
  }

  override readIfAny(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.store.readIfAny(stream, options);
  }

  readPages(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.readPages(options);
  }

  subscribePages(options?: SubscribeOptions): AsyncIterable<readonly RecordedEvent[] | CaughtUp> {
    return this.store.subscribePages(options);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
