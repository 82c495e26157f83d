import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SqliteEventStore } from '#event-store';
import { realisticRecord } from '../../../test/bench/realistic-record.js';
import { ALL_VIEWS } from './all-views.js';
import { Views } from './views.js';

const ROOT = join(import.meta.dirname, '../../..');

/** Enough for threads to be worthwhile. */
const EVENTS = 24_000;

/** A thread runs what was compiled, so this is told by the compiled program, in a process of its own. */
const PROGRAM = `
  import { readdirSync } from 'node:fs';
  import { SqliteEventStore } from '#event-store';
  import { ALL_VIEWS, Views } from '#views';
  const { logFile, folder, stopAt, ...told } = JSON.parse(process.argv[1]);
  const store = SqliteEventStore.open(logFile);
  if (told.foreign) {
    const metadata = { recordedAt: '2030-01-01T00:00:00.000Z' };
    const event = { id: '11111111-1111-4111-8111-111111111111', type: 'ActionDreamtOf', data: {}, metadata };
    await store.append('action-foreign', 'no-stream', [event]);
  }
  const seen = [];
  const views = new Views({
    folder, store, views: ALL_VIEWS, progressEveryMs: 0,
    onProgress: ({ phase, events }) => {
      seen.push({ phase, events, shares: readdirSync(folder).filter((name) => name.includes('.share-')).length });
      if (events >= stopAt) views.close();
    },
  });
  let failure;
  await views.start().catch((error) => (failure = error.message));
  const digest = failure === undefined ? views.digest() : undefined;
  const { head, trouble } = views;
  const mark = failure === undefined ? views.mark(17_001) : undefined;
  await views.close();
  await store.close();
  console.log(JSON.stringify({ digest, head, mark, failure, trouble, seen, files: readdirSync(folder) }));
`;

interface Answer {
  readonly digest?: string;
  readonly head: object;
  readonly mark?: object;
  readonly failure?: string;
  readonly trouble?: { readonly reason: string; readonly detail?: string };
  readonly seen: readonly { readonly phase: string; readonly events: number; readonly shares: number }[];
  readonly files: readonly string[];
}

const run = promisify(execFile);

async function tell(task: object): Promise<Answer> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', PROGRAM, JSON.stringify(task)], {
    cwd: ROOT,
  });
  return JSON.parse(stdout) as Answer;
}

describe('Views that are built in threads', () => {
  let folder: string;
  let logFile: string;

  beforeAll(async () => {
    if (availableParallelism() < 2) throw new Error('A build in threads needs two processors');
    folder = mkdtempSync(join(tmpdir(), 'para71-'));
    logFile = join(folder, 'events.sqlite');
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.build.json'], {
      cwd: ROOT,
    });
    const store = SqliteEventStore.open(logFile);
    const appended = [...realisticRecord(EVENTS)].map(({ stream, expected, events }) =>
      store.append(stream, expected, events),
    );
    await Promise.all(appended);
    await store.close();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tell the same as views that are built in one', async () => {
    const threads = await tell({ logFile, folder: join(folder, 'threads') });
    expect(threads.seen.some(({ phase, shares }) => phase === 'building' && shares > 0)).toBe(true);
    expect(threads.seen.map(({ events }) => events)).toEqual(
      threads.seen.map(({ events }) => events).sort((a, b) => a - b),
    );

    const store = SqliteEventStore.open(logFile);
    const views = new Views({ folder: join(folder, 'one'), store, views: ALL_VIEWS });
    await views.start();
    const { head } = views;
    const [digest, mark] = [views.digest(), views.mark(17_001)];
    await views.close();
    await store.close();
    expect(threads).toMatchObject({ digest, head, mark, files: readdirSync(join(folder, 'one')) });
  }, 60_000);

  it('leave nothing behind when they are closed meanwhile', async () => {
    const { failure, trouble, files } = await tell({ logFile, folder: join(folder, 'closed'), stopAt: 1 });
    expect(failure).toBe('The views were closed');
    expect(trouble?.reason).not.toBe('failed');
    expect(files).toEqual([]);
  }, 60_000);

  it('stop at an event that no rule knows, and name it', async () => {
    const { failure, trouble, files } = await tell({ logFile, folder: join(folder, 'foreign'), foreign: true });
    expect(failure).toContain('ActionDreamtOf');
    expect(trouble).toMatchObject({ reason: 'failed', detail: failure });
    expect(files).toEqual([]);
  }, 60_000);
});
