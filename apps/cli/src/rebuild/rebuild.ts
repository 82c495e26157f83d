import { join } from 'node:path';
import { readConfiguration } from '#operation';
import type { Progress } from '#views';
import { counted, type Talk } from '../io.js';
import { openExistingLog } from '../open-log.js';
import { withViews } from '../with-views.js';

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
  const onProgress = ({ phase, events }: Progress) => {
    isNew ||= phase === 'building';
    talk.progress(() => `  ${counted(events, 'event')} folded`);
  };
  try {
    const { events, seconds, sum } = await withViews({ folder, store, onProgress }, talk, async (views) => {
      // Where there were none, or only damaged ones, the start has built them.
      if (!isNew) await views.rebuild();
      const took = Math.round(performance.now() - began) / 1_000;
      return { events: views.head.sequence + 1, seconds: took, sum: digest ? views.digest() : undefined };
    });
    talk.result(
      { folder, events, seconds, ...(sum !== undefined && { digest: sum }) },
      `The views in ${folder} tell ${counted(events, 'event')}, built anew in ${seconds} s` +
        (sum === undefined ? '' : `\nTheir digest is ${sum}`),
    );
  } finally {
    await store.close();
  }
}
