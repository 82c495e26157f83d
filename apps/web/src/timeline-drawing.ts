import type { TimelineEntry } from '#views';
import { labelOf } from '#reference-data';
import { entryAnchor } from './addresses.js';
import { type Content, type Html, html } from './html.js';
import { momentOf, spanOf, type Stretch, stretchOf } from './timeline-spans.js';
import { counted, happenedInWords, seriesInWords, whenInWords } from './words.js';

export interface TimelineDrawing {
  /** As in the list beside the drawing: entry n leads to the nth of the list. */
  readonly entries: readonly TimelineEntry[];
  /** How the organization is called, for the title of the drawing. */
  readonly name: string;
  /** The year that the drawing must reach, which is that of the moment shown. */
  readonly until: number;
}

const LANES = [
  { lane: 'asked', title: 'Asked, answered, named' },
  { lane: 'lead', title: 'Actions it leads' },
  { lane: 'partner', title: 'Actions of others in which it takes part' },
  { lane: 'apart', title: 'Shown, and not counted for paragraph 71' },
] as const;

type Lane = (typeof LANES)[number]['lane'];

interface Mark {
  readonly lane: Lane;
  readonly n: number;
  readonly text: string;
  readonly hint: string;
  readonly stretch: Stretch;
  readonly recalled: boolean;
  readonly shape: 'bar' | 'asked' | 'answered' | 'other';
}

// In units of the drawing; one is a pixel where the page is wide enough.
const WIDTH = 720;
const MARGIN = 10;
const ROW = 24;
const LANE_HEAD = 24;
const AXIS = 22;
const GAP = 10;
/** Mean width of a letter at the size that the style gives to labels; fonts differ, so a little too wide. */
const LETTER = 5.7;
const MOST_LETTERS = 46;

/** Bars and points over the years, by lanes; nothing where nothing is to be drawn. */
export function timelineDrawing({ entries, name, until }: TimelineDrawing): Html | false {
  if (!entries.length) return false;
  const spans = entries.map(({ date }) => spanOf(date));
  const first = Math.floor(Math.min(...spans.map(({ from }) => from)));
  const edge = Math.max(until + 1, ...spans.map(({ to }) => Math.ceil(to)));
  const scale = (year: number) => round(MARGIN + ((year - first) / (edge - first)) * (WIDTH - 2 * MARGIN));

  const marks = entries.flatMap((entry, n) => markOf(entry, n, edge) ?? []);
  let y = AXIS;
  const lanes = LANES.flatMap(({ lane, title }) => {
    const placed = inRows(marks.filter((mark) => mark.lane === lane), scale);
    if (!placed.length) return [];
    const top = y;
    const rows = 1 + Math.max(...placed.map(({ row }) => row));
    y += LANE_HEAD + rows * ROW;
    return html`<text class="lane" x="${MARGIN}" y="${top + 17}">${title}</text>
${placed.map((each) => drawn(each, top + LANE_HEAD + each.row * ROW, scale))}`;
  });
  const height = y + AXIS;

  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="group" aria-labelledby="drawing-title drawing-desc">
<title id="drawing-title">Timeline of ${name}, ${first} to ${edge - 1}</title>
<desc id="drawing-desc">${counted(marks.length, 'mark')} in ${counted(lanes.length, 'lane')}; the list that follows says the same in words.</desc>
${DEFINITIONS}
${years(first, edge, height, scale)}
${lanes}
</svg>`;
}

/** Fades, and the gaps that make a recalled bar a broken one. */
const DEFINITIONS = html`<defs>
<linearGradient id="rise"><stop class="none" offset="0"/><stop class="full" offset="1"/></linearGradient>
<linearGradient id="fall"><stop class="full" offset="0"/><stop class="none" offset="1"/></linearGradient>
<pattern id="gaps" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(35)"><rect width="3" height="7"/></pattern>
</defs>`;

function years(first: number, edge: number, height: number, scale: (year: number) => number): Content {
  const perYear = (WIDTH - 2 * MARGIN) / (edge - first);
  const step = [1, 2, 5, 10, 20, 50].find((each) => each * perYear >= 34) ?? 100;
  const lines: Content[] = [];
  for (let year = first; year <= edge; year++) {
    const x = scale(year);
    lines.push(html`<line class="${year % step ? 'minor' : 'major'}" x1="${x}" x2="${x}" y1="${AXIS - 4}" y2="${height - AXIS + 4}"/>`);
    if (year % step || year === edge) continue;
    for (const y of [AXIS - 9, height - 7]) lines.push(html`<text class="year" x="${x + 3}" y="${y}">${year}</text>`);
  }
  return html`<g aria-hidden="true">${lines}</g>`;
}

function markOf(entry: TimelineEntry, n: number, edge: number): Mark | undefined {
  const { kind, action, date, confidence, report } = entry;
  const start = spanOf(date);
  const recalled = confidence === 'recalled';
  const hint = `${happenedInWords(kind)}: ${entry.title}. ${whenInWords(entry)}${recalled ? '. Recalled, to be verified' : ''}`;
  if (!action) {
    const shape = kind === 'report-requested' ? 'asked' : IS_ANSWER.has(kind) ? 'answered' : 'other';
    const text = report && shape !== 'other' ? `${entry.title}: ${shortSeries(report.series)} ${report.year}` : entry.title;
    return { lane: 'asked', n, text: kind === 'renamed' ? `Renamed: ${text}` : text, hint, stretch: momentOf(start), recalled, shape };
  }
  // An end is the end of its bar, and says what it has to say in the list.
  if (action.inError || (kind !== 'action-started' && kind !== 'milestone-reached')) return undefined;
  const lane = action.counted ? action.role : 'apart';
  if (kind === 'milestone-reached') {
    return { lane, n, text: entry.detail ?? entry.title, hint, stretch: momentOf(start), recalled, shape: 'other' };
  }
  const ending = action.endedOn ? spanOf(action.endedOn) : action.status === 'ONGOING' ? 'open' : 'not-known';
  const status = labelOf('actionStatuses', action.status);
  return {
    lane,
    n,
    text: action.status === 'PLANNED' ? `${entry.title} (${status})` : entry.title,
    hint: `${hint}. ${status}`,
    stretch: stretchOf(start, ending, edge),
    recalled,
    shape: 'bar',
  };
}

const IS_ANSWER: ReadonlySet<string> = new Set(['answered-by-letter', 'report-submitted', 'report-declined']);

/** The last words of a long name, enough beside the year: the list has it in full. */
const shortSeries = (series: string) => seriesInWords(series).split(' on ')[0]!.toLowerCase();

interface Placed extends Mark {
  readonly row: number;
  readonly label: { readonly text: string; readonly x: number; readonly anchor: 'start' | 'end' };
  readonly x0: number;
  readonly x1: number;
}

/** Each mark in the first row in which neither it nor its label touches another. */
function inRows(marks: readonly Mark[], scale: (year: number) => number): Placed[] {
  const rows: { readonly x0: number; readonly x1: number }[][] = [];
  const byStart = [...marks].sort((a, b) => a.stretch.from - b.stretch.from || a.n - b.n);
  return byStart.map((mark) => {
    const [from, to] = [scale(mark.stretch.from), scale(mark.stretch.to)];
    const text = shortened(mark.text);
    const width = [...text].length * LETTER;
    const fits = from + width <= WIDTH - 2;
    const label = fits ? { text, x: from, anchor: 'start' as const } : { text, x: WIDTH - 2, anchor: 'end' as const };
    const x0 = Math.min(from, fits ? from : WIDTH - 2 - width) - 4;
    const x1 = Math.max(to, fits ? from + width : WIDTH - 2) + 4;
    let row = rows.findIndex((taken) => taken.every((other) => x1 + GAP <= other.x0 || other.x1 + GAP <= x0));
    if (row < 0) row = rows.push([]) - 1;
    rows[row]!.push({ x0, x1 });
    return { ...mark, row, label, x0, x1 };
  });
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('').trimEnd()}…`;
}

function drawn({ n, lane, shape, recalled, hint, stretch, label, x0, x1 }: Placed, y: number, scale: (year: number) => number): Html {
  const middle = y + 17;
  const [from, solidFrom, solidTo, to] = [stretch.from, stretch.solidFrom, stretch.solidTo, stretch.to].map(scale) as [number, number, number, number];
  const isPoint = to - from < 3;
  const ink = isPoint
    ? point(shape, round((from + to) / 2), middle)
    : [
        segment('rise', from, solidFrom, middle),
        segment('solid', solidFrom, solidTo, middle),
        segment('fall', solidTo, to, middle),
        recalled && html`<rect class="gaps" x="${from}" y="${middle - 4}" width="${round(to - from)}" height="8"/>`,
        // A stretch of which only one end is sharp shows that end.
        from === solidFrom && html`<rect class="edge" x="${from}" y="${middle - 5}" width="2" height="10"/>`,
        to === solidTo && html`<rect class="edge" x="${round(to - 2)}" y="${middle - 5}" width="2" height="10"/>`,
        shape !== 'bar' && point(shape, round((from + to) / 2), middle),
      ];
  return html`<a class="${lane}${recalled && ' unsure'}" href="#${entryAnchor(n)}"><title>${hint}</title><rect class="hit" x="${round(x0)}" y="${y}" width="${round(x1 - x0)}" height="${ROW}"/>${ink}<text x="${label.x}" y="${y + 9}"${label.anchor === 'end' && html` text-anchor="end"`}>${label.text}</text></a>
`;
}

function segment(kind: 'rise' | 'solid' | 'fall', from: number, to: number, middle: number): Html | false {
  return to > from && html`<rect class="${kind}" x="${from}" y="${middle - 3}" width="${round(to - from)}" height="6"/>`;
}

/** A request points down to the organization, an answer up and away from it; everything else is round. */
function point(shape: Mark['shape'], x: number, y: number): Html {
  if (shape === 'asked') return html`<path class="point" d="M${round(x - 6)} ${y - 5}h12l-6 10z"/>`;
  if (shape === 'answered') return html`<path class="point" d="M${round(x - 6)} ${y + 5}h12l-6 -10z"/>`;
  return html`<circle class="point" cx="${x}" cy="${y}" r="${shape === 'bar' ? 4.5 : 4}"/>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
