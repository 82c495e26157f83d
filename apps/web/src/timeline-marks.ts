import type { TimelineEntry } from '#views';
import { labelOf } from '#reference-data';
import { momentOf, spanOf, type Stretch, stretchOf } from './timeline-spans.js';
import { happenedInWords, seriesInWords, whenInWords } from './words.js';

export const LANES = [
  { lane: 'asked', title: 'Asked, answered, named' },
  { lane: 'lead', title: 'Actions it leads' },
  { lane: 'partner', title: 'Actions of others in which it takes part' },
  { lane: 'apart', title: 'Shown, and not counted for paragraph 71' },
] as const;

export type Lane = (typeof LANES)[number]['lane'];

export interface Mark {
  readonly lane: Lane;
  readonly n: number;
  readonly text: string;
  readonly hint: string;
  readonly stretch: Stretch;
  readonly recalled: boolean;
  readonly shape: 'bar' | 'asked' | 'answered' | 'other';
}

// In units of the drawing; one is a pixel where the page is wide enough.
export const WIDTH = 720;
/** How far to the right a label may reach. */
const EDGE = WIDTH - 2;
const GAP = 10;
/** Mean width of a letter at the size that the style gives to labels; fonts differ, so a little too wide. */
const LETTER = 5.7;
/** Of a label beside a short bar; over a long one it may go on as far as the bar does. */
const MOST_LETTERS = 48;

/** What is drawn of an entry: an action from its start to its end, anything else where it happened. */
export function markOf(entry: TimelineEntry, n: number, edge: number): Mark | undefined {
  const { kind, title, action, date, confidence } = entry;
  const recalled = confidence === 'recalled';
  const start = spanOf(date);
  const hint = `${happenedInWords(kind)}: ${title}. ${whenInWords(entry)}${recalled ? '. Recalled, to be verified' : ''}`;
  const mark = { n, hint, recalled, stretch: momentOf(start) };
  if (!action) return { ...mark, lane: 'asked', ...askedOrAnswered(entry) };

  const lane = action.counted ? action.role : 'apart';
  if (kind === 'milestone-reached') return { ...mark, lane, text: entry.detail ?? title, shape: 'other' };
  // An end is the end of its bar, and says what it has to say in the list.
  if (kind !== 'action-started' || action.inError) return undefined;
  const ending = action.endedOn ? spanOf(action.endedOn) : action.status === 'ONGOING' ? 'open' : 'not-known';
  const status = labelOf('actionStatuses', action.status);
  return {
    ...mark,
    lane,
    text: action.status === 'PLANNED' ? `${title} (${status})` : title,
    hint: `${hint}. ${status}`,
    stretch: stretchOf(start, ending, edge),
    shape: 'bar',
  };
}

function askedOrAnswered({ kind, title, report }: TimelineEntry): Pick<Mark, 'text' | 'shape'> {
  const shape = kind === 'report-requested' ? 'asked' : IS_ANSWER.has(kind) ? 'answered' : 'other';
  if (report && shape !== 'other') {
    return { text: `${happenedInWords(kind)}: ${shortSeries(report.series)} ${report.year}`, shape };
  }
  return { text: kind === 'renamed' ? `Renamed: ${title}` : title, shape };
}

const IS_ANSWER: ReadonlySet<string> = new Set(['answered-by-letter', 'report-submitted', 'report-declined']);

/** The first words of a long name, enough beside the year: the list has it in full. */
function shortSeries(series: string): string {
  const short = seriesInWords(series).split(' on ')[0]!;
  return short.charAt(0).toLowerCase() + short.slice(1);
}

export interface Placed extends Mark {
  readonly row: number;
  readonly label: { readonly text: string; readonly x: number; readonly anchor: 'start' | 'end' };
  readonly x0: number;
  readonly x1: number;
}

/** Each mark in the first row in which neither it nor its label touches another. */
export function inRows(marks: readonly Mark[], scale: (year: number) => number): Placed[] {
  const rows: { readonly x0: number; readonly x1: number }[][] = [];
  const byStart = [...marks].sort((a, b) => a.stretch.from - b.stretch.from || a.n - b.n);
  return byStart.map((mark) => {
    const [from, to] = [scale(mark.stretch.from), scale(mark.stretch.to)];
    const most = Math.max(MOST_LETTERS, Math.floor((to - from) / LETTER));
    const letters = shortened(lettersOf(mark.text), most);
    const [text, width] = [letters.join(''), letters.length * LETTER];
    const fits = from + width <= EDGE;
    const label = fits ? { text, x: from, anchor: 'start' as const } : { text, x: EDGE, anchor: 'end' as const };
    const x0 = Math.min(from, fits ? from : EDGE - width) - 4;
    const x1 = Math.max(to, fits ? from + width : EDGE) + 4;
    let row = rows.findIndex((taken) => taken.every((other) => x1 + GAP <= other.x0 || other.x1 + GAP <= x0));
    if (row < 0) row = rows.push([]) - 1;
    rows[row]!.push({ x0, x1 });
    return { ...mark, row, label, x0, x1 };
  });
}

const LETTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

const lettersOf = (text: string) => Array.from(LETTERS.segment(text), ({ segment }) => segment);

function shortened(letters: readonly string[], most: number): readonly string[] {
  return letters.length <= most ? letters : [...letters.slice(0, most - 1), '…'];
}
