import type { TimelineEntry } from '#views';
import { entryAnchor } from './addresses.js';
import { type Content, type Html, html } from './html.js';
import { inRows, LANES, type Mark, markOf, type Placed, WIDTH } from './timeline-marks.js';
import { spanOf } from './timeline-spans.js';
import { counted } from './words.js';

export interface TimelineDrawing {
  /** As in the list beside the drawing: entry n leads to the nth of the list. */
  readonly entries: readonly TimelineEntry[];
  /** How the organization is called, for the title of the drawing. */
  readonly name: string;
  /** The year that the drawing must reach, which is that of the moment shown. */
  readonly until: number;
}

const MARGIN = 10;
const ROW = 24;
const LANE_HEAD = 24;
const AXIS = 22;

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
    const placed = inRows(
      marks.filter((mark) => mark.lane === lane),
      scale,
    );
    if (!placed.length) return [];
    const top = y;
    const rows = 1 + Math.max(...placed.map(({ row }) => row));
    y += LANE_HEAD + rows * ROW;
    return html`<text class="lane" x="${MARGIN}" y="${top + 17}">${title}</text>
      ${placed.map((each) => drawn(each, top + LANE_HEAD + each.row * ROW, scale))}`;
  });
  const height = y + AXIS;

  return html`<svg
    class="timeline"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    role="group"
    aria-labelledby="drawing-title drawing-desc"
  >
    <title id="drawing-title">Timeline of ${name}, ${first} to ${edge - 1}</title>
    <desc id="drawing-desc">
      ${counted(marks.length, 'mark')} in ${counted(lanes.length, 'lane')}, told in words by the list.
    </desc>
    ${DEFINITIONS} ${years(first, edge, height, scale)} ${lanes}
  </svg>`;
}

/** The fades of each lane (a fade cannot take the colour of what it fills), and the gaps that break a recalled bar. */
const DEFINITIONS = html`<defs>
  ${LANES.map(
    ({ lane }) => html`
      <linearGradient id="${lane}-rise" class="${lane}"> <stop stop-opacity="0" /> <stop offset="1" /> </linearGradient>
      <linearGradient id="${lane}-fall" class="${lane}"> <stop /> <stop offset="1" stop-opacity="0" /> </linearGradient>
    `,
  )}
  <pattern id="gaps" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(35)">
    <rect width="3" height="7" />
  </pattern>
</defs>`;

function years(first: number, edge: number, height: number, scale: (year: number) => number): Html {
  const perYear = (WIDTH - 2 * MARGIN) / (edge - first);
  const step = [1, 2, 5, 10, 20, 50].find((each) => each * perYear >= 34) ?? 100;
  const all = Array.from({ length: edge - first + 1 }, (_, n) => first + n);
  const isNamed = (year: number) => year % step === 0;
  const lines = (some: readonly number[]) =>
    some.map((year) => `M${scale(year)} ${AXIS - 4}V${height - AXIS + 4}`).join('');
  const names = all.filter((year) => isNamed(year) && year < edge);
  return html`<g aria-hidden="true">
    <path class="minor" d="${lines(all.filter((year) => !isNamed(year)))}" />
    <path class="major" d="${lines(all.filter(isNamed))}" />
    ${[AXIS - 9, height - 7].map((y) =>
      names.map((year) => html`<text class="year" x="${round(scale(year) + 3)}" y="${y}">${year}</text>`),
    )}
  </g>`;
}

function drawn(mark: Placed, y: number, scale: (year: number) => number): Html {
  const { n, lane, recalled, hint, x0, x1 } = mark;
  const { x, anchor, text } = mark.label;
  return html`<a class="${lane}${recalled && ' unsure'}" href="#${entryAnchor(n)}">
    <title>${hint}</title>
    <rect class="hit" x="${round(x0)}" y="${y}" width="${round(x1 - x0)}" height="${ROW}" />
    ${inkOf(mark, y + 17, scale)}
    <text x="${x}" y="${y + 9}" ${anchor === 'end' && html` text-anchor="end"`}>${text}</text>
  </a>`;
}

/** Around the line at `middle`. */
function inkOf({ lane, shape, recalled, stretch }: Mark, middle: number, scale: (year: number) => number): Content {
  const [from, to] = [scale(stretch.from), scale(stretch.to)];
  const [solidFrom, solidTo] = [scale(stretch.solidFrom), scale(stretch.solidTo)];
  const centre = round((from + to) / 2);
  if (to - from < 3) return point(shape, centre, middle);
  return [
    rect(from, solidFrom, middle, 6, `url(#${lane}-rise)`),
    rect(solidFrom, solidTo, middle, 6),
    rect(solidTo, to, middle, 6, `url(#${lane}-fall)`),
    recalled && rect(from, to, middle, 8, 'url(#gaps)'),
    // A stretch of which one end is sharp shows that end.
    from === solidFrom && rect(from, from + 2, middle, 10),
    to === solidTo && rect(to - 2, to, middle, 10),
    (shape === 'asked' || shape === 'answered') && point(shape, centre, middle),
  ];
}

function rect(from: number, to: number, middle: number, height: number, fill?: string): Html | false {
  const [x, width] = [round(from), round(to - from)];
  const paint = fill !== undefined && html` fill="${fill}"`;
  return width > 0 && html`<rect x="${x}" y="${middle - height / 2}" width="${width}" height="${height}" ${paint} />`;
}

/** A request points down to the organization, an answer up and away from it; everything else is round. */
function point(shape: Mark['shape'], x: number, y: number): Html {
  if (shape === 'asked') return html`<path class="point" d="M${round(x - 6)} ${y - 5}h12l-6 10z" />`;
  if (shape === 'answered') return html`<path class="point" d="M${round(x - 6)} ${y + 5}h12l-6 -10z" />`;
  return html`<circle class="point" cx="${x}" cy="${y}" r="${shape === 'bar' ? 4.5 : 4}" />`;
}

const round = (value: number) => Math.round(value * 10) / 10;
