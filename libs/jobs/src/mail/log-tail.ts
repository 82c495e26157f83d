import type { EventStore, RecordedEvent } from '#event-store';

/** What was folded of some categories of the log, and how far: all of it can be lost, and is read again. */
export class LogTail {
  private after: string | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly categories: readonly string[],
    private readonly fold: (event: RecordedEvent) => void,
  ) {}

  /** Resolves when everything is folded that was in the log when it was called. */
  catchUp(): Promise<void> {
    // Whoever waits for the last reading learns how it ended; this one begins where that one came to.
    this.reading = this.reading.catch(() => undefined).then(() => this.read());
    return this.reading;
  }

  private async read(): Promise<void> {
    const { after, categories } = this;
    for await (const page of this.store.readPages({ ...(after !== undefined && { after }), categories })) {
      for (const event of page) {
        this.fold(event);
        this.after = event.position;
      }
    }
  }
}
