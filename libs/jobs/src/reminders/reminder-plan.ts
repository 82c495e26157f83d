import { type Edtf, type PlannedReminder, wasLate } from '#reporting';
import type { Mail, MailFailure } from '../mail/mail.js';
import type { Outbox } from '../mail/outbox.js';
import { mailIdOf } from '../mail/outbox.js';
import type { Agenda } from './agenda.js';
import { reminderName } from './agenda.js';
import { REMINDER, reminderKey, type ReminderFacts } from './reminder-mail.js';
import { PATIENCE_MS } from './patience.js';

/**
 * `planned`: will be sent when it is due, if the report is still awaited then. `due`: it is being sent. `missed`: nothing
 * ran for so long after it was due that it is not sent any more. `unconfirmed`: handed to the mail server, and whether
 * that took it is not known. `not-sent`: see `reason`.
 */
export type ReminderState = 'planned' | 'due' | 'sent' | 'unconfirmed' | 'not-sent' | 'missed';

/** One reminder of the plan: who gets what, and when; and what became of it. */
export interface ReminderEntry extends Omit<PlannedReminder, 'day'> {
  readonly state: ReminderState;
  readonly reason?: MailFailure;
  /** The day in UTC. */
  readonly sentOn?: Edtf;
  readonly late?: true;
  /** Of the mail in the outbox, once there is one. */
  readonly mail?: string;
}

export interface ReminderFilter {
  /** Instants between which a reminder is due, `from` inclusive and `to` exclusive; milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly organization?: string;
}

/** What will be sent and what was, in the order in which it is due. */
export class ReminderPlan {
  constructor(
    readonly agenda: Agenda,
    private readonly outbox: Outbox,
    private readonly now: () => number = Date.now,
  ) {}

  async entries({ from = -Infinity, to = Infinity, organization }: ReminderFilter = {}): Promise<ReminderEntry[]> {
    await this.agenda.catchUp();
    const entries = new Map<string, ReminderEntry>();
    const now = this.now();
    for (const planned of this.agenda.planned())
      entries.set(mailIdOf(reminderKey(planned)), entryOfPlanned(planned, now));
    for (const mail of await this.outbox.all()) {
      if (mail.template === REMINDER) entries.set(mail.id, entryOfMail(mail));
    }
    for (const { series, year, organization: asked, ...sent } of this.agenda.sent()) {
      const { to: role, days, deadline, due, sentOn, unconfirmed, mail } = sent;
      entries.set(mail, {
        series,
        year,
        organization: asked,
        to: role,
        days,
        deadline,
        due,
        state: unconfirmed ? 'unconfirmed' : 'sent',
        sentOn,
        ...(wasLate(sent) && { late: true }),
        mail,
      });
    }
    return [...entries.values()]
      .filter((entry) => organization === undefined || entry.organization === organization)
      .filter(({ due }) => Date.parse(due) >= from && Date.parse(due) < to)
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }
}

/** Where it stands in the list. */
export const placeOf = (entry: ReminderEntry) =>
  `${entry.due} ${entry.organization}/${entry.series}/${entry.year}/${reminderName(entry)}`;

function entryOfPlanned(reminder: PlannedReminder, now: number): ReminderEntry {
  const { day: _, ...planned } = reminder;
  const overdue = now - Date.parse(planned.due);
  return { ...planned, state: overdue < 0 ? 'planned' : overdue <= PATIENCE_MS ? 'due' : 'missed' };
}

function entryOfMail({ id, facts, phase, failure, sentAt }: Mail): ReminderEntry {
  const { series, year, organization, days, deadline, due } = facts as ReminderFacts;
  const state =
    phase === 'sent' ? 'sent' : phase === 'failed' ? 'not-sent' : phase === 'prepared' ? 'due' : 'unconfirmed';
  return {
    series,
    year,
    organization,
    to: 'focal-point',
    days,
    deadline: deadline as Edtf,
    due,
    state,
    ...(failure && { reason: failure }),
    ...(sentAt !== undefined && { sentOn: sentAt.slice(0, 10) as Edtf }),
    ...(sentAt !== undefined && wasLate({ due, sentAt }) && { late: true }),
    mail: id,
  };
}
