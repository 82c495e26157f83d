import type { Edtf } from '../edtf.js';

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const numeric = Object.fromEntries(PARTS.map((part) => [part, 'numeric']));
    format = new Intl.DateTimeFormat('en-u-ca-iso8601', { timeZone, hourCycle: 'h23', ...numeric });
    formats.set(timeZone, format);
  }
  return format;
}

/** What a clock on the wall shows at an instant, as if it were UTC; milliseconds since 1970. */
function wallAt(instant: number, timeZone: string): number {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year, month, day, hour, minute, second] = PARTS.map((part) => parts.get(part)!) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The day that a calendar on the wall of `timeZone` shows. `instant`: milliseconds since 1970. */
export function dayAt(instant: number, timeZone: string): Edtf {
  return new Date(wallAt(instant, timeZone)).toISOString().slice(0, -14) as Edtf;
}

const DAY = 86_400_000;

/**
 * The instant at which a clock on the wall of `timeZone` (IANA) shows `at` (`HH:MM`) on `day` (`YYYY-MM-DD`); milliseconds
 * since 1970. A time that the clock shows twice is the first of the two; one that it skips is as long after the change
 * as it would have been after the hour before it, so 02:30 is 03:30 (RFC 5545, section 3.3.5).
 */
export function instantOf(day: string, at: string, timeZone: string): number {
  const wall = Date.parse(`${day}T${at}:00Z`);
  const offset = (instant: number) => wallAt(instant, timeZone) - instant;
  const before = wall - offset(wall - DAY);
  const after = wall - offset(wall + DAY);
  const shown = [before, after].filter((instant) => wallAt(instant, timeZone) === wall);
  return shown.length ? Math.min(...shown) : before;
}
