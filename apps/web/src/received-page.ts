import type { OptionReceived, OrganizationDocument } from '#views';
import { HOME, OPTIONS, organizationAddress, receivedPath, type ShownMoment, withQuery } from './addresses.js';
import { label, sourcesLine, whyLinks } from './evidence.js';
import { type Html, html } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import type { Names } from './names.js';
import { closedLine, debateLine, handoverLine, tabledLine } from './option-lines.js';
import type { Page } from './page.js';
import { counted, notCountedInWords, OPTION_STATE } from './words.js';

export interface ReceivedView {
  readonly shown: ShownMoment;
  readonly organization: Pick<OrganizationDocument, 'organization' | 'name' | 'acronym'>;
  /** By id. */
  readonly options: readonly OptionReceived[];
  readonly names: Names;
}

/** What reached an organization from the forum, and what it did with it as far as the record tells. */
export function receivedPage({ shown, organization, options, names }: ReceivedView): Page {
  const { organization: id, name, acronym } = organization;
  const called = acronym ?? name;
  const path = receivedPath(id);
  return {
    title: `From the forum to ${called}`,
    shown,
    body: html`${pastBanner(shown, path)}
      <nav class="crumbs" aria-label="Where you are">
        <a href="${withQuery(HOME, {}, shown)}">Organizations</a> ›
        <a href="${organizationAddress(id, shown)}"><bdi>${called}</bdi></a>
      </nav>
      <h1>What reached <bdi>${called}</bdi> from the forum, and what it did with it</h1>
      <p class="intro">
        Policy options that were handed to it, each with its own actions that take it up. Every action stays on its own
        track: that an option came from the forum makes no action count for paragraph 71, and takes none away from it.
        <a href="${withQuery(OPTIONS, {}, shown)}">All policy options, issue by issue</a>
      </p>
      <p class="standing">${counted(options.length, 'option')} on record. ${standingOfRecord(shown)}</p>
      ${
        options.length
          ? options.map((option) => received(option, called, names, shown))
          : html`<p>
              Nothing on record reached <bdi>${called}</bdi> from a forum: no policy option was handed to it. That says
              nothing about the organization.
            </p>`
      }
      ${asOfForm(path, {}, shown)}
      <p class="permanent">
        <a href="${permanentAddress(path, {}, shown)}">Permanent address of this page as it reads now</a> ·
        <a href="${withQuery(`/api/organizations/${encodeURIComponent(id)}/options`, {}, shown)}">The same as JSON</a>
      </p>`,
  };
}

function received(option: OptionReceived, called: string, names: Names, shown: ShownMoment): Html {
  const { option: id, issue, title, description, state, debates, handover, actions, closed, sources } = option;
  return html`<article class="option" id="${id}">
    <h2>
      <a href="${`${withQuery(OPTIONS, {}, shown)}#${encodeURIComponent(id)}`}"><bdi>${title}</bdi></a>
      <small>${OPTION_STATE[state]}</small>
    </h2>
    <p class="meta">Issue: ${label('policyIssues', issue)}</p>
    <p dir="auto">${description}</p>
    <h3>What reached it</h3>
    ${tabledLine(option, names, shown)} ${sourcesLine(sources)}
    ${debates.length ? debates.map(debateLine) : html`<p>No debate in a forum is on record.</p>`}
    ${handoverLine(handover, html`<bdi>${called}</bdi>`)} ${closed && closedLine(closed)}
    <h3>What it did with it</h3>
    ${
      actions.length
        ? html`<ul>
            ${actions.map((action) => takingUp(action, shown))}
          </ul>`
        : html`<p>
            No action of <bdi>${called}</bdi> that takes it up is on record. That says what the record holds, and
            nothing about the organization.
          </p>`
    }
  </article> `;
}

function takingUp(
  { action, title, role, track, counted: isCounted, note, why }: OptionReceived['actions'][number],
  shown: ShownMoment,
): Html {
  return html`<li>
    Taken up by
    <a href="${withQuery(`/api/actions/${encodeURIComponent(action)}`, {}, shown)}"><bdi>${title}</bdi></a>
    (<bdi>${action}</bdi>,
    ${role === 'lead' ? 'which it leads' : 'as a partner'})${
      note !== undefined && html`: <span dir="auto">${note}</span>`
    }
    · <span class="meta">${isCounted ? 'May count for paragraph 71' : notCountedInWords(track)}</span> ${whyLinks(why)}
  </li> `;
}
