/** A word of a text, and where it stands in it. */
export interface Word {
  /** As it is compared: without case, accents and other signs that one writes and another leaves out. */
  readonly word: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * In scripts that put no space between words each letter is one: whoever looks for 域名 finds it inside a longer run.
 * Elsewhere a word is a run of letters, digits, their marks, and the stroke that lengthens Arabic words.
 */
const WORD =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{N}\p{M}\u0640])+/gu;

/** Accents (Latin, Greek, Cyrillic), points of Hebrew, vowel signs of Arabic and its lengthening stroke. */
const SIGNS =
  /\u0640|[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/gu;

/** Letters that are written one way or another, and that Unicode does not take apart. */
const SAME: Readonly<Record<string, string>> = {
  ى: 'ي',
  ة: 'ه',
  ς: 'σ',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};
const OTHERWISE = /[ىةςłøđıßæœ]/gu;

/** "And", the article, and prepositions that Arabic joins to it. */
const ARABIC_PARTICLES = /^(?:و?(?:ال|بال|كال|فال|لل)(?=.{3})|و(?=.{4}))/u;

const NO_WORD = /[^\p{L}\p{N}\p{M}]/gu;
const ASCII = /^[\0-\x7f]*$/;

/** Words in the order in which they stand. What is indexed, asked for and marked is divided by this, and nothing else. */
export function wordsIn(text: string): Word[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: found, index: start }) => {
    const word = folded(found);
    return word ? [{ word, start, end: start + found.length }] : [];
  });
}

/** The words of a text with spaces between them. */
export function wordsOf(text: string): string {
  // Most texts are English, and there are many when an index is built: a tenth of the cost.
  if (ASCII.test(text))
    return text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  return wordsIn(text)
    .map(({ word }) => word)
    .join(' ');
}

function folded(found: string): string {
  const lower = found.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(SIGNS, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(OTHERWISE, (letter) => SAME[letter]!)
    .replace(NO_WORD, '')
    .replace(ARABIC_PARTICLES, '');
}
