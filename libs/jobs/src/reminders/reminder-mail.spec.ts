import { describe, expect, it } from '@jest/globals';
import { reminderLetter, type ReminderFacts } from './reminder-mail.js';

const facts: ReminderFacts = {
  series: 'ec-performance',
  year: 2028,
  organization: 'example-registry',
  name: 'Example Registry',
  requester: 'Example Secretariat',
  title: 'Example round 2028',
  deadline: '2028-02',
  days: -7,
  due: '2028-02-22T08:00:00.000Z',
  on: '2028-02-22',
  at: '09:00',
  timeZone: 'Europe/Zurich',
};
const letter = (told: Partial<ReminderFacts> = {}) =>
  reminderLetter({ ...facts, ...told }, 'https://para71.example.org');

describe('A reminder', () => {
  it('says what is awaited, until when, and where to look, in plain words', () => {
    const { subject, text } = letter();
    expect(subject).toBe('Example round 2028: the report of Example Registry is due on 29 February 2028 (UTC)');
    expect(text).toBe(`To the focal point of Example Registry

Example Secretariat has asked Example Registry for a report in the round “Example round 2028”. The deadline is 29 February 2028; days are counted in UTC. That is in 7 days. No answer is on record yet.

A letter, a refusal with its reason, or a request for more time is an answer as well: tell whoever asked you.

What is on record: https://para71.example.org/organizations/example-registry

This reminder was planned for 22 February 2028 at 09:00 (Europe/Zurich) and prepared on 22 February 2028. Reminders go out at 09:00 (Europe/Zurich).
`);
  });

  it('counts from the day on which it is prepared, which may be later than it was planned for', () => {
    expect(letter({ on: '2028-02-28' }).text).toContain('That is in 1 day.');
    expect(letter({ on: '2028-02-29' }).text).toContain('That is today.');
    const overdue = letter({ on: '2028-03-02' });
    expect(overdue.text).toContain('That was 2 days ago.');
    expect(overdue.subject).toBe(
      'Example round 2028: the report of Example Registry was due on 29 February 2028 (UTC)',
    );
  });

  it('says the same as a page, with a link, whatever the names are made of', () => {
    const { html } = letter({ name: `<img src=x onerror="a()"> & 'Sons' – Zürich`, title: '</title><script>' });
    expect(html).toContain('&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; &#39;Sons&#39; – Zürich');
    expect(html).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
    expect(html).toContain(
      '<a href="https://para71.example.org/organizations/example-registry">https://para71.example.org/organizations/example-registry</a>',
    );
    expect(html.match(/<(?!\/?(html|head|meta|title|body|p|a)\b|!doctype)/g)).toBeNull();
  });
});
