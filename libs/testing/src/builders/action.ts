import type { ActionCommand, ActionEvent } from '#reporting';
import { commands, events, found } from './wording.js';

const event = events<ActionEvent>();
const command = commands<ActionCommand>();

const agreement = {
  lead: 'example-registry',
  partners: ['example-union'],
  partnersOther: [],
  title: 'Agreement on shared number training',
  description: 'Joint courses for regulators.',
  kind: 'AGREEMENT',
  cooperation: 'JOINT_WORK',
  track: 'EC',
  scope: { test: 'POLICY' },
  startedOn: { date: '2007-05' },
  status: 'ONGOING',
  issues: ['DNS'],
  stakeholders: [{ group: 'GOV' }, { group: 'TECH' }],
  confidence: 'found',
  sources: [found],
} as const;

const later = { title: 'Report of the second round of courses', address: 'https://registry.example/courses' } as const;
const milestone = { title: 'First course held', on: '2007-11', sources: [found] } as const;

export const recorded = event('ActionRecorded', { ...agreement, scope: { test: 'POLICY', by: 'person-1' } });
export const revised = event('ActionRevised', {
  changes: { title: 'Agreement on shared training' },
  reason: 'The title of the signed text',
  corrects: [0],
});
export const statusChanged = event('ActionStatusChanged', { from: 'ONGOING', to: 'COMPLETED', on: '2010' });
export const milestoneReached = event('ActionMilestoneReached', milestone);
export const partnerConfirmed = event('PartnerConfirmed', { partner: 'example-union' });
export const partnerDisputed = event('PartnerDisputed', { partner: 'example-union', reason: 'We only attended' });
export const linked = event('ActionLinked', { to: 'ACT-0009', kind: 'DISCUSSED_AT' });
export const trackReassigned = event('ActionTrackReassigned', { from: 'EC', to: 'IGF', reason: 'A forum workshop' });
export const superseded = event('ActionSuperseded', { by: 'ACT-0002', on: '2010' });
export const discontinued = event('ActionDiscontinued', { on: '2010', reason: 'No funds' });
export const sourceAdded = event('ActionSourceAdded', { source: { ...later, confidence: 'found' } });
export const recordedInError = event('ActionRecordedInError', { reason: 'The same as ACT-0002' });

export const record = command('RecordAction', { action: 'ACT-0001', successors: [], ...agreement });
export const revise = command('ReviseAction', {
  changes: { title: 'Agreement on shared training' },
  reason: 'The title of the signed text',
});
export const changeStatus = command('ChangeStatus', { to: 'COMPLETED', on: '2010' });
export const reachMilestone = command('ReachMilestone', milestone);
export const confirmPartnership = command('ConfirmPartnership', { partner: 'example-union' });
export const disputePartnership = command('DisputePartnership', {
  partner: 'example-union',
  reason: 'We only attended',
});
export const link = command('LinkAction', {
  action: 'ACT-0001',
  to: 'ACT-0009',
  kind: 'DISCUSSED_AT',
  targetTrack: 'IGF',
});
export const reassignTrack = command('ReassignTrack', { to: 'IGF', reason: 'A forum workshop' });
export const supersede = command('SupersedeAction', {
  action: 'ACT-0001',
  by: 'ACT-0002',
  successors: [],
  on: '2010',
});
export const discontinue = command('DiscontinueAction', { on: '2010', reason: 'No funds' });
export const addSource = command('AddSource', { source: { ...later, confidence: 'found' } });
export const markRecordedInError = command('MarkRecordedInError', { reason: 'The same as ACT-0002' });
