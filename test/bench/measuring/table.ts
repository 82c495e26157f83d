import { isMet, type Row } from './rows.js';

const HEADINGS = ['', 'ours', 'reference', 'ratio [low-high]', 'target', ''] as const;

export function tableOf(rows: readonly Row[]): string {
  const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))];
  const cells = rows.map((row) => [
    row.note === undefined ? row.name : `${row.name} (${notes.indexOf(row.note) + 1})`,
    row.ours,
    row.reference,
    figuresOf(row),
    targetOf(row),
    verdictOf(row),
  ]);
  const widths = HEADINGS.map((heading, n) => Math.max(heading.length, ...cells.map((line) => line[n]!.length)));
  const lines = [[...HEADINGS], widths.map((width) => '-'.repeat(width)), ...cells].map(
    (line) => `| ${line.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |`,
  );
  return [...lines, ...(notes.length ? [''] : []), ...notes.map((note, n) => `(${n + 1}) ${note}`)].join('\n');
}

export function verdictOf(row: Row): string {
  if (row.value === undefined) return 'not measured';
  if (row.target === undefined) return '';
  return isMet(row) ? 'met' : 'NOT MET';
}

function figuresOf({ value, low, high, unit }: Row): string {
  if (value === undefined) return '-';
  const range = low === undefined || high === undefined ? '' : ` [${short(low)}-${short(high)}]`;
  return unit === 'x' ? `${short(value)}${range}` : `${short(value)} ${unit}${range}`;
}

function targetOf({ target, unit }: Row): string {
  if (target === undefined) return '-';
  const [sign, figure] = 'atLeast' in target ? ['>=', target.atLeast] : ['<=', target.atMost];
  return unit === 'x' ? `${sign} ${figure.toFixed(2)}` : `${sign} ${figure} ${unit}`;
}

const short = (figure: number) =>
  figure < 100 ? Number(figure.toPrecision(figure < 1 ? 2 : 3)).toString() : figure.toFixed(0);
