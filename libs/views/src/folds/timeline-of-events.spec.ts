import { describe, it } from '@jest/globals';
import type { ReportingEvent } from '#reporting';
import {
  acknowledged,
  amendmentOpened,
  answeredByLetter,
  appointmentEnded,
  clarificationAnswered,
  clarificationRequested,
  closed,
  deadlineExtended,
  declined,
  documentAttached,
  dueDateMoved,
  exempted,
  figureReported,
  found,
  guidanceIssued,
  inStream,
  markedRelevant,
  mergedInto,
  noResponse,
  noted,
  opened,
  partWithheld,
  personAppointed,
  placedUnder,
  profileRevised,
  published,
  registered,
  relevanceEnded,
  reminderSent,
  renamed,
  reopened,
  requested,
  resubmitted,
  sectionDelegated,
  specForView,
  started,
  submitted,
  synthesisIssued,
  withdrawn,
} from '#testing';
import type { TimelineEntry } from './timeline.js';
import { timeline } from './timeline.js';

const given = specForView(timeline);

type Expected = { readonly [Member in keyof TimelineEntry]?: unknown };

describe('The timeline of a report tells of', () => {
  const stream = 'report-ec-performance-2008-example-registry';
  const report = inStream(stream);
  const recordedOn = { date: '2026-01-15', precision: 'day', dateIs: 'recorded' };

  it.each<[string, ReportingEvent, string, Expected]>([
    [
      'a request, and how well it is known',
      requested({ note: 'By circular letter', confidence: 'recalled' }),
      '2008-03',
      { kind: 'report-requested', detail: 'By circular letter', confidence: 'recalled', sources: [found] },
    ],
    ['a receipt', acknowledged({ note: 'By post' }), '2008-04', { kind: 'request-acknowledged', detail: 'By post' }],
    [
      'a refusal to answer, in its own words',
      declined(),
      '2008-05',
      { kind: 'report-declined', detail: 'No reporting line to the requester', dateIs: undefined },
    ],
    ['an exemption', exempted(), '2026-01-15', { kind: 'report-exempted', ...recordedOn }],
    ['silence', noResponse(), '2008-12-01', { kind: 'no-response-recorded', title: 'No response on record' }],
    [
      'more time',
      deadlineExtended(),
      '2026-01-15',
      { kind: 'deadline-extended', title: 'Deadline moved from 2008-10-31 to 2008-11-30', ...recordedOn },
    ],
    [
      'a beginning whose day is known',
      started({ on: '2008-09' }),
      '2008-09',
      { kind: 'report-started', date: '2008-09', precision: 'month', dateIs: undefined },
    ],
    [
      'a letter, with what it reserves',
      answeredByLetter({ on: '2008-10-06', reservation: 'We are not bound' }),
      '2008-10-06',
      { kind: 'answered-by-letter', title: 'Answered with reservation', confidence: 'found', sources: [found] },
    ],
    [
      'a signature, with what it reserves',
      submitted({ reservation: 'We are not bound' }),
      '2008-10-06',
      {
        kind: 'report-submitted',
        title: 'Report submitted, version 1, with reservation',
        detail: 'We are not bound',
        report: { series: 'ec-performance', year: 2008, version: 1 },
      },
    ],
    [
      'a second version',
      resubmitted(),
      '2008-11-10',
      { title: 'Report submitted, version 2', report: { series: 'ec-performance', year: 2008, version: 2 } },
    ],
    [
      'a material amendment',
      amendmentOpened({ material: true, sections: ['S01', 'S04'] }),
      '2026-01-15',
      { kind: 'amendment-opened', title: 'Material amendment of S01, S04', detail: 'A date was wrong', ...recordedOn },
    ],
    [
      'an amendment that changes nothing of substance',
      amendmentOpened(),
      '2026-01-15',
      { title: 'Amendment of S01', detail: 'A date was wrong' },
    ],
    [
      'a withdrawal, and why',
      withdrawn(),
      '2026-01-15',
      { kind: 'report-withdrawn', detail: 'Sent in the name of another body' },
    ],
    [
      'a note of the reviewers',
      noted({ note: 'With thanks' }),
      '2026-01-15',
      {
        kind: 'report-noted',
        title: 'Version 1 noted',
        detail: 'With thanks',
        report: { series: 'ec-performance', year: 2008, version: 1 },
      },
    ],
    ['publication', published(), '2026-01-15', { kind: 'report-published', title: 'Version 1 published' }],
    [
      'what was left out of it, and why',
      partWithheld(),
      '2026-01-15',
      { kind: 'part-withheld', title: 'S02 of version 1 withheld', detail: 'Names a private person' },
    ],
  ])('%s', (_, event, date, expected) => {
    const told = given(report(event));
    told.thenKeys(`example-registry/${date} ${stream}/0`);
    told.thenDocument(`example-registry/${date} ${stream}/0`, { ...expected, sequence: 0, why: [0] });
  });

  it('a beginning whose day is not known in the year of its cycle, where it was entered later', () => {
    given(report(started())).thenDocument(`example-registry/2008 ${stream}/0`, {
      date: '2008',
      precision: 'year',
      dateIs: 'cycle-year',
    });
    given(inStream(stream, '2008-09-01T09:00:00.000Z')(started())).thenKeys(`example-registry/2008-09-01 ${stream}/0`);
  });

  it.each([
    [reminderSent(), '7 days before the deadline 2008-11-30'],
    [reminderSent({ days: -1 }), '1 day before the deadline 2008-11-30'],
    [reminderSent({ days: 0 }), 'On the day of the deadline 2008-11-30'],
    [
      reminderSent({ days: 14, unconfirmed: true }),
      '14 days after the deadline 2008-11-30. Whether the mail server took it is not known',
    ],
  ])('a reminder, which has a stream of its own', (event, detail) => {
    const reminders = 'reminder-ec-performance-2008-example-registry';
    given(inStream(reminders)(event)).thenDocument(`example-registry/2008-11-23 ${reminders}/0`, {
      kind: 'reminded',
      title: 'Reminder sent',
      detail,
      dateIs: undefined,
      report: { series: 'ec-performance', year: 2008 },
    });
  });

  it('nothing that belongs to the people who write it, or to those who ask among themselves', () => {
    const visibilities = ['organization', 'internal'] as const;
    const among = visibilities.map((visibility) => clarificationRequested({ visibility }));
    given(
      report(...among, clarificationAnswered(), sectionDelegated(), documentAttached(), figureReported()),
    ).thenKeys();
  });
});

describe('The timeline of an organization tells of', () => {
  const stream = 'organization-example-registry';
  const organization = inStream(stream);

  it.each<[string, ReportingEvent, string, Expected]>([
    [
      'a new name on the day when it was recorded, where no other is known',
      renamed(),
      '2026-01-15',
      { kind: 'renamed', title: 'Example Numbers Registry', detail: 'New statutes', dateIs: 'recorded' },
    ],
    [
      'its relevance from when it began, with the ground',
      markedRelevant(),
      '2008',
      { kind: 'marked-relevant', detail: 'Named in the request of 2008', precision: 'year', sources: [found] },
    ],
    ['the end of it', relevanceEnded(), '2014', { kind: 'relevance-ended', detail: 'Gave its task to another' }],
    ['the body that it is part of', placedUnder({ on: '2009' }), '2009', { title: 'example-numbers-council' }],
    ['the body that took its place', mergedInto(), '2015', { kind: 'merged-into', title: 'example-names-registry' }],
  ])('%s', (_, event, date, expected) =>
    given(organization(event)).thenDocument(`example-registry/${date} ${stream}/0`, {
      ...expected,
      report: undefined,
      action: undefined,
    }),
  );

  it('nothing of the register itself, and of no person', () =>
    given(organization(registered(), profileRevised(), personAppointed(), appointmentEnded())).thenKeys());
});

describe('The timeline of a cycle tells of', () => {
  const stream = 'cycle-ec-performance-2008';
  const cycle = inStream(stream);

  it('a synthesis to its issuer once, though it names itself, and to others with what was said of them', () => {
    const contributors = [
      { organization: 'example-secretariat', status: 'ANSWERED', confidence: 'found' },
      { organization: 'example-union', status: 'VOLUNTARY', note: 'By letter', confidence: 'recalled' },
    ] as const;
    const told = given(cycle(synthesisIssued({ contributors })));
    told.thenKeys(`example-secretariat/2009-05 ${stream}/0`, `example-union/2009-05 ${stream}/0`);
    told.thenDocument(`example-secretariat/2009-05 ${stream}/0`, { kind: 'synthesis-issued', confidence: 'found' });
    told.thenDocument(`example-union/2009-05 ${stream}/0`, {
      kind: 'named-in-synthesis',
      title: 'Report on the contributions of 2008',
      detail: 'VOLUNTARY: By letter',
      confidence: 'recalled',
      report: { series: 'ec-performance', year: 2008 },
    });
  });

  it('nothing else: what a cycle does is done to all', () =>
    given(cycle(opened(), guidanceIssued(), dueDateMoved(), closed(), reopened())).thenKeys());
});
