import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { ALL_VIEWS, Views } from '#views';
import { counted, type Talk } from '../io.js';

/** What all views tell of a log. */
export interface Told {
  /** Events of the public record: their sequences are 0 and on. */
  readonly sequences: number;
  /** `Views.digest()`. */
  readonly digest: string;
}

/** Builds them in a temporary folder. */
export async function toldBy(store: EventStore, talk: Talk): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'para71-views-'));
  const views = new Views({
    folder,
    store,
    views: ALL_VIEWS,
    progressEveryMs: 100,
    onProgress: ({ events }) => talk.progress(() => `  views of ${counted(events, 'event')}`),
  });
  const end = () => void views.close();
  talk.io.signal.addEventListener('abort', end);
  try {
    await views.start();
    return { sequences: views.head.sequence + 1, digest: views.digest() };
  } catch (error) {
    talk.io.signal.throwIfAborted();
    throw error;
  } finally {
    talk.io.signal.removeEventListener('abort', end);
    await views.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
