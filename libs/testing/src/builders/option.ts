import type { OptionCommand, OptionEvent } from '#reporting';
import { commands, events, found } from './wording.js';

const event = events<OptionEvent>();
const command = commands<OptionCommand>();

const openList = {
  issue: 'DNS',
  title: 'An open list of delegations',
  description: 'Every registry publishes its delegations.',
  by: { group: 'TECH', organization: 'example-registry' },
  on: '2008-03',
  confidence: 'found',
  sources: [found],
} as const;

const argument = {
  argument: 'A-1',
  side: 'for',
  by: { group: 'CS' },
  text: 'Anybody could check it.',
  sources: [found],
} as const;

const session = { forum: 'Example Forum', session: 'Workshop 7', on: '2008-12-03', sources: [found] } as const;
const handover = { on: '2009-01', reason: 'It keeps the list.' } as const;
const end = { on: '2010', reason: 'The list is open.' } as const;

export const optionTabled = event('OptionTabled', openList);
export const optionArgued = event('OptionArgued', argument);
export const optionDebated = event('OptionDebated', session);
export const optionHandedTo = event('OptionHandedTo', handover);
export const optionTakenUp = event('OptionTakenUp', { action: 'ACT-0001', track: 'EC' });
export const optionClosed = event('OptionClosed', end);

export const tableOption = command('TableOption', openList);
export const argueOption = command('ArgueOption', argument);
export const recordDebate = command('RecordDebate', session);
export const handOption = command('HandOption', handover);
export const takeUpOption = command('TakeUpOption', { action: 'ACT-0001', track: 'EC' });
export const closeOption = command('CloseOption', end);
