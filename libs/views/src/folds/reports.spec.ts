import { describe, it } from '@jest/globals';
import {
  acknowledged,
  actionCited,
  amendmentOpened,
  answeredByLetter,
  clarificationAnswered,
  clarificationClosed,
  clarificationFollowedUp,
  clarificationRequested,
  deadlineExtended,
  declined,
  documentAttached,
  exempted,
  figureReported,
  inStream,
  noResponse,
  noted,
  partWithheld,
  published,
  recalled,
  requested,
  resubmitted,
  sectionAnswered,
  sectionDelegated,
  specForView,
  started,
  submitted,
  withdrawn,
} from '#testing';
import { reports } from './reports.js';

const given = specForView(reports);
const report = inStream('report-ec-performance-2008-example-registry');
const key = 'ec-performance/2008/example-registry';

describe('A report', () => {
  it('is found by its cycle, and by its organization', () => {
    given(report(requested())).thenKeys(key);
    given(report(requested())).thenLists(key, 'organization=example-registry');
  });

  it('holds nothing of what there is none of', () =>
    given(report(requested())).thenDocument(key, {
      phase: 'requested',
      status: 'REQUESTED',
      deadline: undefined,
      extensions: undefined,
      notes: undefined,
      versions: undefined,
      documents: undefined,
      delegations: undefined,
      noted: undefined,
      withheld: undefined,
      openClarifications: undefined,
    }));

  it.each([
    ['REQUESTED', report(requested(), acknowledged())],
    ['DECLINED', report(requested(), declined())],
    ['EXEMPTED', report(requested(), exempted())],
    ['NO_RESPONSE', report(requested(), noResponse())],
    ['IN_PREPARATION', report(requested(), started())],
    ['ANSWERED', report(requested(), started(), submitted())],
    ['ANSWERED', report(requested(), answeredByLetter())],
    ['ANSWERED_WITH_RESERVATION', report(requested(), started(), submitted({ reservation: 'We are not bound' }))],
    ['ANSWERED_WITH_RESERVATION', report(requested(), answeredByLetter({ reservation: 'We are not bound' }))],
    ['VOLUNTARY', report(answeredByLetter({ standing: 'voluntary' }))],
    ['ANSWERED', report(answeredByLetter({ standing: 'request-not-on-record' }))],
    ['WITHDRAWN', report(requested(), started(), submitted(), withdrawn())],
  ])('is %s after its events', (status, told) => given(told).thenDocument(key, { status }));

  it('moves its deadline, and keeps why', () =>
    given(report(requested({ deadline: '2008-10-31' }), deadlineExtended())).thenDocument(key, {
      deadline: '2008-11-30',
      extensions: [{ from: '2008-10-31', to: '2008-11-30', reason: 'The letter arrived late', why: [1] }],
    }));

  it('keeps each version with the sequence at which it was submitted, and the day of the first answer', () => {
    const told = report(requested(), started(), submitted(), amendmentOpened(), resubmitted());
    const signature = { signatory: 'person-3', consentToBeCited: 'by-name' };
    given(told).thenDocument(key, {
      phase: 'submitted',
      answeredOn: '2008-10-06',
      versions: [
        { version: 1, on: '2008-10-06', ...signature, sequence: 2 },
        { version: 2, on: '2008-11-10', ...signature, sequence: 4 },
      ],
      why: [0, 1, 2, 3, 4],
    });
  });

  it('does not turn over with what is written in a draft', () => {
    const told = report(requested(), started(), sectionAnswered(), figureReported(), actionCited());
    given(told).thenDocument(key, { revision: 1, why: [0, 1] });
  });

  it('says to whom a section was delegated, and what is attached', () =>
    given(report(requested(), started(), sectionDelegated(), documentAttached())).thenDocument(key, {
      delegations: { S02: { to: 'person-2', sequence: 2 } },
      documents: [{ document: { title: 'Annual report', sha256: 'a'.repeat(64) } }],
    }));

  it('counts the questions that are open', () => {
    const asked = report(requested(), started(), submitted(), clarificationRequested());
    given(asked).thenDocument(key, { openClarifications: 1 });
    const answered = [asked, report(clarificationAnswered())];
    given(...answered).thenDocument(key, { openClarifications: 0 });
    given(...answered, report(clarificationFollowedUp())).thenDocument(key, { openClarifications: 1 });
    given(...answered, report(clarificationFollowedUp(), clarificationClosed({ outcome: 'left-open' }))).thenDocument(
      key,
      { openClarifications: 0, threads: { 'clarification-1': { visibility: 'organization', state: 'closed' } } },
    );
    // A note among reviewers asks nobody.
    const noted = clarificationFollowedUp({ visibility: 'internal' });
    given(...answered, report(noted)).thenDocument(key, { openClarifications: 0 });
  });

  it('is noted, published, and published without a part', () =>
    given(report(requested(), started(), submitted(), noted(), published(), partWithheld())).thenDocument(key, {
      noted: [{ version: 1, sequence: 12 }],
      published: 1,
      publishedVersions: [1],
      withheld: [{ version: 1, part: 'S02', reason: 'Names a private person' }],
    }));

  it('is as well known as the weakest of what it rests on', () => {
    const told = report(requested(), answeredByLetter({ confidence: 'recalled', sources: [recalled] }));
    given(told).thenDocument(key, { confidence: 'recalled' });
  });
});
