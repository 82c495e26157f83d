import { describe, expect, it } from '@jest/globals';
import type { NotKnown, YearStanding } from '#reporting';
import { edtf, PUNCTUALITIES } from '#reporting';
import type { TimelineEntry } from '#views';
import {
  counted,
  dateInWords,
  detailInWords,
  listed,
  momentInWords,
  number,
  punctualityInWords,
  reasonInWords,
  seriesInWords,
  statusInWords,
  titleInWords,
  whenInWords,
} from './words.js';

describe('a date', () => {
  it.each([
    ['2008', '2008'],
    ['2008-10', 'October 2008'],
    ['2008-10-06', '6 October 2008'],
    ['0987-01-31', '31 January 0987'],
  ])('%s reads %s: as precise as it is known, and no more', (date, words) => {
    expect(dateInWords(edtf(date))).toBe(words);
  });

  it('says where it is not that of the happening', () => {
    const date = edtf('2008');
    expect(whenInWords({ date })).toBe('2008');
    expect(whenInWords({ date, dateIs: 'cycle-year' })).toBe('Round of 2008, itself undated');
    expect(whenInWords({ date: edtf('2026-11-22'), dateIs: 'recorded' })).toBe(
      'Recorded 22 November 2026, itself undated',
    );
  });

  it('of a recording names the minute and the zone', () => {
    expect(momentInWords('2026-11-22T09:30:12.345Z')).toBe('22 November 2026, 09:30 UTC');
  });
});

describe('a number', () => {
  it.each([
    [0, '0'],
    [1_234, '1\u202f234'],
    [12_345_678.25, '12\u202f345\u202f678.25'],
  ])('%d reads %j', (value, words) => {
    expect(number(value)).toBe(words);
  });

  it('of things agrees with its noun', () => {
    expect([0, 1, 2].map((n) => counted(n, 'entry', 'entries'))).toEqual(['0 entries', '1 entry', '2 entries']);
  });
});

it('lists with a last and', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

it('names a series and a status by label, and what is on no list by itself', () => {
  expect(seriesInWords('ec-performance')).toBe('Annual performance report on enhanced cooperation');
  expect(seriesInWords('example-series')).toBe('example-series');
  expect(statusInWords('ANSWERED_WITH_RESERVATION')).toBe('Answered with reservation');
  expect(statusInWords('NO_EVIDENCE')).toBe('Nothing on record');
});

describe('punctuality', () => {
  const standing = (more: Partial<YearStanding>): YearStanding => ({
    series: 'ec-performance',
    year: 2008,
    status: 'ANSWERED',
    punctuality: 'not-applicable',
    why: [],
    ...more,
  });

  it('is no matter of lateness without a request or without a deadline', () => {
    const unasked = punctualityInWords(standing({}));
    const undated = punctualityInWords(standing({ requestedOn: edtf('2008-03') }));
    expect([unasked, undated].join()).not.toMatch(/\b(late:|overdue)/i);
    expect(undated).toBe('No deadline is on record, so it can be neither in time nor late');
  });

  it.each(PUNCTUALITIES)('%s is said as a sentence with the deadline in words', (punctuality) => {
    const words = punctualityInWords(
      standing({ requestedOn: edtf('2008-03'), deadline: edtf('2009-01-31'), punctuality }),
    );
    expect(words).toMatch(/^[A-Z]/);
    expect(words).not.toMatch(/undefined|2009-01-31/);
  });
});

it.each<[NotKnown['reason'], readonly number[], string]>([
  ['citations-not-on-record', [2008], 'the record of 2008 does not name the actions that the report cited'],
  ['report-withdrawn', [2010], 'the report of 2010 was withdrawn'],
  ['no-actions-on-record', [2008, 2010], 'no action of this organization is on record'],
  ['no-figures-on-record', [2008, 2010], 'no figure is on record for 2008 or 2010'],
])('%s is told in plain words', (reason, years, words) => {
  expect(reasonInWords({ known: false, reason, years })).toBe(words);
});

describe('the detail of an entry', () => {
  const entry = (more: Partial<TimelineEntry>): TimelineEntry => ({
    organization: 'example-registry',
    kind: 'action-ended',
    date: edtf('2010'),
    precision: 'year',
    title: 'Example',
    sequence: 1,
    why: [1],
    ...more,
  });
  const superseded = {
    action: 'EX-1',
    role: 'lead',
    lead: 'example-registry',
    partners: [],
    status: 'SUPERSEDED',
    track: 'EC',
    scope: 'POLICY',
    counted: true,
    issues: [],
    groups: [],
  } as const;

  it('and its title have dates in words', () => {
    const title = 'Deadline moved from 2009-01-31 to 2009-02';
    expect(titleInWords({ kind: 'deadline-extended', title })).toBe(
      'Deadline moved from 31 January 2009 to February 2009',
    );
    expect(titleInWords({ kind: 'action-started', title })).toBe(title);
  });

  it.each<[Partial<TimelineEntry>, string | undefined]>([
    [{ action: superseded, detail: 'SUPERSEDED: EX-2: a new text' }, 'By EX-2: a new text'],
    [{ action: { ...superseded, status: 'COMPLETED' }, detail: 'COMPLETED' }, undefined],
    [{ kind: 'named-in-synthesis', detail: 'ANSWERED: in full' }, 'Answered: in full'],
    [
      { kind: 'track-reassigned', detail: 'From EC to IGF: it is about the forum' },
      'From “Enhanced cooperation” to “IGF and its improvements”: it is about the forum',
    ],
    [{ kind: 'report-requested', detail: 'Deadline 2009-01-31. By fax' }, 'Deadline 31 January 2009. By fax'],
    [{ kind: 'report-requested', detail: 'Deadline of 2009-13' }, 'Deadline of 2009-13'],
    [{ kind: 'reminded', detail: '1 day before the deadline 2009-01-31' }, '1 day before the deadline 31 January 2009'],
    [{ kind: 'report-noted', detail: 'EC: stays' }, 'EC: stays'],
    [{ kind: 'report-noted' }, undefined],
  ])('%j shows no code to a reader', (more, words) => {
    expect(detailInWords(entry(more))).toBe(words);
  });
});
