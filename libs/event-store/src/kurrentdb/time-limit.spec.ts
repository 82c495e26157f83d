import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { TimedOut, type Waiting, within } from './time-limit.js';

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('within', () => {
  it('gives up on work that never answers, and tells it so', async () => {
    let told: Waiting | undefined;
    const work = (waiting: Waiting) => {
      told = waiting;
      return new Promise<never>(() => {});
    };
    await expect(within(5, work)).rejects.toThrow(TimedOut);
    expect(told).toMatchObject({ isOver: true });
  });

  it('waits for no longer than the work takes, however it ends', async () => {
    const before = timers();
    expect(await within(60_000, async () => 'done')).toBe('done');
    const failing = async () => {
      throw new Error('Later');
    };
    await expect(within(60_000, failing)).rejects.toThrow('Later');
    const throwing = () => {
      throw new Error('At once');
    };
    await expect(within(60_000, throwing)).rejects.toThrow('At once');
    expect(timers()).toBe(before);
  });

  describe('of work that shows progress', () => {
    afterEach(() => {
      jest.useRealTimers();
    });

    let drips: number;
    const dripping = (times: number) => async (waiting: Waiting) => {
      for (drips = 0; drips < times && !waiting.isOver; drips++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        waiting.progress();
      }
      return 'done';
    };

    it('waits for as long as there is some', async () => {
      jest.useFakeTimers();
      const answer = within(60, dripping(8));
      await jest.advanceTimersByTimeAsync(160);
      expect(await answer).toBe('done');
    });

    it('does not wait beyond the end', async () => {
      jest.useFakeTimers();
      const outcome = within(60, dripping(100), performance.now() + 120).catch((error: unknown) => error);
      await jest.advanceTimersByTimeAsync(120);
      expect(await outcome).toBeInstanceOf(TimedOut);
      expect(drips).toBe(6);
    });
  });
});
