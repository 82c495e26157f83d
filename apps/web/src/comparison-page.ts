import type { OrganizationDocument } from '#views';
import type { ComparisonAnswer } from '#views';
import {
  comparisonAddress,
  comparisonPath,
  HOME,
  organizationAddress,
  type ShownMoment,
  withQuery,
} from './addresses.js';
import { choice } from './choice.js';
import { comparisonLists, comparisonSummary } from './comparison-lists.js';
import { sideBySide, standings, writtenSections } from './comparison-sides.js';
import { type Html, html } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import type { Names } from './names.js';
import type { Page } from './page.js';
import { seriesInWords } from './words.js';

export interface ComparisonView {
  readonly shown: ShownMoment;
  readonly organization: OrganizationDocument;
  /** To choose from, the earliest first. */
  readonly years: readonly number[];
  readonly allSeries: readonly string[];
  readonly series: string;
  /** As chosen, also where they cannot be compared. */
  readonly chosen: readonly number[];
  /** Absent where there is something to mend first, which `message` says. */
  readonly comparison?: ComparisonAnswer;
  readonly message?: string;
  readonly names: Names;
}

/** An organization beside itself, never beside another: nothing on this page ranks anybody. */
export function comparisonPage(view: ComparisonView): Page {
  const { shown, organization, series, comparison, message, names } = view;
  const { organization: id, name, acronym } = organization;
  const called = acronym ?? name;
  const years = comparison && [comparison.earlier.year, comparison.later.year];
  const asked = { ...(years && { years }), series };
  const query = { years: years?.join(','), series };
  return {
    title: years ? `${called} in ${years[0]} and ${years[1]}` : `${called}: compare two years`,
    shown,
    body: html`${pastBanner(shown, comparisonAddress(id, asked))}
      <nav class="crumbs" aria-label="Where you are">
        <a href="${withQuery(HOME, {}, shown)}">Organizations</a> ›
        <a href="${organizationAddress(id, shown)}"><bdi>${called}</bdi></a>
      </nav>
      <h1><bdi>${called}</bdi>${years ? ` in ${years[0]} and in ${years[1]}` : ': compare two years'}</h1>
      <p class="intro">
        ${seriesInWords(series)}. <bdi>${name}</bdi> beside itself: what the record says of one year and of another.
        Nothing is scored.
      </p>
      ${message !== undefined && html`<p class="banner fault" role="alert" id="fault"><strong>Nothing is compared yet.</strong> ${message}</p>`}
      ${choiceForm(view)} ${comparison && told(comparison, names, shown)} ${asOfForm(comparisonPath(id), query, shown)}
      <p class="standing">${standingOfRecord(shown)}</p>
      ${
        comparison &&
        html`<p class="permanent">
          <a href="${permanentAddress(comparisonPath(id), query, shown)}"
            >Permanent address of this page as it reads now</a
          >
          ·
          <a href="${withQuery(`/api/organizations/${encodeURIComponent(id)}/comparison`, query, shown)}"
            >The same as JSON</a
          >
        </p>`
      }`,
  };
}

function told(comparison: ComparisonAnswer, names: Names, shown: ShownMoment): Html {
  return html`${standings(comparison)} ${comparisonSummary(comparison)} ${comparisonLists(comparison, names, shown)}
  ${sideBySide(comparison)} ${writtenSections(comparison)}`;
}

function choiceForm({ organization, years, allSeries, series, chosen, message, shown }: ComparisonView): Html {
  const year = (id: string, title: string, selected: number | undefined) =>
    html`<div>
      <label for="${id}">${title}</label>
      <select id="${id}" name="years" ${message !== undefined && html` aria-describedby="fault"`}>
        ${years.map((each) => html`<option${each === selected && html` selected`}>${each}</option>`)}
      </select>
    </div>`;
  const seriesNamed = allSeries.map((each) => [each, seriesInWords(each)] as const);
  return html`<form class="filter" action="${comparisonPath(organization.organization)}" method="get">
    ${year('year-one', 'One year', chosen[0])} ${year('year-other', 'The other year', chosen[1] ?? years.at(-1))}
    ${choice({ name: 'series', label: 'Series of reports' }, seriesNamed, series)}
    ${shown.isPast && html`<input type="hidden" name="asOf" value="${shown.sequence}" />`}
    <button>Compare</button>
  </form>`;
}
