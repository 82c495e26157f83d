import { codeLists, type ListName } from '#reference-data';
import type { Coverage } from '#views';
import { COVERAGE, type ShownMoment } from './addresses.js';
import { label, whyLinks } from './evidence.js';
import { type Html, html, joined } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import { type Names, organizationLink } from './names.js';
import type { Page } from './page.js';
import { counted } from './words.js';

export interface CoverageView {
  readonly shown: ShownMoment;
  readonly coverage: Coverage;
  readonly names: Names;
}

/** Which issues were worked on and with whom, by code: never by size, since a count is no measure of merit. */
export function coveragePage({ shown, coverage, names }: CoverageView): Page {
  return {
    title: 'Issues and groups',
    shown,
    body: html`${pastBanner(shown, COVERAGE)}
      <h1>Which issues were worked on, and with whom</h1>
      <p class="intro">
        Actions that an answer to paragraph 71 may count: of the track of enhanced cooperation, not purely operational,
        not recorded in error. Each counts once, and stands under every organization that took part in it. How many
        there are depends on how finely each organization divides its work; nothing is ranked by it.
      </p>
      <p class="standing">${counted(coverage.actions, 'action')}. ${standingOfRecord(shown)}</p>
      ${table('issues', 'Policy issues', 'policyIssues', coverage.issues, names, shown)}
      ${table('groups', 'Stakeholder groups that took part', 'stakeholderGroups', coverage.groups, names, shown)}
      ${asOfForm(COVERAGE, {}, shown)}
      <p class="permanent">
        <a href="${permanentAddress(COVERAGE, {}, shown)}">Permanent address of this page as it reads now</a>
      </p>`,
  };
}

function table(
  id: string,
  title: string,
  list: 'policyIssues' | 'stakeholderGroups',
  rows: Coverage['issues'],
  names: Names,
  shown: ShownMoment,
): Html {
  const silent = silentOn(list, rows);
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${
      rows.length > 0 &&
      html`<div class="scroll">
        <table class="covered">
          <thead>
            <tr>
              <th scope="col">${title}</th>
              <th scope="col">Actions</th>
              <th scope="col">Organizations</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ code, actions, organizations, why }) =>
                html`<tr>
                  <th scope="row">${label(list, code)}</th>
                  <td>${actions}</td>
                  <td>
                    ${joined(
                      organizations.map(
                        ({ organization, actions: of }) =>
                          html`${organizationLink(names, organization, shown)} (${of.length})`,
                      ),
                      ', ',
                    )}
                  </td>
                  <td>
                    <details>
                      <summary>${counted(why.length, 'event')}</summary>
                      ${whyLinks(why)}
                    </details>
                  </td>
                </tr> `,
            )}
          </tbody>
        </table>
      </div>`
    }
    ${
      silent.length > 0 &&
      html`<p>
        No counted action on record names: ${joined(silent, ', ')}. That says nothing about what was done, only about
        what is on record.
      </p>`
    }
  </section>`;
}

function silentOn(list: ListName, rows: Coverage['issues']): Html[] {
  const named = new Set(rows.map(({ code }) => code));
  return codeLists[list].filter(({ code }) => !named.has(code)).map(({ code }) => label(list, code));
}
