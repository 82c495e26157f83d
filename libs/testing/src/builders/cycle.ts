import type { CycleCommand, CycleEvent } from '#reporting';
import { commands, events, found } from './wording.js';

const event = events<CycleEvent>();
const command = commands<CycleCommand>();

const round = {
  title: 'Annual performance reports, 2008',
  opensOn: '2008-03',
  form: 'sample-form/1',
  sources: [found],
} as const;

const synthesis = {
  id: 'synthesis-2009',
  title: 'Report on the contributions of 2008',
  issuer: 'example-secretariat',
  on: '2009-05',
  contributors: [{ organization: 'example-registry', status: 'ANSWERED', confidence: 'found' }],
  actions: ['ACT-0001'],
  confidence: 'found',
  sources: [found],
} as const;

export const opened = event('CycleOpened', round);
export const guidanceIssued = event('CycleGuidanceIssued', { text: 'Three pages are enough.' });
export const dueDateMoved = event('CycleDueDateMoved', { to: '2008-11-30', reason: 'The letter went out late' });
export const closed = event('CycleClosed', { on: '2009-06-30' });
export const reopened = event('CycleReopened', { on: '2009-07-15', reason: 'An answer was found in the archive' });
export const synthesisIssued = event('SynthesisIssued', synthesis);

export const open = command('OpenCycle', round);
export const issueGuidance = command('IssueGuidance', { text: 'Three pages are enough.' });
export const moveDueDate = command('MoveDueDate', { to: '2008-11-30', reason: 'The letter went out late' });
export const close = command('CloseCycle', { on: '2009-06-30' });
export const reopen = command('ReopenCycle', { on: '2009-07-15', reason: 'An answer was found in the archive' });
export const issueSynthesis = command('IssueSynthesis', synthesis);
