import { describe, it } from '@jest/globals';
import {
  closed,
  dueDateMoved,
  guidanceIssued,
  inStream,
  opened,
  reopened,
  specForView,
  synthesisIssued,
} from '#testing';
import { cycles } from './cycles.js';

const given = specForView(cycles);
const cycle = inStream('cycle-ec-performance-2008');
const key = 'ec-performance/2008';

describe('A cycle', () => {
  it('reads as it was opened', () =>
    given(cycle(opened({ dueOn: '2008-10-31' }))).thenDocument(key, {
      series: 'ec-performance',
      year: 2008,
      phase: 'open',
      opensOn: '2008-03',
      dueOn: '2008-10-31',
      guidance: [],
      syntheses: [],
      revision: 0,
    }));

  it('has no due date where none is known', () => given(cycle(opened())).thenDocument(key, { dueOn: undefined }));

  it('closes, and opens again', () => {
    given(cycle(opened(), closed())).thenDocument(key, { phase: 'closed' });
    given(cycle(opened(), closed(), reopened())).thenDocument(key, { phase: 'open', why: [0, 1, 2] });
  });

  it('keeps the due date that was told last, all guidance and all syntheses, each with its event', () => {
    const told = cycle(opened(), dueDateMoved(), guidanceIssued(), synthesisIssued());
    given(told).thenDocument(key, {
      dueOn: '2008-11-30',
      guidance: [{ text: 'Three pages are enough.', why: [2] }],
      syntheses: [
        {
          id: 'synthesis-2009',
          title: 'Report on the contributions of 2008',
          issuer: 'example-secretariat',
          on: '2009-05',
          contributors: [{ organization: 'example-registry', status: 'ANSWERED', confidence: 'found' }],
          actions: ['ACT-0001'],
          confidence: 'found',
          sources: [
            {
              title: 'Annual letter of the Example Registry',
              address: 'https://registry.example/letter',
              confidence: 'found',
            },
          ],
          why: [3],
        },
      ],
    });
  });
});
