import { type AddressBook, escaped, type Outbox, type Templates } from '#jobs';
import { KeyMissing, type PersonId } from '../keys/person-keys.js';
import { INVITATION_MS, InvitationPost, type People } from './people.js';
import type { PersonDirectory } from './person-directory.js';

export const INVITATION = 'invitation';

type InvitationFacts = { readonly person: PersonId; readonly invitation: string; readonly until: string };

/** Through the outbox: the log holds two opaque ids, and the mail is worded when it is sent. */
export class OutboxPost extends InvitationPost {
  constructor(private readonly outbox: Pick<Outbox, 'prepare'>) {
    super();
  }

  override async send({ person, invitation, until }: { person: PersonId; invitation: string; until: Date }) {
    const facts: InvitationFacts = { person, invitation, until: until.toISOString() };
    await this.outbox.prepare({ key: `invitation/${invitation}`, to: { person }, template: INVITATION, facts, until });
  }
}

/** How invitations are worded, and where their persons are found. `publicUrl`: without a slash at its end. */
export function invitationMails(
  people: People,
  directory: PersonDirectory,
  publicUrl: string,
): { readonly templates: Templates; readonly addresses: AddressBook } {
  const templates: Templates = {
    [INVITATION]: {
      async isDue(facts) {
        const { person, invitation } = facts as InvitationFacts;
        await directory.catchUp();
        return directory.phaseOf(person) !== 'erased' && people.isOpen(person, invitation);
      },
      async write(facts) {
        const { person, invitation, until } = facts as InvitationFacts;
        const secret = await people.secretOf(person, invitation);
        if (secret === undefined) throw new KeyMissing(person);
        const link = `${publicUrl}/join/${secret}`;
        const days = INVITATION_MS / 86_400_000;
        const lines = [
          'You have been invited to Para 71, the tracker of annual reports on enhanced cooperation.',
          `Choose a password at the address below, within ${days} days (until ${until.slice(0, 10)}). It is good for one time.`,
          link,
          'If you did not expect this, you need do nothing.',
        ];
        return {
          subject: 'Your invitation to Para 71',
          text: `${lines.join('\n\n')}\n`,
          html: lines
            .map((line) =>
              line === link ? `<p><a href="${escaped(link)}">${escaped(link)}</a></p>` : `<p>${escaped(line)}</p>`,
            )
            .join('\n'),
        };
      },
    },
  };
  const addresses: AddressBook = {
    async addressesOf(addressee) {
      await directory.catchUp();
      const card = await directory.cardOf(addressee);
      return card ? [card.address] : [];
    },
  };
  return { templates, addresses };
}
