import type { JsonObject, RecordedEvent } from '#event-store';

/** Whom a mail is for. Never an address: those stand outside of the log, and are looked up when it is sent. */
export type Recipient = { readonly organization: string; readonly role: string } | { readonly person: string };

/** By which addresses are looked up. */
export const addresseeOf = (to: Recipient): string => ('person' in to ? to.person : to.organization);

/** What happens to a mail. Its stream is no part of the public record. */
export type MailEvent =
  | {
      type: 'MailPrepared';
      data: {
        /** What makes it this mail and no other. */
        key: string;
        to: Recipient;
        template: string;
        facts: JsonObject;
        /** After this it is not sent any more: RFC 3339, UTC. */
        until: string;
      };
    }
  | {
      /** Whoever recorded this, and nobody else, lets the mail server have the end of the message. */
      type: 'MailHandedOver';
      data: { by: TransportName };
    }
  | {
      /** It is known that the mail server did not take the message: the mail may be handed over again. */
      type: 'MailReleased';
      data: { reply?: string };
    }
  | {
      type: 'MailSent';
      data: {
        /** How many of its addresses the mail server refused for good, while it took the mail for others. */
        refused?: number;
      };
    }
  | { type: 'MailFailed'; data: { reason: MailFailure; reply?: string } };

export type TransportName = 'smtp' | 'folder';

/**
 * `no-address`: nobody is named in the contacts; it is sent once somebody is. The others are final. `refused`: by the mail
 * server, for good. `given-up`: it could not be sent in time. `no-longer-due`: what it says would not be so any more.
 */
export type MailFailure = 'no-address' | 'refused' | 'given-up' | 'no-longer-due';

export interface Mail {
  /** UUID, of the key. */
  readonly id: string;
  /** Of the last event. */
  readonly revision: number;
  readonly key: string;
  readonly to: Recipient;
  readonly template: string;
  readonly facts: JsonObject;
  readonly preparedAt: string;
  readonly until: string;
  readonly phase: 'prepared' | 'handed-over' | 'sent' | 'failed';
  readonly handedOver?: { readonly by: TransportName; readonly at: string; readonly event: string };
  readonly sentAt?: string;
  readonly refused?: number;
  readonly failure?: MailFailure;
  /** Status of the mail server's last refusal, such as `550 5.1.1`. */
  readonly reply?: string;
}

/** Whether anything is left to be done for it: sending it, or waiting for an address. */
export const isOpen = ({ phase, failure }: Mail) => phase === 'prepared' || failure === 'no-address';

export const MAIL_CATEGORY = 'mail';
export const mailStream = (id: string) => `${MAIL_CATEGORY}-${id}`;

export function evolveMail(mail: Mail | undefined, recorded: RecordedEvent): Mail {
  const { stream, revision, metadata } = recorded;
  const at = metadata['recordedAt'] ?? '';
  const event = recorded as RecordedEvent & MailEvent;
  if (event.type === 'MailPrepared') {
    const id = stream.slice(MAIL_CATEGORY.length + 1);
    return { id, revision, ...event.data, preparedAt: at, phase: 'prepared' };
  }
  if (!mail) throw new Error(`${stream} does not begin with MailPrepared`);
  const { failure: _, handedOver, reply: __, ...rest } = mail;
  const before = { ...rest, revision };
  switch (event.type) {
    case 'MailHandedOver':
      return { ...before, phase: 'handed-over', handedOver: { by: event.data.by, at, event: recorded.id } };
    case 'MailReleased':
      return { ...before, phase: 'prepared', ...event.data };
    case 'MailSent':
      return { ...before, phase: 'sent', sentAt: at, ...(handedOver && { handedOver }), ...event.data };
    case 'MailFailed': {
      const { reason, reply } = event.data;
      return { ...before, phase: 'failed', failure: reason, ...(reply !== undefined && { reply }) };
    }
    default:
      throw new Error(`${recorded.type} in ${stream} was written by a newer edition: run that one`);
  }
}
