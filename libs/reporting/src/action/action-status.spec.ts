import { describe, expect, it } from '@jest/globals';
import {
  changeStatus,
  discontinue,
  discontinued,
  fold,
  record,
  recorded,
  revise,
  specFor,
  statusChanged,
  supersede,
  superseded,
} from '#testing';
import { action } from './action.js';

const given = specFor(action, { today: '2012-06-30' });

describe('Rule 4: start is not after end, and a future start means planned', () => {
  it('refuses an end before the start, when recorded and when revised', () => {
    const ended = { startedOn: { date: '2007-05' }, endedOn: { date: '2006' } };
    given()
      .when(record({ ...ended, status: 'COMPLETED' }))
      .refuses('dates-out-of-order', { from: '2007-05', to: '2006' });
    given(recorded())
      .when(revise({ changes: { startedOn: { date: '2011' }, endedOn: { date: '2010-12-31' } } }))
      .refuses('dates-out-of-order');
  });

  it('accepts an end in the year of the start, since a year has no first of January', () =>
    given()
      .when(record({ startedOn: { date: '2007-05' }, endedOn: { date: '2007' }, status: 'COMPLETED' }))
      .thenState({ status: 'COMPLETED' }));

  it('refuses another status than planned for a future start', () => {
    given()
      .when(record({ startedOn: { date: '2012-07' } }))
      .refuses('start-in-future-means-planned', { startedOn: '2012-07', status: 'ONGOING' });
    given()
      .when(record({ startedOn: { date: '2012-07' }, status: 'PLANNED' }))
      .thenState({ status: 'PLANNED' });
  });

  it('does not let a plan be carried out before its start, nor move a start past today', () => {
    given(recorded({ startedOn: { date: '2013' }, status: 'PLANNED' }))
      .when(changeStatus({ to: 'ONGOING', on: '2013' }))
      .refuses('start-in-future-means-planned');
    given(recorded())
      .when(revise({ changes: { startedOn: { date: '2013' } } }))
      .refuses('start-in-future-means-planned', { startedOn: '2013', status: 'ONGOING' });
  });

  it('does not take this year for the future', () =>
    given()
      .when(record({ startedOn: { date: '2012' } }))
      .thenState({ status: 'ONGOING' }));

  it('refuses an ongoing action that has ended, and a completed one that has not', () => {
    given()
      .when(record({ endedOn: { date: '2012-05' } }))
      .refuses('ongoing-has-an-end', { status: 'ONGOING', endedOn: '2012-05' });
    given()
      .when(record({ endedOn: { date: '2013' }, status: 'COMPLETED' }))
      .refuses('date-in-future', { date: '2013' });
    given(recorded({ endedOn: { date: '2013' } }))
      .when(changeStatus({ on: '2012-06' }))
      .records(statusChanged({ on: '2012-06' }));
  });

  it('refuses a change of status before the start or in the future', () => {
    for (const command of [changeStatus({ on: '2006' }), supersede({ on: '2006' }), discontinue({ on: '2006' })]) {
      given(recorded()).when(command).refuses('dates-out-of-order', { from: '2007-05', to: '2006' });
    }
    const ongoing = changeStatus({ to: 'ONGOING', on: '2013' });
    given(recorded({ status: 'PLANNED' }))
      .when(ongoing)
      .refuses('date-in-future', { date: '2013' });
    for (const command of [changeStatus({ on: '2013' }), supersede({ on: '2013' }), discontinue({ on: '2013' })]) {
      given(recorded()).when(command).refuses('date-in-future', { date: '2013' });
    }
  });
});

describe('A plan that comes to nothing', () => {
  const planned = recorded({ startedOn: { date: '2013' }, status: 'PLANNED' });

  it('is given up, or replaced, before the day on which it was to begin, and so has no end', () => {
    given(planned)
      .when(discontinue({ on: '2011' }))
      .records(discontinued({ on: '2011' }));
    given(planned)
      .when(supersede({ on: '2011' }))
      .records(superseded({ on: '2011' }));
    const { facts, status } = fold(action, action.initial, [planned, discontinued({ on: '2011' })]);
    expect({ status, endedOn: facts?.endedOn }).toEqual({ status: 'DISCONTINUED', endedOn: undefined });
  });

  it('is still corrected, though its start lies ahead', () =>
    given(planned, discontinued({ on: '2011' }))
      .when(revise({ changes: { title: 'Another title' } }))
      .thenState({ status: 'DISCONTINUED' }));

  it('that began has its end, as all others', () => {
    const { facts } = fold(action, action.initial, [recorded({ status: 'PLANNED' }), discontinued()]);
    expect(facts?.endedOn).toEqual({ date: '2010' });
  });
});

describe('Rule 5: a status changes by its own command, and a final one stays', () => {
  it('changes with the date from when, which is the end of what is completed', () => {
    given(recorded()).when(changeStatus()).records(statusChanged());
    const { facts } = fold(action, action.initial, [recorded(), statusChanged()]);
    expect(facts?.endedOn).toEqual({ date: '2010' });
  });

  it('is not changed to what it is', () =>
    given(recorded())
      .when(changeStatus({ to: 'ONGOING' }))
      .refuses('nothing-changed', { status: 'ONGOING' }));

  it('becomes superseded or discontinued by commands that ask for what these need', () => {
    for (const to of ['SUPERSEDED', 'DISCONTINUED'] as const) {
      given(recorded()).when(changeStatus({ to })).refuses('status-needs-its-own-command', { to });
    }
    given(recorded()).when(supersede()).records(superseded());
    given(recorded(), superseded()).thenState({ status: 'SUPERSEDED', supersededBy: 'ACT-0002' });
    given(recorded()).when(discontinue()).records(discontinued());
    given(recorded(), discontinued()).thenState({ status: 'DISCONTINUED' });
  });

  it('is verified later, where nobody had looked', () =>
    given(recorded({ status: 'UNVERIFIED' }))
      .when(changeStatus({ to: 'ONGOING', on: '2012' }))
      .records(statusChanged({ from: 'UNVERIFIED', to: 'ONGOING', on: '2012' })));

  it.each([
    ['completed', statusChanged()],
    ['superseded', superseded()],
    ['discontinued', discontinued()],
  ])('does not reopen once it is %s', (_, final) => {
    for (const command of [changeStatus({ to: 'ONGOING' }), supersede({ by: 'ACT-0003' }), discontinue()]) {
      given(recorded(), final).when(command).refuses('status-is-final');
    }
  });

  it('is superseded from the start only together with its successor', () => {
    given()
      .when(record({ status: 'SUPERSEDED' }))
      .refuses('status-needs-successor');
    given()
      .when(record({ supersededBy: 'ACT-0002' }))
      .refuses('status-needs-successor');
    given()
      .when(record({ status: 'SUPERSEDED', supersededBy: 'ACT-0002' }))
      .thenState({ supersededBy: 'ACT-0002' });
  });

  it('is not superseded by itself', () => {
    given(recorded())
      .when(supersede({ by: 'ACT-0001' }))
      .refuses('superseded-by-itself', { action: 'ACT-0001' });
    given()
      .when(record({ status: 'SUPERSEDED', supersededBy: 'ACT-0001' }))
      .refuses('superseded-by-itself');
  });

  it('is not superseded in a circle', () => {
    const circle = ['ACT-0003', 'ACT-0001'];
    given(recorded())
      .when(supersede({ by: 'ACT-0002', successors: circle }))
      .refuses('superseded-in-circle', { action: 'ACT-0001', successors: ['ACT-0002', ...circle] });
    given()
      .when(record({ status: 'SUPERSEDED', supersededBy: 'ACT-0002', successors: circle }))
      .refuses('superseded-in-circle');
  });
});
