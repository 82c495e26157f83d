import { describe, expect, it } from '@jest/globals';
import { IdentityRefusal } from '../identity-refusal.js';
import { credential, type CredentialCommand, type CredentialEvent } from './credential.js';

const person = 'person-9';
const reset = '0b0f3f5e-6a3c-4a52-9a3e-2f6a1f7f0c11';
const subject = { issuer: 'https://id.example.org', subject: '248289761001' };

const stateAfter = (events: readonly CredentialEvent[]) => events.reduce(credential.evolve, credential.initial);

/** What is recorded, or the code for which nothing is. */
function told(
  events: readonly CredentialEvent[],
  command: CredentialCommand,
  { actor = 'person-1', now = '2026-02-01T09:00:00.000Z' } = {},
): readonly CredentialEvent[] | string {
  try {
    return credential.decide(command, stateAfter(events), { actor, now });
  } catch (error) {
    if (error instanceof IdentityRefusal) return error.code;
    throw error;
  }
}

const enrolled: CredentialEvent[] = [
  { type: 'SecondFactorBegun', data: { secret: 'aa' } },
  { type: 'SecondFactorConfirmed', data: { codes: ['c1', 'c2'] } },
];
const token: CredentialEvent = {
  type: 'TokenIssued',
  data: { token: 't1', name: 'Import', scopes: ['draft'], until: '2026-12-31T00:00:00.000Z', hash: 'h' },
};
const proposed: CredentialEvent = {
  type: 'SecondFactorResetProposed',
  data: { by: 'person-1', until: '2026-02-08T09:00:00.000Z' },
};
const done: CredentialEvent = {
  type: 'SecondFactorReset',
  data: { reset, by: 'person-2', proposedBy: 'person-1' },
};
const ask = { type: 'ResetSecondFactor', person, reset } as const;

describe('A second factor that was lost', () => {
  it('is reset by nobody alone', () => {
    expect(told(enrolled, ask)).toEqual([proposed]);
    expect(told([...enrolled, proposed], ask)).toBe('reset-needs-another');
  });

  it('is reset when another person agrees, and the tokens of its owner are void with it', () =>
    expect(told([...enrolled, token, proposed], ask, { actor: 'person-2' })).toEqual([
      done,
      { type: 'TokenRevoked', data: { token: 't1' } },
    ]));

  it('is no matter for whose it is: neither proposed by them nor agreed with', () => {
    expect(told(enrolled, ask, { actor: person })).toBe('reset-for-oneself');
    expect(told([...enrolled, proposed], ask, { actor: person })).toBe('reset-for-oneself');
  });

  it('is proposed anew after seven days: it may have been found meanwhile', () => {
    const after = { actor: 'person-2', now: '2026-02-08T09:00:00.000Z' };
    expect(told([...enrolled, proposed], ask, after)).toEqual([
      { type: 'SecondFactorResetProposed', data: { by: 'person-2', until: '2026-02-15T09:00:00.000Z' } },
    ]);
  });

  it('is not reset any more when its owner made new recovery codes, for which they had it', () => {
    const renewed: CredentialEvent = { type: 'RecoveryCodesReplaced', data: { codes: ['c3'] } };
    expect(told([...enrolled, proposed, renewed], ask, { actor: 'person-2' })).toMatchObject([
      { type: 'SecondFactorResetProposed' },
    ]);
  });

  it('is there no more: neither it, nor its codes, nor what was begun before', () => {
    expect(stateAfter([...enrolled, token, proposed, done])).toEqual({
      codes: [],
      reset,
      tokens: stateAfter([...enrolled, token]).tokens,
    });
    expect(told([...enrolled, proposed, done], { type: 'UseRecoveryCode', code: 'c1' })).toBe('second-factor-wrong');
    expect(told([...enrolled, proposed, done], ask, { actor: 'person-2' })).toBe('second-factor-missing');
  });

  it('is enrolled anew, and then one like any other', () => {
    const again = [...enrolled, proposed, done, ...enrolled];
    expect(stateAfter(again)).toEqual({ secret: 'aa', codes: ['c1', 'c2'], tokens: [] });
    expect(told(again, ask, { actor: 'person-2' })).toMatchObject([{ type: 'SecondFactorResetProposed' }]);
  });

  it('is not there to be reset where none was enrolled', () => expect(told([], ask)).toBe('second-factor-missing'));
});

describe('An account at a provider', () => {
  const linked: CredentialEvent = { type: 'SubjectLinked', data: subject };
  const password: CredentialEvent = { type: 'PasswordSet', data: { hash: 'h' } };

  it('takes the place of the one that was linked before', () => {
    const other = { ...subject, subject: 'another' };
    expect(stateAfter([linked, { type: 'SubjectLinked', data: other }]).subject).toEqual(other);
  });

  it('is unlinked by who can sign in without it', () => {
    expect(told([linked, password], { type: 'UnlinkSubject' })).toEqual([{ type: 'SubjectUnlinked', data: {} }]);
    expect(told([linked], { type: 'UnlinkSubject' })).toBe('oidc-only-way-in');
    expect(told([password], { type: 'UnlinkSubject' })).toBe('oidc-not-linked');
  });
});
