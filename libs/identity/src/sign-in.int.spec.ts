import { describe, expect, it } from '@jest/globals';
import { caller, codeOf, IdentityInFolder, password } from '../../../test/support/identity-in-folder.js';
import { ratioOfWork } from '../../../test/support/ratio-of-work.js';
import { codeOfStep, stepOf } from './credential/totp.js';
import { may } from './permission/may.js';

const MINUTE = 60_000;

const at = IdentityInFolder.forEachTest();

describe('Signing in', () => {
  it('fails alike for a wrong password, for nobody, for who has not joined and for what is no address', async () => {
    await at.joined();
    await at.invited('Not joined', 'new@registry.example');
    for (const address of [
      'erin@registry.example',
      'nobody@registry.example',
      'new@registry.example',
      'no address',
      '',
    ])
      expect(await codeOf(at.identity.signIn.withPassword(address, 'wrong', caller))).toBe('sign-in-failed');
  });

  it('takes as much work for nobody as for somebody', async () => {
    await at.joined();
    // Who guessed too often is refused at once.
    const guess = (address: string) => async () => {
      at.clock.pass(15 * MINUTE);
      expect(await codeOf(at.identity.signIn.withPassword(address, 'wrong', caller))).toBe('sign-in-failed');
    };
    const ratio = await ratioOfWork(guess('nobody@registry.example'), guess('erin@registry.example'), [0.6, 1.6]);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('gets slow for who guesses, and says when to try again', async () => {
    await at.joined();
    for (let n = 0; n < 10; n++)
      await codeOf(at.identity.signIn.withPassword('erin@registry.example', 'wrong', caller));
    const attempt = at.identity.signIn.withPassword('erin@registry.example', password, caller);
    await expect(attempt).rejects.toMatchObject({ code: 'sign-in-too-often', facts: { retryAfter: 1 } });
    at.clock.pass(1_000);
    expect(await codeOf(at.identity.signIn.withPassword('erin@registry.example', password, caller))).toBe('taken');
  });

  it('is over when the account is closed', async () => {
    const { person, secret } = await at.joined();
    await at.identity.people.close(person, person);
    expect(await at.identity.signIn.whoBySession(secret)).toBeUndefined();
    expect(await codeOf(at.identity.signIn.withPassword('erin@registry.example', password, caller))).toBe(
      'sign-in-failed',
    );
  });
});

describe('A second factor', () => {
  it('has to be enrolled by who reviews, before anything else', async () => {
    const person = await at.invited();
    await at.asReviewer(person);
    const { secret, next } = await at.identity.signIn.withInvitation(await at.lastLink(), password, caller);
    expect(next).toBe('enrol');
    expect(await at.identity.signIn.whoBySession(secret)).toBeUndefined();
    const { secret: raised, codes } = await at.enrolled(secret);
    expect(codes).toHaveLength(10);
    expect(await at.identity.signIn.whoBySession(raised)).toMatchObject({
      person,
      mandates: ['reviewer'],
      isProven: true,
    });
    expect(await at.identity.signIn.whoBySession(secret)).toBeUndefined();
  });

  it('is asked of who signed in before they were given a role that needs one', async () => {
    const { person, secret } = await at.joined();
    expect(await at.identity.signIn.whoBySession(secret)).toBeDefined();
    await at.record.tell('organization-example-registry', {
      type: 'PersonAppointed',
      data: { personId: person, role: 'signatory', from: '2025', by: 'person-2' },
    });
    expect(await at.identity.signIn.whoBySession(secret)).toBeUndefined();
  });

  it('is not passed by a code that was used, also not on another browser', async () => {
    const { secret } = await at.joined();
    const { key } = await at.enrolled(secret);
    at.clock.pass(30_000);
    const code = codeOfStep(key, stepOf(at.clock.now()));
    const first = await at.identity.signIn.withPassword('erin@registry.example', password, caller);
    const second = await at.identity.signIn.withPassword('erin@registry.example', password, caller);
    expect(first.next).toBe('second-factor');
    expect(await codeOf(at.identity.signIn.withSecondFactor(first.secret, code))).toBe('taken');
    expect(await codeOf(at.identity.signIn.withSecondFactor(second.secret, code))).toBe('second-factor-wrong');
  });

  it('is passed by a recovery code, once', async () => {
    const { secret } = await at.joined();
    const { secret: raised, codes } = await at.enrolled(secret);
    const written = codes[3]!.toUpperCase().replaceAll('-', ' ');
    const { secret: again, codesLeft } = await at.identity.signIn.withSecondFactor(raised, written);
    expect(codesLeft).toBe(9);
    expect(await codeOf(at.identity.signIn.withSecondFactor(again, written))).toBe('second-factor-wrong');
  });

  it('is fresh for five minutes, and then given anew before a report is submitted', async () => {
    const { person, secret } = await at.joined();
    await at.record.tell('organization-example-registry', {
      type: 'PersonAppointed',
      data: { personId: person, role: 'signatory', from: '2025', by: 'person-2' },
    });
    const { key, secret: raised } = await at.enrolled(secret);
    const decided = async (cookie: string) =>
      may(await at.identity.signIn.whoBySession(cookie), 'SubmitReport', { organizations: ['example-registry'] });
    expect(await decided(raised)).toBe('yes');
    at.clock.pass(6 * MINUTE);
    expect(await decided(raised)).toBe('step-up');
    const { secret: proven } = await at.identity.signIn.withSecondFactor(
      raised,
      codeOfStep(key, stepOf(at.clock.now())),
    );
    expect(await decided(proven)).toBe('yes');
    expect(await decided(raised)).toBe('sign-in');
  });

  it('cannot be guessed: ten tries, and then one at a time', async () => {
    const { secret } = await at.joined();
    const { secret: raised } = await at.enrolled(secret);
    for (let n = 0; n < 10; n++)
      expect(await codeOf(at.identity.signIn.withSecondFactor(raised, 'aaaa-bbbb'))).toBe('second-factor-wrong');
    expect(await codeOf(at.identity.signIn.withSecondFactor(raised, '000000'))).toBe('sign-in-too-often');
  });
});
