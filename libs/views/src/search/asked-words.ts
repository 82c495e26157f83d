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
 * A word that is made of several (`multi-stakeholder`, 域名) is a phrase. What is said twice is asked once. Empty where
 * there is no word in it.
 */
export function askedWords(text: string): Phrase[] {
  const phrases = new Map<string, Phrase>();
  for (const [, quoted, star, plain = ''] of text.replace(QUOTES, '"').matchAll(PARTS)) {
    const words = wordsIn(quoted ?? plain).map(({ word }) => word);
    const phrase = { words, isBeginning: star !== undefined || plain.endsWith('*') };
    if (words.length) phrases.set(matchOf([phrase]), phrase);
  }
  return [...phrases.values()];
}

/** The same in the language of FTS5. The words hold letters, digits and marks only. */
export const matchOf = (phrases: readonly Phrase[]) =>
  phrases.map(({ words, isBeginning }) => `"${words.join(' ')}"${isBeginning ? ' *' : ''}`).join(' AND ');

/** Where phrases stand in a text, from the first word of each to its last, in order and apart from each other. */
export function placesOf(phrases: readonly Phrase[], words: readonly Word[]): { start: number; end: number }[] {
  const mayBegin = byFirstWord(phrases);
  const found = words.flatMap((first, n) =>
    mayBegin(first.word)
      .filter((phrase) => begins(phrase, words, n))
      .map((phrase) => ({ start: first.start, end: words[n + phrase.words.length - 1]!.end })),
  );
  const places: { start: number; end: number }[] = [];
  for (const place of found) {
    const last = places.at(-1);
    if (last && place.start < last.end) last.end = Math.max(last.end, place.end);
    else places.push(place);
  }
  return places;
}

/** Which phrases may begin with a word: to try all of them at each word of a long text takes too long. */
function byFirstWord(phrases: readonly Phrase[]): (word: string) => readonly Phrase[] {
  const isOpen = ({ words, isBeginning }: Phrase) => isBeginning && words.length === 1;
  const open = phrases.filter(isOpen);
  const known = new Map<string, Phrase[]>();
  for (const phrase of phrases.filter((each) => !isOpen(each))) {
    const [first = ''] = phrase.words;
    known.set(first, [...(known.get(first) ?? open), phrase]);
  }
  return (word) => known.get(word) ?? open;
}

function begins({ words: wanted, isBeginning }: Phrase, words: readonly Word[], at: number): boolean {
  return wanted.every((each, n) => {
    const word = words[at + n]?.word;
    return word === each || (isBeginning && n === wanted.length - 1 && word?.startsWith(each));
  });
}
