import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type NewEvent, SqliteEventStore } from '#event-store';
import { type Batch, realisticRecord } from '../../../test/bench/realistic-record.js';
import { compileProduct } from '../../../test/support/product-process.js';
import { ALL_VIEWS } from './all-views.js';
import { Views } from './views.js';

const ROOT = join(import.meta.dirname, '../../..');

/** Enough for threads to be worthwhile. */
const EVENTS = 24_000;
const ORGANIZATIONS = 39;

/** A year goes on for streams of both shares, and some of what was told before is changed or taken back. */
function* toldLater(): Generator<Batch> {
  const revisions = new Map<string, number>();
  let told = 0;
  for (const batch of realisticRecord(EVENTS + 900, ORGANIZATIONS)) {
    if (told >= EVENTS) yield batch;
    told += batch.events.length;
    revisions.set(batch.stream, (revisions.get(batch.stream) ?? -1) + batch.events.length);
  }
  for (const organization of ['example-00003', 'example-00004', 'example-00005', 'example-00006']) {
    const report = `report-ec-performance-2027-${organization}`;
    const action = `action-ex-2027-${organization.slice(-5)}`;
    const then = (stream: string, ...facts: { type: string; data: object }[]): Batch => {
      const expected = revisions.get(stream)!;
      revisions.set(stream, expected + facts.length);
      const metadata = { recordedAt: '2030-01-01T00:00:00.000Z', v: '1' };
      return { stream, expected, events: facts.map((fact) => ({ id: randomUUID(), ...fact, metadata }) as NewEvent) };
    };
    const place = { section: 'S04', lang: 'en' };
    yield then(
      report,
      { type: 'SectionDropped', data: place },
      { type: 'SectionDropped', data: { ...place, section: 'S05' } },
      { type: 'ActionUncited', data: { action: `EX-2027-${organization.slice(-5)}` } },
    );
    yield then(report, { type: 'SectionAnswered', data: { ...place, text: 'Once more.', origin: 'written' } });
    // Its entry leaves its place in the timeline, and it leaves a list.
    const changes = { startedOn: { date: '2027-12-24' }, issues: ['INF-06'] };
    yield then(action, { type: 'ActionRevised', data: { changes, reason: 'The minutes say otherwise' } });
  }
}

/** A thread runs what was compiled, so this is told by the compiled program, in a process of its own. */
const PROGRAM = `
  import { readdirSync, readFileSync } from 'node:fs';
  import { SqliteEventStore } from '#event-store';
  import { ALL_VIEWS, Views } from '#views';
  import { hash } from 'node:crypto';
  const { logFile, folder, stopAt, later, pairs = [], pasts = [], ...told } = JSON.parse(process.argv[1]);
  const store = SqliteEventStore.open(logFile);
  if (told.foreign) {
    const metadata = { recordedAt: '2030-01-01T00:00:00.000Z' };
    const event = { id: '11111111-1111-4111-8111-111111111111', type: 'ActionDreamtOf', data: {}, metadata };
    await store.append('action-foreign', 'no-stream', [event]);
  }
  const seen = [];
  const views = new Views({
    // Threads do not build a set of views that is not the product's own.
    folder, store, views: told.alone ? [...ALL_VIEWS] : ALL_VIEWS, progressEveryMs: 0,
    onProgress: ({ phase, events }) => {
      seen.push({ phase, events, shares: readdirSync(folder).filter((name) => name.includes('.share-')).length });
      if (events >= stopAt) views.close();
    },
  });
  let failure;
  await views.start().catch((error) => (failure = error.message));
  for (const { stream, expected, events } of later ? JSON.parse(readFileSync(later, 'utf8')) : []) {
    const { position } = await store.append(stream, expected, events);
    await views.passedPosition(position, 30_000);
  }
  const digest = failure === undefined ? views.digest() : undefined;
  const read = (found) => found.map(({ key, since, body }) => [key, since, body].join(' '));
  const answers = pasts.map((asOf) => ALL_VIEWS.map(({ name }) => {
    const range = views.range(name, '', { asOf });
    for (const { key, since, body } of range.filter((_, n) => n % 50 === 0)) {
      const found = views.document(name, key, asOf);
      if (found?.since !== since || found.body !== body) throw new Error(name + ' ' + key + ' reads otherwise by itself');
    }
    const lists = pairs.flatMap((lists) => read(views.listed(name, lists, { asOf, where: { status: 'ONGOING' } })));
    return [range.length, lists.length, hash('sha256', JSON.stringify([read(range), lists]))].join(' ');
  }));
  const counts = failure === undefined ? ALL_VIEWS.map(({ name }) => views.count(name)) : [];
  const { head, trouble } = views;
  const mark = failure === undefined ? views.mark(17_001) : undefined;
  await views.close();
  await store.close();
  console.log(JSON.stringify({ answers, counts, digest, head, mark, failure, trouble, seen, files: readdirSync(folder) }));
`;

interface Answer {
  readonly answers: readonly (readonly string[])[];
  readonly counts: readonly number[];
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
    compileProduct();
    const store = SqliteEventStore.open(logFile);
    const appended = [...realisticRecord(EVENTS, ORGANIZATIONS)].map(({ stream, expected, events }) =>
      store.append(stream, expected, events),
    );
    await Promise.all(appended);
    await store.close();
  }, 240_000);
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
    const [file] = readdirSync(join(folder, 'one'));
    expect(threads).toMatchObject({ digest, head, mark, files: [file, `${file}.share-1`] });
  }, 60_000);

  describe('and told more', () => {
    const reading = {
      pasts: [1_000, 23_000, 24_100, 24_890, 24_910, null],
      pairs: [
        ['participant=example-00003', 'issue=INF-05'],
        ['participant=example-00003', 'issue=INF-06'],
        ['issue=INF-05', 'participant=example-00004'],
        ['organization=example-00005'],
      ],
    };
    const inThreads = () => ({ logFile: join(folder, 'more.sqlite'), folder: join(folder, 'more'), ...reading });
    let more: Answer;
    let alone: Answer;

    beforeAll(async () => {
      copyFileSync(logFile, inThreads().logFile);
      const later = join(folder, 'later.json');
      writeFileSync(later, JSON.stringify([...toldLater()]));
      more = await tell({ ...inThreads(), later });
      alone = await tell({ ...inThreads(), folder: join(folder, 'alone'), alone: true });
    }, 120_000);

    it('tell the same as views that are built in one, now and at any time before', () => {
      expect(more.files).toHaveLength(2);
      expect(alone.files).toHaveLength(1);
      const { answers, counts, digest, head } = alone;
      expect(more).toMatchObject({ answers, counts, digest, head });
      expect(new Set(answers.flat()).size).toBeGreaterThan(25);
    });

    it('tell it when they are started again', async () => {
      const { answers, counts, digest, files } = more;
      const again = await tell(inThreads());
      expect(again).toMatchObject({ answers, counts, digest, files });
      expect(again.seen.some(({ phase }) => phase === 'building')).toBe(false);
    }, 60_000);

    it('are built anew where one of their files is lost', async () => {
      rmSync(join(folder, 'more', more.files[1]!));
      const again = await tell(inThreads());
      expect(again.seen.some(({ phase }) => phase === 'building')).toBe(true);
      expect(again.digest).toBe(more.digest);
    }, 60_000);
  });

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
