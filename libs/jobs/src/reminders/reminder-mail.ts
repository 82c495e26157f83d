import { daysBetween, type Edtf, lastDayOf, type PlannedReminder, type ReportId } from '#reporting';
import { escaped, type Letter, type Template } from '../mail/letter.js';
import type { Agenda } from './agenda.js';
import { reminderName } from './agenda.js';

export const REMINDER = 'reminder';

/** What a reminder says, and which one it is. Kept with the mail: what was sent can be read years later. */
export type ReminderFacts = {
  readonly series: string;
  readonly year: number;
  readonly organization: string;
  readonly name: string;
  readonly requester: string;
  readonly title: string;
  readonly deadline: string;
  readonly days: number;
  readonly due: string;
  /** The day on which it was prepared, in the time zone of the policy. */
  readonly on: string;
  readonly at: string;
  readonly timeZone: string;
};

/** Which mail it is: a deadline is reminded of once on each of its days. */
export const reminderKey = ({
  series,
  year,
  organization,
  deadline,
  days,
}: PlannedReminder | (ReportId & ReminderFacts)) => ['reminder', series, year, organization, deadline, days].join('/');

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayInWords = (day: string) => DAY.format(Date.parse(day));

/** `publicUrl`: without a slash at its end. */
export function reminderTemplate(agenda: Agenda, publicUrl: string): Template {
  return {
    write: (facts) => reminderLetter(facts as ReminderFacts, publicUrl),
    isDue: async (facts) => {
      const { deadline, days, ...id } = facts as ReminderFacts;
      await agenda.catchUp();
      return agenda.isPlanned(id, reminderName({ deadline: deadline as Edtf, days }));
    },
  };
}

export function reminderLetter(facts: ReminderFacts, publicUrl: string): Letter {
  const { name, requester, title, deadline, organization, on, due, at, timeZone } = facts;
  const last = lastDayOf(deadline as Edtf);
  const left = daysBetween(on as Edtf, last) ?? 0;
  const when = left < 0 ? `was due on ${dayInWords(last)}` : `is due on ${dayInWords(last)}`;
  const link = `${publicUrl}/organizations/${encodeURIComponent(organization)}`;
  const paragraphs = [
    `To the focal point of ${name}`,
    `${requester} has asked ${name} for a report in the round “${title}”. The deadline is ${dayInWords(last)}; days are counted in UTC. ${countdown(left)} No answer is on record yet.`,
    'A letter, a refusal with its reason, or a request for more time is an answer as well: tell whoever asked you.',
    `What is on record: ${link}`,
    `This reminder was planned for ${shownAt(due, timeZone)} and prepared on ${dayInWords(on)}. Reminders go out at ${at} (${timeZone}).`,
  ];
  return {
    subject: `${title}: the report of ${name} ${when} (UTC)`,
    text: `${paragraphs.join('\n\n')}\n`,
    html: page(title, paragraphs, link),
  };
}

function countdown(left: number): string {
  if (left === 0) return 'That is today.';
  const count = `${Math.abs(left)} ${Math.abs(left) === 1 ? 'day' : 'days'}`;
  return left > 0 ? `That is in ${count}.` : `That was ${count} ago.`;
}

function shownAt(due: string, timeZone: string): string {
  const shown = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    Date.parse(due),
  );
  return `${shown} (${timeZone})`;
}

function page(title: string, paragraphs: readonly string[], link: string): string {
  const linked = `<a href="${escaped(link)}">${escaped(link)}</a>`;
  const body = paragraphs.map((text) => `<p>${escaped(text).replace(escaped(link), linked)}</p>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body>
${body}
</body>
</html>
`;
}
