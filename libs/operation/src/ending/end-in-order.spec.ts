import { describe, expect, it } from '@jest/globals';
import { openLog } from '../logs/log.js';
import { endInOrder, type EndingStep } from './end-in-order.js';

function recording() {
  const done: string[] = [];
  const log = openLog({ level: 'error', format: 'json' }, 'api', { write: (line: string) => void done.push(line) });
  const step = (name: string, run: () => Promise<void> = async () => undefined): EndingStep => ({
    name,
    run: () => {
      done.push(name);
      return run();
    },
  });
  return { done, log, step };
}

const never = () => new Promise<void>(() => undefined);

describe('ending in order', () => {
  it('ends one thing after the other', async () => {
    const { done, log, step } = recording();
    const slow = step('requests', async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done.push('requests ended');
    });
    expect(await endInOrder([slow, step('views'), step('store')], { log })).toBe(true);
    expect(done).toEqual(['requests', 'requests ended', 'views', 'store']);
  });

  it('names what hangs, cuts it off, and ends the rest', async () => {
    const { done, log, step } = recording();
    const hanging = { ...step('requests', never), withinMs: 20, giveUp: () => void done.push('cut off') };
    expect(await endInOrder([hanging, step('store')], { log })).toBe(false);
    expect(done).toEqual([
      'requests',
      expect.stringContaining('requests had not ended after 20 ms: it is cut off'),
      'cut off',
      'store',
    ]);
  });

  it('takes no longer than its patience for all of them', async () => {
    const { done, log, step } = recording();
    expect(await endInOrder([step('a', never), step('b', never), step('c')], { log, patienceMs: 50 })).toBe(false);
    expect(done).toEqual([
      'a',
      expect.stringMatching(/a had not ended after [1-9]\d* ms/),
      'b',
      // A timer may be a millisecond early.
      expect.stringMatching(/b had not ended after [01] ms/),
      'c',
    ]);
  });

  it('goes on where something fails, and names it', async () => {
    const { done, log, step } = recording();
    const failing = step('views', () => Promise.reject(new Error('disk full')));
    expect(await endInOrder([failing, step('store')], { log })).toBe(false);
    expect(done).toEqual(['views', expect.stringMatching(/views could not be ended/), 'store']);
    expect(done[1]).toContain('disk full');
  });
});
