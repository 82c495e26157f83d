import { describe, expect, it } from '@jest/globals';
import {
  addSource,
  changeStatus,
  fold,
  link,
  linked,
  markRecordedInError,
  recorded,
  recordedInError,
  revise,
  revised,
  specFor,
  statusChanged,
} from '#testing';
import { action } from './action.js';

const given = specFor(action, { today: '2012-06-30' });

describe('Rule 14: what was stated wrongly, and of which nothing else is known, is taken back', () => {
  const ended = recorded({ endedOn: { date: '2010' }, status: 'COMPLETED', note: 'By letter' });

  it('by a revision that names it, with the reason and what it corrects', () => {
    given(ended)
      .when(revise({ changes: { endedOn: null }, reason: 'It goes on' }))
      .records(revised({ changes: {}, removed: ['endedOn'], reason: 'It goes on' }));
    const { facts } = fold(action, action.initial, [ended, revised({ changes: {}, removed: ['endedOn', 'note'] })]);
    expect(facts).not.toHaveProperty('endedOn');
    expect(facts).not.toHaveProperty('note');
  });

  it('together with what is stated anew', () =>
    given(ended)
      .when(revise({ changes: { title: 'Another title', note: null } }))
      .records(revised({ changes: { title: 'Another title' }, removed: ['note'] })));

  it('once, and is stated again later', () => {
    const removed = revised({ changes: {}, removed: ['endedOn'] });
    given(ended, removed)
      .when(revise({ changes: { endedOn: null } }))
      .refuses('nothing-changed');
    given(ended, removed)
      .when(revise({ changes: { endedOn: { date: '2011' } } }))
      .records(revised({ changes: { endedOn: { date: '2011' } }, corrects: [1] }));
  });

  it('and leaves a status that agrees with the dates', () => {
    const planned = recorded({ startedOn: { date: '2007' }, endedOn: { date: '2013' }, status: 'ONGOING' });
    given(planned)
      .when(revise({ changes: { endedOn: null } }))
      .thenState({ status: 'ONGOING' });
  });
});

describe('Rule 14: a correction is a new event that names what it corrects', () => {
  it('names the revision that last stated what is changed', () => {
    given(recorded()).when(revise()).records(revised());
    given(recorded(), linked(), revised())
      .when(revise({ changes: { title: 'Agreement on training', note: 'Seen in the archive' } }))
      .records(revised({ changes: { title: 'Agreement on training', note: 'Seen in the archive' }, corrects: [2] }));
  });

  it('names several where they stated what is changed', () =>
    given(recorded(), revised(), statusChanged())
      .when(revise({ changes: { title: 'Training', issues: ['ACCESS'], endedOn: { date: '2010-05' } } }))
      .records(
        revised({
          changes: { title: 'Training', issues: ['ACCESS'], endedOn: { date: '2010-05' } },
          corrects: [0, 1, 2],
        }),
      ));

  it('records only what is different', () =>
    given(recorded())
      .when(revise({ changes: { title: 'Agreement on shared training', issues: ['DNS'] } }))
      .records(revised()));

  it('is refused where nothing is', () =>
    given(recorded())
      .when(revise({ changes: { issues: ['DNS'] } }))
      .refuses('nothing-changed'));

  it('may correct the facts of an action that is over', () =>
    given(recorded(), statusChanged()).when(revise()).records(revised()));

  it('may take the whole record back, which is final', () => {
    given(recorded()).when(markRecordedInError()).records(recordedInError());
    given(recorded(), recordedInError()).thenState({ inError: true, length: 2 });
    for (const command of [revise(), changeStatus(), link(), addSource(), markRecordedInError()]) {
      given(recorded(), recordedInError()).when(command).refuses('action-recorded-in-error');
    }
  });
});
