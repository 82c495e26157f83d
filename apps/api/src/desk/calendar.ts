import { lastDayOf, dayAfter, precisionOf } from '#reporting';
import { type Deadline, placeOfDeadline } from '#views';
import { dueInWords, STATES } from './desk-words.js';

/** RFC 5545, 3.1: a line has at most 75 octets, without its end. */
const LONGEST = 75;

export interface CalendarSurroundings {
  /** Name of this server, for ids that no other calendar has. */
  readonly host: string;
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
  readonly nameOf: (organization: string) => string;
  /** When an event was recorded: RFC 3339, UTC. */
  readonly recordedAt: (sequence: number) => string | undefined;
}

/**
 * Deadlines as an iCalendar object (RFC 5545): an event of a whole day each, in no time zone, since days are counted in UTC
 * wherever one looks at them. What is known to the month or the year stands on its last day, and says so.
 */
export function calendarOf(deadlines: readonly Deadline[], surroundings: CalendarSurroundings): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Para 71//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Para 71: deadlines',
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    ...deadlines.flatMap((deadline) => eventOf(deadline, surroundings)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf(deadline: Deadline, { host, publicUrl, nameOf, recordedAt }: CalendarSurroundings): string[] {
  const { dueOn, organization, title, state, kind, why, moved } = deadline;
  const day = lastDayOf(dueOn);
  // It ends with the day, so it ends before the next one (3.6.1); after the last day of the calendar there is none.
  const end = dayAfter(day, 1);
  const whose = organization === undefined ? '' : `${nameOf(organization)}: `;
  const said = [
    `${STATES[state]}.`,
    ...(precisionOf(dueOn) === 'day' ? [] : [`The record says ${dueOn}; this is its last day.`]),
    ...(moved ?? []).map(({ from, to, reason }) => `Moved from ${from} to ${to}: ${reason}`),
  ];
  const stamp = recordedAt(why.at(-1) ?? -1) ?? '1970-01-01T00:00:00.000Z';
  const link =
    organization === undefined ? publicUrl : `${publicUrl}/organizations/${encodeURIComponent(organization)}`;
  // The same deadline keeps its id when its day is moved.
  const [, ...place] = placeOfDeadline(deadline).split('/');
  return [
    'BEGIN:VEVENT',
    `UID:${escapedText(place.join('/'))}@${host}`,
    `DTSTAMP:${stamp.replaceAll(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    ...(end ? [`DTEND;VALUE=DATE:${end.replaceAll('-', '')}`] : []),
    `SUMMARY:${escapedText(`${whose}${dueInWords(deadline)} (${title})`)}`,
    `DESCRIPTION:${escapedText(said.join('\n'))}`,
    `CATEGORIES:${escapedText(kind)}`,
    `URL:${link}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** 3.3.11. Control characters cannot stand in a text at all. */
export function escapedText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/[\\;,]/g, (found) => `\\${found}`)
    .replaceAll('\n', '\\n');
}

/** 3.1: cut between characters, never within one, though the rule counts octets. */
export function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LONGEST) {
      parts.push(part);
      // The space that a further line begins with counts.
      [part, octets] = [' ', 1];
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
