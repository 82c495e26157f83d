import type { Circle, Entry, Reader } from './entry.js';

/** In a row that everybody may read. */
export const PUBLIC = 'public';
const WITHHELD = 'withheld';

/** Who may read an entry, in one word for each that is equal. */
export function readersOf(readBy: Entry['readBy']): string {
  if (readBy === 'public') return PUBLIC;
  const { report, readers, isWithheld } = readBy;
  const { series, year, organization } = report;
  return [`${series}/${year}/${organization}`, ...(isWithheld ? [WITHHELD] : []), ...readers].join(' ');
}

export function circleOf(text: string): Circle {
  const [report = '', ...rest] = text.split(' ');
  const [series = '', year, organization = ''] = report.split('/');
  const isWithheld = rest[0] === WITHHELD;
  const readers = (isWithheld ? rest.slice(1) : rest) as Reader[];
  return { report: { series, year: Number(year), organization }, readers, ...(isWithheld && { isWithheld }) };
}
