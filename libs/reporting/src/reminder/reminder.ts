import type { Decider } from '../decider.js';
import { factsOf, refuseIf, unknownEvent } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseFuture } from '../edtf.js';

/** Who is reminded. Addresses never stand on the record. */
export type RemindedRole = 'focal-point';

/**
 * What was sent to an organization about a report that it was asked for. One stream per report, apart from the report's
 * own: a reminder is nothing that happens to the report, and must not be in the way of who writes it.
 */
export type ReminderEvent = {
  type: 'ReminderSent';
  data: {
    to: RemindedRole;
    /** The deadline that it was about. A deadline that is moved has reminders of its own. */
    deadline: Edtf;
    /** Days from the deadline: negative before it, positive after it. */
    days: number;
    /** When it was to be sent: RFC 3339, UTC. */
    due: string;
    /** The day in UTC on which it was. */
    sentOn: Edtf;
    /** The moment at which it was: RFC 3339, UTC. Absent in shape 1. */
    sentAt?: string;
    /** Of the mail in the outbox, a UUID. */
    mail: string;
    /** In shape 1, which did not say when: that it was sent late. Since then that is derived (`wasLate`). */
    late?: boolean;
    /** It was handed to the mail server, and whether the server took it is not known. */
    unconfirmed?: boolean;
  };
};

export interface Reminders {
  /** `<deadline>/<days>` of each. */
  readonly sent: readonly string[];
}

export type ReminderCommand = { type: 'RecordReminder' } & Omit<ReminderEvent['data'], 'late'>;

const LATE_AFTER_MS = 3_600_000;

/** Whether it left so much later than it was due that its reader should know. */
export const wasLate = ({ due, sentAt, late }: Pick<ReminderEvent['data'], 'due' | 'sentAt' | 'late'>): boolean =>
  sentAt === undefined ? late === true : Date.parse(sentAt) - Date.parse(due) > LATE_AFTER_MS;

const nameOf = ({ deadline, days }: Pick<ReminderEvent['data'], 'deadline' | 'days'>) => `${deadline}/${days}`;

export const reminder: Decider<Reminders, ReminderCommand, ReminderEvent> = {
  initial: { sent: [] },

  decide(command, state, at) {
    const { deadline, days, sentOn } = command;
    refuseIf(state.sent.includes(nameOf(command)), 'reminder-already-sent', { deadline, days });
    refuseFuture(sentOn, at.today);
    return [{ type: 'ReminderSent', data: factsOf(command) }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ReminderSent':
        return { sent: [...state.sent, nameOf(event.data)] };
      default:
        return unknownEvent(event.type);
    }
  },
};
