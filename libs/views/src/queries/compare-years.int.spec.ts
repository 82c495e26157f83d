import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { ReportEvent, ReportingEvent } from '#reporting';
import {
  actionCited,
  amendmentOpened,
  answeredByLetter,
  figureReported,
  itemsOf,
  opened,
  RecordInFolder,
  recorded,
  recordedInError,
  registered,
  requested,
  resubmitted,
  sectionAnswered,
  started,
  statusChanged,
  submitted,
} from '#testing';
import { ALL_VIEWS } from '../all-views.js';
import { Views } from '../views.js';
import type { ComparisonAnswer } from './compare-years.js';
import { CompareYears, CompareYearsHandler } from './compare-years.js';
import { Today } from './report-year.js';

const YEARS = [2008, 2010] as const;
const OWN = { partners: [] };

let record: RecordInFolder;
let views: Views;
let handler: CompareYearsHandler;
/** Sequence of the event that was told last when something had happened. */
const when: Record<string, number> = {};
let told = -1;

beforeAll(async () => {
  record = new RecordInFolder();
  const tell = async (stream: string, ...events: readonly ReportingEvent[]) => {
    await record.tell(stream, ...events);
    told += events.length;
  };
  const report = (year: number, organization: string, ...events: ReportEvent[]) =>
    tell(`report-ec-performance-${year}-${organization}`, ...events);

  for (const organization of ['example-registry', 'example-union', 'silent-union', 'example-council']) {
    await tell(`organization-${organization}`, registered());
  }
  for (const year of YEARS) await tell(`cycle-ec-performance-${year}`, opened());
  await tell('action-kept', recorded({ ...OWN, title: 'Kept' }));
  await tell('action-dropped', recorded({ ...OWN, title: 'Dropped' }));
  await tell('action-done', recorded({ ...OWN, title: 'Done' }), statusChanged({ on: '2009-11' }));
  await tell('action-disclosed', recorded({ ...OWN, title: 'Disclosed' }));
  await tell('action-mistaken', recorded({ ...OWN, title: 'Mistaken' }), recordedInError());
  await tell('action-of-others', recorded({ lead: 'example-union', partners: [], title: 'Of others' }));

  await report(
    2008,
    'example-registry',
    requested({ deadline: '2008-10-31' }),
    started(),
    sectionAnswered({ text: 'We opened two meetings to all.' }),
    figureReported({ value: 4 }),
    ...['KEPT', 'DROPPED', 'DONE', 'MISTAKEN', 'OF-OTHERS'].map((action) => actionCited({ action })),
    submitted({ on: '2008-10-06' }),
  );
  when['one report'] = told;
  await report(
    2010,
    'example-registry',
    requested({ on: '2010-03', deadline: '2010-10-31' }),
    started(),
    sectionAnswered({ text: 'We opened five meetings to all.' }),
    figureReported({ value: 7 }),
    actionCited({ action: 'KEPT' }),
    actionCited({ action: 'DISCLOSED' }),
  );
  when['a draft'] = told;
  await report(2010, 'example-registry', submitted({ on: '2010-11-12' }));
  when['version 1'] = told;
  await report(2010, 'example-registry', amendmentOpened(), actionCited({ action: 'DROPPED' }));
  when['an amendment'] = told;
  await report(2010, 'example-registry', resubmitted({ on: '2010-12-01' }));
  when['version 2'] = told;

  await report(2008, 'example-union', answeredByLetter({ on: '2008-09', standing: 'voluntary', cites: ['OF-OTHERS'] }));
  await report(2010, 'example-union', answeredByLetter({ on: '2010-09', standing: 'voluntary' }));

  views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
  await views.start();
  handler = new CompareYearsHandler(views, new Today(views, () => Date.parse('2026-01-20T00:00:00Z')));
});

afterAll(async () => {
  await views.close();
  await record.close();
});

async function compared(moment?: string, organization = 'example-registry'): Promise<ComparisonAnswer> {
  const asOf = moment === undefined ? undefined : when[moment];
  const answer = await handler.execute(new CompareYears(organization, 'ec-performance', YEARS, asOf));
  if (!answer) throw new Error(`There is no ${organization} as of ${moment}`);
  return answer;
}

const named = (category: ComparisonAnswer['started']) => itemsOf(category).map(({ action }) => action);

describe('An organization beside itself in two years', () => {
  it('has silently dropped what only the first report cites and what had not ended', async () => {
    const { silentlyDropped, closed } = await compared('version 1');
    expect(named(silentlyDropped)).toEqual(['DROPPED', 'OF-OTHERS']);
    expect(named(closed)).toEqual(['DONE']);
  });

  it('has newly disclosed what had begun by the first year, and only the second report cites', async () =>
    expect(named((await compared('version 1')).newlyDisclosed)).toEqual(['DISCLOSED']));

  it('shows figures side by side, and the words with what was changed', async () => {
    const { figures, sections } = await compared('version 1');
    expect(itemsOf(figures)).toMatchObject([{ earlier: { value: 4 }, later: { value: 7 }, change: 3 }]);
    expect(sections).toHaveLength(1);
    expect(sections[0]!.parts).toEqual([
      { kind: 'kept', text: 'We opened ' },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: 'five' },
      { kind: 'kept', text: ' meetings to all.' },
    ]);
  });

  it('says how each report came, and when', async () => {
    const { earlier, later } = await compared('version 1');
    expect(earlier).toMatchObject({ year: 2008, status: 'ANSWERED', version: 1, punctuality: 'on-time' });
    expect(later).toMatchObject({ year: 2010, status: 'ANSWERED', version: 1, punctuality: 'late' });
  });

  it('compares the version that was the last one then, and not what was being written', async () => {
    const { silentlyDropped, later } = await compared('version 2');
    expect(named(silentlyDropped)).toEqual(['OF-OTHERS']);
    expect(later).toMatchObject({ version: 2, answeredOn: '2010-11-12' });
    const amending = await compared('an amendment');
    expect(named(amending.silentlyDropped)).toEqual(['DROPPED', 'OF-OTHERS']);
    expect(amending.later.version).toBe(1);
  });

  it('is the same as of the last event as now', async () => {
    when['now'] = views.head.sequence;
    expect(await compared('now')).toEqual(await compared());
  });

  it('says nothing of a draft: what was not signed was not said', async () => {
    const { later, silentlyDropped, newlyDisclosed, figures, sections } = await compared('a draft');
    const notKnown = { known: false, reason: 'citations-not-on-record', years: [2010] };
    expect(later).toMatchObject({ status: 'IN_PREPARATION' });
    expect(later).not.toHaveProperty('version');
    expect([silentlyDropped, newlyDisclosed]).toEqual([notKnown, notKnown]);
    expect(itemsOf(figures)).toEqual([
      {
        indicator: 'meetings-held',
        earlier: { value: 4, unit: 'meetings' },
        unitsDiffer: false,
        why: [expect.any(Number)],
      },
    ]);
    expect(JSON.stringify(sections)).not.toContain('five');
  });

  it('has nothing on record of a year in which there is no report', async () => {
    const { later, silentlyDropped, closed } = await compared('one report');
    expect(later).toEqual({
      series: 'ec-performance',
      year: 2010,
      status: 'NO_EVIDENCE',
      punctuality: 'not-applicable',
      why: [],
    });
    expect(silentlyDropped).toMatchObject({ known: false, years: [2010] });
    // Whether an action ended is on record, whatever the reports say.
    expect(named(closed)).toEqual(['DONE']);
  });

  it('says that a letter of which no citation is on record may have cited anything', async () => {
    const { earlier, silentlyDropped } = await compared(undefined, 'example-union');
    expect(earlier.status).toBe('VOLUNTARY');
    expect(silentlyDropped).toEqual({ known: false, reason: 'citations-not-on-record', years: [2010] });
  });

  it('names what is cited and was recorded in error apart, and counts it nowhere', async () => {
    const { citedWithoutRecord, ...rest } = await compared('version 1');
    expect(itemsOf(citedWithoutRecord)).toMatchObject([{ action: 'MISTAKEN', years: [2008] }]);
    expect(JSON.stringify(rest.silentlyDropped)).not.toContain('MISTAKEN');
  });

  it('gives for each statement the events behind it, all of them known then', async () => {
    const asOf = when['version 1']!;
    const grounds = whysIn(await compared('version 1'));
    expect(grounds.length).toBeGreaterThan(10);
    for (const why of grounds) {
      expect(why).not.toEqual([]);
      expect(Math.max(...why)).toBeLessThanOrEqual(asOf);
    }
  });

  it('takes the years in either order, but not one of them twice', async () => {
    const swapped = new CompareYears('example-registry', 'ec-performance', [2010, 2008]);
    expect(await handler.execute(swapped)).toEqual(await compared());
    const same = new CompareYears('example-registry', 'ec-performance', [2008, 2008]);
    await expect(handler.execute(same)).rejects.toMatchObject({ code: 'years-not-distinct' });
  });

  it('is nothing where the organization is not on record, or was not yet', async () => {
    const of = (organization: string, asOf?: number) =>
      handler.execute(new CompareYears(organization, 'ec-performance', YEARS, asOf));
    expect(await of('unheard-of')).toBeUndefined();
    expect(await of('silent-union', 1)).toBeUndefined();
    expect(await of('silent-union', 2)).toBeDefined();
  });
});

/** Every list of sequences that an answer gives as a ground, wherever it stands. */
function whysIn(value: unknown): number[][] {
  if (Array.isArray(value)) return value.flatMap(whysIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => (name === 'why' ? [member as number[]] : whysIn(member)));
}
