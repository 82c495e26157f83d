import { describe, expect, it } from '@jest/globals';
import { FrozenClock } from '#testing';
import { RecordingClock } from './recording-clock.js';

const HOUR = 3_600_000;

function clocks(instant: string) {
  const machine = new FrozenClock(instant);
  return { machine, clock: new RecordingClock(machine.now) };
}

describe('The recording clock', () => {
  it('stamps in RFC 3339, UTC, milliseconds', () => {
    expect(clocks('2026-01-15T10:00:00+01:00').clock.stamp()).toBe('2026-01-15T09:00:00.000Z');
  });

  it('stands still while the machine catches up, when that was set back', () => {
    const { machine, clock } = clocks('2026-01-15T09:00:00Z');
    clock.stamp();
    machine.pass(-HOUR);
    expect(clock.stamp()).toBe('2026-01-15T09:00:00.000Z');
    machine.pass(2 * HOUR);
    expect(clock.stamp()).toBe('2026-01-15T10:00:00.000Z');
  });

  it('never stamps earlier than what it was told was recorded before', () => {
    const { clock } = clocks('2026-01-15T09:00:00Z');
    clock.notBefore('2026-01-15T09:30:00.000Z');
    expect(clock.stamp()).toBe('2026-01-15T09:30:00.000Z');
    expect(clock.stamp('2026-01-15T09:45:00.000Z')).toBe('2026-01-15T09:45:00.000Z');
    expect(clock.stamp('2026-01-15T09:00:00.000Z')).toBe('2026-01-15T09:45:00.000Z');
  });

  it('takes for today the day in UTC, and not one before the last stamp', () => {
    const { machine, clock } = clocks('2026-01-16T00:30:00Z');
    clock.stamp();
    machine.pass(-HOUR);
    expect(clock.today()).toBe('2026-01-16');
  });
});
