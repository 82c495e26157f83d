import { describe, expect, it } from '@jest/globals';
import { actionRecord, citationsOf, deepFrozen, itemsOf, reportYear } from '#testing';
import type { ActionRecord } from './action/lifetime.js';
import { compareYears } from './comparison.js';
import type { CodeComparison } from './side-by-side.js';

const letterOf = (year: number) => reportYear(year, { citationsKnown: false });
const compare = (actions: ActionRecord[], earlier = letterOf(2008), later = letterOf(2010)) =>
  compareYears(deepFrozen({ organization: 'example-registry', earlier, later, actions }));

describe('Rule 15: issues and stakeholder groups gained and lost', () => {
  const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code);
  const shown = (comparison: CodeComparison) => {
    if (!comparison.known) throw new Error(comparison.reason);
    const { basis, gained, lost, kept, unclear } = comparison;
    return { basis, gained: codes(gained), lost: codes(lost), kept: codes(kept), unclear: codes(unclear) };
  };

  it('go by what the reports cite, where that is on record', () => {
    const comparison = compare(
      [
        actionRecord('A', { issues: ['DNS', 'SPAM'] }),
        actionRecord('B', { issues: ['SPAM', 'ACCESS'] }),
        actionRecord('C', { issues: ['DNS'] }),
      ],
      reportYear(2008, { citations: citationsOf('A') }),
      reportYear(2010, { citations: citationsOf('B') }),
    );
    const expected = { basis: 'citations', gained: ['ACCESS'], lost: ['DNS'], kept: ['SPAM'], unclear: [] };
    expect(shown(comparison.issues)).toEqual(expected);
    expect(comparison.issues).toMatchObject({ kept: [{ code: 'SPAM', actions: ['A', 'B'], why: [1, 100] }] });
  });

  it('go by what ran in each year, where it is not', () =>
    expect(
      shown(
        compare([
          actionRecord('A', { groups: ['GOV', 'CS'] }),
          actionRecord('B', { groups: ['TECH', 'CS'], status: 'COMPLETED', endedOn: '2008' }),
          actionRecord('C', { groups: ['PRIV'], startedOn: '2010' }),
        ]).groups,
      ),
    ).toEqual({ basis: 'record', gained: ['PRIV'], lost: ['TECH'], kept: ['CS', 'GOV'], unclear: [] }));

  it('are neither where only actions that nobody verified since carry them', () =>
    expect(
      shown(
        compare([
          actionRecord('A', { issues: ['DNS'], status: 'UNVERIFIED' }),
          actionRecord('B', { issues: ['SPAM'], startedOn: '2008', status: 'UNVERIFIED' }),
          actionRecord('C', { issues: ['ACCESS'], status: 'UNVERIFIED' }),
          actionRecord('D', { issues: ['ACCESS'] }),
          actionRecord('E', { issues: ['PRIVACY'], startedOn: '2010', status: 'UNVERIFIED' }),
        ]).issues,
      ),
    ).toEqual({ basis: 'record', gained: ['PRIVACY'], lost: [], kept: ['ACCESS'], unclear: ['DNS', 'SPAM'] }));
});

describe('Rule 15: figures and claims side by side', () => {
  const figure = (value: number, unit: string, why: number) => ({ value, unit, why: [why] });

  it('computes a change only where the units agree', () => {
    const comparison = compare(
      [],
      reportYear(2008, {
        figures: { budget: figure(4.1, 'million', 5), meetings: figure(3, 'days', 6), staff: figure(9, 'people', 7) },
      }),
      reportYear(2010, {
        figures: {
          budget: figure(4.3, 'million', 8),
          meetings: figure(2, 'meetings', 9),
          constructor: figure(1, 'x', 4),
        },
      }),
    );
    expect(itemsOf(comparison.figures)).toEqual([
      {
        indicator: 'budget',
        earlier: { value: 4.1, unit: 'million' },
        later: { value: 4.3, unit: 'million' },
        change: 0.2,
        unitsDiffer: false,
        why: [5, 8],
      },
      { indicator: 'constructor', later: { value: 1, unit: 'x' }, unitsDiffer: false, why: [4] },
      {
        indicator: 'meetings',
        earlier: { value: 3, unit: 'days' },
        later: { value: 2, unit: 'meetings' },
        unitsDiffer: true,
        why: [6, 9],
      },
      { indicator: 'staff', earlier: { value: 9, unit: 'people' }, unitsDiffer: false, why: [7] },
    ]);
  });

  it('does not say that there were no figures where none is on record', () =>
    expect(compare([]).figures).toEqual({ known: false, reason: 'no-figures-on-record', years: [2008, 2010] }));

  it('shows what was claimed of each criterion', () => {
    const claiming = (year: number, criterion: string, text: string) =>
      reportYear(year, { citations: { A: { claims: [{ criterion, text }], why: [year] } } });
    const comparison = compare(
      [actionRecord('A')],
      claiming(2008, 'TIMELY', 'In a year'),
      claiming(2010, 'TIMELY', 'In a month'),
    );
    expect(itemsOf(comparison.claims)).toEqual([
      {
        criterion: 'TIMELY',
        earlier: [{ action: 'A', text: 'In a year' }],
        later: [{ action: 'A', text: 'In a month' }],
        why: [2008, 2010],
      },
    ]);
  });
});
