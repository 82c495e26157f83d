import { describe, it } from '@jest/globals';
import { recordReminder, reminderSent, specFor } from '#testing';
import { reminder } from './reminder.js';

const given = specFor(reminder);

describe('A reminder', () => {
  it('is recorded as it was sent', () =>
    given()
      .when(recordReminder({ late: true }))
      .records(reminderSent({ late: true })));

  it('is recorded once for a day and a deadline', () =>
    given(reminderSent())
      .when(recordReminder({ sentOn: '2008-11-24', late: true }))
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
