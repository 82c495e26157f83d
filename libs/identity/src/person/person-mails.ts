import { type AddressBook, escaped, type Letter, type Template, type Templates } from '#jobs';
import { KeyMissing } from '../keys/person-keys.js';
import { INVITATION_MS, type People } from './people.js';
import type { PersonDirectory } from './person-directory.js';
import { INVITATION, type InvitationFacts, type ResetFacts, SECOND_FACTOR_RESET } from './person-post.js';

/** How what is said to persons is worded, and where they are found. `publicUrl`: without a slash at its end. */
export function personMails(
  people: People,
  directory: PersonDirectory,
  publicUrl: string,
): { readonly templates: Templates; readonly addresses: AddressBook } {
  const templates: Templates = {
    [INVITATION]: invitationMail(people, directory, publicUrl),
    [SECOND_FACTOR_RESET]: resetMail(directory, publicUrl),
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

function invitationMail(people: People, directory: PersonDirectory, publicUrl: string): Template {
  return {
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
      const isJoined = directory.phaseOf(person) === 'joined';
      return letter(isJoined ? 'Another password for Para 71' : 'Your invitation to Para 71', link, [
        isJoined
          ? 'Somebody has asked that you can choose another password for your account at Para 71.'
          : 'You have been invited to Para 71, the tracker of annual reports on enhanced cooperation.',
        `Choose a password at the address below, within ${days} days (until ${until.slice(0, 10)}). It is good for one time.`,
        link,
        ...(isJoined ? ['When you do, you are signed out everywhere, and your tokens are void: make new ones.'] : []),
        'If you did not expect this, you need do nothing.',
      ]);
    },
  };
}

function resetMail(directory: PersonDirectory, publicUrl: string): Template {
  return {
    async isDue(facts) {
      await directory.catchUp();
      return directory.phaseOf((facts as ResetFacts).person) === 'joined';
    },
    write(facts) {
      const { at } = facts as ResetFacts;
      const link = `${publicUrl}/sign-in`;
      return letter('Your second factor at Para 71 was reset', link, [
        `Two administrators have reset the second factor of your account at Para 71, at ${at.slice(0, 16).replace('T', ' ')} UTC. You are signed out everywhere, and your tokens are void.`,
        'The next time that you sign in, you set another second factor up:',
        link,
        'If you did not ask for this, tell an administrator at once, and change your password.',
      ]);
    },
  };
}

function letter(subject: string, link: string, lines: readonly string[]): Letter {
  const asHtml = (line: string) => (line === link ? `<a href="${escaped(link)}">${escaped(link)}</a>` : escaped(line));
  return {
    subject,
    text: `${lines.join('\n\n')}\n`,
    html: lines.map((line) => `<p>${asHtml(line)}</p>`).join('\n'),
  };
}
