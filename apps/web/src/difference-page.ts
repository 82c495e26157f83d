import type { Claim } from '#reporting';
import type { OrganizationDocument, SectionDifference, Signed, VersionDifference } from '#views';
import { languageNamed, partNamed } from '#views';
import { HOME, organizationAddress, reportPath, type ShownMoment, withQuery } from './addresses.js';
import { wordsCompared } from './comparison-sides.js';
import { label, whyLinks, withheldBecause } from './evidence.js';
import { type Content, type Html, html } from './html.js';
import { pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import type { Page } from './page.js';
import { documentLink } from './report-page-content.js';
import { begun, dateInWords, number } from './words.js';

export interface DifferenceView {
  readonly shown: ShownMoment;
  readonly organization: Pick<OrganizationDocument, 'organization' | 'name' | 'acronym'>;
  readonly series: string;
  readonly year: number;
  readonly difference: VersionDifference;
}

/** Two versions of one report: what one says and the other does not. */
export function differencePage({ shown, organization, series, year, difference }: DifferenceView): Page {
  const { organization: id, name, acronym } = organization;
  const { from, to } = difference;
  const called = acronym ?? name;
  const report = reportPath(series, year, id);
  const path = `${report}/difference`;
  const query = { versions: `${from},${to}` };
  const parts = [sections(difference), citations(difference), figures(difference), documents(difference)];
  return {
    title: `${called}: report for ${year}, versions ${from} and ${to}`,
    shown,
    body: html`${pastBanner(shown, withQuery(path, query))}
      <nav class="crumbs" aria-label="Where you are">
        <a href="${withQuery(HOME, {}, shown)}">Organizations</a> ›
        <a href="${organizationAddress(id, shown)}"><bdi>${called}</bdi></a> ›
        <a href="${withQuery(report, {}, shown)}">Report for ${String(year)}</a>
      </nav>
      <h1>Report of <bdi>${called}</bdi> for ${String(year)}: versions ${from} and ${to}</h1>
      <p class="meaning">
        <del>Struck out</del>: said in version ${from} and not in version ${to}. <ins>Underlined</ins>: said in version
        ${to} only.
      </p>
      ${parts.some(Boolean) ? parts : html`<p>In what you may read, they say the same.</p>`} ${signatures(difference)}
      ${withheld(difference)}
      <p class="standing">${standingOfRecord(shown)}</p>
      <p class="permanent">
        <a href="${permanentAddress(path, query, shown)}">Permanent address of this page as it reads now</a> ·
        <a href="${withQuery(`/api${report}/versions/${from}/difference/${to}`, {}, shown)}">The same as JSON</a>
      </p>`,
  };
}

function sections({ sections: { added, removed, changed }, from, to }: VersionDifference): Html | false {
  if (!added.length && !removed.length && !changed.length) return false;
  const group = (all: readonly SectionDifference[], what: string) =>
    all.map(
      (each) =>
        html`<h3>${label('reportSections', each.section)}</h3>
          <p class="meta">${what} · ${languageNamed(each.lang)}</p>
          ${wordsCompared(each)}
          <p class="ground">${whyLinks(each.why)}</p> `,
    );
  return html`<section aria-labelledby="texts">
    <h2 id="texts">Sections</h2>
    ${group(changed, 'Changed')} ${group(added, `Only in version ${to}`)} ${group(removed, `Only in version ${from}`)}
  </section>`;
}

function citations({ citations: { added, removed, claimedOtherwise }, from, to }: VersionDifference): Html | false {
  if (!added.length && !removed.length && !claimedOtherwise.length) return false;
  const cited = (what: string) => (each: { readonly action: string; readonly claims: readonly Claim[] }) =>
    html`<li><bdi>${each.action}</bdi>: ${what} ${claimed(each.claims)}</li> `;
  return html`<section aria-labelledby="actions">
    <h2 id="actions">Actions that are cited</h2>
    <ul>
      ${added.map(cited(`only in version ${to}`))} ${removed.map(cited(`only in version ${from}`))}
      ${claimedOtherwise.map(
        ({ action, from: had, to: has }) =>
          html`<li>
            <bdi>${action}</bdi>: with other claims
            <div class="two">
              <div>
                <h4>Version ${from}</h4>
                ${claimed(had)}
              </div>
              <div>
                <h4>Version ${to}</h4>
                ${claimed(has)}
              </div>
            </div>
          </li> `,
      )}
    </ul>
  </section>`;
}

const claimed = (claims: readonly Claim[]): Html | false =>
  claims.length > 0 &&
  html`<ul>
    ${claims.map(({ criterion, text }) => html`<li>${label('criteria', criterion)}: <span dir="auto">${text}</span></li> `)}
  </ul>`;

function figures({ figures: all, from, to }: VersionDifference): Html | false {
  const measure = (told: { readonly value: number; readonly unit: string } | undefined): Content =>
    told ? html`${number(told.value)} <bdi>${told.unit}</bdi>` : 'Not reported';
  return (
    all.length > 0 &&
    html`<section aria-labelledby="figures">
      <h2 id="figures">Figures</h2>
      <div class="scroll" role="region" aria-labelledby="figures" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Indicator</th>
              <th scope="col">Version ${from}</th>
              <th scope="col">Version ${to}</th>
            </tr>
          </thead>
          <tbody>
            ${all.map(
              ({ indicator, from: was, to: is }) =>
                html`<tr>
                  <th scope="row"><bdi>${indicator}</bdi></th>
                  <td>${measure(was)}</td>
                  <td>${measure(is)}</td>
                </tr> `,
            )}
          </tbody>
        </table>
      </div>
    </section>`
  );
}

function documents({ documents: { added, removed }, from, to }: VersionDifference): Html | false {
  const listed = (all: typeof added, version: number) =>
    all.map(({ document }) => html`<li>${documentLink(document)}: only in version ${version}</li> `);
  return (
    (added.length > 0 || removed.length > 0) &&
    html`<section aria-labelledby="attachments">
      <h2 id="attachments">Attachments</h2>
      <ul>
        ${listed(added, to)} ${listed(removed, from)}
      </ul>
    </section>`
  );
}

function signatures({ signed, from, to }: VersionDifference): Html {
  const side = (version: number, signature: Signed) => {
    const { on, signatory, firstSignatory, declaration, reservation, reservationWithheld } = signature;
    return html`<div>
      <h3>Version ${version}</h3>
      <p>
        ${dateInWords(on)}, ${firstSignatory !== undefined && html`<bdi>${firstSignatory}</bdi> and `}<bdi
          >${signatory}</bdi
        >
      </p>
      <p dir="auto">${declaration}</p>
      ${reservation !== undefined && html`<p>With a reservation: <span dir="auto">${reservation}</span></p>`}
      ${reservationWithheld !== undefined && html`<p>With a reservation. ${withheldBecause(reservationWithheld)}</p>`}
    </div>`;
  };
  return html`<section aria-labelledby="signed">
    <h2 id="signed">How each was signed</h2>
    <div class="two">${side(from, signed.from)} ${side(to, signed.to)}</div>
  </section>`;
}

function withheld({ withheld: parts }: VersionDifference): Html | false {
  return (
    parts.length > 0 &&
    html`<section aria-labelledby="withheld">
      <h2 id="withheld">What is withheld</h2>
      <p class="meaning">Whether these parts changed is not said.</p>
      <ul>
        ${parts.map(({ part, reason }) => html`<li>${begun(partNamed(part))}: <span dir="auto">${reason}</span></li> `)}
      </ul>
    </section>`
  );
}
