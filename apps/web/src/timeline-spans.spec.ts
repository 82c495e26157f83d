import { describe, expect, it } from '@jest/globals';
import { edtf } from '#reporting';
import { momentOf, spanOf, stretchOf } from './timeline-spans.js';

const span = (date: string) => spanOf(edtf(date));

describe('a date lies', () => {
  it('over the whole year where the year is known', () => {
    expect(span('2008')).toEqual({ from: 2008, to: 2009 });
  });

  it('over the whole month where the month is known', () => {
    expect(span('2008-10')).toEqual({ from: 2008.75, to: 2008 + 10 / 12 });
    expect(span('2008-12').to).toBe(2009);
  });

  it('on one point where the day is known, within its year at both ends', () => {
    const { from, to } = span('2008-07-02');
    expect(from).toBe(to);
    expect(from).toBeCloseTo(2008.5, 2);
    expect(span('2008-01-01').from).toBeGreaterThan(2008);
    expect(span('2008-12-31').to).toBeLessThan(2009);
  });
});

describe('a stretch', () => {
  it('between two days has sharp ends', () => {
    const { from, solidFrom, solidTo, to } = stretchOf(span('2006-09-29'), span('2009-09-30'), 2027);
    expect(solidFrom).toBe(from);
    expect(solidTo).toBe(to);
  });

  it('between two years is soft over the whole of each', () => {
    expect(stretchOf(span('2006'), span('2009'), 2027)).toEqual({
      from: 2006,
      solidFrom: 2007,
      solidTo: 2009,
      to: 2010,
    });
  });

  it('within one year is nowhere known to have run', () => {
    expect(stretchOf(span('2013'), span('2013'), 2027)).toEqual({
      from: 2013,
      solidFrom: 2013.5,
      solidTo: 2013.5,
      to: 2014,
    });
  });

  it('that still goes on fades at the edge of the drawing', () => {
    expect(stretchOf(span('2006'), 'open', 2027)).toEqual({ from: 2006, solidFrom: 2007, solidTo: 2026, to: 2027 });
  });

  it('of unknown end fades soon after its start', () => {
    const { from, solidTo, to } = stretchOf(span('2010'), 'not-known', 2027);
    expect([from, solidTo, to]).toEqual([2010, 2011, 2012]);
  });

  it('never runs backwards, whatever is held against what', () => {
    const dates = ['2008', '2008-01', '2008-10-06', '2008-12-31', '2009', '2009-01-01'].map(span);
    for (const start of dates) {
      for (const ending of [...dates, 'open', 'not-known'] as const) {
        const { from, solidFrom, solidTo, to } = stretchOf(start, ending, 2010);
        expect([from, solidFrom, solidTo, to]).toEqual([from, solidFrom, solidTo, to].sort((a, b) => a - b));
      }
    }
  });

  it('of a moment covers all that its date may mean', () => {
    expect(momentOf(span('2008'))).toMatchObject({ from: 2008, to: 2009 });
    expect(momentOf(span('2008-10-06')).from).toBe(momentOf(span('2008-10-06')).to);
  });
});
