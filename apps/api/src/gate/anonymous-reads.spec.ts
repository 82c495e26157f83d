import { describe, expect, it } from '@jest/globals';
import { FrozenClock } from '#testing';
import { HttpProblem } from '../http/http-problem.js';
import { AnonymousReads } from './anonymous-reads.js';

const HERE = '192.0.2.1';
const open = (aMinute: number) => {
  const time = new FrozenClock('2026-01-15T09:00:00Z');
  return { time, reads: new AnonymousReads(aMinute, time.now) };
};

/** Seconds to wait, 0 where it may be read. */
function waitOf(reads: AnonymousReads, address = HERE): number {
  try {
    reads.take(address);
    return 0;
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    expect(error.code).toBe('too-many-reads');
    expect(error.details.headers).toEqual({ 'Retry-After': String(error.details.facts!['retryAfter']) });
    return Number(error.details.facts!['retryAfter']);
  }
}

describe('Costly reads of who has not signed in', () => {
  it('are so many a minute, and the wait for the next one is told', () => {
    const { time, reads } = open(6);
    for (let n = 0; n < 6; n++) expect(waitOf(reads)).toBe(0);
    expect(waitOf(reads)).toBe(10);
    time.pass(4_000);
    expect(waitOf(reads)).toBe(6);
    time.pass(6_000);
    expect([waitOf(reads), waitOf(reads)]).toEqual([0, 10]);
  });

  it('say in words from when on there is one again', () => {
    const { reads } = open(1);
    reads.take(HERE);
    expect(() => reads.take(HERE)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ what: 'You can ask again from 2026-01-15T09:01:00.000Z on.' }),
      }),
    );
  });

  it('are not saved up for longer than a minute', () => {
    const { time, reads } = open(3);
    expect(waitOf(reads)).toBe(0);
    time.pass(3_600_000);
    expect(Array.from({ length: 4 }, () => waitOf(reads))).toEqual([0, 0, 0, 20]);
  });

  it('of one address are not those of another', () => {
    const { reads } = open(1);
    expect([waitOf(reads), waitOf(reads)]).toEqual([0, 60]);
    expect(waitOf(reads, '192.0.2.2')).toBe(0);
  });

  it('are not limited where the limit is 0', () => {
    const { reads } = open(0);
    for (let n = 0; n < 1_000; n++) expect(waitOf(reads)).toBe(0);
  });

  it('are counted for 10,000 addresses, and forgotten first of who has not asked for longest', () => {
    const { reads } = open(1);
    const address = (n: number) => `10.0.${n >> 8}.${n & 255}`;
    for (let n = 0; n < 10_000; n++) reads.take(address(n));
    expect(waitOf(reads, address(0))).toBe(60);
    // One more: the second one is forgotten, since the first has just asked again.
    expect(waitOf(reads, HERE)).toBe(0);
    expect(waitOf(reads, address(0))).toBe(60);
    expect(waitOf(reads, address(1))).toBe(0);
  });

  it('are not gained by a clock that is set back', () => {
    const { time, reads } = open(2);
    reads.take(HERE);
    time.pass(-30_000);
    expect([waitOf(reads), waitOf(reads)]).toEqual([0, 30]);
  });
});
