import { codeLists } from '#reference-data';
import type { CycleDocument, OrganizationDocument, ReportDocument } from '#views';
import { cycleAddress, HOME, organizationAddress, type ShownMoment, withQuery } from './addresses.js';
import { choice } from './choice.js';
import { label } from './evidence.js';
import { type Content, type Html, html } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import { NAME, type Page } from './page.js';
import { begun, counted, number, seriesInWords } from './words.js';

/** Which organizations are listed; a filter that is absent lets all through. */
export interface OrganizationsFilter {
  readonly kind?: string;
  readonly group?: string;
  readonly relevance?: string;
}

/** How many actions an organization leads, and in how many it takes part. */
export interface Parts {
  readonly led: number;
  readonly joined: number;
}

export interface OrganizationsView {
  readonly shown: ShownMoment;
  readonly filter: OrganizationsFilter;
  /** Those that the filter lets through, by name. */
  readonly organizations: readonly OrganizationDocument[];
  readonly parts: ReadonlyMap<string, Parts>;
  readonly cycles: readonly CycleDocument[];
  readonly reports: readonly ReportDocument[];
  /** On the whole record, whatever the filter. */
  readonly totals: { readonly organizations: number; readonly actions: number };
}

export function organizationsPage(view: OrganizationsView): Page {
  const { shown, totals, cycles, filter } = view;
  return {
    title: NAME,
    shown,
    body: html`${pastBanner(shown, withQuery(HOME, { ...filter }))}
      <h1>What was done towards enhanced cooperation, year by year</h1>
      <p class="intro">
        Paragraph 71 of the Tunis Agenda (2005) says that the organizations relevant to Internet governance “shall be
        requested to provide annual performance reports” on their process towards enhanced cooperation. This is the
        record of what each of them did, was asked and answered, with a source for every statement.
      </p>
      <p class="standing">
        ${counted(totals.organizations, 'organization')}, ${counted(totals.actions, 'action')} and
        ${counted(cycles.length, 'reporting cycle')} are on record. ${standingOfRecord(shown)}
      </p>
      <ul class="contents">
        <li><a href="#organizations">Organizations</a></li>
        <li><a href="#cycles">Reporting cycles</a></li>
        <li><a href="#confidence">How far this can be relied on</a></li>
      </ul>
      ${organizationsSection(view)} ${cyclesSection(view)} ${confidenceSection} ${asOfForm(HOME, { ...filter }, shown)}
      <p class="permanent">
        <a href="${permanentAddress(HOME, { ...filter }, shown)}">Permanent address of this page as it reads now</a>
      </p>`,
  };
}

function organizationsSection({ shown, filter, organizations, parts }: OrganizationsView): Html {
  const isFiltered = Object.values(filter).some(Boolean);
  return html`<section aria-labelledby="organizations">
    <h2 id="organizations">Organizations</h2>
    <form class="filter" action="${HOME}" method="get">
      ${shown.isPast && html`<input type="hidden" name="asOf" value="${String(shown.sequence)}" />`}
      ${filterBy(filter, 'relevance', 'Relevance', RELEVANCES)}
      ${filterBy(filter, 'group', 'Stakeholder group', codeLists.stakeholderGroups)}
      ${filterBy(filter, 'kind', 'Kind', codeLists.organizationKinds)}
      <button>Show</button>
      ${isFiltered && html`<a href="${withQuery(HOME, {}, shown)}">Show all</a>`}
    </form>
    <p>
      By name. Paragraph 71 does not list the relevant organizations: that one of them is relevant is the reading of
      this record, with its ground on its page.
    </p>
    ${RELEVANCES.map(({ code, label: words }) => {
      const listed = organizations.filter(({ relevance }) => relevance === code);
      return (
        listed.length > 0 &&
        html`<h3 class="group">${words} <small>${counted(listed.length, 'organization')}</small></h3>
          <ul class="organizations">
            ${listed.map((each) => organizationCard(each, parts.get(each.organization), shown))}
          </ul> `
      );
    })}${!organizations.length && html`<p>No organization on record is of this choice.</p>`}
  </section>`;
}

const RELEVANCES = [
  { code: 'relevant', label: 'Relevant to paragraph 71' },
  { code: 'not-marked', label: 'On record, not marked as relevant' },
];

function filterBy(
  filter: OrganizationsFilter,
  name: keyof OrganizationsFilter,
  title: string,
  codes: readonly { readonly code: string; readonly label: string }[],
): Html {
  const among = codes.map(({ code, label: words }) => [code, words] as const);
  return choice({ name, label: title, none: 'All' }, among, filter[name]);
}

function organizationCard(
  { organization, name, acronym, profile }: OrganizationDocument,
  parts: Parts | undefined,
  shown: ShownMoment,
): Html {
  const { kind, stakeholderGroup } = profile;
  const told: Content[] = [label('organizationKinds', kind)];
  if (stakeholderGroup !== undefined) told.push(label('stakeholderGroups', stakeholderGroup));
  return html`<li>
    <h4>
      <a href="${organizationAddress(organization, shown)}"><bdi>${name}</bdi></a
      >${acronym !== undefined && html` <span class="acronym"><bdi>${acronym}</bdi></span>`}
    </h4>
    <p>${told.map((each, n) => [n > 0 && ' · ', each])}</p>
    <p>${partsInWords(parts)}</p>
  </li> `;
}

function partsInWords({ led, joined }: Parts = { led: 0, joined: 0 }): string {
  if (!led && !joined) return 'No action on record';
  const words = [led && `leads ${counted(led, 'action')}`, joined && `partner in ${counted(joined, 'action')}`];
  return begun(words.filter(Boolean).join(', '));
}

/** Series by year. What a cell says does not hang on its colour or on a header that has scrolled away. */
function cyclesSection({ shown, cycles, reports }: OrganizationsView): Html | false {
  if (!cycles.length) return false;
  const years = [...new Set(cycles.map(({ year }) => year))].sort((a, b) => a - b);
  const series = [...new Set(cycles.map((cycle) => cycle.series))];
  const row = (name: string) =>
    html`<tr>
      <th scope="row">${seriesInWords(name)}</th>
      ${years.map((year) => {
        const cycle = cycles.find((each) => each.series === name && each.year === year);
        return html`<td>${cycle && cycleCell(cycle, reports, shown)}</td>`;
      })}
    </tr> `;
  return html`<section aria-labelledby="cycles">
    <h2 id="cycles">Reporting cycles</h2>
    <p>
      In each cycle, how many of those on record were answered. Organizations that nobody asked, and that did not write,
      are not counted: the record has no list of them.
    </p>
    <div class="scroll" role="region" aria-labelledby="cycles" tabindex="0">
      <table class="cycles">
        <thead>
          <tr>
            <th scope="col">Series</th>
            ${years.map((year) => html`<th scope="col">${String(year)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${series.map(row)}
        </tbody>
      </table>
    </div>
  </section>`;
}

const IS_ANSWERED: ReadonlySet<string> = new Set(['ANSWERED', 'ANSWERED_WITH_RESERVATION', 'VOLUNTARY']);

function cycleCell(
  { series, year, title, syntheses }: CycleDocument,
  reports: readonly ReportDocument[],
  shown: ShownMoment,
): Html {
  const ofCycle = reports.filter((report) => report.series === series && report.year === year);
  const answered = ofCycle.filter(({ status }) => IS_ANSWERED.has(status)).length;
  const words = [
    ofCycle.length > 0 && `${number(answered)} of ${number(ofCycle.length)}`,
    syntheses.length > 0 && `${number(syntheses.length)} issued`,
  ];
  return html`<a href="${cycleAddress(series, year, shown)}" title="${title}"
    >${words.filter(Boolean).join(', ') || 'open'}</a
  >`;
}

const confidenceSection = html`<section aria-labelledby="confidence">
  <h2 id="confidence">How far this can be relied on</h2>
  <p>
    Each statement says where it was seen. <span class="found">Seen in a source</span> means that it was read in a
    source that is named beside it. <span class="recalled">Recalled, to be verified</span> means general knowledge that
    nobody has checked against a source yet: do not quote it before you have. A date is as precise as it is known: a
    year stands for the whole year, never for its first of January.
  </p>
</section>`;
