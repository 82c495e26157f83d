import { describe, it } from '@jest/globals';
import {
  clarificationAnswered,
  clarificationClosed,
  clarificationDueDateMoved,
  clarificationFollowedUp,
  clarificationReopened,
  clarificationRequested,
  clarificationWidened,
  inStream,
  specForView,
  submitted,
} from '#testing';
import { clarifications } from './clarifications.js';

const given = specForView(clarifications);
const report = inStream('report-ec-performance-2008-example-registry');
const key = 'ec-performance/2008/example-registry/clarification-1';
const asked = clarificationRequested({ visibility: 'organization' });
const by = 'example-editor';

describe('A thread', () => {
  it('is open until it is answered, and in the list of who asked', () => {
    const open = given(report(submitted(), asked));
    open.thenDocument(key, {
      state: 'open',
      askedBy: by,
      version: 1,
      visibility: 'organization',
      messages: [],
      why: [1],
    });
    open.thenLists(key, `asked-by=${by}`);
  });

  it('keeps all that was said together, in its order', () =>
    given(
      report(submitted(), asked, clarificationAnswered({ text: 'Twelve.' }), clarificationFollowedUp({ text: 'Who?' })),
    ).thenDocument(key, {
      state: 'open',
      messages: [
        { kind: 'answer', text: 'Twelve.', visibility: 'organization', by, why: [2] },
        { kind: 'follow-up', text: 'Who?', visibility: 'organization', by, why: [3] },
      ],
      revision: 3,
      why: [1, 2, 3],
    }));

  it('takes the visibility of the thread for an answer of the first shape', () => {
    const { visibility: _, ...said } = clarificationAnswered().data;
    given(report(submitted(), asked, { type: 'ClarificationAnswered', data: said })).thenDocument(key, {
      state: 'answered',
      messages: [
        { kind: 'answer', text: 'Forty people from twelve countries.', visibility: 'organization', by, why: [2] },
      ],
    });
  });

  it('waits for nobody after a note among reviewers', () =>
    given(
      report(submitted(), asked, clarificationAnswered(), clarificationFollowedUp({ visibility: 'internal' })),
    ).thenDocument(key, { state: 'answered' }));

  it('tells when it was to be answered, for whom it was widened, how it was closed and why it was reopened', () =>
    given(
      report(
        submitted(),
        asked,
        clarificationDueDateMoved(),
        clarificationWidened(),
        clarificationAnswered(),
        clarificationClosed({ note: 'Thank you.' }),
        clarificationReopened(),
      ),
    ).thenDocument(key, {
      state: 'open',
      dueOn: '2009-01-31',
      visibility: 'public',
      outcome: 'answered',
      steps: [
        {
          kind: 'due-date-moved',
          reason: 'Their office is closed in December',
          dueOn: { to: '2009-01-31' },
          by,
          why: [2],
        },
        {
          kind: 'widened',
          reason: 'Others have asked the same',
          visibility: { from: 'organization', to: 'public' },
          by,
          why: [3],
        },
        { kind: 'closed', outcome: 'answered', reason: 'Thank you.', by, why: [5] },
        { kind: 'reopened', reason: 'The figures do not add up', by, why: [6] },
      ],
    }));

  it('stands in the list of each document that it names', () => {
    const documents = [{ title: 'Minutes', sha256: 'a'.repeat(64) }];
    given(report(submitted(), asked, clarificationAnswered({ documents }))).thenLists(
      key,
      `asked-by=${by}`,
      `document=${'a'.repeat(64)}`,
    );
  });
});
