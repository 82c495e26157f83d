interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MOST = 200;

/** Sends what is given in one turn of the loop together: to be asked for each alone costs more than the work itself. */
export class Batches<Item> {
  private waiting: Waiting<Item>[] = [];

  constructor(private readonly send: (items: readonly Item[]) => Promise<void>) {}

  /** Ends as the batch does that the item is part of. */
  give(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ item, resolve, reject }) === 1) queueMicrotask(() => this.sendAll());
    });
  }

  private sendAll(): void {
    const all = this.waiting;
    this.waiting = [];
    for (let from = 0; from < all.length; from += MOST) {
      const batch = all.slice(from, from + MOST);
      this.send(batch.map(({ item }) => item)).then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      );
    }
  }
}
