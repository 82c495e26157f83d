import { describe, expect, it } from '@jest/globals';
import {
  discontinued,
  inStream,
  linked,
  milestoneReached,
  partnerConfirmed,
  partnerDisputed,
  recorded,
  recordedInError,
  revised,
  specForView,
  statusChanged,
} from '#testing';
import { actions } from './actions.js';
import { timeline } from './timeline.js';

const given = specForView(timeline, actions);
const action = inStream('action-act-0001');

describe('Actions in a timeline', () => {
  it('stand in the order in which they happened, a year before its months and a month before its days', () => {
    const dates = ['2008-10-06', '2009', '2007', '2008-10', '2008', '2008-02-29'];
    const told = dates.map((date, n) => inStream(`action-act-${n}`)(recorded({ partners: [], startedOn: { date } })));
    given(...told).thenKeys(
      'example-registry/2007 ACT-2/started',
      'example-registry/2008 ACT-4/started',
      'example-registry/2008-02-29 ACT-5/started',
      'example-registry/2008-10 ACT-3/started',
      'example-registry/2008-10-06 ACT-0/started',
      'example-registry/2009 ACT-1/started',
    );
  });

  it('are told to partners with all that became of them', () => {
    const told = action(recorded(), milestoneReached(), partnerConfirmed({ note: 'We paid half' }), statusChanged());
    given(told).thenKeys(
      ...['example-registry', 'example-union'].flatMap((organization) => [
        `${organization}/2007-05 ACT-0001/started`,
        `${organization}/2007-11 ACT-0001/milestone-1`,
        `${organization}/2010 ACT-0001/ended`,
        `${organization}/2026-01-15 ACT-0001/standing-example-union`,
      ]),
    );
    given(told).thenDocument('example-registry/2026-01-15 ACT-0001/standing-example-union', {
      kind: 'partnership-confirmed',
      date: '2026-01-15',
      dateIs: 'recorded',
      detail: 'example-union: We paid half',
      sequence: 2,
      why: [0, 1, 2, 3],
    });
  });

  it('leave the timeline of one that is no partner any more, with all that they had put there', () =>
    given(action(recorded(), milestoneReached(), statusChanged(), revised({ changes: { partners: [] } }))).thenKeys(
      'example-registry/2007-05 ACT-0001/started',
      'example-registry/2007-11 ACT-0001/milestone-1',
      'example-registry/2010 ACT-0001/ended',
    ));

  it('are told to have ended on no day that was taken back', () =>
    given(action(recorded({ partners: [] }), statusChanged(), revised({ changes: {}, removed: ['endedOn'] }))).thenKeys(
      'example-registry/2007-05 ACT-0001/started',
    ));

  it('that were given up before they began end on that day', () =>
    given(
      action(recorded({ partners: [], startedOn: { date: '2013' }, status: 'PLANNED' }), discontinued({ on: '2011' })),
    ).thenKeys('example-registry/2011 ACT-0001/ended', 'example-registry/2013 ACT-0001/started'));

  it('are told to those who become partners later, from the beginning', () =>
    given(action(recorded({ partners: [] }), revised({ changes: { partners: ['example-council'] } }))).thenDocument(
      'example-council/2007-05 ACT-0001/started',
      { sequence: 0, why: [0, 1] },
    ));

  it('end with the reason for which they were discontinued', () => {
    const told = given(action(recorded({ partners: [] }), discontinued({ on: '2009-03-31' })));
    told.thenDocument('example-registry/2009-03-31 ACT-0001/ended', {
      kind: 'action-ended',
      date: '2009-03-31',
      precision: 'day',
      detail: 'DISCONTINUED: No funds',
      dateIs: undefined,
    });
  });

  it('have an end from the beginning where they were recorded after it', () =>
    given(action(recorded({ partners: [], status: 'COMPLETED', endedOn: { date: '2008' } }))).thenDocument(
      'example-registry/2008 ACT-0001/ended',
      { detail: 'COMPLETED', sequence: 0, why: [0] },
    ));

  it('do not end on a day that is only planned', () =>
    given(action(recorded({ partners: [], status: 'ONGOING', endedOn: { date: '2012' } }))).thenKeys(
      'example-registry/2007-05 ACT-0001/started',
    ));

  it('end elsewhere when the date of their end is corrected', () =>
    given(
      action(recorded({ partners: [] }), statusChanged(), revised({ changes: { endedOn: { date: '2009-12' } } })),
    ).thenKeys('example-registry/2007-05 ACT-0001/started', 'example-registry/2009-12 ACT-0001/ended'));

  it('are as well known as their dates, where the record says so of these', () => {
    const startedOn = { date: '2007', confidence: 'recalled' } as const;
    given(action(recorded({ partners: [], startedOn }))).thenDocument('example-registry/2007 ACT-0001/started', {
      confidence: 'recalled',
    });
  });

  it('have one standing of each partner: the one that it took last', () => {
    const told = given(action(recorded(), partnerConfirmed(), partnerDisputed()));
    told.thenDocument('example-union/2026-01-15 ACT-0001/standing-example-union', {
      kind: 'partnership-disputed',
      why: [0, 1, 2],
    });
    told.thenKeys(
      'example-registry/2007-05 ACT-0001/started',
      'example-registry/2026-01-15 ACT-0001/standing-example-union',
      'example-union/2007-05 ACT-0001/started',
      'example-union/2026-01-15 ACT-0001/standing-example-union',
    );
  });

  it('stay visible, and marked in each of their entries, when they were recorded in error', () => {
    const told = given(action(recorded(), milestoneReached(), recordedInError()));
    for (const organization of ['example-registry', 'example-union']) {
      for (const what of ['2007-05 ACT-0001/started', '2007-11 ACT-0001/milestone-1']) {
        told.thenDocument(`${organization}/${what}`, {
          action: expect.objectContaining({ inError: true, counted: false }),
        });
      }
    }
  });

  it('rest on what linked them to others, and have no entry for it', () => {
    const told = given(action(recorded({ partners: [] }), linked()));
    told.thenKeys('example-registry/2007-05 ACT-0001/started');
    told.thenDocument('example-registry/2007-05 ACT-0001/started', { why: [0, 1] });
  });
});
