import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { codeOf, IdentityInFolder } from '../../../../test/support/identity-in-folder.js';
import { KeyFolder } from '../keys/key-folder.js';
import { credentialStream, SealedLog } from '../person/sealed-log.js';
import { credential } from './credential.js';

const at = IdentityInFolder.forEachTest();

describe('A token', () => {
  const asked = { name: 'Nightly import', scopes: ['draft'] as const, until: '2026-03-01T00:00:00.000Z' };

  it('stands for its owner, for what it was made for, until it is over', async () => {
    const { person } = await at.joined();
    const { text, token } = await at.identity.credentials.issueToken(person, asked);
    expect(text).toMatch(/^p71_[0-9a-f]{16}_[0-9a-f]{64}$/);
    expect(await at.identity.signIn.whoByToken(text)).toMatchObject({ person, scopes: ['draft'], isProven: false });
    expect(await at.identity.credentials.tokensOf(person)).toEqual([
      { token, ...asked, usedAt: '2026-02-01T09:00:00.000Z' },
    ]);
    at.clock.set('2026-03-01T00:00:00Z');
    expect(await at.identity.signIn.whoByToken(text)).toBeUndefined();
  });

  it('is shown once: what is kept of it, under the key of its owner, is a hash', async () => {
    const { person } = await at.joined();
    const { text, token } = await at.identity.credentials.issueToken(person, asked);
    const keys = new KeyFolder(join(at.record.folder, 'keys'));
    const log = new SealedLog(at.record.store, keys, new RecordingClock(at.clock.now));
    const { state } = await log.stateOf(credentialStream(person), credential);
    expect(state.tokens).toMatchObject([{ token, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(JSON.stringify(state)).not.toContain(text.split('_')[2]!);
  });

  it('is nothing with another secret, revoked, or made up', async () => {
    const { person } = await at.joined();
    const { text, token } = await at.identity.credentials.issueToken(person, asked);
    for (const other of [
      `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`,
      text.toUpperCase(),
      '',
      'p71__',
      `p71_${'0'.repeat(16)}_${'0'.repeat(64)}`,
    ])
      expect(await at.identity.signIn.whoByToken(other)).toBeUndefined();
    await at.identity.credentials.revokeToken(person, token);
    expect(await at.identity.signIn.whoByToken(text)).toBeUndefined();
  });

  it('lasts a year at most, and nobody has more than twenty', async () => {
    const { person } = await at.joined();
    for (const until of ['2027-03-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'])
      expect(await codeOf(at.identity.credentials.issueToken(person, { ...asked, until }))).toBe(
        'token-lasts-too-long',
      );
    for (let n = 0; n < 20; n++) await at.identity.credentials.issueToken(person, asked);
    expect(await codeOf(at.identity.credentials.issueToken(person, asked))).toBe('tokens-too-many');
  });
});
