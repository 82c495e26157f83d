import { expect, it } from '@jest/globals';
import { FrozenClock } from '#testing';
import { IdentityRefusal } from '../identity-refusal.js';
import { attemptKeys, type Attempts } from './attempts.js';

const clock = () => new FrozenClock('2026-01-15T09:00:00Z');

/** Seconds to wait, 0 where it may be tried. What is tried fails. */
async function waitOf(attempts: Attempts, account = 'erin', from = '192.0.2.1'): Promise<number> {
  try {
    await attempts.begin(...attemptKeys(account, from));
    return 0;
  } catch (error) {
    if (error instanceof IdentityRefusal) return Number(error.facts['retryAfter']);
    throw error;
  }
}

/** What holds wherever attempts are counted. */
export function attemptsAreCounted(open: (now: () => number) => Promise<Attempts> | Attempts): void {
  it('has ten tries, and then waits twice as long each time', async () => {
    const time = clock();
    const attempts = await open(time.now);
    for (let n = 0; n < 10; n++) expect(await waitOf(attempts)).toBe(0);
    for (const expected of [1, 2, 4, 8]) {
      expect(await waitOf(attempts)).toBe(expected);
      time.pass(expected * 1_000);
      expect(await waitOf(attempts)).toBe(0);
    }
  });

  it('waits a quarter of an hour at most, and is never locked out for ever', async () => {
    const time = clock();
    const attempts = await open(time.now);
    for (let n = 0; n < 500; n++) {
      const wait = await waitOf(attempts);
      expect(wait).toBeLessThanOrEqual(900);
      time.pass(wait * 1_000);
    }
    time.pass(900_000);
    expect(await waitOf(attempts)).toBe(0);
  });

  it('does not gain by trying many times at once', async () => {
    const attempts = await open(clock().now);
    const tries = await Promise.all(Array.from({ length: 50 }, () => waitOf(attempts)));
    expect(tries.filter((wait) => wait === 0)).toHaveLength(10);
  });

  it('does not shut out the owner, who comes from elsewhere', async () => {
    const attempts = await open(clock().now);
    for (let n = 0; n < 20; n++) await waitOf(attempts);
    expect(await waitOf(attempts, 'erin', '198.51.100.7')).toBe(0);
  });

  it('is slowed down from many addresses too, and the owner then waits half a minute at most', async () => {
    const time = clock();
    const attempts = await open(time.now);
    for (let n = 0; n < 300; n++) {
      await waitOf(attempts, 'erin', `192.0.2.${n}`);
      time.pass(100);
    }
    const wait = await waitOf(attempts, 'erin', '198.51.100.7');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(30);
  });

  it('is slowed down on many accounts too', async () => {
    const attempts = await open(clock().now);
    for (let n = 0; n < 100; n++) expect(await waitOf(attempts, `person ${n}`)).toBe(0);
    expect(await waitOf(attempts, 'another')).toBeGreaterThan(0);
  });

  it('and knows it in the end begins anew with that account, and not with all', async () => {
    const attempts = await open(clock().now);
    for (let n = 0; n < 9; n++) await waitOf(attempts);
    await attempts.begin(...attemptKeys('erin', '192.0.2.1'));
    await attempts.succeeded(...attemptKeys('erin', '192.0.2.1'));
    for (let n = 0; n < 10; n++) expect(await waitOf(attempts)).toBe(0);
    for (let n = 0; n < 81; n++) await waitOf(attempts, `person ${n}`);
    expect(await waitOf(attempts, 'another')).toBeGreaterThan(0);
  });
}
