import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { FrozenClock, RecordInFolder } from '#testing';
import { codeOfStep, stepOf } from './credential/totp.js';
import { Identity } from './identity.js';
import { IdentityRefusal } from './identity-refusal.js';
import type { PersonId } from './keys/person-keys.js';
import { may } from './permission/permissions.js';
import { type PersonLetter, PersonPost } from './person/person-post.js';

const MINUTE = 60_000;
const password = 'the cow jumps over my green lamp';
const caller = { from: '192.0.2.1', agent: 'Example Browser' };

/** What a mail would carry: asked for when it is sent, as a mail does. */
class Letters extends PersonPost {
  readonly sent: PersonLetter[] = [];
  override async send(letter: PersonLetter): Promise<void> {
    this.sent.push(letter);
  }
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof IdentityRefusal) return error.code;
    throw error;
  }
  return 'taken';
};

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  );
}

describe('People', () => {
  let record: RecordInFolder;
  let clock: FrozenClock;
  let letters: Letters;
  let identity: Identity;

  const open = (dataDir = record.folder) =>
    Identity.open({
      store: record.store,
      clock: new RecordingClock(clock.now),
      dataDir,
      post: letters,
      now: clock.now,
    });

  beforeEach(async () => {
    record = new RecordInFolder();
    clock = new FrozenClock('2026-02-01T09:00:00Z');
    letters = new Letters();
    identity = await open();
  });
  afterEach(async () => {
    await identity.close();
    await record.close();
  });

  const lastLink = async () => {
    const last = letters.sent.at(-1)!;
    if (last.kind !== 'invitation') throw new Error('The last letter is no invitation');
    return (await identity.people.secretOf(last.person, last.invitation))!;
  };
  const invited = async (name = 'Erin Xample', address = 'erin@registry.example') => {
    const person = await identity.people.register(name, address);
    await identity.people.invite(person, person);
    return person;
  };
  const joined = async (...who: [name?: string, address?: string]) => {
    const person = await invited(...who);
    const { secret, next } = await identity.signIn.withInvitation(await lastLink(), password, caller);
    return { person, secret, next };
  };
  const asReviewer = (person: PersonId) =>
    record.tell(`mandate-${person}`, {
      type: 'MandateGiven',
      data: { role: 'reviewer', from: '2025', by: 'person-2', proposedBy: 'person-3' },
    });
  /** Enrols, and gives the secret of the authenticator. */
  const enrolled = async (cookie: string) => {
    const { person } = await identity.signIn.require(cookie, 'password');
    const { secret } = await identity.credentials.beginSecondFactor(person);
    const key = fromBase32(secret);
    return { key, ...(await identity.signIn.confirmSecondFactor(cookie, codeOfStep(key, stepOf(clock.now())))) };
  };

  describe('An invitation', () => {
    it('lets its person choose a password, and is used up by that', async () => {
      const { person, secret, next } = await joined();
      expect(next).toBe('none');
      expect(await identity.signIn.whoBySession(secret)).toEqual({
        person,
        mandates: [],
        appointments: [],
        isProven: false,
      });
      expect(await codeOf(identity.signIn.withInvitation(await lastLink(), password, caller))).toBe('invitation-void');
      expect((await identity.signIn.withPassword(' Erin@Registry.Example ', password, caller)).person).toBe(person);
    });

    it('is sent by one person twenty times within an hour, whether to somebody new or not', async () => {
      const { people, directory } = identity;
      const introduce = (n: number, by = 'person-a') =>
        codeOf(people.introduce('New', `new-${n}@registry.example`, by));
      for (let n = 0; n < 19; n++) {
        expect(await introduce(n)).toBe('taken');
        clock.pass(MINUTE);
      }
      // Whoever tries who has an account is counted, too.
      expect(await introduce(0)).toBe('mail-address-taken');
      const again = '2026-02-01T10:00:00.000Z';
      const refused = { code: 'invited-too-often', facts: { retryAfter: 41 * 60, again } };
      await expect(people.introduce('New', 'new-20@registry.example', 'person-a')).rejects.toMatchObject(refused);
      expect(directory.size).toBe(19);
      expect(await codeOf(people.invite(directory.persons[0]!, 'person-a'))).toBe('invited-too-often');
      expect(letters.sent).toHaveLength(19);
      expect(await introduce(20, 'person-b')).toBe('taken');
      clock.pass(41 * MINUTE);
      expect(await introduce(21)).toBe('taken');
      expect(await introduce(22)).toBe('invited-too-often');
    });

    it('is sent three times within a day to one address, whoever sends it', async () => {
      const { people } = identity;
      const person = await people.introduce('Erin Xample', 'erin@registry.example', 'person-a');
      const invite = (by: string) => codeOf(people.invite(person, by));
      expect([await invite('person-a'), await invite('person-b')]).toEqual(['taken', 'taken']);
      const last = await lastLink();
      clock.pass(60 * MINUTE);
      await expect(people.invite(person, 'person-c')).rejects.toMatchObject({
        code: 'invited-too-often',
        facts: { retryAfter: 23 * 3_600, again: '2026-02-02T09:00:00.000Z' },
      });
      expect(letters.sent).toHaveLength(3);
      // The last one is still good.
      expect(await codeOf(identity.signIn.withInvitation(last, password, caller))).toBe('taken');
      // That a person is erased does not give their address three more.
      for (const by of ['person-b', 'person-c']) await people.erase(person, 'created-by-mistake', by);
      const again = () => codeOf(people.introduce('Erin Xample', 'Erin@registry.example', 'person-c'));
      expect(await again()).toBe('invited-too-often');
      expect(identity.directory.persons).toEqual([]);
      clock.pass(23 * 60 * MINUTE);
      expect(await again()).toBe('taken');
    });

    it('is not used up by a password that is refused', async () => {
      await invited();
      expect(await codeOf(identity.signIn.withInvitation(await lastLink(), 'erin@registry.example', caller))).toBe(
        'password-guessable',
      );
      expect(await codeOf(identity.signIn.withInvitation(await lastLink(), password, caller))).toBe('taken');
    });

    it('is good for seven days', async () => {
      await invited();
      clock.pass(7 * 24 * 60 * MINUTE);
      expect(await codeOf(identity.signIn.withInvitation(await lastLink(), password, caller))).toBe('invitation-void');
    });

    it('is void once there is another one, and whatever somebody makes up', async () => {
      const person = await invited();
      const first = await lastLink();
      await identity.people.invite(person, person);
      for (const secret of [
        first,
        `${first}x`,
        first.split('.')[0]!,
        '',
        '.',
        `${first.split('.')[0]}.${'A'.repeat(43)}`,
        '../../server.x',
      ])
        expect(await codeOf(identity.signIn.withInvitation(secret, password, caller))).toBe('invitation-void');
    });

    it('is accepted once, also by two at the same moment', async () => {
      await invited();
      const link = await lastLink();
      const both = await Promise.all(
        [link, link].map((secret) => codeOf(identity.signIn.withInvitation(secret, password, caller))),
      );
      expect(both.toSorted()).toEqual(['invitation-void', 'taken']);
    });

    it('that is guessed at gets slow, and keeps nobody who is there from signing in', async () => {
      const { person } = await joined();
      const guess = () => codeOf(identity.signIn.invitedBy('made.up', caller));
      for (let n = 0; n < 100; n++) expect(await guess()).toBe('invitation-void');
      expect(await guess()).toBe('sign-in-too-often');
      expect((await identity.signIn.withPassword('erin@registry.example', password, caller)).person).toBe(person);
    });

    it('for a new password ends the sessions that there were', async () => {
      const { person, secret } = await joined();
      await identity.people.invite(person, person);
      await identity.signIn.withInvitation(await lastLink(), `${password} anew`, caller);
      expect(await identity.signIn.whoBySession(secret)).toBeUndefined();
      expect(await codeOf(identity.signIn.withPassword('erin@registry.example', password, caller))).toBe(
        'sign-in-failed',
      );
    });
  });

  describe('An address', () => {
    it('belongs to one person, however it is written', async () => {
      await invited();
      expect(await codeOf(identity.people.register('Another', 'ERIN@registry.example'))).toBe('mail-address-taken');
      const both = await Promise.all(
        ['a', 'b'].map((name) => codeOf(identity.people.register(name, 'both@registry.example'))),
      );
      expect(both.toSorted()).toEqual(['mail-address-taken', 'taken']);
    });

    it('belongs to the one who is first on the log, where two nodes gave it at once', async () => {
      const other = await open();
      try {
        const both = await Promise.all(
          [identity, other].map(({ people }) => codeOf(people.register('Erin', 'erin@registry.example'))),
        );
        expect(both.filter((code) => code === 'taken').length).toBe(1);
        const holders = await Promise.all(
          [identity, other].map(async ({ directory }) => {
            await directory.catchUp();
            return directory.withAddress('erin@registry.example');
          }),
        );
        expect(holders[0]).toBe(holders[1]);
      } finally {
        await other.close();
      }
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
      expect(await codeOf(identity.people.register('Erin', text))).toBe('mail-address-malformed'),
    );
  });

  describe('Signing in', () => {
    it('fails alike for a wrong password, for nobody, for who has not joined and for what is no address', async () => {
      await joined();
      await invited('Not joined', 'new@registry.example');
      for (const address of [
        'erin@registry.example',
        'nobody@registry.example',
        'new@registry.example',
        'no address',
        '',
      ])
        expect(await codeOf(identity.signIn.withPassword(address, 'wrong', caller))).toBe('sign-in-failed');
    });

    it('takes as much work for nobody as for somebody', async () => {
      await joined();
      // By turns, and in time of the processor: how long it takes on the clock depends on what else the machine does.
      const least: Record<string, number> = {};
      const addresses = ['nobody@registry.example', 'erin@registry.example'] as const;
      for (let n = 0; n < 9; n++) {
        for (const address of addresses) {
          const began = process.cpuUsage();
          await codeOf(identity.signIn.withPassword(address, 'wrong', { ...caller, from: `192.0.2.${n}` }));
          const { user, system } = process.cpuUsage(began);
          least[address] = Math.min(least[address] ?? Infinity, user + system);
        }
      }
      const ratio = least[addresses[0]]! / least[addresses[1]]!;
      expect(ratio).toBeGreaterThan(0.6);
      expect(ratio).toBeLessThan(1.6);
    });

    it('gets slow for who guesses, and says when to try again', async () => {
      await joined();
      for (let n = 0; n < 10; n++) await codeOf(identity.signIn.withPassword('erin@registry.example', 'wrong', caller));
      const attempt = identity.signIn.withPassword('erin@registry.example', password, caller);
      await expect(attempt).rejects.toMatchObject({ code: 'sign-in-too-often', facts: { retryAfter: 1 } });
      clock.pass(1_000);
      expect(await codeOf(identity.signIn.withPassword('erin@registry.example', password, caller))).toBe('taken');
    });

    it('is over when the account is closed', async () => {
      const { person, secret } = await joined();
      await identity.people.close(person, person);
      expect(await identity.signIn.whoBySession(secret)).toBeUndefined();
      expect(await codeOf(identity.signIn.withPassword('erin@registry.example', password, caller))).toBe(
        'sign-in-failed',
      );
    });
  });

  describe('A second factor', () => {
    it('has to be enrolled by who reviews, before anything else', async () => {
      const person = await invited();
      await asReviewer(person);
      const { secret, next } = await identity.signIn.withInvitation(await lastLink(), password, caller);
      expect(next).toBe('enrol');
      expect(await identity.signIn.whoBySession(secret)).toBeUndefined();
      const { secret: raised, codes } = await enrolled(secret);
      expect(codes).toHaveLength(10);
      expect(await identity.signIn.whoBySession(raised)).toMatchObject({
        person,
        mandates: ['reviewer'],
        isProven: true,
      });
      expect(await identity.signIn.whoBySession(secret)).toBeUndefined();
    });

    it('is asked of who signed in before they were given a role that needs one', async () => {
      const { person, secret } = await joined();
      expect(await identity.signIn.whoBySession(secret)).toBeDefined();
      await record.tell('organization-example-registry', {
        type: 'PersonAppointed',
        data: { personId: person, role: 'signatory', from: '2025', by: 'person-2' },
      });
      expect(await identity.signIn.whoBySession(secret)).toBeUndefined();
    });

    it('is not passed by a code that was used, also not on another browser', async () => {
      const { secret } = await joined();
      const { key } = await enrolled(secret);
      clock.pass(30_000);
      const code = codeOfStep(key, stepOf(clock.now()));
      const first = await identity.signIn.withPassword('erin@registry.example', password, caller);
      const second = await identity.signIn.withPassword('erin@registry.example', password, caller);
      expect(first.next).toBe('second-factor');
      expect(await codeOf(identity.signIn.withSecondFactor(first.secret, code))).toBe('taken');
      expect(await codeOf(identity.signIn.withSecondFactor(second.secret, code))).toBe('second-factor-wrong');
    });

    it('is passed by a recovery code, once', async () => {
      const { secret } = await joined();
      const { secret: raised, codes } = await enrolled(secret);
      const written = codes[3]!.toUpperCase().replaceAll('-', ' ');
      const { secret: again, codesLeft } = await identity.signIn.withSecondFactor(raised, written);
      expect(codesLeft).toBe(9);
      expect(await codeOf(identity.signIn.withSecondFactor(again, written))).toBe('second-factor-wrong');
    });

    it('is fresh for five minutes, and then given anew before a report is submitted', async () => {
      const { person, secret } = await joined();
      await record.tell('organization-example-registry', {
        type: 'PersonAppointed',
        data: { personId: person, role: 'signatory', from: '2025', by: 'person-2' },
      });
      const { key, secret: raised } = await enrolled(secret);
      const decided = async (cookie: string) =>
        may(await identity.signIn.whoBySession(cookie), 'SubmitReport', { organizations: ['example-registry'] });
      expect(await decided(raised)).toBe('yes');
      clock.pass(6 * MINUTE);
      expect(await decided(raised)).toBe('step-up');
      const { secret: proven } = await identity.signIn.withSecondFactor(raised, codeOfStep(key, stepOf(clock.now())));
      expect(await decided(proven)).toBe('yes');
      expect(await decided(raised)).toBe('sign-in');
    });

    it('cannot be guessed: ten tries, and then one at a time', async () => {
      const { secret } = await joined();
      const { secret: raised } = await enrolled(secret);
      for (let n = 0; n < 10; n++)
        expect(await codeOf(identity.signIn.withSecondFactor(raised, 'aaaa-bbbb'))).toBe('second-factor-wrong');
      expect(await codeOf(identity.signIn.withSecondFactor(raised, '000000'))).toBe('sign-in-too-often');
    });
  });

  describe('A token', () => {
    const asked = { name: 'Nightly import', scopes: ['draft'] as const, until: '2026-03-01T00:00:00.000Z' };

    it('stands for its owner, for what it was made for, until it is over', async () => {
      const { person } = await joined();
      const { text, token } = await identity.credentials.issueToken(person, asked);
      expect(text).toMatch(/^p71_[0-9a-f]{16}_[0-9a-f]{64}$/);
      expect(await identity.signIn.whoByToken(text)).toMatchObject({ person, scopes: ['draft'], isProven: false });
      expect(await identity.credentials.tokensOf(person)).toEqual([
        { token, ...asked, usedAt: '2026-02-01T09:00:00.000Z' },
      ]);
      clock.set('2026-03-01T00:00:00Z');
      expect(await identity.signIn.whoByToken(text)).toBeUndefined();
    });

    it('is nothing with another secret, revoked, or made up', async () => {
      const { person } = await joined();
      const { text, token } = await identity.credentials.issueToken(person, asked);
      for (const other of [
        `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`,
        text.toUpperCase(),
        '',
        'p71__',
        `p71_${'0'.repeat(16)}_${'0'.repeat(64)}`,
      ])
        expect(await identity.signIn.whoByToken(other)).toBeUndefined();
      await identity.credentials.revokeToken(person, token);
      expect(await identity.signIn.whoByToken(text)).toBeUndefined();
    });

    it('lasts a year at most, and nobody has more than twenty', async () => {
      const { person } = await joined();
      for (const until of ['2027-03-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'])
        expect(await codeOf(identity.credentials.issueToken(person, { ...asked, until }))).toBe('token-lasts-too-long');
      for (let n = 0; n < 20; n++) await identity.credentials.issueToken(person, asked);
      expect(await codeOf(identity.credentials.issueToken(person, asked))).toBe('tokens-too-many');
    });
  });

  describe('The set-up link', () => {
    it('is good for one time and one day, and the same until then', async () => {
      const first = (await identity.setUpSecret())!;
      const secret = (await identity.setUpSecret())!;
      expect(secret).toBe(first);
      expect(readFileSync(join(record.folder, 'keys', 'set-up.json'), 'utf8')).not.toContain(secret);
      expect(await codeOf(identity.setUp.require(`${secret.slice(0, -1)}_`))).toBe('set-up-void');
      expect(await codeOf(identity.setUp.require(''))).toBe('set-up-void');
      expect(await codeOf(identity.setUp.require(secret))).toBe('taken');
      const both = await Promise.all([secret, secret].map((link) => codeOf(identity.setUp.use(link))));
      expect(both.toSorted()).toEqual(['set-up-void', 'taken']);
      const late = (await identity.setUpSecret())!;
      expect(late).not.toBe(secret);
      clock.pass(24 * 60 * MINUTE);
      expect(await codeOf(identity.setUp.use(late))).toBe('set-up-void');
    });

    it('is not offered where somebody can administer', async () => {
      const { person } = await joined();
      await record.tell(`mandate-${person}`, {
        type: 'MandateGiven',
        data: { role: 'administrator', from: '2025', by: person, ground: 'set-up' },
      });
      expect(await identity.setUpSecret()).toBeUndefined();
      expect(existsSync(join(record.folder, 'keys', 'set-up.json'))).toBe(false);
    });
  });

  describe('The keys', () => {
    it('are files that nobody else can read', async () => {
      await invited();
      const keys = join(record.folder, 'keys');
      expect(statSync(keys).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
      expect(readdirSync(keys)).toHaveLength(3);
    });

    it('that were lost make one account unusable, and are told of', async () => {
      const { person } = await joined();
      await invited('Other', 'other@registry.example');
      await identity.close();
      const file = join(record.folder, 'keys', `${person}.key`);
      writeFileSync(file, Buffer.alloc(32));
      identity = await open();
      expect(identity.directory.unreadable).toEqual([person]);
      expect(await codeOf(identity.signIn.withPassword('erin@registry.example', password, caller))).toBe(
        'sign-in-failed',
      );
      expect(await identity.directory.withAddress('other@registry.example')).toBeDefined();
    });
  });

  it('are what they were after a restart', async () => {
    const { person, secret } = await joined();
    const { text } = await identity.credentials.issueToken(person, {
      name: 'x',
      scopes: ['read'],
      until: '2026-03-01T00:00:00.000Z',
    });
    await identity.close();
    identity = await open();
    expect(await identity.signIn.whoBySession(secret)).toMatchObject({ person });
    expect(await identity.signIn.whoByToken(text)).toMatchObject({ person });
    expect(await identity.directory.cardOf(person)).toEqual({
      person,
      name: 'Erin Xample',
      address: 'erin@registry.example',
    });
  });
});
