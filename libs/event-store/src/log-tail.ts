import type { EventStore, RecordedEvent } from './event-store.js';

/**
 * What is known from some categories of the log, and how far it goes. Each question reads what was added since the one
 * before, and nothing else: what is folded is as true as the log, on every node. All of it can be lost, and is read again.
 */
export class LogTail {
  private after: string | undefined;
  private reading: Promise<void> = Promise.resolve();
  /** A reading that has not begun: whoever asks now may share it. */
  private next: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly categories: readonly string[],
    private readonly fold: (event: RecordedEvent) => void | Promise<void>,
  ) {}

  /** Of the last event that is folded; absent where none is. */
  get position(): string | undefined {
    return this.after;
  }

  /** Resolves when everything is folded that was in the log when it was called. An event that cannot be folded is tried again. */
  catchUp(): Promise<void> {
    const read = () => {
      this.next = undefined;
      return this.read();
    };
    // After the one that is under way, also where that one fails: whoever waits for it learns so.
    this.next ??= this.reading = this.reading.then(read, read);
    return this.next;
  }

  private async read(): Promise<void> {
    const { after, categories } = this;
    for await (const page of this.store.readPages({ ...(after !== undefined && { after }), categories })) {
      for (const event of page) {
        const folding = this.fold(event);
        // A turn for each event is dear where there are many.
        if (folding) await folding;
        this.after = event.position;
      }
    }
  }
}
