import { describe, expect, it } from '@jest/globals';
import { RecordAction, SubmitReport } from '#commands';
import { bind } from './binding.js';
import { HttpProblem } from './http-problem.js';

const params = { series: 'ec-performance', year: '2008', organization: 'example-registry' };
const body = { signatory: 'E. Xample', on: '2009-02', declaration: 'So it was.', consentToBeCited: 'by-name' };

function refusalOf(bound: () => unknown): HttpProblem {
  try {
    bound();
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
  throw new Error('It was bound');
}

describe('binding', () => {
  it('joins the fields of the address and the body, and leaves out what was not sent', () => {
    const bound = bind(SubmitReport, params, body);
    expect(bound).toEqual({ ...params, year: 2008, ...body });
    expect(Object.keys(bound)).not.toContain('reservation');
  });

  it('keeps an id of digits a text', () => {
    expect(bind(SubmitReport, { ...params, organization: '2008' }, body)).toMatchObject({ organization: '2008' });
  });

  it('brings texts into NFC before it checks them', () => {
    expect(bind(SubmitReport, params, { ...body, signatory: 'Zoe\u0308' })).toMatchObject({ signatory: 'Zo\u00eb' });
  });

  it('names every fault and its place', () => {
    const { code, details } = refusalOf(() =>
      bind(SubmitReport, { ...params, year: 'MMVIII' }, { ...body, on: 'soon', colour: 'blue', signatory: null }),
    );
    expect(code).toBe('command-invalid');
    expect(details.errors).toEqual(
      expect.arrayContaining([
        { field: 'colour', message: expect.stringContaining('should not exist') },
        { field: 'on', message: expect.stringContaining('must be a year (2008)') },
        { field: 'signatory', message: expect.any(String) },
        { parameter: 'year', message: expect.any(String) },
      ]),
    );
  });

  it('refuses a field that the address names already', () => {
    const { details } = refusalOf(() => bind(SubmitReport, params, { ...body, organization: 'example-exchange' }));
    expect(details.errors).toEqual([
      { field: 'organization', message: expect.stringContaining('named by the address') },
    ]);
  });

  it('refuses who gives the command as a part of it', () => {
    const { details } = refusalOf(() => bind(SubmitReport, params, { ...body, given: { actor: 'somebody-else' } }));
    expect(details.errors).toEqual([{ field: 'given', message: expect.stringContaining('should not exist') }]);
  });

  it.each([null, [], 'text', 1, true])('refuses a body that is %p', (sent) => {
    expect(refusalOf(() => bind(SubmitReport, params, sent)).details.errors).toEqual([
      { field: '', message: 'the body must be an object' },
    ]);
  });

  it('explains a body of many faults with a few of them, and soon', () => {
    const sources = Array.from({ length: 300_000 }, () => ({}));
    const partners = Array.from({ length: 100_000 }, (_, n) => `example-${n}`);
    const started = performance.now();
    const { details } = refusalOf(() => bind(RecordAction, { action: 'ACT-0001' }, { sources, partners }));
    expect(details.errors?.length).toBeLessThanOrEqual(50);
    // Some tenths of a second; class-validator would take minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(refusalOf(() => bind(RecordAction, {}, { sources: sources.slice(0, 100) })).details).toMatchObject({
      facts: { faults: expect.any(Number) },
    });
  });
});
