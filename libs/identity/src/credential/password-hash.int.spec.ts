import { describe, expect, it } from '@jest/globals';
import { ratioOfWork } from '../../../../test/support/ratio-of-work.js';
import { hashPassword, isNobodysPassword, isPassword } from './password-hash.js';

const password = 'the cow jumps over my green lamp';

describe('The hash of a password', () => {
  it('says with what it was made, and is never the same', async () => {
    const [one, other] = [await hashPassword(password), await hashPassword(password)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
  });

  it('is of that password and of no other', async () => {
    const hash = await hashPassword(password);
    expect(await isPassword(password, hash)).toBe(true);
    expect(await isPassword(`${password} `, hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  it('does not mind in which way a keyboard writes its letters', async () => {
    const hash = await hashPassword('les élèves sont très âgés');
    expect(await isPassword('les élèves sont très âgés'.normalize('NFD'), hash)).toBe(true);
  });

  it('made with other figures is still understood', async () => {
    // argon2id with m=64, t=1, p=1 of "password" under the salt "somesalt", from Node's own implementation.
    const { argon2Sync } = await import('node:crypto');
    const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
    const nonce = Buffer.from('somesalt');
    const figures = { nonce, parallelism: 1, tagLength: 32, memory: 64, passes: 1 };
    const tag = argon2Sync('argon2id', { message: Buffer.from('password'), ...figures });
    expect(await isPassword('password', `$argon2id$v=19$m=64,t=1,p=1$${unpadded(nonce)}$${unpadded(tag)}`)).toBe(true);
  });

  it('that is none is a fault, and no wrong password', () =>
    expect(isPassword(password, '$2b$12$abcdefghijklmnopqrstuv')).rejects.toThrow(/not of argon2id/));

  it('takes as long to check for nobody as for somebody', async () => {
    const hash = await hashPassword(password);
    await isNobodysPassword('');
    const of = (check: () => Promise<boolean>) => async () => expect(await check()).toBe(false);
    const [nobody, somebody] = [of(() => isNobodysPassword('wrong')), of(() => isPassword('wrong', hash))];
    const ratio = await ratioOfWork(nobody, somebody, [0.7, 1.4]);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});
