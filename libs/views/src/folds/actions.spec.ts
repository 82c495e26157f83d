import { describe, it } from '@jest/globals';
import {
  inStream,
  linked,
  milestoneReached,
  partnerConfirmed,
  partnerDisputed,
  recorded,
  recordedInError,
  revised,
  sourceAdded,
  specForView,
  statusChanged,
  superseded,
  trackReassigned,
} from '#testing';
import { actions } from './actions.js';

const given = specForView(actions);
const action = inStream('action-act-0001');
const key = 'ACT-0001';

describe('An action', () => {
  it('reads as it was recorded, and holds nothing of what has not happened', () =>
    given(action(recorded())).thenDocument(key, {
      action: 'ACT-0001',
      lead: 'example-registry',
      startedOn: { date: '2007-05' },
      status: 'ONGOING',
      counted: true,
      statusHistory: [{ status: 'ONGOING', sequence: 0 }],
      milestones: undefined,
      links: undefined,
      partnerStandings: undefined,
      tracks: undefined,
      revision: 0,
    }));

  it('has no end that was taken back, nor the day of it where its last status was told', () =>
    given(action(recorded(), statusChanged(), revised({ changes: {}, removed: ['endedOn'] }))).thenDocument(key, {
      endedOn: undefined,
      status: 'COMPLETED',
      statusHistory: [
        { status: 'ONGOING', sequence: 0 },
        { status: 'COMPLETED', sequence: 1 },
      ],
    }));

  it('keeps the day on which it began, or was verified, when its end is taken back', () =>
    given(
      action(
        recorded({ status: 'PLANNED' }),
        statusChanged({ from: 'PLANNED', to: 'ONGOING', on: '2008' }),
        statusChanged(),
        revised({ changes: {}, removed: ['endedOn'] }),
      ),
    ).thenDocument(key, {
      statusHistory: [
        { status: 'PLANNED', sequence: 0 },
        { status: 'ONGOING', on: '2008', sequence: 1 },
        { status: 'COMPLETED', sequence: 2 },
      ],
    }));

  it('stands in the lists of all that take part and of its issues', () =>
    given(action(recorded())).thenLists(key, 'participant=example-registry', 'participant=example-union', 'issue=DNS'));

  it('leaves the list of a partner that was named wrongly, which stays among those that were partners', () =>
    given(action(recorded(), revised({ changes: { partners: ['example-council'] } }))).thenLists(
      key,
      'participant=example-registry',
      'participant=example-council',
      'former=example-union',
      'issue=DNS',
    ));

  const its = ['participant=example-registry', 'participant=example-union', 'issue=DNS'];
  const planned = recorded({ endedOn: { date: '2012' } });

  it('stands among those with a planned end until it has ended, or should not have been recorded', () => {
    given(action(planned)).thenLists(key, ...its, 'end=planned');
    given(action(planned, statusChanged())).thenLists(key, ...its);
    given(action(planned, recordedInError())).thenLists(key, ...its);
  });

  it('stands among those that are disputed as long as a partner says so and is named as one', () => {
    const others = revised({ changes: { partners: ['example-council'] } });
    given(action(recorded(), partnerDisputed())).thenLists(key, ...its, 'partnership=disputed');
    given(action(recorded(), partnerDisputed(), partnerConfirmed())).thenLists(key, ...its);
    given(action(recorded(), partnerDisputed(), others)).thenLists(
      key,
      'participant=example-registry',
      'participant=example-council',
      'former=example-union',
      'issue=DNS',
    );
  });

  it('ends when it is completed or superseded, and at no known time where the record does not know it', () => {
    given(action(recorded(), statusChanged())).thenDocument(key, { status: 'COMPLETED', endedOn: { date: '2010' } });
    given(action(recorded(), superseded())).thenDocument(key, {
      status: 'SUPERSEDED',
      supersededBy: 'ACT-0002',
      endedOn: { date: '2010' },
    });
    given(action(recorded(), { type: 'ActionDiscontinued', data: { reason: 'No funds' } })).thenDocument(key, {
      status: 'DISCONTINUED',
      endedOn: undefined,
    });
  });

  it('keeps every status that it was given', () =>
    given(action(recorded(), statusChanged())).thenDocument(key, {
      statusHistory: [
        { status: 'ONGOING', sequence: 0 },
        { status: 'COMPLETED', on: '2010', sequence: 1 },
      ],
    }));

  it('keeps what was reached, linked and added', () =>
    given(action(recorded(), milestoneReached(), linked(), sourceAdded())).thenDocument(key, {
      milestones: [{ title: 'First course held', on: '2007-11', sequence: 1 }],
      links: [{ to: 'ACT-0009', kind: 'DISCUSSED_AT', sequence: 2 }],
      why: [0, 1, 2, 3],
    }));

  it('says what a partner itself said last of its part', () => {
    const recordedAt = '2026-01-15T09:00:00.000Z';
    given(action(recorded(), partnerDisputed(), partnerConfirmed())).thenDocument(key, {
      partnerStandings: { 'example-union': { standing: 'confirmed', sequence: 2, recordedAt } },
    });
  });

  it('counts for paragraph 71 on its track only, and not when it was recorded in error', () => {
    given(action(recorded(), trackReassigned())).thenDocument(key, { track: 'IGF', counted: false });
    given(action(recorded(), recordedInError())).thenDocument(key, {
      counted: false,
      inError: { reason: 'The same as ACT-0002', sequence: 1 },
    });
  });
});
