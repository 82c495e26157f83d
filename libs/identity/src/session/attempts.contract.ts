import { describe, expect, it } from '@jest/globals';
import { FrozenClock } from '#testing';
import { IdentityRefusal } from '../identity-refusal.js';
import { type Allowance, attemptKeys, type Attempts } from './attempts.js';

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
export function attemptsAreCounted(open: (now: () => number) => Promise<Attempts>): void {
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

  describe('what is allowed so often', () => {
    const HOUR = 3_600_000;
    const by = { key: 'invitations/by/erin', most: 2, withinMs: HOUR };
    const to = { key: 'invitations/to/frank', most: 3, withinMs: 24 * HOUR };
    const refusal = (attempts: Attempts, ...allowances: Allowance[]) =>
      attempts.allow('invited-too-often', ...allowances).then(
        () => undefined,
        (error: unknown) =>
          error instanceof IdentityRefusal ? { code: error.code, ...error.facts } : Promise.reject(error),
      );

    it('is refused after that until the first of them is over, and it is said when', async () => {
      const time = clock();
      const attempts = await open(time.now);
      expect(await refusal(attempts, by)).toBeUndefined();
      time.pass(600_000);
      expect(await refusal(attempts, by)).toBeUndefined();
      time.pass(600_000);
      const code = 'invited-too-often';
      expect(await refusal(attempts, by)).toEqual({ code, retryAfter: 2_400, again: '2026-01-15T10:00:00.000Z' });
      expect(await refusal(attempts, { ...by, key: 'invitations/by/grace' })).toBeUndefined();
      time.pass(2_400_000);
      expect(await refusal(attempts, by)).toBeUndefined();
      expect(await refusal(attempts, by)).toMatchObject({ retryAfter: 600 });
    });

    it('counts under all of the keys or under none, and keeps each for its own while', async () => {
      const time = clock();
      const attempts = await open(time.now);
      for (let n = 0; n < 2; n++) expect(await refusal(attempts, by, to)).toBeUndefined();
      for (let n = 0; n < 5; n++) expect(await refusal(attempts, by, to)).toMatchObject({ retryAfter: 3_600 });
      time.pass(HOUR);
      expect(await refusal(attempts, by, to)).toBeUndefined();
      expect(await refusal(attempts, by, to)).toMatchObject({ retryAfter: 23 * 3_600 });
      expect(await refusal(attempts, by)).toBeUndefined();
    });

    it('is refused also where it is very often', async () => {
      const attempts = await open(clock().now);
      const often = { key: 'uploads/by/erin', most: 300, withinMs: HOUR };
      for (let n = 0; n < 300; n++) expect(await refusal(attempts, often)).toBeUndefined();
      expect(await refusal(attempts, often)).toMatchObject({ retryAfter: 3_600 });
    });

    it('is not had more often by many at once', async () => {
      const attempts = await open(clock().now);
      const tries = await Promise.all(Array.from({ length: 20 }, () => refusal(attempts, to)));
      expect(tries.filter((each) => each === undefined)).toHaveLength(3);
    });
  });
}
