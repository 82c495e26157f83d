import { describe, expect, it } from '@jest/globals';
import {
  amendmentOpened,
  giveMandate,
  mandateProposed,
  publicationProposed,
  publish,
  published,
  refusalOf,
  resubmitted,
  setSignOffRule,
  signOffRuleProposed,
  signOffRuleSet,
  registered,
  specFor,
  started,
  submitted,
  withdraw,
  withdrawalProposed,
  withdrawn,
} from '#testing';
import { mandate } from './mandate/mandate.js';
import { organization } from './organization/organization.js';
import { agreedWith, hasLapsed, PROPOSAL_DAYS, proposalOf } from './proposal.js';
import { report } from './report/report.js';

const by = (actor: string, today = '2026-03-01') => ({ actor, today });

describe('What one person proposes', () => {
  const proposed = proposalOf(by('person-1'));

  it('waits for another one so many days, in which its last is counted', () => {
    expect(proposed).toEqual({ by: 'person-1', until: '2026-03-15' });
    expect(PROPOSAL_DAYS).toBe(14);
    expect(hasLapsed(proposed, '2026-03-15')).toBe(false);
    expect(hasLapsed(proposed, '2026-03-16')).toBe(true);
    expect(agreedWith(proposed, {}, by('person-2', '2026-03-15'))).toBe(proposed);
    expect(refusalOf(() => agreedWith(proposed, {}, by('person-1', '2026-03-15')))).toMatchObject({
      code: 'second-person-needed',
    });
  });

  it('is then agreed with by nobody, and proposed again by whoever says so, or by who proposed it', () => {
    const late = '2026-03-16';
    expect(refusalOf(() => agreedWith(proposed, {}, by('person-2', late)))).toMatchObject({
      code: 'proposal-lapsed',
      facts: { proposedBy: 'person-1', until: '2026-03-15' },
    });
    expect(agreedWith(proposed, { anew: true }, by('person-3', late))).toBeUndefined();
    expect(agreedWith(proposed, {}, by('person-1', late))).toBeUndefined();
  });

  it('has lapsed where it was written before anything did', () => expect(hasLapsed({}, '2026-01-01')).toBe(true));
});

const submittedReport = [started(), submitted()];
const amended = [amendmentOpened(), resubmitted()];
const two = [registered(), signOffRuleSet({ signatures: 2 })];
const lapsed = { until: '2009-12-31' } as const;

describe('Whatever takes two persons lapses', () => {
  it('a publication', () => {
    const given = specFor(report)(...submittedReport, publicationProposed(lapsed));
    given.when(publish()).refuses('proposal-lapsed', { proposedBy: 'person-2', ...lapsed });
    given.when(publish({ anew: true })).records(publicationProposed({ by: 'person-1' }));
  });

  it('a withdrawal', () => {
    const given = specFor(report)(...submittedReport, withdrawalProposed(lapsed));
    given.when(withdraw()).refuses('proposal-lapsed', { proposedBy: 'person-2', ...lapsed });
    given.when(withdraw({ anew: true })).records(withdrawalProposed({ by: 'person-1' }));
  });

  it('a mandate', () => {
    const given = specFor(mandate)(mandateProposed({ by: 'person-2', ...lapsed }));
    given.when(giveMandate()).refuses('proposal-lapsed', { proposedBy: 'person-2', ...lapsed });
    given.when(giveMandate({ anew: true })).records(mandateProposed({ by: 'person-1' }));
  });

  it('a rule of sign-off', () => {
    const given = specFor(organization)(...two, signOffRuleProposed(lapsed));
    const { reason } = signOffRuleProposed().data;
    const one = { signatures: 1, reason } as const;
    given.when(setSignOffRule(one)).refuses('proposal-lapsed', { proposedBy: 'person-8', ...lapsed });
    const proposed = signOffRuleProposed({ by: 'person-1', until: '2026-01-29' });
    given.when(setSignOffRule({ ...one, anew: true })).records(proposed);
  });
});

describe('What is proposed of a version lapses with it', () => {
  it('a withdrawal, which says which version was the latest', () => {
    const given = specFor(report)(...submittedReport, withdrawalProposed(), ...amended);
    given.when(withdraw()).refuses('proposal-lapsed', { proposedBy: 'person-2' });
    given.when(withdraw({ anew: true })).records(withdrawalProposed({ version: 2, by: 'person-1' }));
  });

  it('a publication: nobody publishes what was amended since because it was once agreed on', () => {
    const given = specFor(report)(...submittedReport, publicationProposed(), ...amended);
    given.when(publish()).refuses('proposal-lapsed', { proposedBy: 'person-2' });
    given.when(publish({ anew: true })).records(publicationProposed({ by: 'person-1' }));
    given.when(publish({ version: 2 })).records(publicationProposed({ version: 2, by: 'person-1' }));
  });

  it('but not before there is another one', () => {
    const opened = [...submittedReport, amendmentOpened()];
    specFor(report)(...opened, withdrawalProposed())
      .when(withdraw())
      .records(withdrawn({ proposedBy: 'person-2' }));
    specFor(report)(...opened, publicationProposed())
      .when(publish())
      .records(published({ proposedBy: 'person-2' }));
  });
});
