import { describe, expect, it } from '@jest/globals';
import { endMandate, giveMandate, mandateEnded, mandateGiven, mandateProposed, specFor } from '#testing';
import { audienceOfMandate, mandate } from './mandate.js';

const given = specFor(mandate, { actor: 'person-1' });
const asAnother = specFor(mandate, { actor: 'person-2' });
const asThePerson = specFor(mandate, { actor: 'person-9' });

const setUp = { role: 'administrator', everAdministrators: [] } as const;
const second = { role: 'administrator', everAdministrators: ['person-1'] } as const;
const third = { role: 'administrator', everAdministrators: ['person-1', 'person-2'] } as const;

describe('A mandate', () => {
  it('is proposed by one person', () => given().when(giveMandate()).records(mandateProposed()));

  it('is given when another person agrees', () =>
    asAnother(mandateProposed()).when(giveMandate()).records(mandateGiven()));

  it('is not given by one person twice', () =>
    given(mandateProposed()).when(giveMandate()).refuses('second-person-needed', { proposedBy: 'person-1' }));

  it('is not agreed on where the date is another one: that is a proposal of its own', () =>
    asAnother(mandateProposed())
      .when(giveMandate({ from: '2008-04' }))
      .records(mandateProposed({ from: '2008-04', by: 'person-2' })));

  it('is for one role: who agrees on a reviewer makes no auditor', () =>
    asAnother(mandateProposed())
      .when(giveMandate({ role: 'auditor' }))
      .records(mandateProposed({ role: 'auditor', by: 'person-2' })));

  it('is neither proposed nor given by the one who gets it', () => {
    asThePerson().when(giveMandate()).refuses('mandate-for-oneself');
    asThePerson(mandateProposed()).when(giveMandate()).refuses('mandate-for-oneself');
  });

  it('is not given twice', () =>
    asAnother(mandateProposed(), mandateGiven()).when(giveMandate()).refuses('mandate-held', { from: '2008-03' }));

  it('does not begin tomorrow', () =>
    given()
      .when(giveMandate({ from: '2026-01-16' }))
      .refuses('date-in-future'));

  it('ends, and may be given again by two', () => {
    given(mandateProposed(), mandateGiven()).when(endMandate()).records(mandateEnded());
    given(mandateProposed(), mandateGiven(), mandateEnded())
      .when(giveMandate({ from: '2010' }))
      .records(mandateProposed({ from: '2010' }));
  });

  it('does not end when nobody holds it, or before it began', () => {
    given(mandateProposed()).when(endMandate()).refuses('mandate-unknown');
    given(mandateProposed(), mandateGiven())
      .when(endMandate({ on: '2007' }))
      .refuses('dates-out-of-order');
  });
});

describe('The first administrators', () => {
  const atSetUp = { role: 'administrator', from: '2008-03', ground: 'set-up' } as const;

  it('is the one who sets the record up, and nobody else has to agree', () =>
    asThePerson()
      .when(giveMandate(setUp))
      .records({ type: 'MandateGiven', data: { ...atSetUp, by: 'person-9' } } as ReturnType<typeof mandateGiven>));

  it('makes the second one alone, since there is nobody yet to agree', () =>
    given()
      .when(giveMandate(second))
      .records({ type: 'MandateGiven', data: { ...atSetUp, by: 'person-1' } } as ReturnType<typeof mandateGiven>));

  it('is not made twice of the same person, to be two', () =>
    asThePerson().when(giveMandate(second)).refuses('mandate-for-oneself'));

  it('need each other from then on', () =>
    given()
      .when(giveMandate(third))
      .records(mandateProposed({ role: 'administrator' })));

  it('are made again by the link of whoever runs the record, where too few are left to agree', () => {
    asThePerson()
      .when(giveMandate({ ...third, byLink: true }))
      .records({ type: 'MandateGiven', data: { ...atSetUp, by: 'person-9' } } as ReturnType<typeof mandateGiven>);
    asThePerson()
      .when(giveMandate({ everAdministrators: third.everAdministrators, byLink: true }))
      .refuses('mandate-for-oneself', { role: 'reviewer' });
  });

  it('need each other for every other role from the beginning', () => {
    given()
      .when(giveMandate({ everAdministrators: [] }))
      .records(mandateProposed());
  });
});

describe('The audience of a mandate', () => {
  it('is everybody once it is given or ended, and not before', () => {
    expect(audienceOfMandate(mandateProposed())).toBe('secretariat');
    expect(audienceOfMandate(mandateGiven())).toBe('public');
    expect(audienceOfMandate(mandateEnded())).toBe('public');
  });
});
