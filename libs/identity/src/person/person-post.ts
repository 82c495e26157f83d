import type { JsonObject } from '#event-store';
import type { Outbox } from '#jobs';
import type { PersonId } from '../keys/person-keys.js';

/** What is said to a person: addresses, names and links are looked up when it is sent. */
export type PersonLetter =
  | { readonly kind: 'invitation'; readonly person: PersonId; readonly invitation: string; readonly until: Date }
  | { readonly kind: 'second-factor-reset'; readonly person: PersonId; readonly reset: string; readonly at: Date };

export const INVITATION = 'invitation';
export const SECOND_FACTOR_RESET = 'second-factor-reset';

export type InvitationFacts = { readonly person: PersonId; readonly invitation: string; readonly until: string };
export type ResetFacts = { readonly person: PersonId; readonly reset: string; readonly at: string };

/** A warning that comes later than this helps nobody. */
export const WARNING_MS = 30 * 86_400_000;

/** Brings letters to persons. */
export abstract class PersonPost {
  abstract send(letter: PersonLetter): Promise<void>;
}

/** Through the outbox: the log holds opaque ids, and the mail is worded when it is sent. */
export class OutboxPost extends PersonPost {
  constructor(private readonly outbox: Pick<Outbox, 'prepare'>) {
    super();
  }

  override async send(letter: PersonLetter): Promise<void> {
    const { person } = letter;
    if (letter.kind === 'invitation') {
      const { invitation, until } = letter;
      const facts: InvitationFacts = { person, invitation, until: until.toISOString() };
      await this.prepare(INVITATION, invitation, facts, until);
    } else {
      const { reset, at } = letter;
      const facts: ResetFacts = { person, reset, at: at.toISOString() };
      await this.prepare(SECOND_FACTOR_RESET, reset, facts, new Date(at.getTime() + WARNING_MS));
    }
  }

  private async prepare(template: string, id: string, facts: JsonObject & { person: PersonId }, until: Date) {
    await this.outbox.prepare({ key: `${template}/${id}`, to: { person: facts.person }, template, facts, until });
  }
}
