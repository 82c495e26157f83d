import { describe, it } from '@jest/globals';
import { actionCited, actionUncited, answeredByLetter, figureReported, inStream, specForView, started } from '#testing';
import { yearFacts } from './year-facts.js';

const given = specForView(yearFacts);
const report = inStream('report-ec-performance-2008-example-registry');
const key = 'example-registry/ec-performance/2008';

describe('The facts of a year', () => {
  it('hold an action that is cited, with what is claimed of it', () =>
    given(report(started(), actionCited({ statedStatus: 'ONGOING' }))).thenDocument(`${key}/cites/ACT-0001`, {
      action: 'ACT-0001',
      claims: [{ criterion: 'INCLUSIVE', text: 'Anyone may attend.' }],
      statedStatus: 'ONGOING',
      why: [1],
    }));

  it('lose it when the citation is taken back, and hold it again', () => {
    const taken = report(started(), actionCited(), actionUncited());
    given(taken).thenNoDocument(`${key}/cites/ACT-0001`);
    given(taken, report(actionCited())).thenDocument(`${key}/cites/ACT-0001`, { why: [3] });
  });

  it('hold each action that a letter names, once', () => {
    const told = report(answeredByLetter({ cites: ['ACT-0002', 'ACT-0001', 'ACT-0002'] }));
    given(told).thenKeys(`${key}/cites/ACT-0001`, `${key}/cites/ACT-0002`);
    given(told).thenDocument(`${key}/cites/ACT-0002`, { action: 'ACT-0002', claims: [], why: [0] });
  });

  it('hold a figure as it was reported last', () =>
    given(report(figureReported(), figureReported({ value: 5 }))).thenDocument(`${key}/figures/meetings-held`, {
      indicator: 'meetings-held',
      value: 5,
      unit: 'meetings',
      why: [1],
    }));
});
