import type { EventStore } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';

/** Where the events of the public record stand in the log. */
export abstract class Places {
  /** The position of the event at `sequence`; nothing where the record has not come to it. */
  abstract positionOf(sequence: number): Promise<string | undefined>;
}

/** Counts from the beginning: for those who have no views, which know it without reading. */
export class PlacesInLog extends Places {
  constructor(private readonly store: EventStore) {
    super();
  }

  async positionOf(sequence: number): Promise<string | undefined> {
    let passed = 0;
    for await (const page of this.store.readPages({ categories: PUBLIC_CATEGORIES, limit: sequence + 1 })) {
      const event = page[sequence - passed];
      if (event) return event.position;
      passed += page.length;
    }
    return undefined;
  }
}
