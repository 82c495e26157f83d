import { type Phrase, placesOf } from './asked-words.js';
import { type Word, wordsIn } from './words.js';

/** A piece of a text; `marked`: it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly marked?: true;
}

/** A text in pieces, of which those are marked that were looked for. */
export function marked(text: string, phrases: readonly Phrase[]): Piece[] {
  return piecesOf(text, 0, text.length, placesOf(phrases, wordsIn(text)));
}

/** How much of a text is shown, in UTF-16 units. */
const SHOWN = 240;
/** How much of that stands before the first mark. */
const BEFORE = 60;

/** The part of a text in which most of what was looked for stands, cut between words; its beginning where none does. */
export function snippetOf(text: string, phrases: readonly Phrase[]): Piece[] {
  const words = wordsIn(text);
  const places = placesOf(phrases, words);
  const { start, end } = windowOf(text, words, places);
  return [
    ...(start > 0 ? [{ text: '…' }] : []),
    ...piecesOf(text, start, end, places),
    ...(end < text.length ? [{ text: '…' }] : []),
  ];
}

type Places = ReturnType<typeof placesOf>;

function windowOf(text: string, words: readonly Word[], places: Places): { start: number; end: number } {
  if (text.length <= SHOWN) return { start: 0, end: text.length };
  let best = { start: 0, marks: 0 };
  let beyond = 0;
  for (const [n, { start }] of places.entries()) {
    while (beyond < places.length && places[beyond]!.end <= start - BEFORE + SHOWN) beyond++;
    const marks = beyond - n;
    if (marks > best.marks) best = { start, marks };
  }
  const from = best.start - BEFORE;
  const start = from <= 0 ? 0 : (words.find((word) => word.start >= from)?.start ?? 0);
  const last = words.findLast((word) => word.start >= start && word.end <= start + SHOWN);
  // A word may be longer than what is shown.
  const end = last?.end ?? start + SHOWN;
  const isWhole = words.at(-1) === last;
  return { start, end: isWhole ? text.length : end };
}

function piecesOf(text: string, from: number, to: number, places: Places): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const { start, end } of places) {
    if (start < from || end > to) continue;
    if (start > at) pieces.push({ text: text.slice(at, start) });
    pieces.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < to) pieces.push({ text: text.slice(at, to) });
  return pieces;
}
