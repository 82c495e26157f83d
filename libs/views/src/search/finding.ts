import { type Phrase, matchOf } from './asked-words.js';
import type { Circle, Entry, EntryKind } from './entry.js';

/** What is asked for. */
export interface Wanted {
  readonly phrases: readonly Phrase[];
  readonly kind?: EntryKind;
  readonly organization?: string;
  readonly year?: number;
  /** `fr` also finds `fr-CA`. */
  readonly language?: string;
  readonly track?: string;
  /** Whose circles the reader belongs to, besides everybody's. */
  readonly circles: readonly Circle[];
  /** `at` of the last entry of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** An entry that was found. */
export interface FoundEntry {
  readonly entry: Entry;
  /** Where it stands in the answer, for `after`. */
  readonly at: string;
}

export type Facets = {
  readonly [Name in 'kind' | 'organization' | 'year' | 'language' | 'track']?: string | number | undefined;
};

/** Words of the column `facets`. */
export const facetsOf = (facets: Facets) =>
  Object.entries(facets).flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`]));

/** What the two indexes are asked, in the language of FTS5. */
export function questionOf(phrases: readonly Phrase[], facets: Facets): string {
  const words = `{title text} : (${matchOf(phrases)})`;
  return [words, ...facetsOf(facets).map((facet) => `facets : "${facet.replaceAll('"', '""')}"`)].join(' AND ');
}

/** How much more it counts that a word stands in a title. */
const TITLE = 5;
/** Who looks for an organization by its name means it, and not the many files that were named after it. */
const OF_KIND = `CASE kind WHEN 'organization' THEN 1.2 WHEN 'attachment' THEN 0.5 ELSE 1 END`;

/** More than this are not weighed: whoever asks for words that stand nearly everywhere holds up everybody else. */
export const MOST = 10_000;

// Scores are whole millionths, so that a page begins exactly where the one before it ended.

export const FIND_PUBLIC = `
  SELECT id, CAST(round(score * ${OF_KIND} * 1e6) AS INTEGER) AS score, stream, part FROM entry JOIN (
    SELECT rowid AS id, bm25(public_words, ${TITLE}, 1, 0) AS score
    FROM public_words WHERE public_words MATCH :match ORDER BY rowid DESC LIMIT ${MOST + 1}) USING (id)`;

export const FIND_RESTRICTED = `
  SELECT id, CAST(round(score * ${OF_KIND} * 1e6) AS INTEGER), stream, part FROM (
    SELECT entry.*, -:rarity * relevance(
      length(highlight(restricted_words, 0, char(1), '')) - length(title),
      length(highlight(restricted_words, 1, char(1), '')) - length(text),
      length(text) - length(replace(text, ' ', '')) + 1, :count) AS score
    FROM restricted_words JOIN entry ON id = restricted_words.rowid
    WHERE restricted_words MATCH :match AND readers IN (SELECT value FROM json_each(:circles))
    ORDER BY restricted_words.rowid DESC LIMIT ${MOST + 1})`;

export function afterOf(at: string): { score: number; stream: string; part: string } {
  const [score, stream, part] = JSON.parse(at) as [number, string, string];
  return { score, stream, part };
}

/** Whether a text can be where a page ended: whoever asks for the one after it may have made it up. */
export function isPlaceOfHit(text: string): boolean {
  try {
    const [score, stream, part] = JSON.parse(text) as unknown[];
    return Number.isSafeInteger(score) && typeof stream === 'string' && typeof part === 'string';
  } catch {
    return false;
  }
}

/** bm25 without the rarity of the words, for a text of about the usual length. */
export function relevance(inTitle: number, inText: number, length: number, phrases: number): number {
  const frequency = (TITLE * inTitle + inText) / phrases;
  return (frequency * 2.2) / (frequency + 1.2 * (0.25 + 0.75 * (length / USUAL_LENGTH)));
}

/** Words of a text. */
const USUAL_LENGTH = 100;
