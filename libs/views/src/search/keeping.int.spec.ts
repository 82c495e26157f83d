import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  findingPublished,
  findingRecorded,
  published,
  RecordInFolder,
  registered,
  reviewerAssigned,
  sectionAnswered,
  started,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { askedWords } from './asked-words.js';
import { Keeping } from './keeping.js';
import { SearchFile } from './search-file.js';

const REPORT = 'report-ec-performance-2008-example-registry';
const MEBIBYTE = 1024 * 1024;

let record: RecordInFolder;
let views: Views;
let file: SearchFile;
let keeping: Keeping;
let path: string;

beforeEach(async () => {
  record = new RecordInFolder();
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  path = join(record.folder, 'search.sqlite');
  file = new SearchFile(path, 'building');
  keeping = new Keeping(file, views, record.store);
  views.onMove((_, events) => keeping.passed(events));
});
afterEach(async () => {
  if (file.isOpen) file.close();
  await views.close();
  await record.close();
});

/** Until there is nothing left to do: no slice is ever over before. */
const atOnce = () => keeping.work(Number.POSITIVE_INFINITY);

async function tell(...args: Parameters<RecordInFolder['tell']>): Promise<void> {
  await views.passedPosition(await record.tell(...args), 30_000);
}

/** Twenty thousand characters, none of whose words stands in another one of these. */
const textOf = (n: number) => Array.from({ length: 2_000 }, (_, word) => (n * 2_000 + word).toString(36)).join(' ');

describe('What keeps a file of entries up', () => {
  it('leaves no more beside the file than a few mebibytes, however little it does at a time', async () => {
    await tell(REPORT, started());
    await atOnce();
    let [most, before, emptied] = [0, 0, 0];
    for (let n = 0; n < 120; n++) {
      await tell(REPORT, sectionAnswered({ text: textOf(n) }));
      await atOnce();
      expect(keeping.isCurrent).toBe(true);
      const beside = existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0;
      if (beside < before) emptied++;
      before = beside;
      most = Math.max(most, beside);
    }
    expect(most).toBeLessThan(5 * MEBIBYTE);
    // Emptied now and then: to sync it each time would cost more than to write it.
    expect(most).toBeGreaterThan(2 * MEBIBYTE);
    expect(emptied).toBeGreaterThan(0);
    expect(emptied).toBeLessThan(10);
  });

  it('makes what was found in a version readable for everybody when the version is, though the review says nothing new', async () => {
    const review = 'assessment-ec-performance-2008-example-registry--person-7';
    const total = () => file.find({ phrases: askedWords('telescopes'), circles: [], limit: 1 }).total;
    await tell(REPORT, started(), submitted());
    const found = findingPublished({ statement: 'They bought telescopes.' });
    await tell(review, reviewerAssigned(), findingRecorded(), found);
    await atOnce();
    expect(total()).toBe(0);
    await tell(REPORT, published());
    await atOnce();
    expect(total()).toBe(1);
  });

  it('writes nothing while other threads sync what it wrote, whoever asks at once', async () => {
    let syncing = 0;
    let began = 0;
    for (const name of ['settle', 'finish'] as const) {
      const sync = file[name].bind(file) as (...args: unknown[]) => Promise<void>;
      file[name] = async (...args: unknown[]) => {
        began++;
        syncing++;
        await sync(...args).finally(() => syncing--);
      };
    }
    const replace = file.replace.bind(file);
    file.replace = (...args) => {
      expect(syncing).toBe(0);
      replace(...args);
    };
    for (let n = 0; n < 20; n++) await tell(`organization-example-${n}`, registered());
    // A slice of no length does one stream at a time.
    while (!keeping.isCurrent) await Promise.all([0, 0, 0].map((ms) => keeping.work(ms)));
    expect(began).toBeGreaterThan(1);
    expect(file.isFinished).toBe(true);
    const { total } = file.find({ phrases: askedWords('registry'), circles: [], limit: 1 });
    expect(total).toBe(20);
  });
});
