import { describe, expect, it } from '@jest/globals';
import { setImmediate as others } from 'node:timers/promises';
import { Turns } from './turns.js';

describe('Work in turns', () => {
  it('runs one after the other under one key, and at once under different keys', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await others();
      seen.push(`${name} ends`);
    };
    await Promise.all([turns.take('a', work('a1')), turns.take('a', work('a2')), turns.take('b', work('b1'))]);
    expect(seen).toEqual(['a1 begins', 'b1 begins', 'a1 ends', 'a2 begins', 'b1 ends', 'a2 ends']);
  });

  it('gives each its own answer, and lets nobody pay for another one', async () => {
    const turns = new Turns();
    const answers = await Promise.allSettled([
      turns.take('a', () => Promise.reject(new Error('no'))),
      turns.take('a', () => Promise.resolve(2)),
    ]);
    expect(answers).toEqual([
      { status: 'rejected', reason: new Error('no') },
      { status: 'fulfilled', value: 2 },
    ]);
  });
});
