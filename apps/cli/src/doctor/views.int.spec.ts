import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordInFolder, registered, renamed } from '#testing';
import { ALL_VIEWS, Views } from '#views';
import { examineViews } from './views.js';

let record: RecordInFolder;
beforeEach(() => void (record = new RecordInFolder()));
afterEach(() => record.close());

const folder = () => join(record.folder, 'views');

/** As a start does; answers the name of the file in which the documents are. */
async function built(...events: Parameters<RecordInFolder['tell']>[1][]): Promise<string> {
  await record.tell('organization-example-registry', ...events);
  const views = new Views({ folder: folder(), store: record.store, views: ALL_VIEWS });
  await views.start();
  await views.close();
  return readdirSync(folder()).find((name) => /^views-[0-9a-f]+-\d+\.sqlite$/.test(name))!;
}

const examined = (publicEvents?: number) => examineViews(record.folder, publicEvents).found;
const fine = (what: string) => [{ about: 'views', status: 'ok', what: expect.stringContaining(what) }];

describe('para71 doctor, of the documents', () => {
  it('has nothing against a folder in which there are none yet', () => {
    expect(examined(0)).toEqual(fine(`There are no documents in ${folder()} yet: the next start builds them`));
  });

  it('says how much of the log they tell, and how much is to come', async () => {
    await built(registered(), renamed());
    expect(examined(2)).toEqual(fine('The documents tell 2 events'));
    expect(examined(5)).toEqual(fine('The documents tell 2 events, 3 are to be folded yet'));
    // The log was not read.
    expect(examined()).toEqual(fine('The documents tell 2 events'));
  });

  it('knows when the latest of it was recorded, for the clock', async () => {
    record.setClock('2028-02-22T09:00:00.000Z');
    await built(registered());
    expect(examineViews(record.folder, undefined).latest).toMatch(/^2028-02-22T09:00/);
  });

  it('finds that they tell more than the log has', async () => {
    await built(registered(), renamed());
    expect(examined(1)).toEqual([
      {
        about: 'views',
        status: 'fault',
        what: 'The documents tell 2 events, and the log has 1: it is another log',
        mend: expect.stringMatching(/^Check EVENT_STORE_URL and DATA_DIR/),
      },
    ]);
  });

  it('has nothing against those of another edition', async () => {
    const name = await built(registered());
    renameSync(join(folder(), name), join(folder(), name.replace(/[0-9a-f]{16}/, '0'.repeat(16))));
    expect(examined(1)).toEqual(fine(`The documents in ${folder()} are of another edition`));
  });

  it('names a file that is damaged, and tells of the one beside it', async () => {
    const name = await built(registered());
    const damaged = join(folder(), name.replace(/-\d+\.sqlite$/, '-9.sqlite'));
    writeFileSync(damaged, 'no database');
    expect(examined(1)).toEqual([
      {
        about: 'views',
        status: 'warning',
        what: `${damaged} was not finished, or is damaged`,
        mend: expect.stringMatching(/the next start deletes it/),
      },
      ...fine('The documents tell 1 event'),
    ]);
  });
});
