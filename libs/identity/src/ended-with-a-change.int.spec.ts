import { beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { FactsUnavailable } from '#jobs';
import { caller, codeOf, IdentityInFolder, password } from '../../../test/support/identity-in-folder.js';
import { codeOfStep, fromBase32, stepOf } from './credential/totp.js';
import { KeyFolder } from './keys/key-folder.js';
import type { PersonId } from './keys/person-keys.js';
import { FrailSessions } from './session/frail-sessions.contract.js';
import { Sessions } from './session/sessions.js';
import { SignIn } from './sign-in.js';

const next = 'a purple cow that never saw one';

const at = IdentityInFolder.forEachTest();

describe('A change that sessions must not outlive', () => {
  let store: FrailSessions;
  let sessions: Sessions;
  let signIn: SignIn;
  let erin: PersonId;
  let secret: string;

  beforeEach(async () => {
    ({ person: erin } = await at.joined());
    const { now } = at.clock;
    const keys = new KeyFolder(join(at.record.folder, 'keys'));
    store = await FrailSessions.open(keys, now);
    sessions = new Sessions(store, now);
    const { directory, people, credentials, roles, attempts } = at.identity;
    signIn = new SignIn({ keys, directory, people, credentials, sessions, attempts, roles, now });
    await sessions.begin(erin, 'full');
    secret = await sessions.begin(erin, 'full');
  });

  const codeOfBegun = async () => {
    const { secret: key } = await at.identity.credentials.beginSecondFactor(erin);
    return codeOfStep(fromBase32(key), stepOf(at.clock.now()));
  };
  const left = async () => (await sessions.list(erin)).length;

  it('has ended them when they are lost sight of right after it', async () => {
    const { session } = await signIn.require(secret, 'full');
    const lost = sessions.endAllWith(erin, async () => void (store.isAway = true), session);
    await expect(lost).rejects.toThrow(FactsUnavailable);
    store.isAway = false;
    expect(await sessions.list(erin, session)).toEqual([expect.objectContaining({ isThis: true })]);
  });

  it('also ends the one that begins meanwhile', async () => {
    await sessions.endAllWith(erin, () => sessions.begin(erin, 'full'));
    expect(await left()).toBe(0);
  });

  it('is not made while nobody can be signed out: a new password', async () => {
    store.isAway = true;
    await expect(signIn.changePassword(secret, password, next, caller)).rejects.toThrow(FactsUnavailable);
    expect(await at.identity.credentials.isPassword(erin, password)).toBe(true);
    store.isAway = false;
    await signIn.changePassword(secret, password, next, caller);
    expect(await at.identity.credentials.isPassword(erin, next)).toBe(true);
    expect(await left()).toBe(1);
  });

  it('is not made while nobody can be signed out: a second factor', async () => {
    const code = await codeOfBegun();
    store.isAway = true;
    await expect(signIn.confirmSecondFactor(secret, code)).rejects.toThrow(FactsUnavailable);
    expect(await at.identity.credentials.secondFactorOf(erin)).toBe('none');
  });

  it('is not made while nobody can be signed out: a password by an invitation, which stays good', async () => {
    await at.identity.people.invite(erin, erin);
    const link = await at.lastLink();
    store.isAway = true;
    await expect(signIn.withInvitation(link, next, caller)).rejects.toThrow(FactsUnavailable);
    store.isAway = false;
    expect(await codeOf(signIn.withInvitation(link, next, caller))).toBe('taken');
  });

  it('signs nobody out where it is refused', async () => {
    await codeOfBegun();
    expect(await codeOf(signIn.confirmSecondFactor(secret, 'aaaaaa'))).toBe('second-factor-wrong');
    expect(await codeOf(signIn.changePassword(secret, 'wrong', next, caller))).toBe('sign-in-failed');
    expect(await codeOf(signIn.changePassword(secret, password, 'short', caller))).toMatch(/^password-/);
    expect(await left()).toBe(2);
  });
});
