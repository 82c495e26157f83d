import { labelOf } from '#reference-data';
import type { EntryKind, Hit, Piece } from '#views';
import {
  cycleAddress,
  OPTIONS,
  organizationAddress,
  reportPath,
  SEARCH,
  type ShownMoment,
  withQuery,
} from './addresses.js';
import { choice } from './choice.js';
import { label, whyLinks } from './evidence.js';
import { type Content, type Html, html, joined } from './html.js';
import { standingOfRecord } from './moment.js';
import { type Names, organizationLinks, shortName } from './names.js';
import type { Page } from './page.js';
import { counted } from './words.js';

/** A hit, with the address at which a program reads the whole of it. */
export interface FoundLine extends Hit {
  readonly href: string;
}

export interface SearchView {
  readonly shown: ShownMoment;
  readonly asked: Readonly<Partial<Record<string, string>>>;
  /** Absent where nothing was looked for. */
  readonly found?: { readonly total: number; readonly hits: readonly FoundLine[]; readonly cursor?: string };
  /** What is wrong with what was asked for. */
  readonly fault?: string;
  readonly names: Names;
}

const KINDS: Readonly<Record<EntryKind, string>> = {
  organization: 'Organization',
  action: 'Action',
  option: 'Policy option',
  argument: 'Argument on a policy option',
  cycle: 'Round',
  guidance: 'Guidance of a round',
  synthesis: 'Synthesis of a round',
  section: 'Section of a report',
  claim: 'Claim in a report',
  figure: 'Figure in a report',
  attachment: 'Attachment, by its name',
  clarification: 'Clarification',
  finding: 'Finding of a reviewer',
  conclusion: 'Conclusion of a reviewer',
};

export function searchPage({ shown, asked, found, fault, names }: SearchView): Page {
  const { q } = asked;
  return {
    title: q === undefined ? 'Search' : `${q} · Search`,
    body: html`<h1>Search the record</h1>
      ${fault !== undefined && html`<p class="banner fault" role="alert">${fault}</p>`}${form(asked)}
      ${found && results(found, asked, names, shown)}
      ${
        !found &&
        html`<p class="intro">
          All words have to be there. Put words that follow each other in quotation marks, and <code>*</code> at the end
          of what only begins so. Case and accents make no difference. What is found is what you may read.
        </p>`
      }
      <p class="standing">${standingOfRecord(shown)}</p>`,
  };
}

function form(asked: SearchView['asked']): Html {
  const text = (name: string, words: string, more: Content) =>
    html`<div>
      <label for="${name}">${words}</label>
      <input id="${name}" name="${name}" value="${asked[name]}" autocomplete="off" ${more} />
    </div>`;
  return html`<form class="filter" action="${SEARCH}" method="get">
    ${text('q', 'Words', html`type="search" maxlength="200" required dir="auto"`)}
    ${choice({ name: 'kind', label: 'Kind', none: 'Everything' }, Object.entries(KINDS), asked['kind'])}
    ${text('organization', 'Organization, by its id', html`spellcheck="false"`)}
    ${text('year', 'Year', html`inputmode="numeric" pattern="\\d{4}" size="4"`)}
    ${text('language', 'Language, such as fr', html`size="6" spellcheck="false"`)}
    <button>Search</button>
  </form>`;
}

function results(
  { total, hits, cursor }: NonNullable<SearchView['found']>,
  asked: SearchView['asked'],
  names: Names,
  shown: ShownMoment,
): Html {
  if (!total)
    return html`<p>
      Nothing that you may read says so. Fewer words, or <code>*</code> at the end of one, find more. That says nothing
      about what was done, only about what is on record.
    </p>`;
  return html`<p>${counted(total, 'place')}, the best match first.</p>
    <ol class="hits">
      ${hits.map((hit) => line(hit, names, shown))}
    </ol>
    ${cursor !== undefined && html`<p><a rel="next" href="${withQuery(SEARCH, { ...asked, cursor })}">More of them</a></p>`}`;
}

function line(hit: FoundLine, names: Names, shown: ShownMoment): Html {
  const { kind, title, snippet, organizations, language, year, track, place } = hit;
  const facts = [
    KINDS[kind],
    organizations.length > 0 && organizationLinks(names, organizations, shown),
    year,
    language !== undefined && html`in <bdi>${language}</bdi>`,
    track !== undefined && label('tracks', track),
    standing(hit),
  ].filter((fact) => fact !== false && fact !== undefined);
  return html`<li>
    <h2><a href="${addressOf(hit)}">${title ? html`<bdi>${pieces(title)}</bdi>` : heading(hit, names)}</a></h2>
    ${snippet.length > 0 && html`<p dir="auto" ${language !== undefined && html` lang="${language}"`}>${pieces(snippet)}</p>`}
    <p class="meta">
      ${joined(facts, ' · ')} ${whyLinks(place.why.slice(0, 1))} <a href="${hit.href}">For programs</a>
    </p>
  </li> `;
}

const pieces = (all: readonly Piece[]) => all.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text));

/** Of what has no title of its own. */
function heading({ kind, place }: Hit, names: Names): Content {
  const { section, organization, year, action, option } = place;
  if (option !== undefined) return [KINDS[kind], ': ', html`<bdi>${option}</bdi>`];
  const whose = organization === undefined ? '' : [' of ', html`<bdi>${shortName(names, organization)}</bdi>`];
  const what = section === undefined ? KINDS[kind] : `${section} ${labelOf('reportSections', section)}`;
  return [what, action !== undefined && kind === 'claim' && [', on ', html`<bdi>${action}</bdi>`], ', ', year, whose];
}

function standing({ isRestricted, place }: Hit): string | undefined {
  if (place.version === 'draft') return 'in a draft';
  if (place.superseded) return `said in version ${place.version}, and otherwise since`;
  if (isRestricted) return 'not public';
  return place.version === undefined ? undefined : `version ${place.version}`;
}

/** The page on which a person reads it; of drafts and of what is not public there is none but what programs read. */
function addressOf({ kind, place, href, isRestricted }: FoundLine): string {
  const { organization, series, year, version } = place;
  if (kind === 'option' || kind === 'argument') return OPTIONS;
  if (series === undefined || year === undefined)
    return organization === undefined ? href : organizationAddress(organization);
  if (organization === undefined) return cycleAddress(series, year);
  const isOnPage = typeof version === 'number' && (kind === 'section' || kind === 'claim' || kind === 'figure');
  if (isOnPage) return withQuery(reportPath(series, year, organization), { version: String(version) });
  return isRestricted ? href : reportPath(series, year, organization);
}
