import { encode } from 'uqr';
import { type Html, html } from '../html.js';

/** So many modules of white around it (ISO/IEC 18004): without them cameras do not find it. */
const QUIET_ZONE = 4;

/** Black on white also where the page is dark: many readers know it no other way. */
export function qrDrawing(text: string, name: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) => runsIn(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label="${name}"
    shape-rendering="crispEdges"
  >
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${dark.join('')}" fill="#000" />
  </svg>`;
}

/** Where dark modules follow each other: the first one, and how many. */
function runsIn(row: readonly boolean[]): [x: number, width: number][] {
  const marks = row.map((isDark) => (isDark ? '#' : ' ')).join('');
  return [...marks.matchAll(/#+/g)].map((run) => [run.index, run[0].length]);
}
