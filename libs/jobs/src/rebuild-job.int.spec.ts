import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import { RecordInFolder, recorded, registered, renamed } from '#testing';
import { ALL_VIEWS, Views } from '#views';
import { InProcessQueue } from './queue/in-process-queue.js';
import { until, untilState } from './queue/job-queue.contract.js';
import { REBUILD_JOB, rebuildJob } from './rebuild-job.js';

let record: RecordInFolder;
let views: Views;
let queue: InProcessQueue;

beforeEach(async () => {
  record = new RecordInFolder();
  await record.tell('organization-example-registry', registered(), renamed());
  await record.tell('action-act-0001', recorded());
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  queue = new InProcessQueue();
});
afterEach(async () => {
  await queue.close();
  await views.close();
  jest.restoreAllMocks();
  await record.close();
});

/** Holds the log back from a build after its first page, until it is let go. */
function heldBack(): () => void {
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>();
  const readPages = record.store.readPages.bind(record.store);
  jest.spyOn(record.store, 'readPages').mockImplementation(async function* (options) {
    for await (const page of readPages(options)) {
      yield page;
      if (options?.limit === undefined) await letGo;
    }
  });
  return release;
}

it('A rebuild tells how far it is, and at its end how much it was', async () => {
  const release = heldBack();
  await queue.work([rebuildJob(views)]);
  await queue.add(REBUILD_JOB, 'a', {});
  await until('it tells how far it is', async () => (await queue.status('a'))?.progress !== undefined);
  expect(await queue.status('a')).toMatchObject({ state: 'active', progress: { done: 3, of: 3, what: 'building' } });
  release();
  await untilState(queue, 'a', 'completed');
  expect((await queue.status('a'))?.result).toEqual({ events: 3, tookMs: expect.any(Number) });
});
