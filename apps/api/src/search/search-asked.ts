import { codeLists } from '#reference-data';
import { SLUG } from '#reporting';
import { askedWords, ENTRY_KINDS, type EntryKind, isPlaceOfHit, type Search } from '#views';
import type { Asked } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';

/** What it can be narrowed down by. */
export const SEARCH_FILTERS = ['kind', 'organization', 'year', 'language', 'track'] as const;

type Given = Readonly<Partial<Record<(typeof SEARCH_FILTERS)[number] | 'q', string>>>;
type Wanted = Omit<Search['wanted'], 'limit'>;

const LANGUAGE = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i;
const TRACKS: ReadonlySet<string> = new Set(codeLists.tracks.map(({ code }) => code));

/** Throws a problem that names what of it makes no sense. */
export function searchAsked({ filters, after }: Pick<Asked, 'filters' | 'after'>): Wanted {
  const { q, kind, organization, year, language, track }: Given = filters;
  const phrases = askedWords(q ?? '');
  const faults = [
    !phrases.length && fault('q', 'must hold a word: letters or digits. Signs alone find nothing'),
    kind !== undefined && !isKind(kind) && fault('kind', `must be one of ${ENTRY_KINDS.join(', ')}`),
    organization !== undefined && !SLUG.test(organization) && fault('organization', 'must be the id of one'),
    year !== undefined && !/^\d{4}$/.test(year) && fault('year', 'must be a year of four digits, such as 2008'),
    language !== undefined &&
      !LANGUAGE.test(language) &&
      fault('language', 'must be a language tag, such as fr or zh-Hans'),
    track !== undefined && !TRACKS.has(track) && fault('track', `must be one of ${[...TRACKS].join(', ')}`),
  ].filter((each) => each !== false);
  if (faults.length) throw new HttpProblem('query-parameter-malformed', { errors: faults });
  if (after !== undefined && !isPlaceOfHit(after)) throw new HttpProblem('cursor-malformed');
  return {
    phrases,
    ...(kind !== undefined && { kind: kind as EntryKind }),
    ...(organization !== undefined && { organization }),
    ...(year !== undefined && { year: Number(year) }),
    ...(language !== undefined && { language }),
    ...(track !== undefined && { track }),
    ...(after !== undefined && { after }),
  };
}

const fault = (parameter: string, message: string) => ({ parameter, message });

const isKind = (text: string): text is EntryKind => ENTRY_KINDS.some((kind) => kind === text);
