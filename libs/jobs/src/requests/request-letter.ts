import type { JsonObject } from '#event-store';
import { type Edtf, lastDayOf } from '#reporting';
import { escaped, type Letter, type Template } from '../mail/letter.js';

export const REQUEST = 'request';

/** A letter in one language, as the secretariat writes it once for all whom it asks. */
export interface LetterToAll {
  /** BCP 47. */
  readonly lang: string;
  readonly subject: string;
  /** With `{organization}`, `{round}`, `{deadline}` and `{link}` where those of each addressee are to stand. */
  readonly text: string;
}

/** What stands in the place of the names in braces. */
export interface LetterPlaces {
  readonly organization: string;
  readonly round: string;
  readonly deadline?: Edtf;
  readonly link: string;
}

const PLACE = /\{([a-z]+)\}/g;
const KNOWN: ReadonlySet<string> = new Set(['organization', 'round', 'deadline', 'link']);

/** Names in braces that nothing can be put in the place of. */
export function emptyPlaces({ subject, text }: LetterToAll, hasDeadline: boolean): string[] {
  const named = [...`${subject}\n${text}`.matchAll(PLACE)].map(([, name]) => name!);
  return [...new Set(named)].filter((name) => !KNOWN.has(name) || (name === 'deadline' && !hasDeadline));
}

/** The letter of one addressee. A deadline stands as ISO 8601 has it, which reads the same in all languages. */
export function letterTo({ lang, subject, text }: LetterToAll, places: LetterPlaces): LetterToAll {
  const values: Readonly<Record<string, string | undefined>> = {
    ...places,
    deadline: places.deadline && lastDayOf(places.deadline),
  };
  const filled = (words: string) =>
    words.replace(PLACE, (whole, name: string) => (KNOWN.has(name) ? (values[name] ?? whole) : whole));
  return { lang, subject: filled(subject), text: filled(text) };
}

/** Where nobody wrote one. */
export const usualLetter = (hasDeadline: boolean): LetterToAll => ({
  lang: 'en',
  subject: '{round}: request for the report of {organization}',
  text: [
    'To the focal point of {organization}',
    `{organization} is asked for a report in the round “{round}”.${hasDeadline ? ' It is due on {deadline} (UTC).' : ''}`,
    'A letter, a refusal with its reason, or a request for more time is an answer as well.',
    'What is on record: {link}',
  ].join('\n\n'),
});

/** All languages in one mail, in the order in which they were written. */
export const requestTemplate: Template = {
  write: (facts) => mailOf(lettersIn(facts)),
  // What was asked stays asked, whatever became of it.
  isDue: () => Promise.resolve(true),
};

export const factsOfLetters = (letters: readonly LetterToAll[]): JsonObject => ({
  letters: letters.map((letter) => ({ ...letter })),
});

const lettersIn = (facts: JsonObject) => facts['letters'] as unknown as readonly LetterToAll[];

function mailOf(letters: readonly LetterToAll[]): Letter {
  const [first] = letters;
  const subject = first?.subject ?? '';
  const parts = letters.map(({ lang, text }) => {
    const paragraphs = text.split(/\n{2,}/).map((part) => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`);
    return `<div lang="${escaped(lang)}" dir="auto">\n${paragraphs.join('\n')}\n</div>`;
  });
  return {
    subject,
    text: `${letters.map(({ text }) => text).join('\n\n* * *\n\n')}\n`,
    html: `<!doctype html>
<html lang="${escaped(first?.lang ?? 'en')}">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body>
${parts.join('\n<hr>\n')}
</body>
</html>
`,
  };
}
