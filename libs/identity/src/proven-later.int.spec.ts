import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingClock } from '#commands';
import { FrozenClock, RecordInFolder } from '#testing';
import { codeOfStep, fromBase32, stepOf } from './credential/totp.js';
import { Identity } from './identity.js';
import type { PersonId } from './keys/person-keys.js';
import { PersonPost } from './person/person-post.js';

class NoPost extends PersonPost {
  override async send(): Promise<void> {}
}

const password = 'the cow jumps over my green lamp';
const address = 'erin@registry.example';
const caller = { from: '192.0.2.1', agent: 'Example Browser' };
const asked = { name: 'Nightly import', scopes: ['administer'] as const, until: '2026-03-01T00:00:00.000Z' };

describe('What a password alone has opened, once more is asked of its person', () => {
  let record: RecordInFolder;
  let clock: FrozenClock;
  let identity: Identity;
  let erin: PersonId;

  beforeEach(async () => {
    record = new RecordInFolder();
    clock = new FrozenClock('2026-02-01T09:00:00Z');
    const { store, folder: dataDir } = record;
    const { now } = clock;
    identity = await Identity.open({ store, clock: new RecordingClock(now), dataDir, post: new NoPost(), now });
    erin = await identity.people.register('Erin Xample', address);
    await identity.people.joinAtOnce(erin);
    await identity.credentials.setPassword(erin, password);
  });
  afterEach(async () => {
    await identity.close();
    await record.close();
  });

  const signedIn = async () => (await identity.signIn.withPassword(address, password, caller)).secret;
  const enrolledBy = async (session: string) => {
    const { secret: key } = await identity.credentials.beginSecondFactor(erin);
    const code = codeOfStep(fromBase32(key), stepOf(clock.now()));
    return (await identity.signIn.confirmSecondFactor(session, code)).secret;
  };
  const becomesSecretary = () =>
    record.tell(`mandate-${erin}`, {
      type: 'MandateGiven',
      data: { role: 'secretariat', from: '2025', by: 'person-2', proposedBy: 'person-3' },
    });
  const tokenOf = async (more: { isProven?: boolean } = {}) =>
    (await identity.credentials.issueToken(erin, { ...asked, ...more })).text;

  it('ends with the session in which a second factor is enrolled, which goes on', async () => {
    const [before, here] = [await signedIn(), await signedIn()];
    const proven = await enrolledBy(here);
    await becomesSecretary();
    expect(await identity.signIn.whoBySession(before)).toBeUndefined();
    expect(await identity.signIn.whoBySession(proven)).toMatchObject({ person: erin, mandates: ['secretariat'] });
  });

  it('is no token for a role that asks for two things, with a second factor since or without', async () => {
    const token = await tokenOf();
    expect(await identity.signIn.whoByToken(token)).toMatchObject({ person: erin, mandates: [] });
    await becomesSecretary();
    expect(await identity.signIn.whoByToken(token)).toBeUndefined();
    await enrolledBy(await signedIn());
    expect(await identity.signIn.whoByToken(token)).toBeUndefined();
  });

  it('is not the token of whoever has proven more, here or at their provider', async () => {
    const byProvider = await tokenOf({ isProven: true });
    await enrolledBy(await signedIn());
    // As it stands on the log since before that was written down.
    const byEnrolled = await tokenOf();
    await becomesSecretary();
    for (const token of [byProvider, byEnrolled])
      expect(await identity.signIn.whoByToken(token)).toMatchObject({ person: erin, mandates: ['secretariat'] });
  });
});
