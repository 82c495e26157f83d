import { describe, expect, it } from '@jest/globals';
import {
  acknowledged,
  amendmentOpened,
  answeredByLetter,
  deadlineExtended,
  declined,
  exempted,
  noResponse,
  requested,
  sectionAnswered,
  started,
  submitted,
  withdrawn,
} from '#testing';
import type { ReportEvent } from '../report/report.js';
import { type Awaited, evolveAwaited, NOT_AWAITED, remindersOf } from './plan.js';

const report = { series: 'ec-performance', year: 2028, organization: 'example-registry' };
const policy = { days: [-30, -7, -1, 1, 14], at: '09:00', timeZone: 'Europe/Zurich' };
const OPENED = '2027-11-01T09:00:00.000Z';
const RECORDED = '2027-12-01T09:00:00.000Z';
const asked = requested({ on: '2027-12-01', deadline: '2028-03-31' });

const after = (...events: readonly ReportEvent[]): Awaited =>
  events.reduce((state, event) => evolveAwaited(state, event, RECORDED), NOT_AWAITED);
const planOf = (awaited: Awaited, openSince: string | undefined = OPENED) =>
  remindersOf(report, awaited, openSince, policy);
const duesOf = (awaited: Awaited, openSince?: string) => planOf(awaited, openSince).map(({ due }) => due);

describe('The plan of reminders', () => {
  it('says who gets what and when, on the wall of the time zone', () => {
    expect(planOf(after(asked))[0]).toEqual({
      ...report,
      to: 'focal-point',
      days: -30,
      deadline: '2028-03-31',
      day: '2028-03-01',
      due: '2028-03-01T08:00:00.000Z',
    });
    expect(duesOf(after(asked))).toEqual([
      '2028-03-01T08:00:00.000Z',
      '2028-03-24T08:00:00.000Z',
      // Summer began on the 26th.
      '2028-03-30T07:00:00.000Z',
      '2028-04-01T07:00:00.000Z',
      '2028-04-14T07:00:00.000Z',
    ]);
  });

  it.each([
    ['2028-02', '2028-02-29'],
    ['2029-02', '2029-02-28'],
    ['2028', '2028-12-31'],
    ['2028-04', '2028-04-30'],
  ])('counts from the last day of %s', (deadline, last) => {
    const [reminder] = remindersOf(report, after(requested({ deadline })), OPENED, { ...policy, days: [0] });
    expect(reminder).toMatchObject({ deadline, day: last });
  });

  it('is in order, and has each day once, however the days are given', () => {
    const plan = remindersOf(report, after(asked), OPENED, { ...policy, days: [1, -7, 1, -30] });
    expect(plan.map(({ days }) => days)).toEqual([-30, -7, 1]);
  });

  it('goes on while the request is known and an answer is written', () => {
    for (const events of [[acknowledged()], [started()], [started(), sectionAnswered()]]) {
      expect(planOf(after(asked, ...events))).toHaveLength(5);
    }
  });

  it.each<[string, ReportEvent[]]>([
    ['nobody was asked', [started()]],
    ['no deadline is on record', [requested()]],
    ['it was answered', [asked, started(), submitted()]],
    ['an answer is amended', [asked, started(), submitted(), amendmentOpened()]],
    ['it was answered by letter', [asked, answeredByLetter()]],
    ['it had been answered unasked', [answeredByLetter(), asked]],
    ['it was declined', [asked, declined()]],
    ['it was exempted', [asked, exempted()]],
    ['it was withdrawn', [asked, started(), submitted(), withdrawn()]],
    ['silence was recorded', [asked, noResponse()]],
  ])('is empty where %s', (_, events) => expect(planOf(after(...events))).toEqual([]));

  it('is empty while the round is closed, and goes on from where it is opened again', () => {
    expect(remindersOf(report, after(asked), undefined, policy)).toEqual([]);
    expect(duesOf(after(asked), '2028-03-31T00:00:00.000Z')).toEqual([
      '2028-04-01T07:00:00.000Z',
      '2028-04-14T07:00:00.000Z',
    ]);
  });

  it('has nothing from before the request was recorded: rounds of the past remind nobody', () => {
    const entered = evolveAwaited(NOT_AWAITED, asked, '2028-03-30T07:00:00.000Z');
    expect(duesOf(entered)).toEqual([
      '2028-03-30T07:00:00.000Z',
      '2028-04-01T07:00:00.000Z',
      '2028-04-14T07:00:00.000Z',
    ]);
    expect(planOf(evolveAwaited(NOT_AWAITED, requested({ deadline: '2008-10-31' }), RECORDED))).toEqual([]);
  });

  it('is a new one for a deadline that was moved, from when that was recorded', () => {
    const moved = deadlineExtended({ from: '2028-03-31', to: '2028-04-10' });
    const extended = evolveAwaited(after(asked), moved, '2028-03-31T12:00:00.000Z');
    expect(planOf(extended).map(({ days, deadline }) => [days, deadline])).toEqual([
      [-7, '2028-04-10'],
      [-1, '2028-04-10'],
      [1, '2028-04-10'],
      [14, '2028-04-10'],
    ]);
  });

  it('goes on for who declined and then begins to write, from that moment', () => {
    const resumed = evolveAwaited(after(asked, declined()), started(), '2028-03-25T00:00:00.000Z');
    expect(duesOf(resumed)[0]).toBe('2028-03-30T07:00:00.000Z');
  });

  it('ends where the calendar does', () => {
    const last = after(requested({ deadline: '9999-12-31' }));
    expect(planOf(last).map(({ days }) => days)).toEqual([-30, -7, -1]);
  });
});
