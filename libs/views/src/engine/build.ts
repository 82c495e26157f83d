import { setImmediate } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import { PUBLIC_CATEGORIES } from '#reporting';
import type { View } from '../view.js';
import { Folding } from './folding.js';
import { ViewFile } from './view-file.js';

/** A file of documents that is to be made from the beginning of the log. */
export interface Build {
  readonly path: string;
  /** Written last, see `ViewFile.finish`. */
  readonly fingerprint: string;
  readonly views: readonly View[];
  /** Ends the building, with the signal's reason, and leaves no file. */
  readonly signal: AbortSignal;
  /** Told every now and then how many events are folded. */
  readonly onEvents: (events: number) => void;
}

/** Characters of keys and documents in memory while a file is built: about three years of 1,600 organizations. */
export const BUILD_CAPACITY = 64_000_000;

/** Builds in this thread, a page of the log at a time: for any store, and for any views. */
export async function build({ path, fingerprint, views, signal, onEvents }: Build, store: EventStore): Promise<void> {
  const names = views.map(({ name }) => name);
  const file = new ViewFile(path, 'building', names);
  try {
    const folding = new Folding(file, views, BUILD_CAPACITY);
    for await (const page of store.readPages({ categories: PUBLIC_CATEGORIES })) {
      signal.throwIfAborted();
      for (const event of page) folding.fold(event);
      folding.flush({ keepOpen: true });
      onEvents(folding.head.sequence + 1);
      await setImmediate();
    }
    signal.throwIfAborted();
    folding.finish();
    file.finish(fingerprint);
  } catch (error) {
    file.delete();
    throw error;
  }
}
