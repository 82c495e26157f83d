import { describe, expect, it } from '@jest/globals';
import { HttpProblem } from '../http/http-problem.js';
import { amongReports } from './among-reports.js';
import { versionAsked } from './version-asked.js';

describe('reports are looked for', () => {
  it('everywhere, where nothing is asked', () =>
    expect(amongReports({})).toEqual({ among: { prefix: '' }, where: {} }));

  it('in the range of a series, or of its year', () => {
    expect(amongReports({ series: 'a', status: 'ANSWERED' })).toEqual({
      among: { prefix: 'a/' },
      where: { status: 'ANSWERED' },
    });
    expect(amongReports({ series: 'a', year: '2008' })).toEqual({ among: { prefix: 'a/2008/' }, where: {} });
  });

  it('in the list of an organization, unless the year narrows it down further', () => {
    const lists = ['organization=example-registry'];
    expect(amongReports({ organization: 'example-registry', series: 'a' })).toEqual({
      among: { lists },
      where: { series: 'a' },
    });
    expect(amongReports({ organization: 'example-registry', series: 'a', year: '2008' })).toEqual({
      among: { prefix: 'a/2008/' },
      where: { organization: 'example-registry' },
    });
  });

  it('never by a year without its series', () => expect(() => amongReports({ year: '2008' })).toThrow(HttpProblem));
});

describe('a version', () => {
  it('is a number from 1', () => {
    expect(versionAsked('12')).toBe(12);
    expect(versionAsked(undefined)).toBeUndefined();
  });

  it.each(['0', '-1', '1.0', '1e3', '01', ' 1', 'latest', '99999999'])('is not %p', (text) =>
    expect(() => versionAsked(text)).toThrow(HttpProblem),
  );
});
