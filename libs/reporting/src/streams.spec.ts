import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ACTION_ID,
  actionStream,
  assessmentStream,
  cycleStream,
  mandateStream,
  organizationStream,
  reminderStream,
  reportStream,
  SERIES,
  SLUG,
  subjectOf,
} from './streams.js';

const organizations = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,3}$/).filter((text) => SLUG.test(text));
const series = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}$/).filter((text) => SERIES.test(text));
const actions = fc.stringMatching(/^[A-Z0-9]{1,6}(-[A-Z0-9]{1,4}){0,2}$/).filter((text) => ACTION_ID.test(text));
const persons = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
const years = fc.integer({ min: 1000, max: 9999 });

describe('The name of a stream', () => {
  it('tells what the stream is about, whatever words and numbers it is made of', () =>
    fc.assert(
      fc.property(series, years, organizations, actions, persons, (name, year, organization, action, reviewer) => {
        const report = { series: name, year, organization };
        expect(subjectOf(reportStream(report))).toEqual({ category: 'report', ...report });
        expect(subjectOf(reminderStream(report))).toEqual({ category: 'reminder', ...report });
        const assessment = { ...report, reviewer };
        expect(subjectOf(assessmentStream(assessment))).toEqual({ category: 'assessment', ...assessment });
        expect(subjectOf(cycleStream(report))).toEqual({ category: 'cycle', series: name, year });
        expect(subjectOf(organizationStream(organization))).toEqual({ category: 'organization', organization });
        expect(subjectOf(actionStream(action))).toEqual({ category: 'action', action });
        expect(subjectOf(mandateStream(reviewer))).toEqual({ category: 'mandate', person: reviewer });
      }),
    ));

  it('is read by its first year: an organization may have one in its own name', () =>
    expect(subjectOf('report-ec-performance-2008-forum-2015')).toEqual({
      category: 'report',
      series: 'ec-performance',
      year: 2008,
      organization: 'forum-2015',
    }));

  it('has no series that could be taken for a year', () => {
    expect(SERIES.test('ec-performance')).toBe(true);
    expect(SERIES.test('wsis-2006-annual')).toBe(false);
    expect(SERIES.test('2006')).toBe(false);
  });

  it.each([
    'person-1',
    'cycle-ec-performance',
    'report-ec-performance-2008',
    'assessment-ec-performance-2008-example-registry',
    'ledger-checkpoints',
    '',
  ])('is not %j', (stream) => expect(() => subjectOf(stream)).toThrow(/not a stream of the public record/));
});
