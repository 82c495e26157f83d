import { describe, expect, it } from '@jest/globals';
import { StoreClosed, StoreUnavailable } from './errors.js';
import { keepFollowing } from './keep-following.js';

const AWAY = new StoreUnavailable('It does not answer');

describe('keepFollowing', () => {
  it('follows again after a fault, which it tells, until the following ends', async () => {
    const faults: unknown[] = [];
    let calls = 0;
    const follow = async () => {
      if (++calls === 1) throw AWAY;
    };
    await keepFollowing(follow, { onFault: (error) => faults.push(error) });
    expect({ calls, faults }).toEqual({ calls: 2, faults: [AWAY] });
  });

  it('ends without a fault when the store is closed', async () => {
    const faults: unknown[] = [];
    const follow = () => Promise.reject(new StoreClosed());
    await keepFollowing(follow, { onFault: (error) => faults.push(error) });
    expect(faults).toEqual([]);
  });

  it('ends in the middle of a pause when it is told to', async () => {
    const ending = new AbortController();
    let calls = 0;
    const follow = async () => {
      calls++;
      throw AWAY;
    };
    await keepFollowing(follow, { onFault: () => setImmediate(() => ending.abort()), signal: ending.signal });
    expect(calls).toBe(1);
  });
});
