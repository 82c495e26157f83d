import { describe, expect, it } from '@jest/globals';
import {
  amendmentOpened,
  answeredByLetter,
  fold,
  openAmendment,
  requested,
  resubmitted,
  sectionAnswered,
  sectionDelegated,
  signatureGiven,
  specFor,
  started,
  submit,
  submitted,
  withdraw,
  withdrawalProposed,
  withdrawn,
} from '#testing';
import { report } from './report.js';
import { mayBeNamed } from './reviewing.js';

const given = specFor(report, { today: '2009-06-30' });
const complete = [started(), sectionAnswered(), sectionAnswered({ section: 'S04' })];
const first = [...complete, submitted()];
const amended = [...first, amendmentOpened(), sectionAnswered({ text: 'Open to all since 1999.' })];

describe('Rule 6: required sections are checked at submission', () => {
  it('is submitted when all are answered', () =>
    given(requested(), ...complete)
      .when(submit())
      .records(submitted()));

  it('names those that are missing, in the order of the form', () => {
    given(requested(), started(), sectionDelegated())
      .when(submit())
      .refuses('sections-missing', { missing: ['S01', 'S04'], form: 'sample-form/1' });
    given(started({ form: 'sample-form/2' }), sectionAnswered())
      .when(submit())
      .refuses('sections-missing', { missing: ['S02', 'S04'] });
  });

  it('is content with an answer in any language', () =>
    given(started(), sectionAnswered({ lang: 'ar' }), sectionAnswered({ section: 'S04', lang: 'zh-Hans' }))
      .when(submit())
      .records(submitted()));

  it('is not submitted before it was requested, nor in the future', () => {
    given(requested(), ...complete)
      .when(submit({ on: '2008-02' }))
      .refuses('dates-out-of-order', { from: '2008-03', to: '2008-02' });
    given(...complete)
      .when(submit({ on: '2009-07' }))
      .refuses('date-in-future');
  });

  it('is not submitted before it is started, nor twice', () => {
    given(requested()).when(submit()).refuses('report-not-started', { phase: 'requested' });
    given(answeredByLetter()).when(submit()).refuses('report-not-started', { phase: 'answered-by-letter' });
    given(...first)
      .when(submit())
      .refuses('report-locked', { phase: 'submitted' });
  });
});

describe('Rule 6: what is submitted is corrected or withdrawn by further events, with a reason', () => {
  it('is reopened in the sections that are named', () => {
    given(...first)
      .when(openAmendment())
      .records(amendmentOpened());
    given(...first, amendmentOpened()).thenState({ phase: 'amending', reopened: ['S01'], touched: false, version: 1 });
  });

  it('names sections of the form, and at least one', () => {
    given(...first)
      .when(openAmendment({ sections: ['S99'] }))
      .refuses('section-unknown', { section: 'S99' });
    given(...first)
      .when(openAmendment({ sections: [] }))
      .refuses('sections-missing');
  });

  it('is reopened once at a time, and only what was submitted', () => {
    given(...first, amendmentOpened())
      .when(openAmendment())
      .refuses('nothing-changed', { reopened: ['S01'] });
    given(...complete)
      .when(openAmendment())
      .refuses('report-not-submitted', { phase: 'draft' });
  });

  it('is submitted again under the next version', () => {
    given(...amended)
      .when(submit({ on: '2008-11-10' }))
      .records(resubmitted());
    given(...amended, resubmitted()).thenState({ phase: 'submitted', version: 2, reopened: undefined, touched: false });
  });

  it('is not submitted again unchanged', () =>
    given(...first, amendmentOpened())
      .when(submit())
      .refuses('nothing-changed', { reopened: ['S01'] }));

  it('is not submitted again when the same is said again', () =>
    given(...amended, sectionAnswered())
      .when(submit({ on: '2008-11-10' }))
      .refuses('nothing-changed'));

  it('was answered when it was first submitted, whatever followed', () =>
    given(...amended, resubmitted()).thenState({ answeredOn: '2008-10-06' }));

  it('is withdrawn only after it was submitted, and for good', () => {
    given(...first)
      .when(withdraw())
      .records(withdrawalProposed({ by: 'person-1', until: '2009-07-14' }));
    given(...first, withdrawalProposed())
      .when(withdraw())
      .records(withdrawn({ proposedBy: 'person-2' }));
    given(...first, amendmentOpened(), withdrawalProposed())
      .when(withdraw())
      .records(withdrawn({ proposedBy: 'person-2' }));
    given(...first, withdrawalProposed({ by: 'person-1' }))
      .when(withdraw())
      .refuses('second-person-needed', { proposedBy: 'person-1' });
    given(...complete)
      .when(withdraw())
      .refuses('report-not-submitted', { phase: 'draft' });
    for (const command of [submit(), openAmendment(), withdraw()]) {
      given(...first, withdrawn())
        .when(command)
        .refuses('report-withdrawn');
    }
  });
});

describe('An organization that asks for two signatures', () => {
  const two = { signatures: 2 } as const;
  const second = { ...two, signatory: 'person-4', on: '2008-10-06' } as const;

  it('submits with the second one', () => {
    given(...complete)
      .when(submit(two))
      .records(signatureGiven({ by: 'person-1', signatory: 'person-3', on: '2008-10-06' }));
    given(...complete, signatureGiven())
      .when(submit(second))
      .records(submitted({ signatory: 'person-4', firstSignatory: 'person-2' }));
  });

  it('is not content with the same person twice, under one name or two', () => {
    given(...complete, signatureGiven({ by: 'person-1' }))
      .when(submit(second))
      .refuses('second-person-needed');
    given(...complete, signatureGiven({ signatory: 'person-4' }))
      .when(submit(second))
      .refuses('second-person-needed', { firstSignatory: 'person-4' });
  });

  it('begins anew when anything was written after the first signature', () =>
    given(...complete, signatureGiven(), sectionAnswered({ text: 'Open to all since 1999.' }))
      .when(submit(second))
      .records(signatureGiven({ by: 'person-1', signatory: 'person-4', on: '2008-10-06' })));
});

describe('Rule 7: a report may be submitted with a reservation on standing', () => {
  const reservation = 'We answer as a courtesy.';

  it('is submitted all the same', () => {
    given(...complete)
      .when(submit({ reservation }))
      .records(submitted({ reservation }));
    given(...complete, submitted({ reservation })).thenState({ phase: 'submitted', reservation });
  });

  it('and a later version may drop it', () =>
    given(...complete, submitted({ reservation }), amendmentOpened(), resubmitted()).thenState({
      reservation: undefined,
    }));
});

describe('Rule 18: an answer carries a choice on being quoted by name', () => {
  const after = (consentToBeCited: 'by-name' | 'without-name' | 'not-at-all') =>
    fold(report, report.initial, [...complete, submitted({ consentToBeCited })]);

  it('names only those who said so', () => {
    expect(mayBeNamed(after('by-name'))).toBe(true);
    expect(mayBeNamed(after('without-name'))).toBe(false);
    expect(mayBeNamed(after('not-at-all'))).toBe(false);
  });

  it('names nobody who was not asked', () => {
    expect(mayBeNamed(report.initial)).toBe(false);
    expect(mayBeNamed(fold(report, report.initial, [answeredByLetter()]))).toBe(false);
  });

  it('goes by the last version', () =>
    given(...amended, resubmitted({ consentToBeCited: 'without-name' })).thenState({ consent: 'without-name' }));
});
