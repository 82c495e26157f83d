import type { TransportName } from './mail.js';
import type { Message } from './message.js';

export interface Delivery {
  /** How many addresses were refused for good, while the mail was taken for others. */
  readonly refused: number;
}

/** A way out for mail. */
export abstract class MailTransport {
  abstract readonly name: TransportName;
  /** Whether a mail that may have been handed over can be handed over again, and is there once all the same. */
  abstract readonly isRepeatable: boolean;

  /**
   * Hands `message` over. `claim` is awaited once, when nothing is left to do but the last step: before it no mail exists
   * at the other end, whatever dies; where it rejects, none comes to be, and its reason comes out.
   *
   * `MailNotTaken` where it is certain that no mail came to be. What else is thrown after the claim leaves that open.
   * Nothing is thrown while the claim is under way. `signal` is obeyed until the claim.
   */
  abstract deliver(message: Message, claim: () => Promise<void>, signal: AbortSignal): Promise<Delivery>;
}

export interface Refusal {
  /** For good: the same mail is refused again. */
  readonly isPermanent: boolean;
  /** Status only, such as `550 5.1.1`: the words beside it tend to repeat the address. */
  readonly reply: string;
}

/** The other end has no mail: it said no, or never saw the end of the message. */
export class MailNotTaken extends Error {
  override readonly name = 'MailNotTaken';
  readonly code = 'mail-not-taken';
  constructor(
    message: string,
    readonly refusal?: Refusal,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
