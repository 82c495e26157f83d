import { yearOf } from '#reporting';
import type { OrganizationDocument, TimelineEntry } from '#views';
import {
  comparisonAddress,
  historyOf,
  HOME,
  organizationAddress,
  receivedPath,
  type ShownMoment,
  withQuery,
} from './addresses.js';
import { confidenceBadge, label, sourcesLine, whyLinks } from './evidence.js';
import { type Facts, factList } from './facts.js';
import { type Html, html, joined, webAddress } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import { type Names, organizationLink, organizationLinks } from './names.js';
import type { Page } from './page.js';
import { timelineDrawing } from './timeline-drawing.js';
import { timelineList } from './timeline-list.js';
import { counted, dateInWords, seriesInWords } from './words.js';

export interface OrganizationView {
  readonly shown: ShownMoment;
  readonly organization: OrganizationDocument;
  /** In the order in which things happened. */
  readonly entries: readonly TimelineEntry[];
  readonly names: Names;
}

export function organizationPage({ shown, organization, entries, names }: OrganizationView): Page {
  const { organization: id, name, acronym, profile, sources, why } = organization;
  const path = organizationAddress(id);
  return {
    title: acronym ?? name,
    shown,
    body: html`${pastBanner(shown, path)}
      <nav class="crumbs" aria-label="Where you are"><a href="${withQuery(HOME, {}, shown)}">Organizations</a></nav>
      <h1><bdi>${name}</bdi>${acronym !== undefined && html` <span class="acronym"><bdi>${acronym}</bdi></span>`}</h1>
      <p class="intro" dir="auto">${profile.description}</p>
      ${facts(organization, names, shown)} ${comparisons(id, entries, shown)}
      <section aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <p class="standing">${counted(entries.length, 'entry', 'entries')}. ${standingOfRecord(shown)}</p>
        <p>
          <a href="${withQuery(historyOf(path), {}, shown)}">What was recorded, event by event and in plain words</a> ·
          <a href="${withQuery(receivedPath(id), {}, shown)}"
            >What reached it from the forum, and what it did with it</a
          >
        </p>
        ${asOfForm(path, {}, shown)} ${timeline(organization, entries, names, shown)}
      </section>
      <section class="grounds" aria-labelledby="grounds">
        <h2 id="grounds">What the description rests on</h2>
        ${sourcesLine(sources)}
        <p>${whyLinks(why)}</p>
      </section>
      <p class="permanent">
        <a href="${permanentAddress(path, {}, shown)}">Permanent address of this page as it reads now</a> ·
        <a href="${withQuery(`/api/organizations/${encodeURIComponent(id)}/timeline`, {}, shown)}">The same as JSON</a>
      </p>`,
  };
}

function facts(
  { acronym, name, formerNames, profile, relevant, parents, mergedInto }: OrganizationDocument,
  names: Names,
  shown: ShownMoment,
): Html {
  const { kind, stakeholderGroup, seat, regionOfSeat, founded, website } = profile;
  const address = webAddress(website);
  const rows: Facts = [
    ['Kind', label('organizationKinds', kind)],
    ['Stakeholder group', stakeholderGroup !== undefined && label('stakeholderGroups', stakeholderGroup)],
    [
      'Seat',
      seat &&
        html`<bdi>${seat.city}, ${seat.country}</bdi
          >${regionOfSeat !== undefined && html` (${label('regionalGroups', regionOfSeat)})`}`,
    ],
    ['Founded', founded && html`${dateInWords(founded.date)} ${confidenceBadge(founded.confidence)}`],
    [
      'Website',
      address !== undefined &&
        html`<a href="${address}" rel="noopener nofollow"><bdi>${new URL(address).host}</bdi></a>`,
    ],
    ['Under', parents.length > 0 && organizationLinks(names, parents, shown)],
    ['Merged into', mergedInto !== undefined && organizationLink(names, mergedInto, shown)],
    [
      'Formerly',
      formerNames.length > 0 &&
        joined(
          formerNames.map(
            (former) =>
              html`<bdi>${former.name}</bdi>${former.until && ` (until ${dateInWords(former.until)})`}
                ${whyLinks(former.why)}`,
          ),
          '; ',
        ),
    ],
    [
      'Relevance',
      relevant
        ? html`<span class="relevant">Relevant</span> since ${dateInWords(relevant.from)}
            <details>
              <summary>On which ground</summary>
              <p dir="auto">${relevant.ground}</p>
              <p>${whyLinks(relevant.why)}</p>
            </details>`
        : 'Not marked as relevant to paragraph 71',
    ],
  ];
  return factList(rows, `About ${acronym ?? name}`);
}

/** One link for each pair of neighbouring years in which reports of a series are on record, and one to choose. */
function comparisons(id: string, entries: readonly TimelineEntry[], shown: ShownMoment): Html {
  const years = new Map<string, Set<number>>();
  for (const { kind, report } of entries) {
    if (!report || kind === 'named-in-synthesis' || kind === 'synthesis-issued') continue;
    years.set(report.series, (years.get(report.series) ?? new Set()).add(report.year));
  }
  const pairs = [...years].flatMap(([series, found]) => {
    const inOrder = [...found].sort((a, b) => a - b);
    return inOrder.slice(1).map((later, n) => ({ series, years: [inOrder[n]!, later] }));
  });
  return html`<p class="compare">
    <a class="button" href="${comparisonAddress(id, {}, shown)}">Compare two years</a>${pairs.map(
      ({ series, years: pair }) =>
        html` <a href="${comparisonAddress(id, { years: pair, series }, shown)}"
          >${pair[0]} and ${pair[1]}: ${seriesInWords(series)}</a
        >`,
    )}
  </p>`;
}

function timeline(
  { name, acronym }: OrganizationDocument,
  entries: readonly TimelineEntry[],
  names: Names,
  shown: ShownMoment,
): Html {
  if (!entries.length)
    return html`<p>Nothing that it did or was asked is on record. That says nothing about the organization.</p>`;
  const until = Number(shown.recordedAt?.slice(0, 4) ?? yearOf(entries.at(-1)!.date));
  return html`<div class="beside">
    <div class="picture">
      <p><a class="skip" href="#list">Skip the drawing</a></p>
      <div class="scroll" role="region" aria-label="Drawing of the timeline" tabindex="0">
        ${timelineDrawing({ entries, name: acronym ?? name, until })}
      </div>
      ${legend}
    </div>
    <div class="list" id="list">${timelineList(entries, names, shown)}</div>
  </div>`;
}

const legend = html`<ul class="legend">
  <li>A soft end: known to the month or year only, or still going on</li>
  <li><span class="key broken"></span>Broken: recalled, to be verified</li>
  <li>▼ asked · ▲ answered · ● a single day</li>
</ul>`;
