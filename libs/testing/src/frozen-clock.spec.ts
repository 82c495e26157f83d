import { expect, it } from '@jest/globals';
import { FrozenClock } from './frozen-clock.js';

it('stands still until a spec lets time pass', () => {
  const clock = new FrozenClock('2026-01-15T23:59:59Z');
  expect(clock.now()).toBe(clock.now());
  expect(clock.today()).toBe('2026-01-15');
  clock.pass(1_000);
  expect(clock.today()).toBe('2026-01-16');
  clock.set('2008-10-06T00:00:00Z');
  expect(clock.today()).toBe('2008-10-06');
});

it('refuses what is not an instant', () => expect(() => new FrozenClock('last week')).toThrow(/is not an instant/));
