import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  actionCited,
  actionUncited,
  amendmentOpened,
  answeredByLetter,
  figureReported,
  RecordInFolder,
  requested,
  resubmitted,
  sectionAnswered,
  started,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import type { ReportAnswer } from './report-at.js';
import { ReportAt, ReportAtHandler } from './report-at.js';
import type { WhichVersion } from './report-year.js';
import { Today } from './report-year.js';

const ID = { series: 'ec-performance', year: 2008, organization: 'example-registry' };

/** A report that was drafted, submitted, amended and submitted again, and is being amended once more. */
const LIFE = [
  requested({ deadline: '2008-10-31' }),
  started(),
  sectionAnswered({ text: 'First words.' }),
  actionCited(),
  figureReported({ value: 4 }),
  submitted(),
  amendmentOpened(),
  sectionAnswered({ text: 'Second words.' }),
  sectionAnswered({ section: 'S02', text: 'A section more.' }),
  actionUncited(),
  figureReported({ value: 5 }),
  resubmitted(),
  amendmentOpened(),
  sectionAnswered({ text: 'Words to come.' }),
] as const;
const at = { drafted: 4, submitted: 5, amending: 10, resubmitted: 11, head: 13 };

let record: RecordInFolder;
let views: Views;
let handler: ReportAtHandler;

beforeAll(async () => {
  record = new RecordInFolder();
  record.setClock('2008-10-06T09:00:00.000Z');
  await record.tell('report-ec-performance-2008-example-registry', ...LIFE);
  await record.tell('report-ec-performance-2008-example-union', answeredByLetter({ cites: ['ACT-0001'] }));
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  handler = new ReportAtHandler(views, new Today(views, () => Date.parse('2009-01-15')));
});
afterAll(async () => {
  await views.close();
  await record.close();
});

const reportAt = (asOf?: number, version?: WhichVersion) => handler.execute(new ReportAt(ID, asOf, version));

/** What it says, in short. */
const said = (answer: ReportAnswer | undefined) =>
  answer && {
    version: answer.version,
    words: answer.sections.map(({ text }) => text),
    cites: Object.keys(answer.citations),
    meetings: answer.figures['meetings-held']?.value,
  };

const FIRST = { version: 1, words: ['First words.'], cites: ['ACT-0001'], meetings: 4 };
const SECOND = { version: 2, words: ['Second words.', 'A section more.'], cites: [], meetings: 5 };

describe('A report', () => {
  it('says what its last version said, whatever is written since', async () => {
    expect(said(await reportAt())).toEqual(SECOND);
    expect(said(await reportAt(at.submitted))).toEqual(FIRST);
    expect(said(await reportAt(at.amending))).toEqual(FIRST);
    expect(said(await reportAt(at.resubmitted))).toEqual(SECOND);
  });

  it('keeps each version to be asked for by its number', async () => {
    expect(said(await reportAt(undefined, 1))).toEqual(FIRST);
    expect(said(await reportAt(undefined, 2))).toEqual(SECOND);
    expect(await reportAt(undefined, 3)).toBeUndefined();
    expect(await reportAt(at.amending, 2)).toBeUndefined();
  });

  it('shows what is being written to who asks for that', async () => {
    const words = ['Words to come.', 'A section more.'];
    expect(said(await reportAt(undefined, 'draft'))).toEqual({ ...SECOND, version: undefined, words });
    expect(said(await reportAt(at.amending, 'draft'))).toEqual({ ...SECOND, version: undefined });
    expect(await reportAt(undefined, 'draft')).not.toHaveProperty('version');
  });

  it('is its draft as long as there is no version', async () => {
    expect(said(await reportAt(at.drafted))).toEqual({ ...FIRST, version: undefined });
    expect(await reportAt(at.drafted, 1)).toBeUndefined();
  });

  it('stands as it stands now, whichever version is read', async () => {
    const first = await reportAt(undefined, 1);
    expect(first?.report).toMatchObject({ phase: 'amending', versions: [{ version: 1 }, { version: 2 }] });
    expect((await reportAt(at.submitted))?.report).toMatchObject({ phase: 'submitted', versions: [{ version: 1 }] });
  });

  it('names the revision that was seen, which is that of the stream', async () => {
    const revisions = [];
    for (const [sequence] of LIFE.entries()) revisions.push((await reportAt(sequence))?.revision);
    expect(revisions).toEqual([...LIFE.keys()]);
    expect((await reportAt(undefined, 1))?.revision).toBe(at.head);
    expect((await reportAt(undefined, 'draft'))?.revision).toBe(at.head);
  });

  it('is punctual or not on the day that is asked for', async () => {
    expect((await reportAt(at.drafted))?.punctuality).toBe('not-due');
    expect((await reportAt(at.submitted))?.punctuality).toBe('on-time');
    expect((await reportAt())?.punctuality).toBe('on-time');
  });

  it('that is a letter has no version, and names the actions that the letter names', async () => {
    const letter = await handler.execute(new ReportAt({ ...ID, organization: 'example-union' }));
    expect(said(letter)).toEqual({ version: undefined, words: [], cites: ['ACT-0001'], meetings: undefined });
  });

  it('is nothing before it is on record', async () => {
    expect(await reportAt(-1)).toBeUndefined();
    expect(await handler.execute(new ReportAt({ ...ID, year: 2009 }))).toBeUndefined();
    // Its neighbours in the order of the keys are others.
    expect(await handler.execute(new ReportAt({ ...ID, organization: 'example-regis' }))).toBeUndefined();
  });
});
