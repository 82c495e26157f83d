import type { OrganizationCommand, OrganizationEvent, Profile } from '#reporting';
import { commands, events, found } from './wording.js';

const event = events<OrganizationEvent>();
const command = commands<OrganizationCommand>();

export const sampleProfile: Profile = {
  kind: 'REGISTRY',
  stakeholderGroup: 'TECH',
  description: 'Registers example numbers.',
};

export const registered = event('OrganizationRegistered', {
  name: 'Example Registry',
  profile: sampleProfile,
  sources: [found],
});
export const renamed = event('OrganizationRenamed', { name: 'Example Numbers Registry', reason: 'New statutes' });
export const profileRevised = event('OrganizationProfileRevised', {
  profile: { ...sampleProfile, description: 'Registers example numbers and names.' },
  reason: 'A second task since 2010',
  sources: [found],
});
export const markedRelevant = event('OrganizationMarkedRelevant', {
  from: '2008',
  ground: 'Named in the request of 2008',
  sources: [found],
});
export const relevanceEnded = event('OrganizationRelevanceEnded', { on: '2014', reason: 'Gave its task to another' });
export const placedUnder = event('OrganizationPlacedUnder', { parent: 'example-numbers-council', sources: [found] });
export const mergedInto = event('OrganizationMergedInto', {
  successor: 'example-names-registry',
  on: '2015',
  sources: [found],
});
export const personAppointed = event('PersonAppointed', {
  personId: 'person-1',
  role: 'focal-point',
  from: '2008-03-01',
  by: 'person-9',
});
export const signOffRuleProposed = event('SignOffRuleProposed', {
  until: '2016-07-14',
  signatures: 1,
  by: 'person-8',
  reason: 'Its council is one person this year',
});
export const signOffRuleSet = event('SignOffRuleSet', { signatures: 2, reason: 'Its council asks for two' });
export const editingRuleSet = event('EditingRuleSet', { sections: 'delegated', reason: 'Each writes of its own work' });
export const appointmentEnded = event('AppointmentEnded', {
  personId: 'person-1',
  role: 'focal-point',
  on: '2010-12-31',
});

export const register = command('RegisterOrganization', {
  name: 'Example Registry',
  profile: sampleProfile,
  sources: [found],
});
export const rename = command('RenameOrganization', { name: 'Example Numbers Registry', reason: 'New statutes' });
export const reviseProfile = command('ReviseProfile', {
  profile: { ...sampleProfile, description: 'Registers example numbers and names.' },
  reason: 'A second task since 2010',
  sources: [found],
});
export const markRelevant = command('MarkRelevant', {
  from: '2008',
  ground: 'Named in the request of 2008',
  sources: [found],
});
export const endRelevance = command('EndRelevance', { on: '2014', reason: 'Gave its task to another' });
export const placeUnder = command('PlaceUnder', {
  organization: 'example-registry',
  parent: 'example-numbers-council',
  ancestors: [],
  sources: [found],
});
export const mergeInto = command('MergeInto', {
  organization: 'example-registry',
  successor: 'example-names-registry',
  successors: [],
  on: '2015',
  sources: [found],
});
export const setSignOffRule = command('SetSignOffRule', { signatures: 2, reason: 'Its council asks for two' });
export const setEditingRule = command('SetEditingRule', {
  sections: 'delegated',
  reason: 'Each writes of its own work',
});
export const appoint = command('AppointPerson', {
  personId: 'person-1',
  role: 'focal-point',
  from: '2008-03-01',
});
export const endAppointment = command('EndAppointment', {
  personId: 'person-1',
  role: 'focal-point',
  on: '2010-12-31',
});
