import { describe, expect, it } from '@jest/globals';
import {
  appoint,
  appointmentEnded,
  editingRuleSet,
  endAppointment,
  endRelevance,
  found,
  markedRelevant,
  markRelevant,
  mergedInto,
  mergeInto,
  personAppointed,
  placedUnder,
  placeUnder,
  profileRevised,
  register,
  registered,
  relevanceEnded,
  rename,
  renamed,
  reviseProfile,
  sampleProfile,
  setEditingRule,
  setSignOffRule,
  signOffRuleProposed,
  signOffRuleSet,
  specFor,
  start,
  started,
} from '#testing';
import { PLATFORM_ROLES } from '../mandate/mandate.js';
import { report } from '../report/report.js';
import { audienceOfOrganization, organization } from './organization.js';

const given = specFor(organization, { today: '2016-06-30', actor: 'person-9' });

describe('Rule 1: an organization is registered once', () => {
  it('is registered with its profile and where that was seen', () =>
    given()
      .when(register({ acronym: 'ER' }))
      .records(registered({ acronym: 'ER' })));

  it('is known by its name from then on', () =>
    given(registered({ acronym: 'ER' })).thenState({
      registered: true,
      name: 'Example Registry',
      acronym: 'ER',
      profile: sampleProfile,
      parents: [],
      relevantFrom: undefined,
    }));

  it('is not registered again', () =>
    given(registered()).when(register()).refuses('organization-already-registered', { name: 'Example Registry' }));

  it.each([rename(), reviseProfile(), markRelevant(), endRelevance(), placeUnder(), mergeInto(), appoint()])(
    'cannot be told $type before it is registered',
    (command) => given().when(command).refuses('organization-unknown'),
  );

  it.each([
    ['kind', { kind: 'REGISTRY_BEFORE_2010' }],
    ['stakeholder group', { stakeholderGroup: 'TECH_AND_ACAD' }],
    ['region', { regionOfSeat: 'REGION_BEFORE_2010' }],
  ])('has a profile whose %s is not retired', (_, told) =>
    given()
      .when(register({ profile: { ...sampleProfile, ...told } }))
      .refuses('code-retired'),
  );

  it('cannot have been founded in the future', () =>
    given()
      .when(register({ profile: { ...sampleProfile, founded: { date: '2017' } } }))
      .refuses('date-in-future', { date: '2017' }));
});

describe('Rule 1: an organization may be renamed', () => {
  it('with its reason', () => given(registered()).when(rename()).records(renamed()));

  it('and loses the acronym that the new name does not have', () =>
    given(registered({ acronym: 'ER' }), renamed()).thenState({
      name: 'Example Numbers Registry',
      acronym: undefined,
    }));

  it('but not to the name that it has', () =>
    given(registered({ acronym: 'ER' }))
      .when(rename({ name: 'Example Registry', acronym: 'ER' }))
      .refuses('nothing-changed'));

  it('and not in the future', () =>
    given(registered())
      .when(rename({ on: '2016-07' }))
      .refuses('date-in-future', { date: '2016-07' }));

  it('and its profile revised', () => {
    given(registered()).when(reviseProfile()).records(profileRevised());
    const { profile } = profileRevised().data;
    given(registered(), profileRevised()).thenState({ profile });
  });
});

describe('Rule 1: an organization is marked relevant from a date, with the ground for it', () => {
  it('and stays so until that ends, on a day', () => {
    given(registered()).when(markRelevant()).records(markedRelevant());
    given(registered(), markedRelevant({ from: '2008-03' }))
      .when(endRelevance())
      .records(relevanceEnded());
  });

  it('and is known to be relevant while that lasts', () =>
    given(registered(), markedRelevant()).thenState({ relevantFrom: '2008' }));

  it('and is relevant no more once that ended', () =>
    given(registered(), markedRelevant(), relevanceEnded()).thenState({ relevantFrom: undefined }));

  it('once at a time', () =>
    given(registered(), markedRelevant())
      .when(markRelevant({ from: '2009' }))
      .refuses('organization-already-relevant', { from: '2008' }));

  it('and can be marked again after it ended', () =>
    given(registered(), markedRelevant(), relevanceEnded())
      .when(markRelevant({ from: '2016' }))
      .records(markedRelevant({ from: '2016' })));

  it('and cannot stop being what it is not', () =>
    given(registered()).when(endRelevance()).refuses('organization-not-relevant'));

  it('and cannot stop before it began', () =>
    given(registered(), markedRelevant())
      .when(endRelevance({ on: '2007' }))
      .refuses('dates-out-of-order', { from: '2008', to: '2007' }));

  it('and cannot have stopped in the future', () =>
    given(registered(), markedRelevant())
      .when(endRelevance({ on: '2016-07-01' }))
      .refuses('date-in-future'));

  it('and need not be relevant to report of its own accord', () =>
    specFor(report)()
      .when(start())
      .records(started({ standing: 'voluntary' })));
});

describe('Rule 1: an organization may be placed under others', () => {
  it('of which there may be several', () => {
    given(registered()).when(placeUnder()).records(placedUnder());
    given(registered(), placedUnder(), placedUnder({ parent: 'example-union' })).thenState({
      parents: ['example-numbers-council', 'example-union'],
    });
  });

  it('but not under itself', () =>
    given(registered())
      .when(placeUnder({ parent: 'example-registry' }))
      .refuses('organization-refers-to-itself', { organization: 'example-registry' }));

  it('nor under what stands under it', () =>
    given(registered())
      .when(placeUnder({ ancestors: ['example-union', 'example-registry'] }))
      .refuses('organization-placed-in-circle'));

  it('nor twice under the same', () =>
    given(registered(), placedUnder()).when(placeUnder()).refuses('nothing-changed'));

  it('nor in the future', () =>
    given(registered())
      .when(placeUnder({ on: '2017' }))
      .refuses('date-in-future'));
});

describe('Rule 1: an organization may be merged into another', () => {
  it('which takes its place', () => {
    given(registered()).when(mergeInto()).records(mergedInto());
    given(registered(), mergedInto()).thenState({ mergedInto: 'example-names-registry' });
  });

  it('but not into itself', () =>
    given(registered())
      .when(mergeInto({ successor: 'example-registry' }))
      .refuses('organization-refers-to-itself'));

  it('nor into what was merged into it', () =>
    given(registered())
      .when(mergeInto({ successors: ['example-registry'] }))
      .refuses('organization-placed-in-circle'));

  it('nor in the future', () =>
    given(registered())
      .when(mergeInto({ on: '2017' }))
      .refuses('date-in-future'));

  it.each([rename(), reviseProfile(), markRelevant(), placeUnder(), mergeInto(), appoint(), setEditingRule()])(
    'and $type is refused from then on',
    (command) =>
      given(registered(), mergedInto())
        .when(command)
        .refuses('organization-merged', { into: 'example-names-registry' }),
  );
});

describe('A person is appointed by an organization', () => {
  it('to a role, from a date, by somebody', () => {
    given(registered())
      .when(appoint())
      .records(personAppointed({ by: 'person-9' }));
    given(registered(), personAppointed()).thenState({
      appointments: [{ personId: 'person-1', role: 'focal-point', from: '2008-03-01' }],
    });
  });

  it('whose words of former days about who appointed, which may be a name, are not for everybody', () => {
    const told = (by: string) =>
      audienceOfOrganization({ ...personAppointed({ by }), metadata: { actor: 'person-9' } });
    expect(told('person-9')).toBe('public');
    expect(told('Erin Xample, for its council')).toBe('writers');
  });

  it('to several roles, but to each once', () => {
    given(registered(), personAppointed())
      .when(appoint({ role: 'signatory' }))
      .records(personAppointed({ role: 'signatory' }));
    given(registered(), personAppointed())
      .when(appoint())
      .refuses('appointment-exists', { personId: 'person-1', role: 'focal-point' });
  });

  it('by somebody else: who chooses the people of an organization would else sign in its place', () =>
    given(registered())
      .when(appoint({ personId: 'person-9', role: 'signatory' }))
      .refuses('second-person-needed', { personId: 'person-9' }));

  it('not while they are reviewing its report', () =>
    given(registered())
      .when(appoint({ reviewing: true }))
      .refuses('conflict-of-interest', { personId: 'person-1' }));

  it('unless they have a mandate: an organization would choose who does not publish, and who does not review', () => {
    for (const role of PLATFORM_ROLES)
      given(registered())
        .when(appoint({ mandates: [role] }))
        .refuses('appointee-has-mandate', { personId: 'person-1', mandates: [role] });
    given(registered())
      .when(appoint({ mandates: [] }))
      .records(personAppointed());
  });

  it('whose mandate is no reason not to record that they act for it: the secretariat does, and not they themselves', () => {
    const recordedThen = appoint({ mandates: ['secretariat'], asSecretariat: true });
    given(registered()).when(recordedThen).records(personAppointed());
    given(registered())
      .when({ ...recordedThen, personId: 'person-9' })
      .refuses('second-person-needed');
    given(registered())
      .when({ ...recordedThen, mandates: ['reviewer'], reviewing: true })
      .refuses('conflict-of-interest');
  });

  it('until a day that has come', () =>
    given(registered(), personAppointed())
      .when(endAppointment({ on: '2099' }))
      .refuses('date-in-future'));

  it('until that role, and no other, ends', () => {
    given(registered(), personAppointed()).when(endAppointment()).records(appointmentEnded());
    given(registered(), personAppointed(), appointmentEnded()).thenState({
      appointments: [],
      everAppointed: ['person-1'],
    });
    given(registered(), personAppointed(), personAppointed({ role: 'signatory' }), appointmentEnded()).thenState({
      appointments: [{ personId: 'person-1', role: 'signatory', from: '2008-03-01' }],
    });
  });

  it('and cannot lose a role that it does not hold', () =>
    given(registered(), personAppointed())
      .when(endAppointment({ role: 'signatory' }))
      .refuses('appointment-unknown', { role: 'signatory' }));
});

describe('Rule 11: what is said of an organization has a source', () => {
  it.each([
    register({ sources: [] }),
    reviseProfile({ sources: [] }),
    markRelevant({ sources: [] }),
    placeUnder({ sources: [] }),
    mergeInto({ sources: [] }),
  ])('$type is refused without one', (command) =>
    given(...(command.type === 'RegisterOrganization' ? [] : [registered()]))
      .when(command)
      .refuses('source-missing'),
  );

  it('and any one will do', () =>
    given(registered())
      .when(markRelevant({ sources: [found] }))
      .records(markedRelevant()));
});

describe('An organization says how many sign its reports', () => {
  it('one, unless it asks for two', () => {
    given(registered()).thenState({ signatures: 1 });
    given(registered()).when(setSignOffRule()).records(signOffRuleSet());
    given(registered(), signOffRuleSet()).thenState({ signatures: 2 });
    given(registered(), signOffRuleSet()).when(setSignOffRule()).refuses('nothing-changed', { signatures: 2 });
  });

  const two = [registered(), personAppointed({ personId: 'person-8', role: 'signatory' }), signOffRuleSet()];
  const one = setSignOffRule({ signatures: 1, reason: 'Its council is one person this year' });
  const isOne = signOffRuleSet({ signatures: 1, reason: 'Its council is one person this year' });

  it('and one of two does not make it one alone: another has to agree', () => {
    given(...two)
      .when(one)
      .records(signOffRuleProposed({ by: 'person-9' }));
    given(...two, signOffRuleProposed()).thenState({
      signatures: 2,
      fewerProposed: { by: 'person-8', until: '2016-07-14' },
    });
    given(...two, signOffRuleProposed({ by: 'person-9' }))
      .when(one)
      .refuses('second-person-needed', { proposedBy: 'person-9' });
    given(...two, signOffRuleProposed())
      .when(one)
      .records(isOne);
    given(...two, signOffRuleProposed(), isOne).thenState({ signatures: 1, fewerProposed: undefined });
  });

  it('and whoever says again that two sign turns the proposal down', () => {
    given(...two, signOffRuleProposed())
      .when(setSignOffRule())
      .records(signOffRuleSet());
    given(...two, signOffRuleProposed(), signOffRuleSet())
      .when(one)
      .records(signOffRuleProposed({ by: 'person-9' }));
  });

  it('and a proposal goes with the signatory who made it', () => {
    const left = appointmentEnded({ personId: 'person-8', role: 'signatory' });
    given(...two, signOffRuleProposed(), left)
      .when(one)
      .records(signOffRuleProposed({ by: 'person-9' }));
    given(...two, signOffRuleProposed(), appointmentEnded()).thenState({
      fewerProposed: { by: 'person-8', until: '2016-07-14' },
    });
  });

  it('and what is proposed is read by who writes for it', () => {
    expect(audienceOfOrganization({ ...signOffRuleProposed(), metadata: {} })).toBe('writers');
    expect(audienceOfOrganization({ ...signOffRuleSet(), metadata: {} })).toBe('public');
  });
});

describe('An organization says what a contributor edits', () => {
  it('any section, unless it asks for those that were delegated to them', () => {
    given(registered()).thenState({ editing: 'any' });
    given(registered()).when(setEditingRule()).records(editingRuleSet());
    given(registered(), editingRuleSet()).thenState({ editing: 'delegated' });
    given(registered(), editingRuleSet()).when(setEditingRule()).refuses('nothing-changed', { sections: 'delegated' });
    given(registered(), editingRuleSet())
      .when(setEditingRule({ sections: 'any' }))
      .records(editingRuleSet({ sections: 'any' }));
  });
});

describe('What was merged into another organization', () => {
  const merged = [registered(), personAppointed(), mergedInto()];

  it('still loses its people as they leave, and gains none', () => {
    given(...merged)
      .when(endAppointment())
      .records(appointmentEnded());
    given(...merged)
      .when(appoint({ role: 'signatory' }))
      .refuses('organization-merged');
  });
});
