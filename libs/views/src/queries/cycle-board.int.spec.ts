import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { ReportEvent } from '#reporting';
import {
  acknowledged,
  amendmentOpened,
  answeredByLetter,
  closed,
  declined,
  exempted,
  markedRelevant,
  noResponse,
  opened,
  published,
  RecordInFolder,
  recalled,
  registered,
  relevanceEnded,
  requested,
  resubmitted,
  started,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import type { CycleBoard } from './cycle-board.js';
import { BoardOfCycle, BoardOfCycleHandler } from './cycle-board.js';
import { Today } from './report-year.js';

describe('The board of a cycle', () => {
  let record: RecordInFolder;
  let views: Views;
  let today: string;

  beforeEach(async () => {
    record = new RecordInFolder();
    // Asked in the year itself, as people do who do not enter an old record.
    record.setClock('2008-03-03T09:00:00.000Z');
    today = '2008-06-01';
    await record.tell('cycle-ec-performance-2008', opened({ dueOn: '2008-10-31' }));
    views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
    await views.start();
  });
  afterEach(async () => {
    await views.close();
    await record.close();
  });

  const registerAs = (
    organization: string,
    ...more: readonly ReturnType<typeof markedRelevant | typeof relevanceEnded>[]
  ) => record.tell(`organization-${organization}`, registered({ name: `The ${organization}` }), ...more);
  const report = (organization: string, ...events: readonly ReportEvent[]) =>
    record.tell(`report-ec-performance-2008-${organization}`, ...events);
  const asked = requested({ deadline: '2008-10-31' });

  /** As of an event, or now, once the views have passed all that was told. */
  async function board(asOf?: number): Promise<CycleBoard> {
    const last = await record.tell('organization-of-the-end', registered());
    await views.passedPosition(last, 30_000);
    const handler = new BoardOfCycleHandler(views, new Today(views, () => Date.parse(today)));
    const found = await handler.execute(new BoardOfCycle({ series: 'ec-performance', year: 2008 }, asOf));
    return found!;
  }
  const cellOf = async (organization: string) =>
    (await board()).cells.find((cell) => cell.organization === organization);

  it('has a cell for everyone who is relevant, or of whom a report is on record, and for nobody else', async () => {
    await registerAs('a-relevant-body', markedRelevant());
    await registerAs('a-body-that-answered');
    await registerAs('a-bystander');
    await registerAs('no-longer-relevant', markedRelevant(), relevanceEnded());
    await registerAs('relevant-no-more-but-asked', markedRelevant(), relevanceEnded());
    await report('a-body-that-answered', answeredByLetter({ standing: 'voluntary' }));
    await report('relevant-no-more-but-asked', asked);
    const { cycle, cells } = await board();
    expect(cycle).toMatchObject({ series: 'ec-performance', year: 2008, dueOn: '2008-10-31' });
    expect(cells.map(({ organization }) => organization)).toEqual([
      'a-body-that-answered',
      'a-relevant-body',
      'relevant-no-more-but-asked',
    ]);
  });

  it('says that there is no evidence of a relevant organization, which is not that it is late', async () => {
    await registerAs('a-relevant-body', markedRelevant());
    today = '2009-06-01';
    expect(await cellOf('a-relevant-body')).toEqual({
      organization: 'a-relevant-body',
      name: 'The a-relevant-body',
      status: 'NO_EVIDENCE',
      phase: 'none',
      punctuality: 'not-applicable',
      versions: 0,
      why: [],
    });
  });

  it.each([
    ['2008-10-31', 'not-due'],
    ['2008-11-01', 'overdue'],
  ])('says on %s of a request of that year that it is %s', async (day, punctuality) => {
    await registerAs('a-body');
    await report('a-body', asked, acknowledged());
    today = day;
    expect(await cellOf('a-body')).toMatchObject({ status: 'REQUESTED', deadline: '2008-10-31', punctuality });
  });

  it('does not say that an answer is overdue where the request was entered long after', async () => {
    await registerAs('a-body');
    record.setClock('2026-01-15T09:00:00.000Z');
    await report('a-body', asked);
    today = '2026-02-01';
    expect(await cellOf('a-body')).toMatchObject({ status: 'REQUESTED', punctuality: 'no-evidence' });
  });

  it.each<[string, string, string, readonly ReportEvent[]]>([
    ['answered in time', 'ANSWERED', 'on-time', [asked, started(), submitted({ on: '2008-10-06' })]],
    ['answered late', 'ANSWERED', 'late', [asked, answeredByLetter({ on: '2008-11-02' })]],
    ['answered at a time that is not known', 'ANSWERED', 'not-known', [asked, answeredByLetter()]],
    ['answered in a month that tells nothing', 'ANSWERED', 'not-known', [asked, answeredByLetter({ on: '2008-10' })]],
    ['was asked without a deadline', 'REQUESTED', 'not-applicable', [requested()]],
    ['declined', 'DECLINED', 'not-applicable', [asked, declined()]],
    ['was exempted', 'EXEMPTED', 'not-applicable', [asked, exempted()]],
    ['did not respond', 'NO_RESPONSE', 'overdue', [asked, noResponse()]],
    ['prepares its answer', 'IN_PREPARATION', 'overdue', [asked, started()]],
  ])('says of one that %s: %s, %s', async (_, status, punctuality, events) => {
    await registerAs('a-body');
    await report('a-body', ...events);
    today = '2009-01-15';
    expect(await cellOf('a-body')).toMatchObject({ status, punctuality });
  });

  it('counts versions, and shows a reservation and how well all of it is known', async () => {
    await registerAs('a-body');
    const reserved = submitted({ reservation: 'We are not bound' });
    const asWeRemember = requested({ deadline: '2008-10-31', confidence: 'recalled', sources: [recalled] });
    await report('a-body', asWeRemember, started(), reserved, published(), amendmentOpened(), resubmitted());
    expect(await cellOf('a-body')).toMatchObject({
      status: 'ANSWERED_WITH_RESERVATION',
      reservation: 'We are not bound',
      versions: 2,
      confidence: 'recalled',
      answeredOn: '2008-10-06',
      why: [2, 3, 4, 5, 6, 7],
    });
  });

  it('says of a version that is not published no more than that it came with a reservation', async () => {
    await registerAs('a-body');
    await report('a-body', asked, started(), submitted({ reservation: 'We are not bound' }));
    const cell = await cellOf('a-body');
    expect(cell).toMatchObject({ status: 'ANSWERED_WITH_RESERVATION', versions: 1 });
    expect(cell).not.toHaveProperty('reservation');
  });

  it('as of an event shows what stood then, and judges lateness by that day and not by today', async () => {
    await registerAs('a-body', markedRelevant());
    await report('a-body', asked);
    record.setClock('2008-11-15T09:00:00.000Z');
    await report('a-body', started());
    await report('a-body', submitted({ on: '2008-12-01' }));
    await record.tell('cycle-ec-performance-2008', closed());
    today = '2020-01-01';
    const cells = [];
    for (const asOf of [1, 2, 3, 4, 5]) cells.push((await board(asOf)).cells[0]);
    expect(cells.map((cell) => cell && [cell.status, cell.punctuality])).toEqual([
      undefined,
      ['NO_EVIDENCE', 'not-applicable'],
      ['REQUESTED', 'not-due'],
      ['IN_PREPARATION', 'overdue'],
      ['ANSWERED', 'late'],
    ]);
    expect((await board(5)).cycle.phase).toBe('open');
    expect((await board()).cycle.phase).toBe('closed');
  });

  it('is nothing for a cycle that is not on record', async () => {
    const handler = new BoardOfCycleHandler(views, new Today(views));
    expect(await handler.execute(new BoardOfCycle({ series: 'ec-performance', year: 2009 }))).toBeUndefined();
    expect(await handler.execute(new BoardOfCycle({ series: 'ec-performance', year: 2008 }, -1))).toBeUndefined();
  });
});
