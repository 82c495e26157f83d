import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusalOf } from '#testing';
import type { Edtf } from './edtf.js';
import {
  compareDates,
  daysBetween,
  edtf,
  isAfter,
  isBefore,
  isEdtf,
  monthsBetween,
  precisionOf,
  refuseDisorder,
  refuseFuture,
  yearOf,
} from './edtf.js';

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => edtf(date.toISOString().slice(0, 10)));
const months = days.map((day) => edtf(day.slice(0, 7)));
const years = days.map((day) => edtf(day.slice(0, 4)));
const dates = fc.oneof(days, months, years);

describe('Rule 4: a date is as precise as it is known', () => {
  it('is a year, a month or a day', () => {
    expect(precisionOf(edtf('2008'))).toBe('year');
    expect(precisionOf(edtf('2008-10'))).toBe('month');
    expect(precisionOf(edtf('2008-10-06'))).toBe('day');
    expect(yearOf(edtf('2008-10-06'))).toBe(2008);
  });

  it.each(['', '08', '2008-', '2008-1', '2008-13', '2008-00', '2008-10-32', '2008-10-06T00:00:00Z', ' 2008', '2008\n'])(
    'refuses %j',
    (text) => expect(refusalOf(() => edtf(text))).toMatchObject({ code: 'date-malformed', facts: { date: text } }),
  );

  it('knows the days of every month, and of February in a leap year', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat(13), fc.nat(32), (year, month, day) => {
        const text = [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-');
        const instant = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
        expect(isEdtf(text)).toBe(exists);
      }),
    ));

  it('compares dates of equal precision as the calendar does', () =>
    fc.assert(
      fc.property(days, days, (a, b) =>
        expect(compareDates(a, b)).toBe(Math.sign(new Date(a).getTime() - new Date(b).getTime())),
      ),
    ));

  it('compares on the precision that two dates share', () => {
    expect(compareDates(edtf('2008'), edtf('2008-10-06'))).toBe(0);
    expect(compareDates(edtf('2008-10'), edtf('2008-10-06'))).toBe(0);
    expect(compareDates(edtf('2008-09'), edtf('2008-10-06'))).toBeLessThan(0);
    expect(compareDates(edtf('2009'), edtf('2008-10-06'))).toBeGreaterThan(0);
  });

  it('compares the other way round with the opposite answer', () =>
    fc.assert(fc.property(dates, dates, (a, b) => expect(compareDates(a, b) + compareDates(b, a)).toBe(0))));

  it('calls no date earlier or later than what contains it', () =>
    fc.assert(
      fc.property(days, (day) => {
        for (const wider of [day.slice(0, 4), day.slice(0, 7)] as Edtf[]) {
          expect([isBefore(day, wider), isAfter(day, wider)]).toEqual([false, false]);
        }
      }),
    ));

  it('never takes a year for its first of January', () =>
    fc.assert(
      fc.property(years, days, (year, day) => {
        const firstOfJanuary = edtf(`${year}-01-01`);
        expect(year).not.toBe(firstOfJanuary);
        expect(precisionOf(year)).not.toBe(precisionOf(firstOfJanuary));
        expect(daysBetween(year, day)).toBeUndefined();
        expect(daysBetween(day, year)).toBeUndefined();
        expect(monthsBetween(year, day)).toBeUndefined();
        if (day.startsWith(year)) expect(isBefore(year, day)).toBe(false);
      }),
    ));

  it('counts days only between days, and months only between dates known to the month', () => {
    expect(daysBetween(edtf('2008-02-28'), edtf('2008-03-01'))).toBe(2);
    expect(daysBetween(edtf('2008-02'), edtf('2008-03-01'))).toBeUndefined();
    expect(monthsBetween(edtf('2007-11'), edtf('2008-03-01'))).toBe(4);
    expect(monthsBetween(edtf('2007'), edtf('2008-03'))).toBeUndefined();
  });

  it('refuses what is dated after today, but not what may have been today', () => {
    expect(refusalOf(() => refuseFuture(edtf('2008-10-07'), '2008-10-06'))).toMatchObject({ code: 'date-in-future' });
    for (const date of ['2008-10-06', '2008-10', '2008', '2007']) refuseFuture(edtf(date), '2008-10-06');
  });

  it('refuses a start that is certainly after its end, and lets an unknown one pass', () => {
    const disorder = refusalOf(() => refuseDisorder(edtf('2009'), edtf('2008-12')));
    expect(disorder).toMatchObject({ code: 'dates-out-of-order', facts: { from: '2009', to: '2008-12' } });
    refuseDisorder(edtf('2008'), edtf('2008-01-01'));
    refuseDisorder(undefined, edtf('2008'));
    refuseDisorder(edtf('2008'), undefined);
  });
});
