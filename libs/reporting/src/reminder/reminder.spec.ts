import { describe, expect, it } from '@jest/globals';
import { recordReminder, reminderSent, specFor } from '#testing';
import { reminder, type ReminderEvent, wasLate } from './reminder.js';

const given = specFor(reminder);

describe('A reminder', () => {
  it('is recorded as it was sent', () => {
    const sentAt = '2008-11-23T09:00:04.120Z';
    given().when(recordReminder({ sentAt })).records(reminderSent({ sentAt }));
  });

  it('was late where it left more than an hour after it was due, which is derived and not recorded', () => {
    const sent = (told: Partial<ReminderEvent['data']>) => wasLate(reminderSent(told).data);
    expect(sent({ sentAt: '2008-11-23T10:00:00.000Z' })).toBe(false);
    expect(sent({ sentAt: '2008-11-23T10:00:00.001Z' })).toBe(true);
    // Of the first shape, which tells no moment.
    expect(sent({})).toBe(false);
    expect(sent({ late: true })).toBe(true);
  });

  it('is recorded once for a day and a deadline', () =>
    given(reminderSent())
      .when(recordReminder({ sentOn: '2008-11-24' }))
      .refuses('reminder-already-sent', { deadline: '2008-11-30', days: -7 }));

  it('is another one on another day, or for a deadline that was moved', () => {
    given(reminderSent())
      .when(recordReminder({ days: -1 }))
      .records(reminderSent({ days: -1 }));
    given(reminderSent())
      .when(recordReminder({ deadline: '2008-12-31' }))
      .thenState({ sent: ['2008-11-30/-7', '2008-12-31/-7'] });
  });

  it('cannot have been sent tomorrow', () =>
    given()
      .when(recordReminder({ sentOn: '2026-01-16' }))
      .refuses('date-in-future'));
});
