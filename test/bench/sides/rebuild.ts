import { mkdtempSync, rmSync } from 'node:fs';
import { SqliteEventStore } from '#event-store';
import { ALL_VIEWS, Views } from '#views';
import { answering } from '../measuring/side.js';

export interface Rebuilt {
  readonly perSecond: number;
  /** Most memory that this process ever had. */
  readonly peakMb: number;
}

const [file = ''] = process.argv.slice(2);

answering({
  /** Builds all views in an empty folder. */
  rebuild: async (): Promise<Rebuilt> => {
    const store = SqliteEventStore.open(file);
    const folder = mkdtempSync(`${file}-views-`);
    const views = new Views({ folder, store, views: ALL_VIEWS });
    const began = performance.now();
    await views.start();
    const seconds = (performance.now() - began) / 1_000;
    const events = views.head.sequence + 1;
    await views.close();
    await store.close();
    rmSync(folder, { recursive: true });
    return { perSecond: events / seconds, peakMb: process.resourceUsage().maxRSS / 1_024 };
  },
});
