import { describe, expect, it } from '@jest/globals';
import type { Edtf } from '#reporting';
import type { Deadline } from '#views';
import { calendarOf, type CalendarSurroundings, escapedText, folded } from './calendar.js';

const deadline: Deadline = {
  kind: 'request',
  dueOn: '2008-10-31' as Edtf,
  state: 'due-soon',
  title: 'Example round',
  series: 'ec-performance',
  year: 2008,
  organization: 'example-registry',
  why: [4, 9],
};

const surroundings: CalendarSurroundings = {
  host: 'para71.example',
  publicUrl: 'https://para71.example',
  nameOf: () => 'Example Registry',
  recordedAt: (sequence) => (sequence === 9 ? '2008-03-14T09:00:00.000Z' : undefined),
};

const lines = (...deadlines: Deadline[]) => calendarOf(deadlines, surroundings).replaceAll('\r\n ', '').split('\r\n');

describe('A calendar of deadlines', () => {
  it('has an event of a whole day for each, which ends before the next', () => {
    expect(lines(deadline)).toEqual(
      expect.arrayContaining([
        'UID:request/ec-performance/2008/example-registry@para71.example',
        'DTSTAMP:20080314T090000Z',
        'DTSTART;VALUE=DATE:20081031',
        'DTEND;VALUE=DATE:20081101',
        'SUMMARY:Example Registry: Answer to the request is due (Example round)',
        'DESCRIPTION:Due soon.',
      ]),
    );
  });

  it('keeps the id of a deadline whose day is moved, and says why it was', () => {
    const moved = { ...deadline, dueOn: '2008-11-30' as Edtf };
    const why = [{ from: '2008-10-31' as Edtf, to: '2008-11-30' as Edtf, reason: 'It came late, we think', why: [9] }];
    const [before, after] = [lines(deadline), lines({ ...moved, moved: why })];
    const uid = (all: readonly string[]) => all.find((line) => line.startsWith('UID:'));
    expect(uid(after)).toBe(uid(before));
    expect(after).toContain('DTSTART;VALUE=DATE:20081130');
    expect(after.find((line) => line.startsWith('DESCRIPTION:'))).toBe(
      'DESCRIPTION:Due soon.\\nMoved from 2008-10-31 to 2008-11-30: It came late\\, we think',
    );
  });

  it('puts what is known to the month on its last day, and says so', () => {
    const coarse = lines({ ...deadline, dueOn: '2008-02' as Edtf });
    expect(coarse).toContain('DTSTART;VALUE=DATE:20080229');
    expect(coarse.find((line) => line.startsWith('DESCRIPTION:'))).toContain('The record says 2008-02');
  });

  it('ends each line as the standard has it, and is a calendar without any', () => {
    const text = calendarOf([], surroundings);
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('A text in a calendar', () => {
  it('cannot become a property of its own', () =>
    expect(escapedText('a,b;c\\d\r\nATTENDEE:x\rBEGIN:VEVENT\u0000')).toBe(
      'a\\,b\\;c\\\\d\\nATTENDEE:x\\nBEGIN:VEVENT',
    ));

  it('is folded after 75 octets, between characters', () => {
    for (const character of ['a', 'é', '漢', '😀']) {
      const line = character.repeat(200);
      const parts = folded(line).split('\r\n');
      expect(parts.every((part) => Buffer.byteLength(part) <= 75)).toBe(true);
      expect(parts.map((part, n) => (n ? part.slice(1) : part)).join('')).toBe(line);
      expect(parts.slice(1).every((part) => part.startsWith(' '))).toBe(true);
    }
  });
});
