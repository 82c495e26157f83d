import type { DocumentRef, EarlierStatement, Edtf } from '#reporting';
import { labelOf, streamOfSeries } from '#reference-data';
import type { InWords, Naming } from '../wording.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** As precisely as it is known: `2008`, `October 2008` or `6 October 2008`. */
export function dateInWords(date: Edtf): string {
  const [year, month, day] = date.split('-');
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** `in 2008`, `in October 2008`, `on 6 October 2008`. */
export const onDate = (date: Edtf) => `${date.length === 10 ? 'on' : 'in'} ${dateInWords(date)}`;

/** ` in 2008` and its like at the end of a phrase; nothing where no date is on record. */
export const atEnd = (date: Edtf | undefined) => (date === undefined ? '' : ` ${onDate(date)}`);

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly (string | number)[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `2010`, or `2010, first said in 2008`: the year of a statement, and the one in which its words were new. */
export function earlierYears({ year, firstSaidIn = year }: EarlierStatement): string {
  return firstSaidIn === year ? `${year}` : `${year}, first said in ${firstSaidIn}`;
}

export const inQuotes = (text: string) => `“${text}”`;

/** `section S04 (Actions started, continued and closed)`. */
export function sectionNamed(section: string): string {
  const label = labelOf('reportSections', section);
  return label === section ? `section ${section}` : `section ${section} (${label})`;
}

/** A part that is withheld, by the name that `Withholding` gives it. */
export function partNamed(part: string): string {
  const [kind, name] = part.split(' ', 2) as [string, string?];
  if (kind === 'figure') return `the figure ${name}`;
  if (kind === 'action') return `the citation of ${name}`;
  if (kind === 'document') return `attached document ${name}`;
  if (kind === 'clarification') return `the question ${name} with what was said of it`;
  if (kind === 'reservation') return 'the reservation';
  if (kind === 'letter') return 'the answer by letter';
  const [section, lang] = part.split('/', 2) as [string, string?];
  return lang === undefined ? sectionNamed(section) : `${sectionNamed(section)} in ${languageNamed(lang)}`;
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** The name of a language by its BCP 47 tag; the tag where it has none, or is none. */
export function languageNamed(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export const seriesNamed = (series: string) => {
  const stream = streamOfSeries(series);
  return stream === undefined ? series : labelOf('reportStreams', stream);
};

export const organizationNamed = (naming: Naming, id: string) => naming.organization(id) ?? id;

/** `the action “Example memorandum” (ACT-0001)`. */
export const thingNamed = (kind: string, title: string | undefined, id: string) =>
  title === undefined ? `the ${kind} ${id}` : `the ${kind} ${inQuotes(title)} (${id})`;

export const actionNamed = (naming: Naming, id: string) => thingNamed('action', naming.action(id), id);

export const documentNamed = ({ title, symbol }: DocumentRef) =>
  symbol === undefined ? inQuotes(title) : `${inQuotes(title)} (${symbol})`;

/** Members that are not there are left out. */
export function told(
  did: string,
  more: { readonly reason?: string | undefined; readonly said?: string | undefined } = {},
): InWords {
  const { reason, said } = more;
  return { did, ...(reason && { reason }), ...(said && { said }) };
}
