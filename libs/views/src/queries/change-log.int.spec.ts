import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { RecordedEvent } from '#event-store';
import {
  answeredByLetter,
  findingRecorded,
  mergedInto,
  opened,
  optionArgued,
  optionHandedTo,
  optionTabled,
  placedUnder,
  recorded,
  RecordInFolder,
  registered,
  renamed,
  requested,
  reviewerAssigned,
  reviewerRecused,
  revised,
  sectionAnswered,
  sourceAdded,
  started,
  statusChanged,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { ChangeLog, ChangeLogHandler, type ChangesAsked } from './change-log.js';

const REPORT = 'report-ec-performance-2008-example-registry';
const ID = { series: 'ec-performance', year: 2008, organization: 'example-registry' };

let record: RecordInFolder;
let views: Views;

beforeAll(async () => {
  record = new RecordInFolder();
  await record.tell('organization-example-registry', registered());
  await record.tell('organization-example-union', registered({ name: 'Example Union' }));
  await record.tell('cycle-ec-performance-2008', opened());
  await record.tell(REPORT, requested());
  await record.tell('report-ec-performance-2008-example-union', answeredByLetter());
  await record.tell('action-act-0001', recorded({ title: 'Example memorandum' }));
  await record.tell('option-open-list', optionTabled(), optionHandedTo({ organization: 'example-registry' }));
  await record.tell(REPORT, started(), sectionAnswered({ text: 'Words of a draft.' }));
  const review = 'assessment-ec-performance-2008-example-registry--person-7';
  await record.tell(review, reviewerAssigned(), findingRecorded(), reviewerRecused({ reason: 'A private matter' }));
  await record.tell('person-7', { type: 'PersonRegistered', data: { name: 'never in the log' } });
  await record.tell('organization-example-registry', renamed({ name: 'Example Numbers Registry' }));
  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
});
afterAll(async () => {
  await views.close();
  await record.close();
});

const PRIVATE = new Set(['SectionAnswered', 'FindingRecorded', 'ReviewerRecused']);
const everything = () => true;
const asPublic = ({ type }: RecordedEvent) => !PRIVATE.has(type);

const page = (asked: Partial<ChangesAsked> = {}, mayRead: (event: RecordedEvent) => boolean = everything) => {
  const all = {
    about: {},
    after: -1,
    last: views.head.sequence,
    asOf: views.head.sequence,
    order: 'oldest',
    limit: 100,
  } as const;
  return new ChangeLogHandler(views).execute(new ChangeLog({ ...all, ...asked }, mayRead));
};
const typesOf = async (asked: Partial<ChangesAsked>, mayRead?: typeof asPublic) =>
  (await page(asked, mayRead)).entries.map(({ sequence, type }) => `${sequence} ${type}`);

describe('The change log', () => {
  it('tells each event of the public record once, in its order, and none of a person', async () => {
    const { entries, next } = await page();
    expect(entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: views.head.sequence + 1 }, (_, n) => n),
    );
    expect(next).toBeUndefined();
    expect(JSON.stringify(entries)).not.toContain('never in the log');
    expect((await page({ order: 'newest' })).entries).toEqual(entries.toReversed());
  });

  it('names things as they were called at the moment that is asked for', async () => {
    const { entries } = await page({ about: { report: ID } });
    expect(entries[0]!.did).toContain('the annual report of Example Numbers Registry for 2008');
    const before = await page({ about: { report: ID }, last: 5, asOf: 5 });
    expect(before.entries[0]!.did).toContain('the annual report of Example Registry for 2008');
    expect((await page({ after: 4, last: 5 })).entries[0]!.did).toContain('“Example memorandum” (ACT-0001)');
  });

  it('is of one report, with its reviews', async () => {
    expect(await typesOf({ about: { report: ID } })).toEqual([
      '3 ReportRequested',
      '8 ReportStarted',
      '9 SectionAnswered',
      '10 ReviewerAssigned',
      '11 FindingRecorded',
      '12 ReviewerRecused',
    ]);
  });

  it('is of one organization, where others name it, too', async () => {
    expect(await typesOf({ about: { organization: 'example-registry' }, order: 'newest' })).toEqual([
      '13 OrganizationRenamed',
      '12 ReviewerRecused',
      '11 FindingRecorded',
      '10 ReviewerAssigned',
      '9 SectionAnswered',
      '8 ReportStarted',
      '7 OptionHandedTo',
      '6 OptionTabled',
      '5 ActionRecorded',
      '3 ReportRequested',
      '0 OrganizationRegistered',
    ]);
  });

  it('is of one cycle, with its reports, and of one action', async () => {
    const cycle = { series: 'ec-performance', year: 2008 };
    expect(await typesOf({ about: { cycle }, last: 8 })).toEqual([
      '2 CycleOpened',
      '3 ReportRequested',
      '4 ReportAnsweredByLetter',
      '8 ReportStarted',
    ]);
    expect(await typesOf({ about: { action: 'ACT-0001' } })).toEqual(['5 ActionRecorded']);
  });

  it('is of what all filters name', async () => {
    const about = { organization: 'example-union', cycle: { series: 'ec-performance', year: 2008 } };
    expect(await typesOf({ about })).toEqual(['4 ReportAnsweredByLetter']);
    expect(await typesOf({ about: { organization: 'nobody' } })).toEqual([]);
  });

  it.each(['oldest', 'newest'] as const)(
    'comes in pages that neither repeat nor leave out, the %s first',
    async (order) => {
      const whole = (await page({ order })).entries.map(({ sequence }) => sequence);
      const told: number[] = [];
      let passed: Partial<ChangesAsked> = {};
      for (;;) {
        const { entries, next } = await page({ order, limit: 3, ...passed });
        expect(entries.length).toBeLessThanOrEqual(3);
        told.push(...entries.map(({ sequence }) => sequence));
        if (next === undefined) break;
        passed = order === 'oldest' ? { after: next } : { last: next - 1 };
      }
      expect(told).toEqual(whole);
    },
  );
});

describe('The change log of an organization', () => {
  let past: RecordInFolder;
  let told: Views;
  const ofOrganization = async (organization: string, asOf = told.head.sequence, last = asOf) => {
    const asked = { about: { organization }, after: -1, last, asOf, order: 'oldest', limit: 100 } as const;
    const { entries } = await new ChangeLogHandler(told).execute(new ChangeLog(asked, everything));
    return entries.map(({ sequence, type }) => `${sequence} ${type}`);
  };

  beforeAll(async () => {
    past = new RecordInFolder();
    await past.tell('organization-example-registry', registered());
    await past.tell('organization-example-union', registered({ name: 'Example Union' }));
    await past.tell('organization-example-isle', registered({ name: 'Example Isle' }));
    const withPartners = (...partners: string[]) => revised({ changes: { partners } });
    await past.tell(
      'action-act-0001',
      recorded({ partners: ['example-union', 'example-isle'] }),
      statusChanged(),
      withPartners('example-isle'),
      sourceAdded(),
      withPartners('example-isle', 'example-union'),
    );
    await past.tell('organization-example-isle', placedUnder({ parent: 'example-union' }));
    await past.tell('organization-example-isle', mergedInto({ successor: 'example-union' }));
    const byUnion = { group: 'GOV', organization: 'example-union' };
    await past.tell(
      'option-open-list',
      optionTabled({ by: byUnion }),
      optionArgued({ by: { group: 'CS' } }),
      optionArgued({ by: byUnion }),
      optionHandedTo({ organization: 'example-union' }),
    );
    await past.tell('option-closed-list', optionTabled(), optionArgued({ by: byUnion }));
    told = new Views({ folder: join(past.folder, 'views'), store: past.store, views: ALL_VIEWS });
    await told.start();
  });
  afterAll(async () => {
    await told.close();
    await past.close();
  });

  it('has what it took part in, and the event by which it ceased to, and nothing after that', async () => {
    expect(await ofOrganization('example-union', 6)).toEqual([
      '1 OrganizationRegistered',
      '3 ActionRecorded',
      '4 ActionStatusChanged',
      '5 ActionRevised',
    ]);
    expect(await ofOrganization('example-isle', 6)).toContain('6 ActionSourceAdded');
  });

  it('has all of it again once it takes part again', async () => {
    expect(await ofOrganization('example-union', 7)).toEqual([
      '1 OrganizationRegistered',
      '3 ActionRecorded',
      '4 ActionStatusChanged',
      '5 ActionRevised',
      '6 ActionSourceAdded',
      '7 ActionRevised',
    ]);
  });

  it('holds in a part of it what belongs to the whole, though it came to belong there later', async () => {
    expect(await ofOrganization('example-union', 6, 6)).not.toContain('6 ActionSourceAdded');
    expect(await ofOrganization('example-union', 7, 6)).toContain('6 ActionSourceAdded');
  });

  it('has each option that it tabled, spoke on or was handed, once, and of it what it did', async () => {
    const told = await ofOrganization('example-union');
    expect(told.filter((entry) => entry.includes('Option'))).toEqual([
      '10 OptionTabled',
      '12 OptionArgued',
      '13 OptionHandedTo',
      '15 OptionArgued',
    ]);
  });

  it('has who was placed under it, and who became part of it', async () => {
    expect(await ofOrganization('example-union')).toEqual(
      expect.arrayContaining(['8 OrganizationPlacedUnder', '9 OrganizationMergedInto']),
    );
    expect(await ofOrganization('example-union')).not.toContain('2 OrganizationRegistered');
    expect(await ofOrganization('example-registry')).not.toContain('8 OrganizationPlacedUnder');
  });
});

describe('A part of a list', () => {
  it('calls things what they are called at the moment of the whole', async () => {
    const { entries } = await page({ about: { report: ID }, last: 3 });
    expect(entries[0]!.did).toContain('Example Numbers Registry');
  });
});

describe('A reader who may not read an event', () => {
  it('is not told of it, nor by a page that is short', async () => {
    expect(await typesOf({ after: 7 }, asPublic)).toEqual([
      '8 ReportStarted',
      '10 ReviewerAssigned',
      '12 ReviewerRecused',
      '13 OrganizationRenamed',
    ]);
    expect((await page({ after: 7, limit: 2 }, asPublic)).entries).toHaveLength(2);
  });

  it('is told that somebody stepped back, and not why', async () => {
    const { entries } = await page({ after: 11, last: 12 }, asPublic);
    expect(entries).toEqual([expect.objectContaining({ type: 'ReviewerRecused', withheld: true })]);
    expect(JSON.stringify(entries)).not.toContain('A private matter');
    expect((await page({ after: 11, last: 12 })).entries[0]).not.toHaveProperty('withheld');
  });
});

describe('A long log', () => {
  const REPORTS = 401;
  let long: RecordInFolder;
  let many: Views;

  beforeAll(async () => {
    long = new RecordInFolder();
    await long.tell('cycle-ec-performance-2008', opened());
    await Promise.all(
      Array.from({ length: REPORTS }, (_, n) => long.tell(`report-ec-performance-2008-example-${n}`, requested())),
    );
    await long.tell('organization-example-registry', registered(), ...Array.from({ length: 2_100 }, () => renamed()));
    many = new Views({ folder: join(long.folder, 'views'), store: long.store, views: ALL_VIEWS });
    await many.start();
  }, 60_000);
  afterAll(async () => {
    await many.close();
    await long.close();
  });

  const ask = (asked: Partial<ChangesAsked>, mayRead: (event: RecordedEvent) => boolean = everything) => {
    const all = {
      about: {},
      after: -1,
      last: many.head.sequence,
      asOf: many.head.sequence,
      order: 'newest',
      limit: 50,
    } as const;
    return new ChangeLogHandler(many).execute(new ChangeLog({ ...all, ...asked }, mayRead));
  };

  it('is gone through where a cycle has more reports than are read apart', async () => {
    const cycle = { series: 'ec-performance', year: 2008 };
    const { entries, next } = await ask({ about: { cycle }, order: 'oldest', limit: 500 });
    expect(entries).toHaveLength(REPORTS + 1);
    // Where it has looked far enough for one page, the reader may go on.
    expect(next).toBeDefined();
    expect(await ask({ about: { cycle }, order: 'oldest', after: next! })).toEqual({ entries: [] });
  });

  it('is looked at no further than is bearable for a reader who may read little of it, and they can go on', async () => {
    const isRead = ({ type }: RecordedEvent) => type !== 'OrganizationRenamed';
    const first = await ask({}, isRead);
    expect(first.entries).toEqual([]);
    const second = await ask({ last: first.next! - 1 }, isRead);
    expect(second.entries.map(({ type }) => type)).toContain('OrganizationRegistered');
  });
});
