import { describe, expect, it } from '@jest/globals';
import { actionRecord, citationsOf, deepFrozen, itemsOf, refusalOf, reportYear, statusesOf } from '#testing';
import type { ActionRecord } from './action/lifetime.js';
import type { ActionItem } from './comparison.js';
import { compareYears, refuseUnlessComparable } from './comparison.js';
import type { Category } from './year-record.js';

const letterOf = (year: number) => reportYear(year, { citationsKnown: false });
const compare = (actions: ActionRecord[], earlier = letterOf(2008), later = letterOf(2010)) =>
  compareYears(deepFrozen({ organization: 'example-registry', earlier, later, actions }));
const named = (category: Category<ActionItem>) => itemsOf(category).map(({ action }) => action);
const refusalCodeOf = (rule: () => unknown) => refusalOf(rule)?.code;

describe('Rule 15: actions started, continued and closed, compared by year', () => {
  it('started after the earlier and up to the later year', () => {
    const actions = ['2008', '2009', '2010-12-31', '2011'].map((startedOn) => actionRecord(startedOn, { startedOn }));
    expect(named(compare(actions).started)).toEqual(['2009', '2010-12-31']);
  });

  it('continued when they had started by the earlier year and had not ended by the end of the later one', () => {
    const actions = [
      actionRecord('OPEN', { startedOn: '2008-12-31' }),
      actionRecord('ENDED-LATER', { endedOn: '2011', status: 'COMPLETED' }),
      actionRecord('ENDED-IN-IT', { endedOn: '2010-12-31', status: 'COMPLETED' }),
      actionRecord('STARTED-AFTER', { startedOn: '2009' }),
    ];
    expect(named(compare(actions).continued)).toEqual(['OPEN', 'ENDED-LATER']);
  });

  it('closed when they ended after the earlier and up to the later year, even if they started in between', () => {
    const ended = (action: string, startedOn: string, endedOn: string) =>
      actionRecord(action, { startedOn, endedOn, status: 'COMPLETED' });
    const comparison = compare([
      ended('BEFORE', '2005', '2008-12'),
      ended('BETWEEN', '2007', '2009'),
      ended('BRIEF', '2009-01', '2009-03'),
      ended('AFTER', '2007', '2011'),
    ]);
    expect(named(comparison.closed)).toEqual(['BETWEEN', 'BRIEF']);
    expect(named(comparison.started)).toEqual(['BRIEF']);
  });

  it('closed on the date of the final status where no end is stated, and says that date', () => {
    const statusHistory = statusesOf(['ONGOING'], ['DISCONTINUED', '2009-05']);
    const [item] = itemsOf(compare([actionRecord('A', { status: 'DISCONTINUED', statusHistory })]).closed);
    expect(item).toMatchObject({ action: 'A', endedOn: '2009-05' });
  });

  it('are listed apart where they are over since no known time', () => {
    const comparison = compare([actionRecord('A', { status: 'COMPLETED', statusHistory: statusesOf(['COMPLETED']) })]);
    expect(named(comparison.endUnknown)).toEqual(['A']);
    expect([named(comparison.continued), named(comparison.closed)]).toEqual([[], []]);
  });

  it('are listed apart where nobody looked, unless their end is on record', () => {
    const comparison = compare([
      actionRecord('UNSEEN', { status: 'UNVERIFIED' }),
      actionRecord('SEEN', { status: 'UNVERIFIED', endedOn: '2009' }),
    ]);
    expect(named(comparison.notVerified)).toEqual(['UNSEEN']);
    expect(named(comparison.closed)).toEqual(['SEEN']);
    expect(named(comparison.continued)).toEqual([]);
  });

  it('have not started while they are a plan, nor when the plan was given up', () => {
    const comparison = compare([
      actionRecord('PLAN', { startedOn: '2009', status: 'PLANNED' }),
      actionRecord('GIVEN-UP', {
        startedOn: '2009',
        status: 'DISCONTINUED',
        statusHistory: statusesOf(['PLANNED'], ['DISCONTINUED']),
      }),
      actionRecord('BEGUN', { startedOn: '2009', statusHistory: statusesOf(['PLANNED'], ['ONGOING', '2009']) }),
    ]);
    expect(named(comparison.planned)).toEqual(['PLAN']);
    expect(named(comparison.started)).toEqual(['BEGUN']);
  });

  it('count once, however many participants brought them', () => {
    const joint = actionRecord('JOINT', { partners: ['example-union'] });
    expect(named(compare([joint, joint]).continued)).toEqual(['JOINT']);
  });

  it('are not said to be none where none is on record', () => {
    const { started, statusChanges, issues } = compare([]);
    const reason = { known: false, reason: 'no-actions-on-record', years: [2008, 2010] };
    expect([started, statusChanges, issues]).toEqual([reason, reason, reason]);
  });
});

describe('Rule 15: silently dropped is what the last report cites, this one does not, and nobody closed', () => {
  const earlier = reportYear(2008, { citations: citationsOf('KEPT', 'DROPPED', 'CLOSED', 'OVER', 'UNSEEN') });
  const later = reportYear(2010, { citations: citationsOf('KEPT') });
  const actions = [
    actionRecord('KEPT'),
    actionRecord('DROPPED'),
    actionRecord('CLOSED', { status: 'COMPLETED', endedOn: '2009' }),
    actionRecord('OVER', { status: 'COMPLETED' }),
    actionRecord('UNSEEN', { status: 'UNVERIFIED' }),
    actionRecord('NEVER-CITED'),
  ];

  it('lists these, and neither what closed nor what is over since no known time', () =>
    expect(named(compare(actions, earlier, later).silentlyDropped)).toEqual(['DROPPED', 'UNSEEN']));

  it('lists what closed only after the later year', () => {
    const closedAfter = [actionRecord('DROPPED', { status: 'COMPLETED', endedOn: '2011' })];
    expect(named(compare(closedAfter, earlier, later).silentlyDropped)).toEqual(['DROPPED']);
  });

  it('names the citation, the action and both reports as its grounds', () => {
    const [dropped] = itemsOf(compare(actions, earlier, later).silentlyDropped);
    expect(dropped?.why).toEqual([1, 101, 2008, 2010]);
  });

  it.each([
    ['the earlier', letterOf(2008), later, [2008]],
    ['the later', earlier, letterOf(2010), [2010]],
    ['either', letterOf(2008), letterOf(2010), [2008, 2010]],
  ])('is not said where the citations of %s are not on record', (_, a, b, years) => {
    const { silentlyDropped, newlyDisclosed, statedStatusChanges, claims, citedWithoutRecord } = compare(actions, a, b);
    for (const category of [silentlyDropped, newlyDisclosed, statedStatusChanges, claims, citedWithoutRecord]) {
      expect(category).toEqual({ known: false, reason: 'citations-not-on-record', years });
    }
  });

  it('is not said of a report that was taken back', () =>
    expect(compare(actions, earlier, reportYear(2010, { status: 'WITHDRAWN' })).silentlyDropped).toEqual({
      known: false,
      reason: 'report-withdrawn',
      years: [2010],
    }));

  it('is known to be nothing where both reports cite the same', () =>
    expect(compare(actions, later, reportYear(2012, { citations: citationsOf('KEPT') })).silentlyDropped).toEqual({
      known: true,
      items: [],
    }));
});

describe('Rule 15: newly disclosed is what had started by the earlier year and is first cited now', () => {
  it('leaves out what started later, what was cited before and what is a plan', () => {
    const comparison = compare(
      [
        actionRecord('OLD', { startedOn: '2008-12' }),
        actionRecord('NEW', { startedOn: '2009' }),
        actionRecord('CITED'),
        actionRecord('PLAN', { status: 'PLANNED' }),
      ],
      reportYear(2008, { citations: citationsOf('CITED') }),
      reportYear(2010, { citations: citationsOf('OLD', 'NEW', 'CITED', 'PLAN') }),
    );
    expect(named(comparison.newlyDisclosed)).toEqual(['OLD']);
  });
});

describe('Rule 15: status changes', () => {
  const statusHistory = statusesOf(
    ['PLANNED'],
    ['ONGOING', '2008'],
    ['UNVERIFIED', '2009-06'],
    ['ONGOING'],
    ['UNVERIFIED', '2010'],
    ['COMPLETED', '2011'],
  );
  const actions = [actionRecord('A', { status: 'COMPLETED', statusHistory })];

  it('are those recorded to have happened in between, each with its event', () =>
    expect(itemsOf(compare(actions).statusChanges)).toEqual([
      { action: 'A', title: 'Title of A', from: 'ONGOING', to: 'UNVERIFIED', on: '2009-06', why: [3] },
      { action: 'A', title: 'Title of A', from: 'ONGOING', to: 'UNVERIFIED', on: '2010', why: [5] },
    ]));

  it('are listed apart where the record does not say when', () =>
    expect(itemsOf(compare(actions).undatedStatusChanges)).toEqual([
      { action: 'A', title: 'Title of A', from: 'UNVERIFIED', to: 'ONGOING', why: [4] },
    ]));

  it('are also what the two reports themselves say', () => {
    const stating = (year: number, ...statuses: (string | undefined)[]) => {
      const citations = statuses.map((statedStatus, n) => {
        return [`A${n}`, { claims: [], why: [year + n], ...(statedStatus && { statedStatus }) }] as const;
      });
      return reportYear(year, { citations: Object.fromEntries(citations) });
    };
    const comparison = compare(
      [actionRecord('A0'), actionRecord('A1'), actionRecord('A2')],
      stating(2008, 'ONGOING', 'ONGOING', undefined),
      stating(2010, 'COMPLETED', 'ONGOING', 'ONGOING'),
    );
    expect(itemsOf(comparison.statedStatusChanges)).toEqual([
      { action: 'A0', title: 'Title of A0', from: 'ONGOING', to: 'COMPLETED', why: [2008, 2010] },
    ]);
  });
});

describe('Rules 12 and 13: other tracks and operational actions stand apart and are not counted', () => {
  const forum = actionRecord('FORUM', { track: 'IGF', issues: ['DNS'] });
  const routing = actionRecord('ROUTING', { scope: 'OPERATIONAL', issues: ['DNS'] });
  const over = actionRecord('OVER', { track: 'WSIS_FU', status: 'COMPLETED', endedOn: '2007' });
  const comparison = compare(
    [forum, routing, over, actionRecord('COUNTED')],
    reportYear(2008, { citations: citationsOf('FORUM', 'ROUTING') }),
    reportYear(2010, { citations: citationsOf() }),
  );

  it('lists those that ran or were cited', () => {
    expect(named(comparison.otherTracks)).toEqual(['FORUM']);
    expect(named(comparison.operational)).toEqual(['ROUTING']);
  });

  it('and has them nowhere else', () => {
    expect([named(comparison.continued), named(comparison.silentlyDropped)]).toEqual([['COUNTED'], []]);
    expect(comparison.claims).toEqual({ known: true, items: [] });
  });

  it('names what was cited and is not on record as an action', () =>
    expect(
      itemsOf(compare([], reportYear(2008, { citations: citationsOf('GONE') }), reportYear(2010)).citedWithoutRecord),
    ).toEqual([{ action: 'GONE', years: [2008], why: [100] }]));
});

describe('Rule 15: the standing of both years', () => {
  it('shows punctuality, reservation and status as they are on record', () => {
    const earlier = reportYear(2008, {
      punctuality: 'late',
      reservation: 'As a courtesy',
      status: 'ANSWERED_WITH_RESERVATION',
    });
    const later = reportYear(2010, { punctuality: 'not-applicable', status: 'NO_EVIDENCE', citationsKnown: false });
    const comparison = compare([], earlier, later);
    expect(comparison.earlier).toMatchObject({ punctuality: 'late', reservation: 'As a courtesy', why: [2008] });
    expect(comparison.later).toMatchObject({ status: 'NO_EVIDENCE', punctuality: 'not-applicable' });
    expect(comparison.later).not.toHaveProperty('citations');
  });

  it('puts the years in order, however they are given', () => {
    const earlier = reportYear(2008, { citations: citationsOf('A') });
    const later = reportYear(2010, { citations: citationsOf('B') });
    expect(compare([actionRecord('A'), actionRecord('B')], later, earlier)).toEqual(
      compare([actionRecord('A'), actionRecord('B')], earlier, later),
    );
  });

  it('refuses one year twice, and two series', () => {
    expect(refusalCodeOf(() => compare([], reportYear(2008), reportYear(2008)))).toBe('years-not-distinct');
    expect(refusalCodeOf(() => compare([], reportYear(2008), reportYear(2010, { series: 'wsis-annual' })))).toBe(
      'series-or-cycle-differs',
    );
  });
});

describe('Rule 16: organizations stand side by side only within one series and cycle, and nobody is ranked', () => {
  const registry = { organization: 'example-registry', series: 'ec-performance', year: 2008 };

  it('refuses another series or another year', () => {
    refuseUnlessComparable(registry, { ...registry, organization: 'example-union' });
    for (const differs of [{ series: 'wsis-annual' }, { year: 2010 }]) {
      const union = { ...registry, organization: 'example-union', ...differs };
      expect(refusalCodeOf(() => refuseUnlessComparable(registry, union))).toBe('series-or-cycle-differs');
    }
  });

  it('lets an organization stand beside itself over two years', () =>
    expect(refusalCodeOf(() => refuseUnlessComparable(registry, { ...registry, year: 2010 }))).toBeUndefined());

  it('gives no rank and no score', () => {
    const everything = JSON.stringify(
      compare([actionRecord('A')], reportYear(2008, { citations: citationsOf('A') }), reportYear(2010)),
    );
    expect(everything).not.toMatch(/rank|score|grade|rating|percent/i);
  });
});
