import { join } from 'node:path';
import { readConfiguration } from '#operation';
import { ALL_VIEWS, Views } from '#views';
import { counted, type Talk } from '../io.js';
import { openExistingLog } from '../open-log.js';

export interface RebuildOptions {
  readonly digest?: true;
}

/** Builds all documents of DATA_DIR anew, beside the ones that are there, and then takes their place. */
export async function rebuild({ digest }: RebuildOptions, talk: Talk): Promise<void> {
  const { dataDir, eventStoreUrl, port } = readConfiguration(talk.io.env);
  const folder = join(dataDir, 'views');
  const store = await openExistingLog(
    eventStoreUrl,
    `While it runs, ask it to rebuild: curl -X POST -H 'Actor: <you>' http://127.0.0.1:${port}/api/jobs/rebuild`,
  );
  const began = performance.now();
  let isNew = false;
  const views = new Views({
    folder,
    store,
    views: ALL_VIEWS,
    progressEveryMs: 100,
    onProgress: ({ phase, events }) => {
      isNew ||= phase === 'building';
      talk.progress(() => `  ${counted(events, 'event')} folded`);
    },
  });
  const end = () => void views.close();
  talk.io.signal.addEventListener('abort', end);
  try {
    await views.start();
    // Where there were none, or only damaged ones, the start has built them.
    if (!isNew) await views.rebuild();
    const events = views.head.sequence + 1;
    const seconds = Math.round(performance.now() - began) / 1_000;
    const sum = digest ? views.digest() : undefined;
    talk.result(
      { folder, events, seconds, ...(sum !== undefined && { digest: sum }) },
      `The views in ${folder} tell ${counted(events, 'event')}, built anew in ${seconds} s` +
        (sum === undefined ? '' : `\nTheir digest is ${sum}`),
    );
  } catch (error) {
    talk.io.signal.throwIfAborted();
    throw error;
  } finally {
    talk.io.signal.removeEventListener('abort', end);
    await views.close();
    await store.close();
  }
}
