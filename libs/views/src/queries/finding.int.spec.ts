import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  everythingAdmitted,
  RecordInFolder,
  recorded,
  registered,
  renamed,
  requested,
  revised,
  sampleVocabulary,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import { ViewsModule } from '../views.module.js';
import { BoardOfCycle } from './cycle-board.js';
import { CompareYears } from './compare-years.js';
import { FindDocument, FindDocuments } from './find.js';
import { ReportAt } from './report-at.js';
import { FormSections } from './form-sections.js';
import { TimelineOf } from './timeline-of.js';

describe('Questions on the bus', () => {
  let record: RecordInFolder;
  let views: Views;
  let module: TestingModule;
  let ask: QueryBus;

  beforeAll(async () => {
    record = new RecordInFolder();
    await record.tell('organization-example-registry', registered());
    await record.tell('action-act-0001', recorded({ startedOn: { date: '2008' } }));
    await record.tell('action-act-0002', recorded({ startedOn: { date: '2007-05-02' }, issues: ['DNS', 'SPAM'] }));
    await record.tell('action-act-0002', revised({ changes: { startedOn: { date: '2009' } } }));
    await record.tell('organization-example-registry', renamed());
    views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
    await views.start();
    module = await Test.createTestingModule({
      imports: [
        ViewsModule.register(views, new FormSections(sampleVocabulary, ['S01', 'S02', 'S04']), everythingAdmitted),
      ],
    }).compile();
    await module.init();
    ask = module.get(QueryBus);
  });
  afterAll(async () => {
    await module.close();
    await views.close();
    await record.close();
  });

  const keysOf = (found: readonly { key: string }[] | undefined) => found?.map(({ key }) => key);
  const registry = 'example-registry';

  it('find one document, as it stands or as it stood', async () => {
    const nameAt = async (asOf?: number) => {
      const found = await ask.execute(new FindDocument('organizations', registry, asOf));
      return found && (JSON.parse(found.body) as { name: string }).name;
    };
    expect([await nameAt(-1), await nameAt(0), await nameAt(3), await nameAt()]).toEqual([
      undefined,
      'Example Registry',
      'Example Registry',
      'Example Numbers Registry',
    ]);
  });

  it('find documents by their keys and by their lists', async () => {
    const keys = async (among: FindDocuments['among'], asOf?: number) =>
      keysOf(await ask.execute(new FindDocuments('actions', among, asOf === undefined ? {} : { asOf })));
    expect(await keys({ prefix: 'ACT-' })).toEqual(['ACT-0001', 'ACT-0002']);
    expect(await keys({ prefix: 'ACT-' }, 1)).toEqual(['ACT-0001']);
    expect(await keys({ lists: ['issue=SPAM'] })).toEqual(['ACT-0002']);
    expect(await keys({ lists: ['issue=DNS', `participant=${registry}`] })).toEqual(['ACT-0001', 'ACT-0002']);
  });

  it('find a timeline in the order in which things happened, as it is known now or was known then', async () => {
    const known = async (asOf?: number) => {
      const answer = await ask.execute(new TimelineOf(registry, asOf === undefined ? {} : { asOf }));
      return keysOf(answer?.entries)?.map((key) => key.slice(`${registry}/`.length));
    };
    expect(await known(2)).toEqual(['2007-05-02 ACT-0002/started', '2008 ACT-0001/started']);
    expect(await known(3)).toEqual(['2008 ACT-0001/started', '2009 ACT-0002/started']);
    expect(await known(0)).toEqual([]);
    expect((await known())?.at(-1)).toBe('2026-01-15 organization-example-registry/1');
    const rest = await ask.execute(
      new TimelineOf(registry, {
        after: `${registry}/2008 ACT-0001/started`,
        limit: 1,
        where: { kind: 'action-started' },
      }),
    );
    expect(keysOf(rest?.entries)).toEqual([`${registry}/2009 ACT-0002/started`]);
  });

  it('find no timeline of who is not on record, though somebody named it as a partner', async () => {
    expect(views.range('timeline', 'example-union/')).toHaveLength(2);
    expect(await ask.execute(new TimelineOf('example-union'))).toBeUndefined();
  });

  it('answer what is computed from several documents too', async () => {
    const id = { series: 'ec-performance', year: 2008, organization: registry };
    const position = await record.tell('report-ec-performance-2008-example-registry', requested());
    await views.passedPosition(position, 30_000);
    expect(await ask.execute(new ReportAt(id))).toMatchObject({ report: { phase: 'requested' } });
    expect(await ask.execute(new BoardOfCycle(id))).toBeUndefined();
    const years = await ask.execute(new CompareYears(registry, id.series, [2008, 2010]));
    expect(years).toMatchObject({ earlier: { status: 'REQUESTED' }, later: { status: 'NO_EVIDENCE' } });
  });
});
