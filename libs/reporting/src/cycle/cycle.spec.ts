import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  close,
  closed,
  dueDateMoved,
  guidanceIssued,
  issueGuidance,
  issueSynthesis,
  moveDueDate,
  open,
  opened,
  playThrough,
  reopen,
  reopened,
  specFor,
  synthesisIssued,
} from '#testing';
import { cycle } from './cycle.js';

const given = specFor(cycle, { today: '2010-06-30' });

describe('A cycle', () => {
  it('is opened once, on a form', () => {
    given().when(open()).records(opened());
    given(opened()).thenState({ phase: 'open', opensOn: '2008-03', form: 'sample-form/1', dueOn: undefined });
    given(opened()).when(open()).refuses('cycle-already-open', { phase: 'open' });
    given(opened(), closed()).when(open()).refuses('cycle-already-open', { phase: 'closed' });
  });

  it.each([issueGuidance(), moveDueDate(), close(), reopen(), issueSynthesis()])(
    'cannot be told $type before it is opened',
    (command) => given().when(command).refuses('cycle-unknown'),
  );

  it('says what its requester wants to read, as often as is needed', () => {
    given(opened()).when(issueGuidance()).records(guidanceIssued());
    given(opened(), guidanceIssued()).when(issueGuidance()).records(guidanceIssued());
    given(opened(), guidanceIssued()).thenState({ phase: 'open' });
  });

  it('is closed and opened again, in this order', () => {
    given(opened()).when(close()).records(closed());
    given(opened(), closed()).when(close()).refuses('cycle-closed');
    given(opened()).when(reopen()).refuses('cycle-not-closed');
    given(opened(), closed()).when(reopen()).records(reopened());
    given(opened(), closed(), reopened()).when(close()).records(closed());
  });

  it.each([issueGuidance(), moveDueDate()])('takes no $type while it is closed', (command) =>
    given(opened(), closed()).when(command).refuses('cycle-closed'),
  );

  it('leaves its phase only by being closed or opened again', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(open(), issueGuidance(), moveDueDate(), close(), reopen(), issueSynthesis())),
        (commands) => {
          for (const { before, after, events } of playThrough(cycle, commands)) {
            if (before.phase === after.phase) continue;
            expect(events.map(({ type }) => type)).toEqual([
              { none: '', open: before.phase === 'none' ? 'CycleOpened' : 'CycleReopened', closed: 'CycleClosed' }[
                after.phase
              ],
            ]);
          }
        },
      ),
    ));
});

describe('Rule 2: a due date is recorded, moved with a reason, and absent where the record names none', () => {
  it('is there from the start', () => {
    given()
      .when(open({ dueOn: '2008-10' }))
      .records(opened({ dueOn: '2008-10' }));
    given(opened({ dueOn: '2008-10' })).thenState({ dueOn: '2008-10' });
  });

  it('is moved, and the event says from where', () => {
    given(opened({ dueOn: '2008-10-31' }))
      .when(moveDueDate())
      .records(dueDateMoved({ from: '2008-10-31' }));
    given(opened({ dueOn: '2008-10-31' }), dueDateMoved()).thenState({ dueOn: '2008-11-30' });
  });

  it('is set later where there was none', () => given(opened()).when(moveDueDate()).records(dueDateMoved()));

  it('is not moved to where it is', () =>
    given(opened({ dueOn: '2008-11-30' }))
      .when(moveDueDate())
      .refuses('nothing-changed', { dueOn: '2008-11-30' }));
});

describe('Rule 4: the dates of a cycle are in order', () => {
  it('opens before it is due', () =>
    given()
      .when(open({ opensOn: '2008-03', dueOn: '2008-02-28' }))
      .refuses('dates-out-of-order', { from: '2008-03', to: '2008-02-28' }));

  it('is due after it opened, also when that is moved', () =>
    given(opened())
      .when(moveDueDate({ to: '2007-12' }))
      .refuses('dates-out-of-order', { from: '2008-03', to: '2007-12' }));

  it('has a period that starts before it ends', () =>
    given()
      .when(open({ period: { from: '2008', to: '2007' } }))
      .refuses('dates-out-of-order'));

  it('closes after it opened, and not in the future', () => {
    given(opened())
      .when(close({ on: '2008-02' }))
      .refuses('dates-out-of-order');
    given(opened())
      .when(close({ on: '2010-07' }))
      .refuses('date-in-future');
    given(opened(), closed())
      .when(reopen({ on: '2011' }))
      .refuses('date-in-future');
  });
});

describe('A synthesis of the contributions', () => {
  it('is issued by others, once, before or after the cycle is closed', () => {
    given(opened()).when(issueSynthesis()).records(synthesisIssued());
    given(opened(), closed()).when(issueSynthesis()).records(synthesisIssued());
    given(opened(), synthesisIssued()).thenState({ syntheses: ['synthesis-2009'], phase: 'open' });
    given(opened(), synthesisIssued()).when(issueSynthesis()).refuses('nothing-changed', {
      synthesis: 'synthesis-2009',
    });
  });

  it('has a past date and a period in order', () => {
    given(opened())
      .when(issueSynthesis({ on: '2011' }))
      .refuses('date-in-future');
    given(opened())
      .when(issueSynthesis({ period: { from: '2009', to: '2008' } }))
      .refuses('dates-out-of-order');
  });

  it('gives those whom it names a status of the coded list', () =>
    given(opened())
      .when(
        issueSynthesis({
          contributors: [{ organization: 'example-union', status: 'ENTHUSIASTIC', confidence: 'recalled' }],
        }),
      )
      .refuses('code-unknown', { list: 'contributionStatuses' }));
});

describe('Rule 11: what is said of a cycle has a source', () => {
  it('refuses to open one without', () =>
    given()
      .when(open({ sources: [] }))
      .refuses('source-missing'));

  it('refuses a synthesis without', () =>
    given(opened())
      .when(issueSynthesis({ sources: [] }))
      .refuses('source-missing'));
});
