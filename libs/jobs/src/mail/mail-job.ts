import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision } from '#event-store';
import type { Job, JobQueue } from '../queue/job-queue.js';
import type { AddressBook } from './contacts.js';
import type { Templates } from './letter.js';
import { addresseeOf, isOpen, type Mail, type MailFailure } from './mail.js';
import { type Delivery, MailNotTaken, type MailTransport } from './mail-transport.js';
import { messageOf, senderOf } from './message.js';
import type { Outbox } from './outbox.js';

export interface MailJobOptions {
  readonly outbox: Outbox;
  readonly contacts: AddressBook;
  readonly transport: MailTransport;
  readonly templates: Templates;
  /** `Para 71 <para71@example.org>`. */
  readonly from: string;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** What became of a mail: `unconfirmed` was handed over, and nobody knows whether it was taken. */
export type MailOutcome = 'sent' | 'unconfirmed' | 'taken-by-another' | MailFailure;

export type MailPayload = { readonly mail: string };

const MAIL_JOB = 'mail';

/** Has it sent by whoever works on the queue. */
export function queueMail(queue: JobQueue, { id, revision }: Mail): Promise<void> {
  // Another revision is another job: the queue remembers the one that ended with the mail unsent.
  return queue.add(MAIL_JOB, `${MAIL_JOB}-${id}-${revision}`, { mail: id });
}

/**
 * Sends one mail of the outbox, at most once. A mail is claimed on the log before the mail server gets its end. So whoever
 * dies before the claim has sent nothing, and it is sent again; whoever dies after it may have sent it, and it is not. In
 * between lies the time that the end of a message takes to arrive: a mail whose sender dies just there is `unconfirmed`.
 */
export function mailJob(options: MailJobOptions): Job<MailPayload> {
  const sending = new Sending(options);
  return {
    name: MAIL_JOB,
    attempts: 8,
    backOffMs: 30_000,
    run: async ({ mail }, { signal }) => ({ outcome: await sending.send(mail, signal) }),
  };
}

class Sending {
  private readonly now: () => number;
  private readonly from: ReturnType<typeof senderOf>;
  /** Claims of this process after which nothing was sent, and which it may not have been able to take back. */
  private readonly void = new Set<string>();
  /** Claims of this process after which the mail was taken, while that is not yet on the log. */
  private readonly taken = new Map<string, Delivery>();

  constructor(private readonly options: MailJobOptions) {
    this.now = options.now ?? Date.now;
    this.from = senderOf(options.from);
  }

  async send(id: string, signal: AbortSignal): Promise<MailOutcome> {
    const { outbox } = this.options;
    const found = await outbox.read(id);
    if (!found) throw new Error(`There is no mail ${id} in the outbox`);
    try {
      const mail = await this.settled(found);
      if (mail.phase === 'handed-over') return await this.again(mail, signal);
      return isOpen(mail) ? await this.open(mail, signal) : (mail.failure ?? 'sent');
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return 'taken-by-another';
      throw error;
    }
  }

  /** With what this process knows of a claim of its own, and could not record. */
  private async settled(mail: Mail): Promise<Mail> {
    const claim = mail.handedOver?.event;
    if (mail.phase !== 'handed-over' || claim === undefined) return mail;
    const delivery = this.taken.get(claim);
    if (delivery) return this.sent(mail, claim, delivery);
    return this.void.has(claim) ? this.release(mail, claim) : mail;
  }

  /** What was handed over is handed over again only where that changes nothing. */
  private async again(mail: Mail, signal: AbortSignal): Promise<MailOutcome> {
    const { transport, contacts } = this.options;
    const claim = mail.handedOver?.event;
    if (!transport.isRepeatable || mail.handedOver?.by !== transport.name || claim === undefined) return 'unconfirmed';
    const to = await contacts.addressesOf(addresseeOf(mail.to));
    if (!to.length) return 'unconfirmed';
    await this.sent(mail, claim, await transport.deliver(await this.message(mail, to), async () => undefined, signal));
    return 'sent';
  }

  private async open(mail: Mail, signal: AbortSignal): Promise<MailOutcome> {
    if (this.now() > Date.parse(mail.until)) return this.fail(mail, 'given-up');
    if (!(await this.template(mail).isDue(mail.facts))) return this.fail(mail, 'no-longer-due');
    const to = await this.options.contacts.addressesOf(addresseeOf(mail.to));
    if (to.length) return this.handOver(mail, to, signal);
    return mail.failure === 'no-address' ? 'no-address' : this.fail(mail, 'no-address');
  }

  private async handOver(mail: Mail, to: readonly string[], signal: AbortSignal): Promise<MailOutcome> {
    const { transport } = this.options;
    // Of its own, not of the key: of two that claim at once only one may find its event on the log.
    const claim = randomUUID();
    let claimed: Mail | undefined;
    try {
      const delivery = await transport.deliver(
        await this.message(mail, to),
        async () => void (claimed = await this.claim(mail, claim)),
        signal,
      );
      await this.sent(claimed!, claim, delivery);
      return 'sent';
    } catch (error) {
      if (error instanceof MailNotTaken) {
        const { refusal } = error;
        if (refusal?.isPermanent) return this.fail(claimed ?? mail, 'refused', refusal.reply);
        if (claimed) await this.release(claimed, claim, refusal?.reply);
        throw error;
      }
      if (!claimed || transport.isRepeatable || this.taken.has(claim)) throw error;
      return 'unconfirmed';
    }
  }

  private async claim(mail: Mail, claim: string): Promise<Mail> {
    const { outbox, transport } = this.options;
    // Nothing is sent where nobody answers, but the claim may be on the log.
    this.void.add(claim);
    try {
      const claimed = await outbox.record(mail, { type: 'MailHandedOver', data: { by: transport.name } }, claim);
      this.void.delete(claim);
      return claimed;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) this.void.delete(claim);
      throw error;
    }
  }

  private async sent(mail: Mail, claim: string, delivery: Delivery): Promise<Mail> {
    this.taken.set(claim, delivery);
    const { refused } = delivery;
    const sent = await this.options.outbox.record(mail, {
      type: 'MailSent',
      data: { ...(refused > 0 && { refused }) },
    });
    this.taken.delete(claim);
    return sent;
  }

  private async release(mail: Mail, claim: string, reply?: string): Promise<Mail> {
    this.void.add(claim);
    const released = await this.options.outbox.record(mail, {
      type: 'MailReleased',
      data: { ...(reply !== undefined && { reply }) },
    });
    this.void.delete(claim);
    return released;
  }

  private async fail(mail: Mail, reason: MailFailure, reply?: string): Promise<MailOutcome> {
    await this.options.outbox.record(mail, { type: 'MailFailed', data: { reason, ...(reply && { reply }) } });
    return reason;
  }

  private template({ template }: Mail) {
    const found = Object.hasOwn(this.options.templates, template) && this.options.templates[template];
    if (!found) throw new Error(`No mail is worded ${template} in this edition`);
    return found;
  }

  private async message(mail: Mail, to: readonly string[]) {
    return messageOf(mail, await this.template(mail).write(mail.facts), this.from, to);
  }
}
