import { v5 as uuidv5 } from 'uuid';
import { commandOf, type RecordedCommand, RecordReminder } from '#commands';
import { dayAt, type Edtf, type PlannedReminder, Refusal } from '#reporting';
import { forEachOf } from '../queue/for-each-of.js';
import type { Job, JobQueue } from '../queue/job-queue.js';
import type { AddressBook } from '../mail/contacts.js';
import { addresseeOf, type Mail } from '../mail/mail.js';
import { queueMail } from '../mail/mail-job.js';
import type { Outbox } from '../mail/outbox.js';
import { type Agenda, reminderName } from './agenda.js';
import { PATIENCE_MS, UNCONFIRMED_AFTER_MS } from './patience.js';
import { REMINDER, type ReminderFacts, reminderKey } from './reminder-mail.js';

export interface RemindersJobOptions {
  readonly agenda: Agenda;
  readonly outbox: Outbox;
  readonly contacts: AddressBook;
  readonly queue: JobQueue;
  /** Where commands go. */
  readonly bus: { execute(command: RecordedCommand): Promise<unknown> };
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

export const REMINDERS_JOB = 'reminders';
/** How often the log is looked through for what is due. Whatever a queue lost, or was not told, is in it after so long. */
export const REMINDERS_EVERY_MS = 20_000;

/** Namespace of the ids of the commands below. Never to be changed: a reminder would be recorded twice. */
const REMINDER_COMMANDS = 'b9d7a1f4-3c1e-4f0a-8b7e-52f6c1d0a93b';
/** Who the log says recorded it. */
const RECORDER = 'reminders';

/**
 * Makes of the log what is to be done: a mail for each reminder that is due, a job for each mail that is not sent, and a
 * line on the record for each reminder that was. All of it may be done twice, by two at once, or again after anything was
 * lost, and is there once.
 */
export function remindersJob(options: RemindersJobOptions): Job {
  return {
    name: REMINDERS_JOB,
    attempts: 1,
    backOffMs: 1_000,
    run: async () => {
      const { agenda, outbox, queue, now = Date.now } = options;
      await agenda.catchUp();
      const prepared = await prepareDue(agenda, outbox, now());
      let queued = 0;
      let recorded = 0;
      await forEachOf(await outbox.all(), 'mails', async (mail) => {
        if (await wantsSending(mail, options.contacts, now())) {
          await queueMail(queue, mail);
          queued++;
        }
        if (await record(mail, options, now())) recorded++;
      });
      return { prepared, queued, recorded };
    },
  };
}

async function prepareDue(agenda: Agenda, outbox: Outbox, now: number): Promise<number> {
  const known = new Set((await outbox.all()).map(({ key }) => key));
  let prepared = 0;
  for (const planned of agenda.planned()) {
    const overdue = now - Date.parse(planned.due);
    const key = reminderKey(planned);
    if (overdue < 0 || overdue > PATIENCE_MS || known.has(key) || agenda.isSent(planned, reminderName(planned)))
      continue;
    const to = { organization: planned.organization, role: planned.to };
    const facts = factsOf(planned, agenda, now);
    await outbox.prepare({ key, to, template: REMINDER, facts, until: new Date(now + PATIENCE_MS) });
    prepared++;
  }
  return prepared;
}

function factsOf(reminder: PlannedReminder, agenda: Agenda, now: number): ReminderFacts {
  const { day: _, to: __, ...planned } = reminder;
  const { at, timeZone } = agenda.policy;
  return {
    ...planned,
    name: agenda.nameOf(planned.organization),
    requester: agenda.requesterOf(planned),
    title: agenda.titleOf(planned),
    on: dayAt(now, timeZone),
    at,
    timeZone,
  };
}

async function wantsSending(mail: Mail, contacts: AddressBook, now: number): Promise<boolean> {
  if (mail.phase === 'prepared') return true;
  // So is what can be handed over again without being there twice.
  if (mail.phase === 'handed-over') return mail.handedOver?.by === 'folder';
  if (mail.failure !== 'no-address' || now > Date.parse(mail.until)) return false;
  return (await contacts.addressesOf(addresseeOf(mail.to))).length > 0;
}

/** Puts on record what was sent, or may have been. */
async function record(mail: Mail, { agenda, bus }: RemindersJobOptions, now: number): Promise<boolean> {
  const { id, key, facts, template, sentAt, handedOver } = mail;
  if (template !== REMINDER) return false;
  const on = sentAt ?? (isUnconfirmed(mail, now) ? handedOver?.at : undefined);
  const { series, year, organization, days, due, ...rest } = facts as ReminderFacts;
  const report = { series, year, organization };
  const deadline = rest.deadline as Edtf;
  if (on === undefined || agenda.isSent(report, reminderName({ deadline, days }))) return false;
  const when = { due, sentOn: on.slice(0, 10) as Edtf, sentAt: on };
  const sent = { to: 'focal-point', deadline, days, ...when, mail: id } as const;
  const marks = sentAt === undefined && { unconfirmed: true };
  const given = { commandId: uuidv5(key, REMINDER_COMMANDS), actor: RECORDER, correlationId: id };
  try {
    await bus.execute(commandOf(RecordReminder, { ...report, ...sent, ...marks }, given));
  } catch (error) {
    // Another one was faster.
    if (!(error instanceof Refusal) || error.code !== 'reminder-already-sent') throw error;
  }
  return true;
}

function isUnconfirmed({ phase, handedOver }: Mail, now: number): boolean {
  if (phase !== 'handed-over' || handedOver?.by === 'folder') return false;
  return now - Date.parse(handedOver?.at ?? '') > UNCONFIRMED_AFTER_MS;
}
