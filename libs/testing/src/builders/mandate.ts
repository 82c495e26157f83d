import type { MandateCommand, MandateEvent } from '#reporting';
import { commands, events } from './wording.js';

const event = events<MandateEvent>();
const command = commands<MandateCommand>();

const reviewing = { role: 'reviewer', from: '2008-03' } as const;
const end = { role: 'reviewer', on: '2009-12', reason: 'Their term is over.' } as const;

export const mandateProposed = event('MandateProposed', { ...reviewing, by: 'person-1', until: '2026-01-29' });
export const mandateGiven = event('MandateGiven', { ...reviewing, by: 'person-2', proposedBy: 'person-1' });
export const mandateEnded = event('MandateEnded', end);

export const giveMandate = command('GiveMandate', {
  ...reviewing,
  person: 'person-9',
  everAdministrators: ['person-1', 'person-2'],
});
export const endMandate = command('EndMandate', end);
