import { randomUUID } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { RecordingClock } from '#commands';
import { type EventStore, type Expected, type JsonObject, LogTail } from '#event-store';
import { evolveMail, type Mail, MAIL_CATEGORY, type MailEvent, mailStream, type Recipient } from './mail.js';

/** Namespace of the ids that are derived from the keys of mails. Never to be changed: a mail would go twice. */
const MAILS = '0f7a1c0e-5a55-4c0b-9d3a-6b2f1f0c8e71';

export const mailIdOf = (key: string) => uuidv5(key, MAILS);

export interface NewMail {
  /** The same key is the same mail. */
  readonly key: string;
  readonly to: Recipient;
  readonly template: string;
  readonly facts: JsonObject;
  /** After this it is not sent any more. */
  readonly until: Date;
}

/** Mails to be sent and mails that were, as the log tells them: the queue only carries their ids. */
export class Outbox {
  private readonly mails = new Map<string, Mail>();
  private readonly tail: LogTail;

  constructor(
    private readonly store: EventStore,
    private readonly clock: RecordingClock,
  ) {
    this.tail = new LogTail(store, [MAIL_CATEGORY], (event) => {
      this.mails.set(event.stream, evolveMail(this.mails.get(event.stream), event));
    });
  }

  /** The id of the mail; where the key was used before, nothing is written and the mail is what it was. */
  async prepare({ until, ...data }: NewMail): Promise<string> {
    const id = mailIdOf(data.key);
    const event = { type: 'MailPrepared', data: { ...data, until: until.toISOString() } } as const;
    // Two that prepare it at once write one event: its id comes from the key.
    await this.append(id, 'no-stream', event, uuidv5('prepared', id));
    return id;
  }

  /** As it stands on the log now. */
  async read(id: string): Promise<Mail | undefined> {
    let mail: Mail | undefined;
    for await (const event of this.store.readIfAny(mailStream(id))) mail = evolveMail(mail, event);
    return mail;
  }

  /**
   * The mail after `event`. `WrongExpectedRevision` where somebody else went on with it. `eventId`: where it has to be
   * known what was written although nobody answered.
   */
  async record(mail: Mail, event: MailEvent, eventId: string = randomUUID()): Promise<Mail> {
    return this.append(mail.id, mail.revision, event, eventId, mail);
  }

  /** All that were ever prepared, by their ids. */
  async all(): Promise<readonly Mail[]> {
    await this.tail.catchUp();
    return [...this.mails.values()];
  }

  /** Each that is prepared from now on, by whichever process, as it was then. Ends when the store is closed. */
  async *prepared(): AsyncIterable<Mail> {
    await this.tail.catchUp();
    const { position } = this.tail;
    const place = { categories: [MAIL_CATEGORY], ...(position !== undefined && { after: position }) };
    for await (const step of this.store.subscribe(place)) {
      if ('type' in step && step.type === 'MailPrepared') yield evolveMail(undefined, step);
    }
  }

  private async append(
    id: string,
    expected: Expected,
    event: MailEvent,
    eventId: string,
    before?: Mail,
  ): Promise<Mail> {
    const stream = mailStream(id);
    const metadata = { actor: 'outbox', correlationId: id, recordedAt: this.clock.stamp(), v: '1' };
    const stored = { id: eventId, type: event.type, data: event.data as JsonObject, metadata };
    const { revision, position } = await this.store.append(stream, expected, [stored]);
    return evolveMail(before, { ...stored, stream, revision, position });
  }
}
