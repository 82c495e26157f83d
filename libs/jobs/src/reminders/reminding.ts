import type { RecordingClock } from '#commands';
import type { EventStore } from '#event-store';
import type { ReminderPolicy } from '#reporting';
import { type AddressBook, Contacts } from '../mail/contacts.js';
import type { Templates } from '../mail/letter.js';
import { mailJob } from '../mail/mail-job.js';
import { openMailTransport } from '../mail/open-mail-transport.js';
import { Outbox } from '../mail/outbox.js';
import { queueNewMails } from '../mail/queue-new-mails.js';
import type { Job, JobQueue } from '../queue/job-queue.js';
import { Agenda } from './agenda.js';
import { REMINDER, reminderTemplate } from './reminder-mail.js';
import { ReminderPlan } from './reminder-plan.js';
import { REQUEST, requestTemplate } from '../requests/request-letter.js';
import { RequestSending, type RequestSendingOptions } from '../requests/request-sending.js';
import { REMINDERS_EVERY_MS, REMINDERS_JOB, remindersJob, type RemindersJobOptions } from './reminders-job.js';

export interface RemindingOptions {
  readonly store: EventStore;
  readonly clock: RecordingClock;
  readonly reminders: ReminderPolicy;
  readonly mail: {
    /** `smtp://`, `smtps://` or `folder:<path>`; may hold a password. */
    readonly url: string;
    readonly from: string;
    /** File of addresses. */
    readonly contacts: string;
  };
  /** Other mails that leave by the same outbox, and where to find those whom they are for before the contacts are asked. */
  readonly others?: { readonly templates: Templates; readonly addresses: AddressBook };
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** All that a process needs to remind, or to tell of it: the plan for those who ask, the jobs for those who do it. */
export class Reminding {
  readonly plan: ReminderPlan;
  readonly outbox: Outbox;
  private readonly agenda: Agenda;

  constructor(private readonly options: RemindingOptions) {
    const { store, clock, reminders, now = Date.now } = options;
    this.agenda = new Agenda(store, reminders);
    this.outbox = new Outbox(store, clock);
    this.plan = new ReminderPlan(this.agenda, this.outbox, now);
  }

  jobs(queue: JobQueue, bus: RemindersJobOptions['bus']): readonly Job[] {
    const { agenda, outbox } = this;
    const { mail, others, publicUrl, now = Date.now } = this.options;
    const file = new Contacts(mail.contacts);
    const contacts: AddressBook = others ? { addressesOf: (who) => firstKnown([others.addresses, file], who) } : file;
    const own = { [REMINDER]: reminderTemplate(agenda, publicUrl), [REQUEST]: requestTemplate };
    const templates = { ...others?.templates, ...own };
    const transport = openMailTransport(mail.url);
    const sending = mailJob({ outbox, contacts, transport, templates, from: mail.from, now });
    return [remindersJob({ agenda, outbox, contacts, queue, bus, now }), sending];
  }

  /** Requests to many, whose letters leave by the same outbox. */
  requesting(bus: RequestSendingOptions['bus']): RequestSending {
    const { publicUrl, now = Date.now } = this.options;
    return new RequestSending({ bus, outbox: this.outbox, publicUrl, now });
  }

  /** Gives `queue` each mail as it is prepared. Ends when the store is closed. `onFault`: for now it cannot, and is tried again. */
  follow(queue: JobQueue, onFault: (error: unknown) => void): Promise<void> {
    return queueNewMails(this.outbox, queue, onFault);
  }

  /** Lets whoever works on `queue` look for what is due, now and again. */
  schedule(queue: JobQueue): Promise<void> {
    return queue.every(REMINDERS_JOB, REMINDERS_EVERY_MS);
  }
}

async function firstKnown(books: readonly AddressBook[], addressee: string): Promise<readonly string[]> {
  for (const book of books) {
    const found = await book.addressesOf(addressee);
    if (found.length) return found;
  }
  return [];
}
