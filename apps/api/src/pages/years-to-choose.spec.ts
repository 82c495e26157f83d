import { describe, expect, it } from '@jest/globals';
import type { ActionDocument, ReportDocument } from '#views';
import { yearsAsked, yearsByDefault, yearsToChoose } from './years-to-choose.js';

const SERIES = 'ec-performance';
const report = (year: number, series = SERIES) => ({ series, year }) as ReportDocument;
const action = (from: string, to?: string) =>
  ({ startedOn: { date: from }, ...(to && { endedOn: { date: to } }) }) as ActionDocument;

describe('the years that are compared', () => {
  it.each([
    ['2008,2010', { years: [2008, 2010] }],
    ['2010,2008', { years: [2010, 2008] }],
    ['2008,2008', { fault: 'Choose two different years.' }],
    ['2008', { fault: expect.stringContaining('years=2008,2010') }],
    ['2008,2010,2012', { fault: expect.any(String) }],
    ["2008,'--", { fault: expect.any(String) }],
  ])('named as %j are %j', (text, chosen) => {
    expect(yearsAsked(text)).toEqual(chosen);
  });

  it('are, where none are named, those of the last two reports of the series', () => {
    const reports = [report(2012), report(2008), report(2010), report(2020, 'wsis-annual')];
    expect(yearsByDefault(SERIES, reports, [action('2001')])).toEqual({ years: [2010, 2012] });
  });

  it('are the first and last of its actions where there are not two reports', () => {
    const actions = [action('2006-09-29', '2009'), action('2007'), action('2004-06')];
    expect(yearsByDefault(SERIES, [report(2008)], actions)).toEqual({ years: [2004, 2009] });
  });

  it('are none where one year or nothing is on record, and a sentence says so', () => {
    expect(yearsByDefault(SERIES, [], [action('2008')])).toMatchObject({ fault: expect.stringContaining('Only 2008') });
    expect(yearsByDefault(SERIES, [], [])).toMatchObject({ fault: expect.stringContaining('No report') });
  });
});

it('offers each year of a report or of an action once, and what was chosen', () => {
  expect(yearsToChoose([report(2008)], [action('2006', '2008'), action('2010')], [2011, 2008])).toEqual([
    2006, 2008, 2010, 2011,
  ]);
});
