import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { ALL_VIEWS, Views } from '#views';
import { counted, type Talk } from '../io.js';

/** `Views.digest()` of all views of a log, built in a temporary folder. */
export async function digestOf(store: EventStore, talk: Talk): Promise<string> {
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
    return views.digest();
  } catch (error) {
    talk.io.signal.throwIfAborted();
    throw error;
  } finally {
    talk.io.signal.removeEventListener('abort', end);
    await views.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
