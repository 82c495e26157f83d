import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Edtf } from '#reporting';
import {
  clarificationAnswered,
  clarificationClosed,
  clarificationDueDateMoved,
  clarificationRequested,
  closed,
  conflictDeclared,
  deadlineExtended,
  declined,
  exempted,
  findingPublished,
  findingRecorded,
  findingShared,
  noConflictDeclared,
  opened,
  organizationCommented,
  recorded,
  registered,
  requested,
  reviewerAssigned,
  started,
  statusChanged,
  submitted,
} from '#testing';
import { ViewsInFolder } from '../../../../test/support/views-in-folder.js';
import { type DeadlineFilter, type DeadlineFor, DeadlinesAt, DeadlinesAtHandler } from './deadlines.js';
import { Today } from './report-year.js';

const CYCLE = 'cycle-ec-performance-2008';
const REPORT = 'report-ec-performance-2008-example-registry';
const UNION = 'report-ec-performance-2008-example-union';
const REVIEW = 'assessment-ec-performance-2008-example-registry--person-7';
const ACTION = 'action-act-0001';

const at = ViewsInFolder.forEachTest();

/** Everything is recorded on 15 January 2026. */
const on = (day: string) => new Today(at.views, () => Date.parse(`${day}T12:00:00Z`));

async function all(day: string, filter: DeadlineFilter = {}, asOf?: number): Promise<readonly DeadlineFor[]> {
  await at.shown();
  return new DeadlinesAtHandler(at.views, on(day)).execute(new DeadlinesAt(filter, asOf));
}

async function due(day: string, filter: DeadlineFilter = {}, asOf?: number) {
  const found = await all(day, filter, asOf);
  return found.map(({ kind, dueOn, organization = '-', state }) => `${dueOn} ${kind} ${organization} ${state}`);
}

describe('The deadline of a request', () => {
  it('is due soon for two weeks, then overdue, and done in time or late for ever', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2026-03-31' }));
    expect(await due('2026-03-16')).toEqual(['2026-03-31 request example-registry not-due']);
    expect(await due('2026-03-17')).toEqual(['2026-03-31 request example-registry due-soon']);
    expect(await due('2026-03-31')).toEqual(['2026-03-31 request example-registry due-soon']);
    expect(await due('2026-04-01')).toEqual(['2026-03-31 request example-registry overdue']);
    await at.record.tell(REPORT, started(), submitted({ on: '2026-04-02' }));
    expect(await due('2026-05-01')).toEqual(['2026-03-31 request example-registry late']);
  });

  it('is told with every day that it was before, and why', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2008-10-31' }), deadlineExtended());
    expect(await all('2026-01-16')).toMatchObject([
      { dueOn: '2008-11-30', moved: [{ from: '2008-10-31', to: '2008-11-30', reason: 'The letter arrived late' }] },
    ]);
  });

  it('binds nobody who declined or was exempted, and is not overdue where it was entered too late', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2026-03-31' }), declined());
    await at.record.tell(UNION, requested({ deadline: '2026-03-31' }), exempted());
    await at.record.tell('report-ec-performance-2008-old-union', requested({ deadline: '2008-10-31' }));
    expect(await due('2026-05-01')).toEqual(['2008-10-31 request old-union no-evidence']);
  });

  it('known to the month ends with it', async () => {
    await at.record.tell(REPORT, requested({ deadline: '2026-02' }));
    expect(await due('2026-02-13')).toEqual(['2026-02 request example-registry not-due']);
    expect(await due('2026-02-28')).toEqual(['2026-02 request example-registry due-soon']);
    expect(await due('2026-03-01')).toEqual(['2026-02 request example-registry overdue']);
  });
});

describe('The due date of a round', () => {
  it('passes, and is never overdue: only a request can be', async () => {
    await at.record.tell(CYCLE, opened({ dueOn: '2026-03-31' }));
    expect(await due('2026-04-01')).toEqual(['2026-03-31 cycle - passed']);
    await at.record.tell(CYCLE, closed());
    expect(await due('2026-01-16')).toEqual(['2026-03-31 cycle - passed']);
  });
});

describe('What was asked back', () => {
  it('is due on its day, wherever that was moved, and done with the answer', async () => {
    await at.record.tell(REPORT, started(), submitted(), clarificationRequested({ dueOn: '2026-01-31' }));
    expect(await due('2026-02-01')).toEqual(['2026-01-31 clarification example-registry overdue']);
    await at.record.tell(REPORT, clarificationDueDateMoved({ from: '2026-01-31', to: '2026-02-28' }));
    expect(await all('2026-02-01')).toMatchObject([
      { dueOn: '2026-02-28', state: 'not-due', section: 'S01', moved: [{ from: '2026-01-31', to: '2026-02-28' }] },
    ]);
    await at.record.tell(REPORT, clarificationAnswered());
    expect(await due('2026-03-01')).toEqual(['2026-02-28 clarification example-registry in-time']);
    await at.record.tell(REPORT, clarificationClosed());
    expect(await due('2026-03-01')).toEqual([]);
  });

  it('is for those alone who may read the thread', async () => {
    await at.record.tell(REPORT, started(), submitted());
    for (const visibility of ['internal', 'organization', 'public'] as const)
      await at.record.tell(
        REPORT,
        clarificationRequested({ clarification: visibility, dueOn: '2026-01-31', visibility }),
      );
    const found = await all('2026-01-16');
    expect(found.map(({ clarification, audience }) => `${clarification} ${audience}`)).toEqual([
      'internal reviewers',
      'organization organization',
      'public public',
    ]);
  });
});

describe('The day until which a finding can be commented on', () => {
  it('is there from when it is shown until it is published, for those who may read it', async () => {
    await at.record.tell(REPORT, started(), submitted());
    await at.record.tell(REVIEW, reviewerAssigned(), noConflictDeclared(), findingRecorded());
    expect(await due('2026-01-16')).toEqual([]);
    await at.record.tell(REVIEW, findingShared());
    expect(await all('2026-01-16')).toMatchObject([
      { dueOn: '2026-01-29', state: 'due-soon', audience: 'organization', reviewer: 'person-7', finding: 'F-1' },
    ]);
    expect(await due('2026-01-30')).toEqual(['2026-01-29 finding-comment example-registry passed']);
    await at.record.tell(REVIEW, organizationCommented());
    expect(await due('2026-01-30')).toEqual(['2026-01-29 finding-comment example-registry in-time']);
    await at.record.tell(REVIEW, findingPublished());
    expect(await due('2026-01-30')).toEqual([]);
  });

  it('is gone with the reviewer who is in a conflict', async () => {
    await at.record.tell(REVIEW, reviewerAssigned(), noConflictDeclared(), findingRecorded(), findingShared());
    await at.record.tell(REVIEW, conflictDeclared());
    expect(await due('2026-01-16')).toEqual([]);
  });
});

describe('The planned end of an action', () => {
  it('passes as long as the action is open, and is found under each partner', async () => {
    const planned = { startedOn: { date: '2025' }, endedOn: { date: '2026-06' }, status: 'ONGOING' } as const;
    await at.record.tell(ACTION, recorded({ ...planned, lead: 'example-registry', partners: ['example-union'] }));
    expect(await due('2026-07-01')).toEqual(['2026-06 action-end example-registry passed']);
    expect(await due('2026-01-16', { organization: 'example-union' })).toEqual([
      '2026-06 action-end example-union not-due',
    ]);
    await at.record.tell(ACTION, statusChanged({ from: 'ONGOING', to: 'COMPLETED', on: '2026-06' }));
    expect(await due('2026-07-01')).toEqual([]);
  });
});

describe('The list', () => {
  beforeEach(async () => {
    await at.record.tell(CYCLE, opened({ dueOn: '2026-04-30' }));
    await at.record.tell('cycle-ec-performance-2009', opened({ dueOn: '2027-04-30' }));
    await at.record.tell(REPORT, requested({ deadline: '2026-03' }));
    await at.record.tell(UNION, requested({ deadline: '2026-03-10' }));
  });

  it('is in the order of the days, a month by its last one', async () => {
    expect(await due('2026-01-16')).toEqual([
      '2026-03-10 request example-union not-due',
      '2026-03 request example-registry not-due',
      '2026-04-30 cycle - not-due',
      '2027-04-30 cycle - not-due',
    ]);
  });

  it('is cut to a cycle, an organization, a kind, a state, or days: a month that overlaps them belongs to them', async () => {
    const cycle = { series: 'ec-performance', year: 2008 };
    expect(await due('2026-01-16', { cycle })).toHaveLength(3);
    expect(await due('2026-01-16', { cycle, organization: 'example-union' })).toHaveLength(1);
    expect(await due('2026-01-16', { kind: 'cycle' })).toHaveLength(2);
    expect(await due('2026-03-11', { state: 'overdue' })).toEqual(['2026-03-10 request example-union overdue']);
    const days = { from: '2026-03-11' as Edtf, to: '2026-03-20' as Edtf };
    expect(await due('2026-01-16', days)).toEqual(['2026-03 request example-registry not-due']);
  });

  it('of an earlier moment is judged on the day of that moment', async () => {
    at.record.setClock('2026-03-20T09:00:00.000Z');
    await at.record.tell('organization-much-later', registered());
    expect(await due('2026-12-01', { organization: 'example-union' })).toEqual([
      '2026-03-10 request example-union overdue',
    ]);
    expect(await due('2026-12-01', { organization: 'example-union' }, 3)).toEqual([
      '2026-03-10 request example-union not-due',
    ]);
  });
});
