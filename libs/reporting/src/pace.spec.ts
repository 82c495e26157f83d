import { describe, expect, it } from '@jest/globals';
import { edtf } from './edtf.js';
import { paceOf } from './pace.js';

const pace = (startedOn: string, endedOn?: string) =>
  paceOf({ startedOn: edtf(startedOn), ...(endedOn && { endedOn: edtf(endedOn) }) });

describe('Rule 17: pace is computed only from dates precise enough', () => {
  it('is in days between days', () =>
    expect(pace('2008-02-28', '2008-03-01')).toEqual({ known: true, unit: 'days', length: 2 }));

  it('is in calendar months where one of them is only known to the month', () => {
    expect(pace('2007-11', '2008-03')).toEqual({ known: true, unit: 'months', length: 4 });
    expect(pace('2007-11-30', '2008-03')).toEqual({ known: true, unit: 'months', length: 4 });
  });

  it.each([
    ['2007', '2008'],
    ['2007', '2008-03-01'],
    ['2007-11-30', '2008'],
  ])('is not known from %s to %s: a year is never turned into a day', (from, to) =>
    expect(pace(from, to)).toEqual({ known: false, reason: 'not-precise-enough' }),
  );

  it('is not known of what has not ended', () =>
    expect(pace('2007-11-30')).toEqual({ known: false, reason: 'not-ended' }));
});
