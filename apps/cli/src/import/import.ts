import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore, openThrowawayStore } from '#event-store';
import { readConfiguration } from '#operation';
import type { Talk } from '../io.js';
import { openLog } from '../open-log.js';

export interface ImportOptions {
  readonly record: 'wsis';
  readonly file?: string;
  readonly dryRun?: true;
}

/** Into the log of the configuration or, to see what would be refused, into one that is thrown away. */
export async function importInto(options: ImportOptions, talk: Talk): Promise<void> {
  const { file, dryRun = false } = options;
  const take = async (store: EventStore) => {
    if (file === undefined) await (await import('./import-record.js')).importPublicRecord(store, dryRun, talk);
    else await (await import('./import-file.js')).importFile(store, file, dryRun, talk);
  };
  if (dryRun) return inThrownAway(take);
  const { eventStoreUrl, port } = readConfiguration(talk.io.env);
  const whenInUse =
    file === undefined
      ? `While it runs, ask it to import: curl -X POST -H 'Actor: <you>' http://127.0.0.1:${port}/api/jobs/import`
      : 'It has a log already: name another DATA_DIR for the copy';
  const store = await openLog(eventStoreUrl, whenInUse);
  try {
    await take(store);
  } finally {
    await store.close();
  }
}

async function inThrownAway(take: (store: EventStore) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'para71-dry-run-'));
  try {
    const store = await openThrowawayStore(folder);
    try {
      await take(store);
    } finally {
      await store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
