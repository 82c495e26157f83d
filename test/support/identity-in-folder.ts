import { afterEach, beforeEach } from '@jest/globals';
import { RecordingClock } from '#commands';
import { codeOfStep, fromBase32, Identity, IdentityRefusal, type PersonId, PersonPost, stepOf } from '#identity';
import { FrozenClock, RecordInFolder } from '#testing';

export const password = 'the cow jumps over my green lamp';
export const caller = { from: '192.0.2.1', agent: 'Example Browser' };

type PersonLetter = Parameters<PersonPost['send']>[0];

/** What a mail would carry: asked for when it is sent, as a mail does. */
class Letters extends PersonPost {
  readonly sent: PersonLetter[] = [];
  override async send(letter: PersonLetter): Promise<void> {
    this.sent.push(letter);
  }
}

/** What each test of a file begins with: nobody, on a record in a folder of its own, at a time that stands still. */
export class IdentityInFolder {
  record!: RecordInFolder;
  clock!: FrozenClock;
  letters!: Letters;
  identity!: Identity;

  static forEachTest(): IdentityInFolder {
    const at = new IdentityInFolder();
    beforeEach(async () => {
      at.record = new RecordInFolder();
      at.clock = new FrozenClock('2026-02-01T09:00:00Z');
      at.letters = new Letters();
      at.identity = await at.open();
    });
    afterEach(async () => {
      await at.identity.close();
      await at.record.close();
    });
    return at;
  }

  /** As another process does that has its keys in this folder. */
  open(dataDir = this.record.folder): Promise<Identity> {
    const { now } = this.clock;
    return Identity.open({
      store: this.record.store,
      clock: new RecordingClock(now),
      dataDir,
      post: this.letters,
      now,
    });
  }

  /** The secret in the last letter. */
  async lastLink(): Promise<string> {
    const last = this.letters.sent.at(-1)!;
    if (last.kind !== 'invitation') throw new Error('The last letter is no invitation');
    return (await this.identity.people.secretOf(last.person, last.invitation))!;
  }

  async invited(name = 'Erin Xample', address = 'erin@registry.example'): Promise<PersonId> {
    const person = await this.identity.people.register(name, address);
    await this.identity.people.invite(person, person);
    return person;
  }

  async joined(...who: [name?: string, address?: string]) {
    const person = await this.invited(...who);
    const { secret, next } = await this.identity.signIn.withInvitation(await this.lastLink(), password, caller);
    return { person, secret, next };
  }

  asReviewer(person: PersonId) {
    return this.record.tell(`mandate-${person}`, {
      type: 'MandateGiven',
      data: { role: 'reviewer', from: '2025', by: 'person-2', proposedBy: 'person-3' },
    });
  }

  /** Enrols, and gives the secret of the authenticator. */
  async enrolled(cookie: string) {
    const { signIn, credentials } = this.identity;
    const { person } = await signIn.require(cookie, 'password');
    const { secret } = await credentials.beginSecondFactor(person);
    const key = fromBase32(secret);
    return { key, ...(await signIn.confirmSecondFactor(cookie, codeOfStep(key, stepOf(this.clock.now())))) };
  }
}

/** With which it was refused. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof IdentityRefusal) return error.code;
    throw error;
  }
  return 'taken';
}
