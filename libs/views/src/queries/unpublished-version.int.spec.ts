import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  amendmentOpened,
  findingPublished,
  findingRecorded,
  noConflictDeclared,
  opened,
  published,
  RecordInFolder,
  registered,
  resubmitted,
  reviewerAssigned,
  sectionAnswered,
  started,
  submitted,
} from '#testing';
import type { Audience } from '#reporting';
import { ALL_VIEWS } from '../all-views.js';
import type { ReportDocument } from '../folds/reports.js';
import { entriesOf } from '../search/entries.js';
import { Views } from '../views.js';
import { AssessmentBy, AssessmentByHandler, AssessmentsOf, AssessmentsOfHandler } from './assessments-of.js';
import { ChangesSince, ChangesSinceHandler } from './changes-since.js';
import { CompareYears, CompareYearsHandler } from './compare-years.js';
import { BoardOfCycle, BoardOfCycleHandler } from './cycle-board.js';
import { reportForReaders } from './report-for-readers.js';
import { Today } from './report-year.js';
import { TimelineOf, TimelineOfHandler } from './timeline-of.js';

const [series, organization] = ['ec-performance', 'example-registry'];
const id = { series, year: 2008, organization };
const ASSESSMENT = `assessment-${series}-2008-${organization}--person-7`;
const FOUND = 'Four groups were in the room, it says.';
const findingPublishedOn = (version: number) => findingPublished({ version, statement: FOUND });
const [OF_FIRST, OF_SECOND] = ['We answer as a courtesy', 'Our council has not agreed'];

let record: RecordInFolder;
let views: Views;
let today: Today;

beforeAll(async () => {
  record = new RecordInFolder();
  await record.tell(`cycle-${series}-2008`, opened());
  await record.tell(`organization-${organization}`, registered());
  await record.tell(
    `report-${series}-2008-${organization}`,
    started(),
    sectionAnswered(),
    submitted({ signatory: 'person-1', reservation: OF_FIRST }),
    published(),
    amendmentOpened(),
    sectionAnswered({ text: 'Other words.' }),
    resubmitted({ signatory: 'person-2', reservation: OF_SECOND, consentToBeCited: 'without-name' }),
  );
  // As it could be published before the rule that the version is published first.
  await record.tell(ASSESSMENT, reviewerAssigned(), noConflictDeclared(), findingRecorded(), findingPublishedOn(2));
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  today = new Today(views, () => Date.parse('2026-02-01'));
});
afterAll(async () => {
  await views.close();
  await record.close();
});

const report = () => JSON.parse(views.document('reports', `${series}/2008/${organization}`)!.body) as ReportDocument;

describe('Of a version that was submitted and is not published', () => {
  it('everybody is told that there is one, and not who signed it, with which reservation and consent', () => {
    const told = reportForReaders(views, report(), 'published');
    expect(told).toMatchObject({ reservation: OF_FIRST, versions: [{ version: 1, signatory: 'person-1' }] });
    expect(told.unpublished).toEqual([{ version: 2, on: expect.any(String), sequence: 8 }]);
    expect(JSON.stringify(told)).not.toMatch(/person-2|Our council|without-name/);
  });

  it('those who read what was submitted are told all of it', () => {
    const told = reportForReaders(views, report(), 'submitted');
    expect(told).toMatchObject({ reservation: OF_SECOND, versions: [{}, { signatory: 'person-2' }] });
    expect(told).not.toHaveProperty('unpublished');
  });

  it('the reservation stands in nothing that is for everybody', async () => {
    const ask = {
      timeline: new TimelineOfHandler(views).execute(new TimelineOf(organization)),
      board: new BoardOfCycleHandler(views, today).execute(new BoardOfCycle({ series, year: 2008 })),
      changes: new ChangesSinceHandler(views).execute(new ChangesSince(id, 0, 'public', undefined, 'published')),
      comparison: new CompareYearsHandler(views, today).execute(
        new CompareYears(organization, series, [2007, 2008], undefined, 'published'),
      ),
    };
    for (const [name, answer] of Object.entries(ask)) {
      const text = JSON.stringify(await answer);
      expect([name, text.includes(OF_FIRST), text.includes(OF_SECOND)]).toEqual([name, true, false]);
    }
  });

  const findings = async (reader: Audience) => {
    const asked = new AssessmentsOf(id, reader, undefined, 'published');
    const by = new AssessmentBy({ ...id, reviewer: 'person-7' }, reader);
    return [
      await new AssessmentsOfHandler(views).execute(asked),
      await new AssessmentByHandler(views).execute(by),
      entriesOf(views, ASSESSMENT).filter(
        ({ readBy }) => readBy === 'public' || readBy.readers.includes('organization'),
      ),
    ].map((answer) => JSON.stringify(answer).includes(FOUND));
  };
  const foundInTimeline = async () => {
    const told = await new TimelineOfHandler(views).execute(new TimelineOf(organization));
    return told!.entries
      .filter(({ body }) => body.includes('finding-published'))
      .map(({ body }) => body.includes(FOUND));
  };

  it('nothing is told to everybody that was found in it, but that there is a finding', async () => {
    expect(await findings('public')).toEqual([false, false, true]);
    expect(entriesOf(views, ASSESSMENT).filter(({ readBy }) => readBy === 'public')).toEqual([]);
    expect(await findings('organization')).toEqual([true, true, true]);
    expect(await foundInTimeline()).toEqual([false]);
  });

  it('and it does once that version is published', async () => {
    const all = await new ChangesSinceHandler(views).execute(new ChangesSince(id, 0, 'organization'));
    expect(JSON.stringify(all!.versions)).toContain(OF_SECOND);
    const last = await record.tell(`report-${series}-2008-${organization}`, published({ version: 2 }));
    await views.passedPosition(last, 30_000);
    expect(reportForReaders(views, report(), 'published')).toMatchObject({
      reservation: OF_SECOND,
      versions: [{}, {}],
    });
    const told = await new TimelineOfHandler(views).execute(new TimelineOf(organization));
    expect(told!.entries.some(({ body }) => body.includes(OF_SECOND))).toBe(true);
    expect(await findings('public')).toEqual([true, true, true]);
    expect(await foundInTimeline()).toEqual([true]);
  });
});
