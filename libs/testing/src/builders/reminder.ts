import type { ReminderCommand, ReminderEvent } from '#reporting';
import { commands, events } from './wording.js';

const sending = {
  to: 'focal-point',
  deadline: '2008-11-30',
  days: -7,
  due: '2008-11-23T09:00:00.000Z',
  sentOn: '2008-11-23',
  mail: '7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11',
} as const;

export const reminderSent = events<ReminderEvent>()('ReminderSent', sending);
export const recordReminder = commands<ReminderCommand>()('RecordReminder', sending);
