import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import type { Progress } from '#views';
import { counted, type Talk } from '../io.js';
import { withViews } from '../with-views.js';

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
  const onProgress = ({ events }: Progress) => talk.progress(() => `  views of ${counted(events, 'event')}`);
  try {
    return await withViews({ folder, store, onProgress }, talk, (views) => ({
      sequences: views.head.sequence + 1,
      digest: views.digest(),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
