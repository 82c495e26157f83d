/** Work under one key runs one after the other, in the order in which it came; under different keys at once. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work);
    // How it ended is for the one who asked to know, not for the next one.
    const over = mine.then(done, done).then(() => {
      if (this.last.get(key) === over) this.last.delete(key);
    });
    this.last.set(key, over);
    return mine;
  }
}

function done(): void {}
