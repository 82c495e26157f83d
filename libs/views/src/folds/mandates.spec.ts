import { describe, it } from '@jest/globals';
import { inStream, mandateEnded, mandateGiven, mandateProposed, specForView } from '#testing';
import { mandates } from './mandates.js';

const given = specForView(mandates);
const mandate = inStream('mandate-person-7');
const key = 'person-7';

describe('The mandates of a person', () => {
  it('stand in the list of proposals until somebody else agrees', () => {
    const proposed = given(mandate(mandateProposed()));
    proposed.thenDocument(key, {
      held: {},
      proposed: { reviewer: { from: '2008-03', by: 'person-1', until: '2026-01-29', sequence: 0 } },
    });
    proposed.thenLists(key, 'proposed=yes');
    const agreed = given(mandate(mandateProposed(), mandateGiven()));
    agreed.thenDocument(key, { held: { reviewer: '2008-03' }, proposed: {}, why: [0, 1] });
    agreed.thenLists(key);
  });

  it('are no more once they ended', () =>
    given(mandate(mandateProposed(), mandateGiven(), mandateEnded())).thenDocument(key, { held: {}, why: [0, 1, 2] }));
});
