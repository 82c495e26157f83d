import { describe, it } from '@jest/globals';
import { clarificationAnswered, clarificationRequested, inStream, specForView, submitted } from '#testing';
import { clarifications } from './clarifications.js';

const given = specForView(clarifications);
const report = inStream('report-ec-performance-2008-example-registry');
const key = 'ec-performance/2008/example-registry/Q-1';
const asked = clarificationRequested({ clarification: 'Q-1', visibility: 'internal' });

describe('A clarification', () => {
  it('is open until it is answered, and in the list of who asked', () => {
    const open = given(report(submitted(), asked));
    open.thenDocument(key, {
      state: 'open',
      askedBy: 'example-editor',
      visibility: 'internal',
      answer: undefined,
      why: [1],
    });
    open.thenLists(key, 'asked-by=example-editor');
  });

  it('keeps question and answer together', () =>
    given(report(submitted(), asked, clarificationAnswered({ clarification: 'Q-1', text: 'Twelve.' }))).thenDocument(
      key,
      { state: 'answered', answer: { text: 'Twelve.', by: 'example-editor', why: [2] }, revision: 2, why: [1, 2] },
    ));
});
