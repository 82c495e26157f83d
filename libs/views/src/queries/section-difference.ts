import { diffArrays } from 'diff';
import type { SectionDocument } from '../folds/sections.js';

export interface TextPart {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** One section in one language, in the words of two years. */
export interface SectionDifference {
  readonly section: string;
  readonly lang: string;
  /** What became of the earlier text. Absent where only one year has one: then `parts` is that text. */
  readonly parts: readonly TextPart[];
  /**
   * How much of the later text stood in the earlier one, counted in words. Absent without a later text. Saying again
   * what still holds is no fault: it is a thing to see, not to judge.
   */
  readonly carriedOver?: { readonly words: number; readonly of: number; readonly share: number };
  /** What the organization itself said of where the later words come from. */
  readonly origin?: SectionDocument['origin'];
  readonly why: readonly number[];
}

/** Texts further apart than this are shown one after the other: a finer difference would tell a reader nothing. */
const MOST_EDITS = 4_000;

/** Sections of both years, by section and language. */
export function compareSections(
  earlier: readonly SectionDocument[],
  later: readonly SectionDocument[],
): SectionDifference[] {
  const keyOf = ({ section, lang }: SectionDocument) => `${section}/${lang}`;
  const before = new Map(earlier.map((each) => [keyOf(each), each]));
  const after = new Map(later.map((each) => [keyOf(each), each]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.map((key) => compareSection(before.get(key), after.get(key)));
}

export const hasChanged = ({ parts }: SectionDifference) => parts.some(({ kind }) => kind !== 'kept');

function compareSection(before: SectionDocument | undefined, after: SectionDocument | undefined): SectionDifference {
  const { section, lang } = (after ?? before)!;
  const parts = differenceOf(before?.text ?? '', after?.text ?? '');
  const kept = parts.filter(({ kind }) => kind === 'kept').reduce((sum, { text }) => sum + wordsIn(text), 0);
  const of = wordsIn(after?.text ?? '');
  return {
    section,
    lang,
    parts,
    ...(after && { carriedOver: { words: kept, of, share: of ? Math.round((kept / of) * 1_000) / 1_000 : 0 } }),
    ...(after && { origin: after.origin }),
    why: [...(before?.why ?? []), ...(after?.why ?? [])],
  };
}

/** Words as the reader's script has them: Chinese and Thai have no spaces to tell them apart by. */
const WORDS = new Intl.Segmenter('und', { granularity: 'word' });

/** What became of the words of a text in another one. */
export function differenceOf(before: string, after: string): TextPart[] {
  const pieces = (text: string) => Array.from(WORDS.segment(text), ({ segment }) => segment);
  const changes = diffArrays(pieces(before), pieces(after), { maxEditLength: MOST_EDITS });
  const whole = [
    { value: [before], removed: true, added: false },
    { value: [after], removed: false, added: true },
  ];
  return (changes ?? whole)
    .map(({ value, added, removed }): TextPart => {
      return { kind: added ? 'added' : removed ? 'removed' : 'kept', text: value.join('') };
    })
    .filter(({ text }) => text !== '');
}

function wordsIn(text: string): number {
  let words = 0;
  for (const { isWordLike } of WORDS.segment(text)) if (isWordLike) words++;
  return words;
}
