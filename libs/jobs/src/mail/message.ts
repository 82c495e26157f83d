import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { isMailAddress } from './contacts.js';
import type { Letter } from './letter.js';
import { addresseeOf, type Mail } from './mail.js';

export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** A mail as it goes out. The same mail to the same addresses is the same bytes, whoever composes it and when. */
export interface Message {
  readonly mail: string;
  /** An organization or a person, by id. */
  readonly addressee: string;
  /** RFC 3339. */
  readonly preparedAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** `Para 71 <para71@example.org>`, or an address alone. */
export function senderOf(text: string): Sender {
  const [sender, ...others] = addressparser(text, { flatten: true });
  if (!sender || others.length || !isMailAddress(sender.address)) {
    throw new Error(`"${text}" is no sender: write one such as Para 71 <para71@example.org>`);
  }
  return sender;
}

export async function messageOf(
  { id, to: recipient, preparedAt }: Mail,
  { subject, text, html }: Letter,
  from: Sender,
  to: readonly string[],
): Promise<Message> {
  const composed = new MailComposer({
    from,
    // As objects, so that nothing in them is taken for more than one address.
    to: to.map((address) => ({ name: '', address })),
    subject,
    text,
    html,
    date: new Date(preparedAt),
    messageId: `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    baseBoundary: id,
    newline: 'windows',
    // RFC 3834: nobody's absence is to answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await composed.compile().build();
  return { mail: id, addressee: addresseeOf(recipient), preparedAt, from: from.address, to, bytes };
}
