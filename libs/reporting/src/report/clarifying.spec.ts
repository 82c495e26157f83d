import { describe, it } from '@jest/globals';
import {
  amendmentOpened,
  answerClarification,
  clarificationAnswered,
  clarificationClosed,
  clarificationDueDateMoved,
  clarificationFollowedUp,
  clarificationReopened,
  clarificationRequested,
  clarificationWidened,
  closeClarification,
  followUpClarification,
  moveClarificationDueDate,
  noted,
  reopenClarification,
  requestClarification,
  resubmitted,
  sectionAnswered,
  specFor,
  started,
  submitted,
  widenClarification,
  withdrawn,
} from '#testing';
import { report } from './report.js';

const given = specFor(report);
const asAnother = specFor(report, { actor: 'person-2' });
const first = [started(), sectionAnswered(), sectionAnswered({ section: 'S04' }), submitted()];
const second = [...first, amendmentOpened(), sectionAnswered({ text: 'Open to all since 1999.' }), resubmitted()];
const open = [...first, clarificationRequested()];
const answered = [...open, clarificationAnswered()];
const closed = [...answered, clarificationClosed()];
const internal = [...first, clarificationRequested({ visibility: 'internal' })];
const public_ = [...first, clarificationRequested({ visibility: 'public' })];
const thread = (state: 'open' | 'answered' | 'closed', more = {}) => ({
  clarifications: {
    'clarification-1': { visibility: 'organization' as const, state, asker: 'person-1', hasAnswer: true, ...more },
  },
});

describe('A reviewer asks back', () => {
  it('about a section, in a thread that names the version and who asked', () => {
    given(...first)
      .when(requestClarification())
      .records(clarificationRequested({ version: 1, by: 'person-1' }));
    given(...second)
      .when(requestClarification())
      .records(clarificationRequested({ version: 2, by: 'person-1' }));
    given(...open).thenState(thread('open', { hasAnswer: false }));
  });

  it('under a name that is not taken, about a section that there is', () => {
    given(...open)
      .when(requestClarification())
      .refuses('nothing-changed', { clarification: 'clarification-1' });
    given(...first)
      .when(requestClarification({ section: 'S99' }))
      .refuses('section-unknown', { section: 'S99' });
  });

  it('and may ask for sections to be opened again, which the organization opens or does not', () => {
    given(...first)
      .when(requestClarification({ reopen: ['S01', 'S04'] }))
      .records(clarificationRequested({ reopen: ['S01', 'S04'] }));
    given(...first, clarificationRequested({ reopen: ['S01'] })).thenState({ phase: 'submitted' });
    given(...first)
      .when(requestClarification({ reopen: ['S01', 'S99'] }))
      .refuses('section-unknown', { section: 'S99' });
  });

  it('in a thread that may be called anything', () => {
    const clarification = 'constructor';
    given(...first)
      .when(answerClarification({ clarification }))
      .refuses('clarification-unknown');
    given(...first)
      .when(requestClarification({ clarification }))
      .records(clarificationRequested({ clarification }));
  });

  it('of a report that they were assigned to, and declared no conflict; the secretariat of any', () => {
    const ask = (who: object) =>
      given(...first).when(requestClarification({ reviews: false, visibility: 'public', ...who }));
    ask({}).refuses('not-reviewing', { actor: 'person-1' });
    ask({ asSecretariat: true }).records(clarificationRequested({ visibility: 'public' }));
  });

  it('no more once the report is withdrawn', () =>
    given(...first, withdrawn())
      .when(requestClarification())
      .refuses('report-withdrawn'));
});

describe('A thread', () => {
  it('takes answers as long as it is not closed, each with its documents', () => {
    const documents = [{ title: 'List of participants' }];
    given(...open)
      .when(answerClarification({ documents }))
      .records(clarificationAnswered({ documents }));
    given(...answered).thenState(thread('answered'));
    given(...answered)
      .when(answerClarification({ text: 'Forty-one, with the chair.' }))
      .records(clarificationAnswered({ text: 'Forty-one, with the chair.' }));
    given(...closed)
      .when(answerClarification())
      .refuses('clarification-closed', { clarification: 'clarification-1' });
    given(...first)
      .when(answerClarification())
      .refuses('clarification-unknown', { clarification: 'clarification-1' });
  });

  it('waits for an answer again when the one who asked follows up', () => {
    given(...answered)
      .when(followUpClarification())
      .records(clarificationFollowedUp());
    given(...answered, clarificationFollowedUp()).thenState(thread('open'));
    given(...closed)
      .when(followUpClarification())
      .refuses('clarification-closed');
  });

  it('has a due date that is moved with a reason, and to another day', () => {
    given(...first, clarificationRequested({ dueOn: '2008-12-31' }))
      .when(moveClarificationDueDate())
      .records(clarificationDueDateMoved({ from: '2008-12-31' }));
    given(...open)
      .when(moveClarificationDueDate())
      .records(clarificationDueDateMoved());
    given(...open, clarificationDueDateMoved())
      .when(moveClarificationDueDate())
      .refuses('nothing-changed', { dueOn: '2009-01-31' });
    given(...closed)
      .when(moveClarificationDueDate())
      .refuses('clarification-closed');
  });

  it('is closed with what came of it, as answered only where an answer came', () => {
    given(...open)
      .when(closeClarification())
      .refuses('clarification-unanswered');
    for (const outcome of ['withdrawn', 'left-open'] as const)
      given(...open)
        .when(closeClarification({ outcome }))
        .records(clarificationClosed({ outcome }));
    given(...answered)
      .when(closeClarification({ note: 'Thank you.' }))
      .records(clarificationClosed({ note: 'Thank you.' }));
    given(...closed).thenState(thread('closed'));
    given(...closed)
      .when(closeClarification())
      .refuses('clarification-closed');
  });

  it('is reopened with a reason, and then waits for an answer', () => {
    given(...closed)
      .when(reopenClarification())
      .records(clarificationReopened());
    given(...closed, clarificationReopened()).thenState(thread('open'));
    given(...answered)
      .when(reopenClarification())
      .refuses('nothing-changed', { state: 'answered' });
  });

  it('stays what it was when a new version is submitted, and when the report is noted', () =>
    given(...open, amendmentOpened(), sectionAnswered({ text: 'Open to all since 1999.' }), resubmitted(), noted())
      .when(answerClarification())
      .records(clarificationAnswered()));

  it('of the first shape, which does not say who asked, is anybody’s to go on with', () => {
    const { by: _, version: __, ...unsaid } = clarificationRequested().data;
    asAnother(...first, { type: 'ClarificationRequested', data: unsaid })
      .when(closeClarification({ outcome: 'withdrawn' }))
      .records(clarificationClosed({ outcome: 'withdrawn' }));
  });
});

describe('Who may go on with a thread', () => {
  const asking = [
    followUpClarification(),
    moveClarificationDueDate(),
    widenClarification(),
    closeClarification(),
    reopenClarification(),
  ];

  it.each(asking)('is the one who asked: $type', (command) => {
    const history = command.type === 'ReopenClarification' ? closed : answered;
    asAnother(...history)
      .when(command)
      .refuses('not-the-asker', { asker: 'person-1' });
  });

  it('is the secretariat where the one who asked is gone', () =>
    asAnother(...answered)
      .when(closeClarification({ asSecretariat: true }))
      .records(clarificationClosed()));

  it('is any reviewer for a note among reviewers', () =>
    asAnother(...answered)
      .when(followUpClarification({ visibility: 'internal' }))
      .records(clarificationFollowedUp({ visibility: 'internal' })));

  it.each([requestClarification({ actedFor: true }), ...asking.map((command) => ({ ...command, actedFor: true }))])(
    'is nobody who ever acted for the organization: $type',
    (command) =>
      given(...answered)
        .when({ ...command, clarification: command.type === 'RequestClarification' ? 'Q-2' : command.clarification })
        .refuses('conflict-of-interest', { actor: 'person-1' }),
  );
});

describe('A thread among reviewers', () => {
  const asking = [
    followUpClarification({ visibility: 'internal' }),
    moveClarificationDueDate(),
    widenClarification(),
    closeClarification({ outcome: 'withdrawn' }),
    reopenClarification(),
  ];

  it.each([requestClarification(), ...asking])(
    'is not betrayed by the words in which somebody is refused who does not read it: $type',
    (command) => {
      for (const history of [internal, first]) {
        asAnother(...history)
          .when({ ...command, reviews: false })
          .refuses('not-reviewing', { actor: 'person-2' });
        asAnother(...history)
          .when({ ...command, actedFor: true })
          .refuses('conflict-of-interest', { actor: 'person-2' });
      }
    },
  );

  it('is gone on with by who reviews the report, and by the secretariat', () => {
    for (const among of [{ reviews: true }, { reviews: false, asSecretariat: true }])
      asAnother(...internal)
        .when(followUpClarification({ visibility: 'internal', ...among }))
        .records(clarificationFollowedUp({ visibility: 'internal' }));
  });
});

describe('Who may read is said of each message', () => {
  it('never more than may read the thread', () => {
    given(...open)
      .when(answerClarification({ visibility: 'public' }))
      .refuses('visibility-too-wide', { thread: 'organization', message: 'public' });
    given(...open)
      .when(followUpClarification({ visibility: 'public' }))
      .refuses('visibility-too-wide');
    given(...internal)
      .when(followUpClarification({ visibility: 'organization' }))
      .refuses('visibility-too-wide');
    given(...public_)
      .when(answerClarification({ visibility: 'organization' }))
      .records(clarificationAnswered({ visibility: 'organization' }));
  });

  it('and becomes more only by an event of its own, with a reason; never less', () => {
    given(...open)
      .when(widenClarification())
      .records(clarificationWidened());
    given(...open, clarificationWidened()).thenState(thread('open', { visibility: 'public', hasAnswer: false }));
    given(...open, clarificationWidened())
      .when(answerClarification({ visibility: 'public' }))
      .records(clarificationAnswered({ visibility: 'public' }));
    for (const to of ['organization', 'internal'] as const)
      given(...open)
        .when(widenClarification({ to }))
        .refuses('visibility-not-wider', { from: 'organization', to });
  });

  it('Trap (SERIMA#791): a note among reviewers neither asks the organization nor tells it that there is a note', () => {
    given(...answered, clarificationFollowedUp({ visibility: 'internal' })).thenState(thread('answered'));
    given(...internal)
      .when(answerClarification())
      .refuses('clarification-unknown', { clarification: 'clarification-1' });
    given(...internal, clarificationFollowedUp({ visibility: 'internal' }))
      .when(closeClarification())
      .records(clarificationClosed());
  });
});

it.each([requestClarification(), answerClarification(), followUpClarification(), closeClarification()])(
  'Nobody may $type before a report is submitted',
  (command) => given(started()).when(command).refuses('report-not-submitted', { phase: 'draft' }),
);
