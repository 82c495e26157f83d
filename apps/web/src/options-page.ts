import type { Argument, Handover, OptionDocument } from '#views';
import { OPTIONS, receivedPath, type ShownMoment, withQuery } from './addresses.js';
import { label, sourcesLine, whyLinks } from './evidence.js';
import { type Html, html, joined } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import { type Names, organizationLink } from './names.js';
import { closedLine, debateLine, handoverLine, tabledLine, voice } from './option-lines.js';
import type { Page } from './page.js';
import { counted, OPTION_STATE } from './words.js';

export interface OptionsView {
  readonly shown: ShownMoment;
  /** By id. */
  readonly options: readonly OptionDocument[];
  readonly names: Names;
}

/** What is on the table, issue by issue: who argued what, where it was debated, whom it was handed to. */
export function optionsPage({ shown, options, names }: OptionsView): Page {
  const byIssue = new Map<string, OptionDocument[]>();
  for (const option of options) byIssue.set(option.issue, [...(byIssue.get(option.issue) ?? []), option]);
  return {
    title: 'Policy options',
    shown,
    body: html`${pastBanner(shown, OPTIONS)}
      <h1>Policy options, issue by issue</h1>
      <p class="intro">
        What could be done about an issue, as somebody tabled it: argued for and against by stakeholder groups, debated
        in an open forum, handed to whom it concerns, taken up or not. The debate belongs to the forum: an option makes
        no action count for paragraph 71 that would not count without it.
      </p>
      <p class="standing">${counted(options.length, 'option')} on record. ${standingOfRecord(shown)}</p>
      ${[...byIssue]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([issue, all]) =>
            html`<section aria-labelledby="${`issue-${issue}`}">
              <h2 id="${`issue-${issue}`}">${label('policyIssues', issue)}</h2>
              ${all.map((option) => optionSection(option, names, shown))}
            </section>`,
        )}
      ${asOfForm(OPTIONS, {}, shown)}
      <p class="permanent">
        <a href="${permanentAddress(OPTIONS, {}, shown)}">Permanent address of this page as it reads now</a>
      </p>`,
  };
}

function optionSection(option: OptionDocument, names: Names, shown: ShownMoment): Html {
  const { option: id, title, description, state, debates = [], handovers = [], actions = [], closed } = option;
  return html`<article class="option" id="${id}">
    <h3><bdi>${title}</bdi> <small>${OPTION_STATE[state]}</small></h3>
    <p dir="auto">${description}</p>
    ${tabledLine(option, names, shown)} ${sourcesLine(option.sources)}
    ${argumentList(option.arguments ?? [], 'for', 'For', names, shown)}
    ${argumentList(option.arguments ?? [], 'against', 'Against', names, shown)} ${debates.map(debateLine)}
    ${handovers.map((handover) => handoverLine(handover, receiver(handover, names, shown)))}
    ${
      actions.length > 0 &&
      html`<p>
        Taken up by
        ${joined(
          actions.map(
            ({ action, track, why }) =>
              html`<a href="${`/api/actions/${encodeURIComponent(action)}`}"><bdi>${action}</bdi></a>
                (${label('tracks', track)}) ${whyLinks(why)}`,
          ),
          '; ',
        )}
      </p>`
    }
    ${closed && closedLine(closed)}
  </article>`;
}

function receiver({ organization, mechanism }: Handover, names: Names, shown: ShownMoment): Html {
  if (organization === undefined) return html`<bdi>${mechanism}</bdi>`;
  return html`${organizationLink(names, organization, shown)} (<a
      href="${withQuery(receivedPath(organization), {}, shown)}"
      >what reached it</a
    >)`;
}

function argumentList(
  all: readonly Argument[],
  side: Argument['side'],
  title: string,
  names: Names,
  shown: ShownMoment,
): Html | false {
  const listed = all.filter((argument) => argument.side === side);
  return (
    listed.length > 0 &&
    html`<h4>${title}</h4>
      <ul>
        ${listed.map(
          ({ by, text, why }) =>
            html`<li>${voice(by, names, shown)}: <span dir="auto">${text}</span> ${whyLinks(why)}</li> `,
        )}
      </ul>`
  );
}
