import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAt, instantOf } from './wall-clock.js';

const at = (day: string, time: string, zone: string) => new Date(instantOf(day, time, zone)).toISOString();

describe('A time on the wall', () => {
  it('is an instant of its zone, in summer and in winter', () => {
    expect(at('2028-01-15', '09:00', 'UTC')).toBe('2028-01-15T09:00:00.000Z');
    expect(at('2028-01-15', '09:00', 'Europe/Zurich')).toBe('2028-01-15T08:00:00.000Z');
    expect(at('2028-07-15', '09:00', 'Europe/Zurich')).toBe('2028-07-15T07:00:00.000Z');
    expect(at('2028-07-15', '09:00', 'Asia/Kathmandu')).toBe('2028-07-15T03:15:00.000Z');
    expect(at('2028-07-15', '00:00', 'Pacific/Kiritimati')).toBe('2028-07-14T10:00:00.000Z');
  });

  it('is there on a leap day', () =>
    expect(at('2028-02-29', '09:00', 'Europe/Zurich')).toBe('2028-02-29T08:00:00.000Z'));

  it('that is skipped when summer begins is as long after the change', () => {
    expect(at('2028-03-26', '01:59', 'Europe/Zurich')).toBe('2028-03-26T00:59:00.000Z');
    expect(at('2028-03-26', '02:30', 'Europe/Zurich')).toBe('2028-03-26T01:30:00.000Z');
    expect(at('2028-03-26', '03:00', 'Europe/Zurich')).toBe('2028-03-26T01:00:00.000Z');
  });

  it('that comes twice when summer ends is the first', () =>
    expect(at('2028-10-29', '02:30', 'Europe/Zurich')).toBe('2028-10-29T00:30:00.000Z'));

  it('on a day that a zone left out is on the next one', () =>
    expect(at('2011-12-30', '09:00', 'Pacific/Apia')).toBe('2011-12-30T19:00:00.000Z'));

  it('has its own day', () => {
    expect(dayAt(Date.parse('2028-02-28T23:30:00Z'), 'Europe/Zurich')).toBe('2028-02-29');
    expect(dayAt(Date.parse('2028-03-01T04:59:00Z'), 'America/New_York')).toBe('2028-02-29');
  });

  it('is shown by the clock wherever the clock shows it at all', () => {
    const zones = ['Europe/Zurich', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 10_957, max: 30_000 }),
        fc.nat(1_439),
        (zone, n, minute) => {
          const day = new Date(n * 86_400_000).toISOString().slice(0, 10);
          const time = new Date(minute * 60_000).toISOString().slice(11, 16);
          const shown = new Date(instantOf(day, time, zone)).toLocaleString('sv-SE', { timeZone: zone });
          const skipped = Date.parse(`${shown.replace(' ', 'T')}Z`) - Date.parse(`${day}T${time}:00Z`);
          expect([0, 30 * 60_000, 60 * 60_000]).toContain(skipped);
        },
      ),
    );
  });
});
