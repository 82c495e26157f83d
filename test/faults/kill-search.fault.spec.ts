import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { SqliteEventStore } from '#event-store';
import { ALL_VIEWS, SearchIndex, Views } from '#views';
import { compileProduct } from '../support/product-process.js';

const ROUNDS = 8;
const CHILD = [
  '--import',
  join(import.meta.dirname, '../support/typescript.mjs'),
  join(import.meta.dirname, 'search-child.ts'),
];

let folder: string;
// What the child takes from other libraries is compiled.
beforeAll(compileProduct, 240_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-kill-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inViews = (name = '') => join(folder, 'views', name);
const indexFile = () => inViews(readdirSync(inViews()).find((name) => /^search-.*\.sqlite$/.test(name)));

async function writingUntilKilled(): Promise<void> {
  const child = spawn(process.execPath, [...CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  expect(child.exitCode).toBeNull();
  await delay(randomInt(20, 400));
  child.kill('SIGKILL');
  await exited;
}

/** What the index holds once it tells what the views tell, and up to where the file had told it before that. */
async function contentOfIndex(): Promise<{
  readonly entries: unknown[];
  readonly from: number;
  readonly head: number;
}> {
  const from = checkpoint();
  const store = SqliteEventStore.open(join(folder, 'events.sqlite'));
  const views = new Views({ folder: inViews(), store, views: ALL_VIEWS });
  await views.start();
  const index = new SearchIndex({ folder: inViews(), store, views, editions: ALL_VIEWS });
  index.start();
  await index.current(30_000);
  const { sequence: head } = views.head;
  await index.close();
  await views.close();
  await store.close();
  using database = new DatabaseSync(indexFile(), { readOnly: true });
  const entries = database
    .prepare('SELECT stream, part, readers, json FROM entry JOIN body USING (id) ORDER BY stream, part')
    .all();
  for (const words of ['public_words', 'restricted_words']) {
    expect(database.prepare(`SELECT count(*) AS n FROM ${words} WHERE ${words} MATCH 'said'`).get()).toEqual({
      n: words === 'public_words' ? 0 : entries.length,
    });
  }
  return { entries, from, head };
}

function checkpoint(): number {
  try {
    using database = new DatabaseSync(indexFile(), { readOnly: true });
    const row = database.prepare(`SELECT value FROM state WHERE name = 'checkpoint'`).get();
    return row ? (JSON.parse(row['value'] as string) as { sequence: number }).sequence : -1;
  } catch {
    return -1;
  }
}

it(`a search index that is killed while it is kept up tells the whole record again, ${ROUNDS} times`, async () => {
  let caughtUp = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await writingUntilKilled();
    const kept = await contentOfIndex();
    if (kept.from >= 0 && kept.from < kept.head) caughtUp++;
    rmSync(indexFile());
    const built = await contentOfIndex();
    expect(kept.entries).toEqual(built.entries);
    expect(kept.entries.length).toBeGreaterThan(0);
  }
  // Otherwise nothing was cut off.
  expect(caughtUp).toBeGreaterThan(0);
}, 240_000);
