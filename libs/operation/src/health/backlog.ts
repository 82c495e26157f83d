import type { EventStore } from '#event-store';

/** How far the views of this process are behind the log. */
export interface Behind {
  /** Events of the log that they do not show yet, counted up to `MOST_COUNTED`. */
  readonly events: number;
  /** Since when the first of these has been waiting; 0 where there is none. */
  readonly seconds: number;
}

export interface BacklogOptions {
  readonly store: EventStore;
  readonly views: { readonly head: { readonly position?: string } };
  /** What the views follow. */
  readonly categories: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Reading more than a page would burden a store that is behind already. */
export const MOST_COUNTED = 1_000;

/**
 * Asks the log itself, for what stands after the last event of the views: the only way that is true for any store and
 * however many nodes write. While the views keep up it reads nothing, or an event or two.
 */
export class Backlog {
  constructor(private readonly options: BacklogOptions) {}

  async look(): Promise<Behind> {
    const { store, views, categories, now } = this.options;
    const { position } = views.head;
    const after = position === undefined ? {} : { after: position };
    let events = 0;
    let since: string | undefined;
    for await (const page of store.readPages({ ...after, categories, limit: MOST_COUNTED })) {
      since ??= page[0]?.metadata['recordedAt'];
      events += page.length;
    }
    const waiting = since === undefined ? 0 : now() - Date.parse(since);
    return { events, seconds: Math.max(0, waiting) / 1_000 || 0 };
  }
}
