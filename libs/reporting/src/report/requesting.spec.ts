import { describe, expect, it } from '@jest/globals';
import {
  acknowledge,
  acknowledged,
  answerByLetter,
  answeredByAttachedLetter,
  answeredByLetter,
  deadlineExtended,
  decline,
  declined,
  exempt,
  exempted,
  extendDeadline,
  fold,
  noResponse,
  recordNoResponse,
  request,
  requested,
  sectionAnswered,
  specFor,
  start,
  started,
  submitted,
  withdrawn,
} from '#testing';
import type { ReportEvent } from './report.js';
import { report } from './report.js';
import { contributionStatusOf, punctualityOf } from './requesting.js';

const today = '2009-06-30';
const given = specFor(report, { today });
const standing = (...events: ReportEvent[]) => fold(report, report.initial, events);
const statusAfter = (...events: ReportEvent[]) => contributionStatusOf(standing(...events));
const punctualityAfter = (...events: ReportEvent[]) => punctualityOf(standing(...events), today);

const due = requested({ deadline: '2008-10-31' });
const written = [started(), sectionAnswered(), sectionAnswered({ section: 'S04' })];
const letter = answeredByLetter({ on: '2008-10-06' });

describe('Rule 2: a report is requested, by somebody, on a date, with or without a deadline', () => {
  it('is on record with requester, letter and form', () => {
    const told = { deadline: '2008-10-31', form: 'sample-form/2', letter: { title: 'Request of March 2008' } };
    given().when(request(told)).records(requested(told));
    given(requested(told)).thenState({
      phase: 'requested',
      requestedOn: '2008-03',
      deadline: '2008-10-31',
      form: 'sample-form/2',
    });
  });

  it('is requested once', () =>
    given(requested()).when(request()).refuses('report-already-requested', { on: '2008-03' }));

  it('is not requested in the future, nor due before it is requested', () => {
    given()
      .when(request({ on: '2009-07' }))
      .refuses('date-in-future');
    given()
      .when(request({ deadline: '2008-02' }))
      .refuses('dates-out-of-order', { from: '2008-03', to: '2008-02' });
  });

  it('may be requested after an answer came unasked, which stays an answer', () =>
    given(letter).when(request()).thenState({ phase: 'answered-by-letter', requestedOn: '2008-03' }));

  it('is not requested of those who are exempt, nor after a withdrawal', () => {
    given(exempted()).when(request()).refuses('report-locked', { phase: 'exempted' });
    given(...written, submitted(), withdrawn())
      .when(request())
      .refuses('report-locked', { phase: 'withdrawn' });
  });

  it('is acknowledged once, not before it was sent', () => {
    given(requested()).when(acknowledge()).records(acknowledged());
    given(requested(), acknowledged()).when(acknowledge()).refuses('nothing-changed');
    given(requested())
      .when(acknowledge({ on: '2008-02' }))
      .refuses('dates-out-of-order');
    given(requested())
      .when(acknowledge({ on: '2010' }))
      .refuses('date-in-future');
  });

  it.each([acknowledge(), decline(), exempt(), recordNoResponse(), extendDeadline()])(
    'cannot be told $type where no request is on record',
    (command) => given().when(command).refuses('report-not-requested', { phase: 'none' }),
  );

  it.each([decline(), exempt(), recordNoResponse(), answerByLetter()])(
    'cannot be told $type after it was answered',
    (command) => given(due, letter).when(command).refuses('report-already-answered'),
  );

  it('is declined once, with the reason, and may be answered all the same', () => {
    given(requested()).when(decline()).records(declined());
    given(requested(), declined()).when(decline()).refuses('nothing-changed');
    given(requested())
      .when(decline({ on: '2008-02' }))
      .refuses('dates-out-of-order');
    given(requested())
      .when(decline({ on: '2010' }))
      .refuses('date-in-future');
    given(requested(), declined()).when(start()).records(started());
    given(requested(), declined()).when(answerByLetter()).records(answeredByAttachedLetter());
  });

  it('is waived by an exemption', () => {
    given(requested()).when(exempt()).records(exempted());
    given(requested(), exempted()).when(start()).refuses('report-exempted');
  });
});

describe('Rule 7: an answer with a reservation on standing is an answer', () => {
  const reservation = 'We have no reporting line to the requester.';

  it('is recorded like any other', () =>
    given(requested()).when(answerByLetter({ reservation })).records(answeredByAttachedLetter({ reservation })));

  it('has a status of its own, by letter and in the form', () => {
    expect(statusAfter(requested(), answeredByLetter({ reservation }))).toBe('ANSWERED_WITH_RESERVATION');
    expect(statusAfter(requested(), ...written, submitted({ reservation }))).toBe('ANSWERED_WITH_RESERVATION');
  });

  it('is as punctual as one without', () =>
    expect(punctualityAfter(due, answeredByLetter({ on: '2008-10-06', reservation }))).toBe('on-time'));
});

describe('Rule 8: the status of a contribution follows from what is on record', () => {
  const statuses: [string, string, ReportEvent[]][] = [
    ['REQUESTED', 'once it is asked for', [requested()]],
    ['REQUESTED', 'while the request is only acknowledged', [requested(), acknowledged()]],
    ['IN_PREPARATION', 'while it is being written', [requested(), started()]],
    ['ANSWERED', 'when it is submitted', [requested(), ...written, submitted()]],
    ['ANSWERED', 'when a letter answers the request', [requested(), letter]],
    [
      'ANSWERED',
      'by a letter whose request may have been lost',
      [answeredByLetter({ standing: 'request-not-on-record' })],
    ],
    ['VOLUNTARY', 'by a letter that nobody asked for', [answeredByLetter({ standing: 'voluntary' })]],
    ['VOLUNTARY', 'when it is submitted unasked', [started({ standing: 'voluntary' }), submitted()]],
    ['DECLINED', 'when the organization says no', [requested(), declined()]],
    ['NO_RESPONSE', 'when silence is recorded after the deadline', [due, noResponse()]],
    ['EXEMPTED', 'when the request is taken back', [requested(), exempted()]],
    ['WITHDRAWN', 'when the organization no longer stands by it', [requested(), ...written, submitted(), withdrawn()]],
  ];

  it.each(statuses)('is %s %s', (status, _, events) => expect(statusAfter(...events)).toBe(status));

  it('calls an unasked answer voluntary, unless it is told that a request may have been lost', () => {
    given()
      .when(answerByLetter())
      .records(answeredByAttachedLetter({ standing: 'voluntary' }));
    given()
      .when(answerByLetter({ standing: 'request-not-on-record' }))
      .records(answeredByAttachedLetter({ standing: 'request-not-on-record' }));
  });

  it('does not call an answer to a request voluntary, whatever the person says', () =>
    given(requested())
      .when(answerByLetter({ standing: 'voluntary' }))
      .records(answeredByAttachedLetter()));

  it('takes one answer by letter', () => {
    given(letter).when(answerByLetter()).refuses('report-already-answered');
    given(letter).when(start()).refuses('report-already-answered');
  });

  it('takes no letter that is not attached, but one that the public record tells of', () => {
    const told = { document: { title: 'Letter of three pages', address: 'https://registry.example/letter' } };
    given(requested()).when(answerByLetter(told)).refuses('letter-not-attached');
    given(requested())
      .when(answerByLetter({ ...told, isImported: true }))
      .records(answeredByLetter(told));
  });

  it('takes a letter of an unknown date, but of no future one and none before the request', () => {
    given(requested()).when(answerByLetter()).thenState({ answeredOn: undefined, phase: 'answered-by-letter' });
    given(requested())
      .when(answerByLetter({ on: '2010' }))
      .refuses('date-in-future');
    given(requested())
      .when(answerByLetter({ on: '2007' }))
      .refuses('dates-out-of-order');
  });
});

describe('Rule 9: late or missing only against a recorded deadline, and no evidence is a value of its own', () => {
  const punctualities: [string, string, ReportEvent[]][] = [
    ['nothing is on record', 'not-applicable', []],
    ['nobody asked', 'not-applicable', [letter]],
    ['the request names no deadline', 'not-applicable', [requested(), letter]],
    ['the request names no deadline and nothing came', 'not-applicable', [requested()]],
    ['it was declined', 'not-applicable', [due, declined()]],
    ['it is exempt', 'not-applicable', [due, exempted()]],
    ['the deadline is to come', 'not-due', [requested({ deadline: '2009-07-01' })]],
    ['the deadline is this month', 'not-due', [requested({ deadline: '2009-06' })]],
    ['the deadline has passed', 'overdue', [due]],
    ['the deadline has passed and a draft is open', 'overdue', [due, started()]],
    ['the answer came before', 'on-time', [due, letter]],
    ['the answer came on the day', 'on-time', [due, answeredByLetter({ on: '2008-10-31' })]],
    ['the answer came after', 'late', [due, answeredByLetter({ on: '2008-11-01' })]],
    ['the answer came the year after', 'late', [due, answeredByLetter({ on: '2009' })]],
    ['the answer is dated to the month of the deadline', 'not-known', [due, answeredByLetter({ on: '2008-10' })]],
    ['the answer is dated to the year of the deadline', 'not-known', [due, answeredByLetter({ on: '2008' })]],
    ['the answer has no date', 'not-known', [due, answeredByLetter()]],
    ['the deadline is a year, and the answer in it', 'on-time', [requested({ deadline: '2008' }), letter]],
    ['it was extended', 'on-time', [due, deadlineExtended(), answeredByLetter({ on: '2008-11-10' })]],
    ['the first submission counts', 'on-time', [due, ...written, submitted(), withdrawn()]],
  ];

  it.each(punctualities)('%s: %s', (_, punctuality, events) => expect(punctualityAfter(...events)).toBe(punctuality));

  it('has no status where there is no evidence', () => expect(contributionStatusOf(report.initial)).toBeUndefined());

  it('records silence only after a recorded deadline', () => {
    given(due).when(recordNoResponse()).records(noResponse());
    given(requested()).when(recordNoResponse()).refuses('deadline-missing');
    given(due)
      .when(recordNoResponse({ on: '2008-10' }))
      .refuses('dates-out-of-order', { from: '2008-10-31', to: '2008-10' });
    given(due)
      .when(recordNoResponse({ on: '2009-07-01' }))
      .refuses('date-in-future');
  });

  it('records it once, and not of those who declined', () => {
    given(due, noResponse()).when(recordNoResponse()).refuses('nothing-changed');
    given(due, declined()).when(recordNoResponse()).refuses('nothing-changed');
  });

  it('lets an answer follow the silence', () =>
    given(due, noResponse()).when(answerByLetter()).records(answeredByAttachedLetter()));

  it('extends a deadline that there is, to a later one', () => {
    given(due).when(extendDeadline()).records(deadlineExtended());
    given(due, deadlineExtended()).thenState({ deadline: '2008-11-30' });
    given(requested()).when(extendDeadline()).refuses('deadline-missing');
    given(due)
      .when(extendDeadline({ to: '2008-10' }))
      .refuses('deadline-not-later', { from: '2008-10-31', to: '2008-10' });
    given(due, exempted()).when(extendDeadline()).refuses('report-locked', { phase: 'exempted' });
    // What came too late did not come in time because somebody moved the line afterwards.
    given(due, started(), submitted()).when(extendDeadline()).refuses('report-already-answered');
    given(due, answeredByLetter()).when(extendDeadline()).refuses('report-already-answered');
  });

  it('Trap (UNGC): a last day (31 July 2024) on which nobody could submit makes nobody late', () => {
    const grace = { to: '2008-11-05', reason: 'Nobody could sign in on the last day.' } as const;
    const given5Days = deadlineExtended({ from: '2008-10-31', ...grace });
    given(due, ...written)
      .when(extendDeadline(grace))
      .records(given5Days);
    expect(punctualityAfter(due, ...written, given5Days, submitted({ on: '2008-11-04' }))).toBe('on-time');
    // What was signed on the day was signed on the day, whenever it could be recorded.
    expect(punctualityAfter(due, ...written, submitted({ on: '2008-10-31' }))).toBe('on-time');
    expect(punctualityAfter(due, ...written, submitted({ on: '2008-11-04' }))).toBe('late');
  });

  it('asks the same question of the same record with the same answer, on any day given', () => {
    const open = standing(due);
    expect(punctualityOf(open, '2008-10-31')).toBe('not-due');
    expect(punctualityOf(open, '2008-11-01')).toBe('overdue');
  });

  it('is no evidence where the request of an old round was recorded after its deadline', () => {
    expect(punctualityOf(standing(due), today, '2009-06-01')).toBe('no-evidence');
    expect(punctualityOf(standing(due), today, '2008-03-05')).toBe('overdue');
    expect(punctualityOf(standing(due, letter), today, '2009-06-01')).toBe('on-time');
  });
});

describe('Rule 11: what is said about a request or a letter has a source', () => {
  it('refuses either without', () => {
    given()
      .when(request({ sources: [] }))
      .refuses('source-missing');
    given()
      .when(answerByLetter({ sources: [] }))
      .refuses('source-missing');
  });
});

it.each([extendDeadline({ actedFor: true }), exempt({ actedFor: true })])(
  'Nobody may $type who ever acted for the organization',
  (command) => given(due).when(command).refuses('conflict-of-interest', { actor: 'person-1' }),
);
