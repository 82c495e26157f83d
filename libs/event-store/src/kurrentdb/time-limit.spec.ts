import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
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

  it('waits for as long as there is progress, but not beyond the end', async () => {
    const dripping = (times: number) => async (waiting: Waiting) => {
      for (let n = 0; n < times && !waiting.isOver; n++) {
        await delay(20);
        waiting.progress();
      }
      return 'done';
    };
    expect(await within(60, dripping(8))).toBe('done');
    const began = performance.now();
    await expect(within(60, dripping(100), began + 120)).rejects.toThrow(TimedOut);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
