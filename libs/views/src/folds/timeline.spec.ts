import { describe, it } from '@jest/globals';
import type { ReportingEvent } from '#reporting';
import {
  acknowledged,
  answeredByLetter,
  clarificationRequested,
  found,
  inStream,
  markedRelevant,
  mergedInto,
  milestoneReached,
  partnerDisputed,
  placedUnder,
  recorded,
  recordedInError,
  registered,
  relevanceEnded,
  renamed,
  requested,
  revised,
  sectionAnswered,
  sourceAdded,
  specForView,
  started,
  statusChanged,
  submitted,
  superseded,
  synthesisIssued,
  trackReassigned,
  exempted,
} from '#testing';
import { actions } from './actions.js';
import { timeline } from './timeline.js';

const given = specForView(timeline, actions);
const action = inStream('action-act-0001');
const alone = recorded({ partners: [] });

describe('The timeline of an action', () => {
  it('begins where the action began, in the words and with the sources of the record', () =>
    given(action(alone)).thenDocument('example-registry/2007-05 ACT-0001/started', {
      organization: 'example-registry',
      kind: 'action-started',
      date: '2007-05',
      precision: 'month',
      dateIs: undefined,
      title: 'Agreement on shared number training',
      detail: 'Joint courses for regulators.',
      confidence: 'found',
      sources: [found],
      sequence: 0,
      why: [0],
    }));

  it.each([
    ['2007', 'year'],
    ['2007-05', 'month'],
    ['2007-05-02', 'day'],
  ])('keeps %s as precise as it is known: a %s', (date, precision) =>
    given(action(recorded({ partners: [], startedOn: { date } }))).thenDocument(
      `example-registry/${date} ACT-0001/started`,
      { date, precision },
    ),
  );

  it('is told to every participant, and says who leads', () => {
    const told = given(action(recorded()));
    told.thenKeys('example-registry/2007-05 ACT-0001/started', 'example-union/2007-05 ACT-0001/started');
    told.thenDocument('example-union/2007-05 ACT-0001/started', {
      action: {
        action: 'ACT-0001',
        role: 'partner',
        lead: 'example-registry',
        partners: ['example-union'],
        status: 'ONGOING',
        track: 'EC',
        scope: 'POLICY',
        counted: true,
        issues: ['DNS'],
        groups: ['GOV', 'TECH'],
      },
    });
  });

  it('moves when its date is corrected, and leaves nothing behind', () =>
    given(action(alone, revised({ changes: { startedOn: { date: '2006-11' } } }))).thenKeys(
      'example-registry/2006-11 ACT-0001/started',
    ));

  it('leaves the timeline of a partner that was named wrongly', () =>
    given(action(recorded(), revised({ changes: { partners: ['example-council'] } }))).thenKeys(
      'example-council/2007-05 ACT-0001/started',
      'example-registry/2007-05 ACT-0001/started',
    ));

  it('ends where the action ended', () => {
    const told = given(action(alone, statusChanged({ reason: 'All courses were held' })));
    told.thenKeys('example-registry/2007-05 ACT-0001/started', 'example-registry/2010 ACT-0001/ended');
    told.thenDocument('example-registry/2010 ACT-0001/ended', {
      kind: 'action-ended',
      precision: 'year',
      detail: 'COMPLETED: All courses were held',
      sequence: 1,
      why: [0, 1],
    });
  });

  it('says what took its place', () =>
    given(action(alone, superseded())).thenDocument('example-registry/2010 ACT-0001/ended', {
      detail: 'SUPERSEDED: ACT-0002',
    }));

  it('has no end where the record does not know the day', () =>
    given(action(alone, { type: 'ActionSuperseded', data: { by: 'ACT-0002' } })).thenKeys(
      'example-registry/2007-05 ACT-0001/started',
    ));

  it('shows what was reached on the way', () =>
    given(action(alone, milestoneReached())).thenDocument('example-registry/2007-11 ACT-0001/milestone-1', {
      kind: 'milestone-reached',
      title: 'Agreement on shared number training',
      detail: 'First course held',
      why: [0, 1],
    }));

  it('shows on the day when it was recorded what a partner says of its part', () => {
    const told = given(action(recorded(), partnerDisputed()));
    told.thenDocument('example-registry/2026-01-15 ACT-0001/standing-example-union', {
      kind: 'partnership-disputed',
      dateIs: 'recorded',
      detail: 'example-union: We only attended',
      why: [0, 1],
    });
    told.thenDocument('example-union/2007-05 ACT-0001/started', {
      action: expectedAction({ role: 'partner', standing: 'disputed' }),
    });
  });

  it('shows that its track was changed, and that it counts no longer', () => {
    const told = given(action(alone, trackReassigned()));
    told.thenDocument('example-registry/2026-01-15 ACT-0001/track-1', {
      kind: 'track-reassigned',
      detail: 'From EC to IGF: A forum workshop',
    });
    told.thenDocument('example-registry/2007-05 ACT-0001/started', {
      action: expectedAction({ partners: [], track: 'IGF', counted: false }),
    });
  });

  it('rests on all events of the action, and stays when it was recorded in error', () => {
    given(action(alone, sourceAdded())).thenDocument('example-registry/2007-05 ACT-0001/started', { why: [0, 1] });
    given(action(alone, recordedInError())).thenDocument('example-registry/2007-05 ACT-0001/started', {
      action: expectedAction({ partners: [], counted: false, inError: true }),
    });
  });
});

const report = (...events: ReportingEvent[]) => inStream('report-ec-performance-2008-example-registry')(...events);

describe('The timeline of a report', () => {
  it('holds what was asked and answered, each on its day and of its cycle', () => {
    const told = given(report(requested({ deadline: '2008-10-31' }), acknowledged(), started(), submitted()));
    told.thenKeys(
      'example-registry/2008 report-ec-performance-2008-example-registry/2',
      'example-registry/2008-03 report-ec-performance-2008-example-registry/0',
      'example-registry/2008-04 report-ec-performance-2008-example-registry/1',
      'example-registry/2008-10-06 report-ec-performance-2008-example-registry/3',
    );
    told.thenDocument('example-registry/2008-03 report-ec-performance-2008-example-registry/0', {
      kind: 'report-requested',
      detail: 'Deadline 2008-10-31',
      report: { series: 'ec-performance', year: 2008 },
      sequence: 0,
    });
    told.thenDocument('example-registry/2008-10-06 report-ec-performance-2008-example-registry/3', {
      kind: 'report-submitted',
      title: 'Report submitted, version 1',
      report: { series: 'ec-performance', year: 2008, version: 1 },
    });
  });

  it('puts an undated answer that was entered later into the year of its cycle, and says so', () =>
    given(report(answeredByLetter())).thenDocument(
      'example-registry/2008 report-ec-performance-2008-example-registry/0',
      { kind: 'answered-by-letter', date: '2008', precision: 'year', dateIs: 'cycle-year' },
    ));

  it('puts an undated answer of the same year on the day when it was recorded', () => {
    const then = inStream('report-ec-performance-2008-example-registry', '2008-10-07T10:00:00.000Z');
    given(then(answeredByLetter())).thenDocument(
      'example-registry/2008-10-07 report-ec-performance-2008-example-registry/0',
      { date: '2008-10-07', precision: 'day', dateIs: 'recorded' },
    );
  });

  it('puts what has no day of its own on the day when it was recorded', () =>
    given(report(exempted())).thenDocument(
      'example-registry/2026-01-15 report-ec-performance-2008-example-registry/0',
      { kind: 'report-exempted', dateIs: 'recorded' },
    ));

  it('says of a reservation that there is one', () =>
    given(report(answeredByLetter({ on: '2008-10', reservation: 'We are not bound' }))).thenDocument(
      'example-registry/2008-10 report-ec-performance-2008-example-registry/0',
      { title: 'Answered with reservation', detail: 'Letter of three pages. We are not bound' },
    ));

  it('shows a question to all only if it was asked before all', () => {
    given(report(clarificationRequested())).thenKeys();
    given(report(clarificationRequested({ visibility: 'public' }))).thenDocument(
      'example-registry/2026-01-15 report-ec-performance-2008-example-registry/0',
      { kind: 'clarification-requested', detail: 'Who attended?' },
    );
  });

  it('says nothing of what is written in a draft', () => given(report(sectionAnswered())).thenKeys());
});

describe('The timeline of an organization', () => {
  const organization = inStream('organization-example-registry');

  it('does not begin with its registration here', () => given(organization(registered())).thenKeys());

  it('holds its names, its relevance and what it merged into', () => {
    const told = [registered(), renamed({ on: '2010' }), markedRelevant(), relevanceEnded(), mergedInto()];
    given(organization(...told)).thenKeys(
      'example-registry/2008 organization-example-registry/2',
      'example-registry/2010 organization-example-registry/1',
      'example-registry/2014 organization-example-registry/3',
      'example-registry/2015 organization-example-registry/4',
    );
  });

  it('is silent on a place that has no date', () => {
    given(organization(registered(), placedUnder())).thenKeys();
    given(organization(registered(), placedUnder({ on: '2009' }))).thenKeys(
      'example-registry/2009 organization-example-registry/1',
    );
  });
});

describe('The timeline of a synthesis', () => {
  const cycle = inStream('cycle-ec-performance-2008');

  it('is told to who issued it and to all whom it names', () => {
    const told = given(cycle(synthesisIssued({ symbol: 'E/2009/X' })));
    told.thenDocument('example-secretariat/2009-05 cycle-ec-performance-2008/0', {
      kind: 'synthesis-issued',
      title: 'Report on the contributions of 2008 (E/2009/X)',
      report: { series: 'ec-performance', year: 2008 },
    });
    told.thenDocument('example-registry/2009-05 cycle-ec-performance-2008/0', {
      kind: 'named-in-synthesis',
      detail: 'ANSWERED',
    });
  });
});

function expectedAction(told: Record<string, unknown>) {
  return {
    action: 'ACT-0001',
    role: 'lead',
    lead: 'example-registry',
    partners: ['example-union'],
    status: 'ONGOING',
    track: 'EC',
    scope: 'POLICY',
    counted: true,
    issues: ['DNS'],
    groups: ['GOV', 'TECH'],
    ...told,
  };
}
