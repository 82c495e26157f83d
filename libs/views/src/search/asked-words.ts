import { type Word, wordsIn } from './words.js';

/** Words that have to follow each other. */
export interface Phrase {
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly isBeginning: boolean;
}

const QUOTES = /[“”„«»＂]/g;
const PARTS = /"([^"]*)"(\*)?|([^\s"]+)/g;

/**
 * What somebody types, as phrases of which all have to be found: words, a phrase in quotation marks, `*` at the end of
 * either for what only begins so. Whatever else they type is a sign between words, and nothing that a database reads.
 * A word that is made of several (`multi-stakeholder`, 域名) is a phrase. Empty where there is no word in it.
 */
export function askedWords(text: string): Phrase[] {
  return [...text.replace(QUOTES, '"').matchAll(PARTS)].flatMap(([, quoted, star, plain = '']) => {
    const words = wordsIn(quoted ?? plain).map(({ word }) => word);
    const isBeginning = star !== undefined || plain.endsWith('*');
    return words.length ? [{ words, isBeginning }] : [];
  });
}

/** The same in the language of FTS5. The words hold letters, digits and marks only. */
export const matchOf = (phrases: readonly Phrase[]) =>
  phrases.map(({ words, isBeginning }) => `"${words.join(' ')}"${isBeginning ? ' *' : ''}`).join(' AND ');

/** Where phrases stand in a text, from the first word of each to its last, in order and apart from each other. */
export function placesOf(phrases: readonly Phrase[], words: readonly Word[]): { start: number; end: number }[] {
  const found = phrases.flatMap((phrase) =>
    words.flatMap((first, n) =>
      begins(phrase, words, n) ? [{ start: first.start, end: words[n + phrase.words.length - 1]!.end }] : [],
    ),
  );
  const places: { start: number; end: number }[] = [];
  for (const place of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = places.at(-1);
    if (last && place.start < last.end) last.end = Math.max(last.end, place.end);
    else places.push(place);
  }
  return places;
}

function begins({ words: wanted, isBeginning }: Phrase, words: readonly Word[], at: number): boolean {
  return wanted.every((each, n) => {
    const word = words[at + n]?.word;
    return word === each || (isBeginning && n === wanted.length - 1 && word?.startsWith(each));
  });
}
