import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { caller, codeOf, IdentityInFolder, password } from '../../../../test/support/identity-in-folder.js';
import { KeyFolder } from '../keys/key-folder.js';
import { person as account } from './person.js';
import { personMails } from './person-mails.js';
import { INVITATION } from './person-post.js';
import { newPersonId, personStream, SealedLog } from './sealed-log.js';

const MINUTE = 60_000;

const at = IdentityInFolder.forEachTest();

/** What the last invitation says. */
async function lastMail(): Promise<string> {
  const { people, directory } = at.identity;
  const letter = at.letters.sent.at(-1);
  if (letter?.kind !== 'invitation') throw new Error('The last letter is no invitation');
  const { person, invitation, until } = letter;
  const { templates } = personMails(people, directory, 'https://registry.example');
  const { text } = await templates[INVITATION]!.write({ person, invitation, until: until.toISOString() });
  return text;
}

/** The next two that record something wait for each other: neither has heard of the other by then. */
function bothFindItFree(): void {
  const { store } = at.record;
  const append = store.append.bind(store);
  const both = Promise.withResolvers<void>();
  let come = 0;
  store.append = async (...given) => {
    if (++come === 2) {
      store.append = append;
      both.resolve();
    }
    await both.promise;
    return append(...given);
  };
}

describe('An invitation', () => {
  it('lets its person choose a password, and is used up by that', async () => {
    const { person, secret, next } = await at.joined();
    expect(next).toBe('none');
    expect(await at.identity.signIn.whoBySession(secret)).toEqual({
      person,
      mandates: [],
      appointments: [],
      isProven: false,
    });
    expect(await codeOf(at.identity.signIn.withInvitation(await at.lastLink(), password, caller))).toBe(
      'invitation-void',
    );
    expect((await at.identity.signIn.withPassword(' Erin@Registry.Example ', password, caller)).person).toBe(person);
  });

  it('is sent by one person twenty times within an hour, whether to somebody new or not', async () => {
    const { people, directory } = at.identity;
    const introduce = (n: number, by = 'person-a') => codeOf(people.introduce('New', `new-${n}@registry.example`, by));
    for (let n = 0; n < 19; n++) {
      expect(await introduce(n)).toBe('taken');
      at.clock.pass(MINUTE);
    }
    // Whoever tries who has an account is counted, too.
    expect(await introduce(0)).toBe('mail-address-taken');
    const again = '2026-02-01T10:00:00.000Z';
    const refused = { code: 'invited-too-often', facts: { retryAfter: 41 * 60, again } };
    await expect(people.introduce('New', 'new-20@registry.example', 'person-a')).rejects.toMatchObject(refused);
    expect(directory.size).toBe(19);
    expect(await codeOf(people.invite(directory.persons[0]!, 'person-a'))).toBe('invited-too-often');
    expect(at.letters.sent).toHaveLength(19);
    expect(await introduce(20, 'person-b')).toBe('taken');
    at.clock.pass(41 * MINUTE);
    expect(await introduce(21)).toBe('taken');
    expect(await introduce(22)).toBe('invited-too-often');
  });

  it('is sent three times within a day to one address, whoever sends it', async () => {
    const { people } = at.identity;
    const person = await people.introduce('Erin Xample', 'erin@registry.example', 'person-a');
    const invite = (by: string) => codeOf(people.invite(person, by));
    expect([await invite('person-a'), await invite('person-b')]).toEqual(['taken', 'taken']);
    const last = await at.lastLink();
    at.clock.pass(60 * MINUTE);
    await expect(people.invite(person, 'person-c')).rejects.toMatchObject({
      code: 'invited-too-often',
      facts: { retryAfter: 23 * 3_600, again: '2026-02-02T09:00:00.000Z' },
    });
    expect(at.letters.sent).toHaveLength(3);
    // The last one is still good.
    expect(await codeOf(at.identity.signIn.withInvitation(last, password, caller))).toBe('taken');
    // That a person is erased does not give their address three more.
    for (const by of ['person-b', 'person-c']) await people.erase(person, 'created-by-mistake', by);
    const again = () => codeOf(people.introduce('Erin Xample', 'Erin@registry.example', 'person-c'));
    expect(await again()).toBe('invited-too-often');
    expect(at.identity.directory.persons).toEqual([]);
    at.clock.pass(23 * 60 * MINUTE);
    expect(await again()).toBe('taken');
  });

  it('is not used up by a password that is refused', async () => {
    await at.invited();
    expect(await codeOf(at.identity.signIn.withInvitation(await at.lastLink(), 'erin@registry.example', caller))).toBe(
      'password-guessable',
    );
    expect(await codeOf(at.identity.signIn.withInvitation(await at.lastLink(), password, caller))).toBe('taken');
  });

  it('is good for seven days', async () => {
    await at.invited();
    at.clock.pass(7 * 24 * 60 * MINUTE);
    expect(await codeOf(at.identity.signIn.withInvitation(await at.lastLink(), password, caller))).toBe(
      'invitation-void',
    );
  });

  it('is void once there is another one, and whatever somebody makes up', async () => {
    const person = await at.invited();
    const first = await at.lastLink();
    await at.identity.people.invite(person, person);
    for (const secret of [
      first,
      `${first}x`,
      first.split('.')[0]!,
      '',
      '.',
      `${first.split('.')[0]}.${'A'.repeat(43)}`,
      '../../server.x',
    ])
      expect(await codeOf(at.identity.signIn.withInvitation(secret, password, caller))).toBe('invitation-void');
  });

  it('is accepted once, also by two at the same moment', async () => {
    await at.invited();
    const link = await at.lastLink();
    const both = await Promise.all(
      [link, link].map((secret) => codeOf(at.identity.signIn.withInvitation(secret, password, caller))),
    );
    expect(both.toSorted()).toEqual(['invitation-void', 'taken']);
  });

  it('that is guessed at gets slow, and keeps nobody who is there from signing in', async () => {
    const { person } = await at.joined();
    const guess = () => codeOf(at.identity.signIn.invitedBy('made.up', caller));
    for (let n = 0; n < 100; n++) expect(await guess()).toBe('invitation-void');
    expect(await guess()).toBe('sign-in-too-often');
    expect((await at.identity.signIn.withPassword('erin@registry.example', password, caller)).person).toBe(person);
  });

  it('for a new password ends the sessions and the tokens that there were, and the mail says so', async () => {
    await at.invited('Amina Xample', 'amina@registry.example');
    expect(await lastMail()).toMatch(/^You have been invited(?![\s\S]*tokens)/);
    const { person, secret } = await at.joined();
    const asked = { name: 'Nightly import', scopes: ['draft'] as const, until: '2026-03-01T00:00:00.000Z' };
    const { text } = await at.identity.credentials.issueToken(person, asked);
    expect(await at.identity.signIn.whoByToken(text)).toMatchObject({ person });
    await at.identity.people.invite(person, person);
    expect(await lastMail()).toMatch(/another password[\s\S]*signed out everywhere, and your tokens are void/);
    await at.identity.signIn.withInvitation(await at.lastLink(), `${password} anew`, caller);
    expect(await at.identity.signIn.whoBySession(secret)).toBeUndefined();
    expect(await at.identity.signIn.whoByToken(text)).toBeUndefined();
    expect(await at.identity.credentials.tokensOf(person)).toEqual([]);
    expect(await codeOf(at.identity.signIn.withPassword('erin@registry.example', password, caller))).toBe(
      'sign-in-failed',
    );
  });
});

describe('An address', () => {
  it('is free again when the account is closed: who returns is somebody new, and the old account keeps what it was', async () => {
    const { people, signIn } = at.identity;
    const { person: before, secret } = await at.joined();
    await people.close(before, 'person-a');
    expect(await codeOf(people.invite(before, 'person-a'))).toBe('person-closed');
    const person = await people.introduce('Erin Xample', 'erin@registry.example', 'person-a');
    await signIn.withInvitation(await at.lastLink(), `${password} anew`, caller);
    const signingIn = (word: string) => signIn.withPassword('erin@registry.example', word, caller);
    expect(await codeOf(signingIn(password))).toBe('sign-in-failed');
    expect(await signingIn(`${password} anew`)).toMatchObject({ person });
    expect(await signIn.whoBySession(secret)).toBeUndefined();
    expect(await people.show(person)).toMatchObject({ phase: 'joined', formerly: [before] });
    expect(await people.show(before)).toMatchObject({ phase: 'closed', name: 'Erin Xample' });

    for (const by of ['person-b', 'person-c']) await people.erase(before, 'no-longer-needed', by);
    expect(await people.show(person)).not.toHaveProperty('formerly');
    await at.identity.close();
    at.identity = await at.open();
    expect(await at.identity.directory.withAddress('erin@registry.example')).toBe(person);
  });

  it('belongs to one person, however it is written', async () => {
    await at.invited();
    expect(await codeOf(at.identity.people.register('Another', 'ERIN@registry.example'))).toBe('mail-address-taken');
    const both = await Promise.all(
      ['a', 'b'].map((name) => codeOf(at.identity.people.register(name, 'both@registry.example'))),
    );
    expect(both.toSorted()).toEqual(['mail-address-taken', 'taken']);
  });

  it('belongs to the one who is first on the log, where two nodes gave it at once', async () => {
    const other = await at.open();
    try {
      const both = await Promise.all(
        [at.identity, other].map(({ people }) => codeOf(people.register('Erin', 'erin@registry.example'))),
      );
      expect(both.toSorted()).toEqual(['mail-address-taken', 'taken']);
      const holders = await Promise.all(
        [at.identity, other].map(async ({ directory }) => {
          await directory.catchUp();
          return directory.withAddress('erin@registry.example');
        }),
      );
      expect(holders[0]).toBe(holders[1]);
    } finally {
      await other.close();
    }
  });

  it('has one of two whom two nodes invite with it at once: one letter goes, and the other account is closed', async () => {
    const other = await at.open();
    try {
      for (const address of ['a', 'b', 'c'].map((name) => `${name}@registry.example`)) {
        const before = at.letters.sent.length;
        const nodes = [at.identity, other];
        bothFindItFree();
        const both = await Promise.all(
          nodes.map(({ people }) => codeOf(people.introduce('Erin', address, 'person-a'))),
        );
        expect(both.toSorted()).toEqual(['mail-address-taken', 'taken']);
        expect(at.letters.sent).toHaveLength(before + 1);
        const holder = (await other.directory.withAddress(address))!;
        expect(at.letters.sent.at(-1)).toMatchObject({ kind: 'invitation', person: holder });
        // Both were on the log: neither was refused before it raced.
        expect((await at.identity.people.show(holder)).formerly).toHaveLength(1);
      }
    } finally {
      await other.close();
    }
  });

  it('stays with the first one where the node of the second ended before it took that back', async () => {
    const first = await at.invited();
    const { now } = at.clock;
    const log = new SealedLog(at.record.store, new KeyFolder(join(at.record.folder, 'keys')), new RecordingClock(now));
    const second = newPersonId();
    const registration = { type: 'RegisterPerson', name: 'Erin', address: 'erin@registry.example' } as const;
    await log.change(personStream(second), account, registration, second, { begins: true });
    expect(await codeOf(at.identity.people.invite(second, 'person-a'))).toBe('mail-address-taken');
    expect(await at.identity.directory.withAddress('erin@registry.example')).toBe(first);
    expect(await codeOf(at.identity.people.invite(first, 'person-a'))).toBe('taken');
  });

  it.each([
    '',
    'erin',
    'erin@',
    '@x',
    'a b@c.example',
    'a@b@c',
    `${'a'.repeat(65)}@c.example`,
    'a@c.example\r\nBcc: x@y.example',
  ])('is not %j', async (text) =>
    expect(await codeOf(at.identity.people.register('Erin', text))).toBe('mail-address-malformed'),
  );
});
