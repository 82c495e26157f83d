import { type OrganizationId, yearOf } from '#reporting';
import { labelOf } from '#reference-data';
import type { TimelineEntry } from '#views';
import { entryAnchor, reportPath, type ShownMoment, withQuery } from './addresses.js';
import { confidenceBadge, labels, sourcesLine, whyLinks, withheldBecause } from './evidence.js';
import { type Content, type Html, html } from './html.js';
import { type Names, organizationLink, organizationLinks } from './names.js';
import {
  detailInWords,
  happenedInWords,
  notCountedInWords,
  partnershipIn,
  seriesInWords,
  titleInWords,
  whenInWords,
} from './words.js';

/** Everything in the order in which it happened, under headings of years. */
export function timelineList(entries: readonly TimelineEntry[], names: Names, shown: ShownMoment): Html {
  const years = [...new Set(entries.map(({ date }) => yearOf(date)))];
  const numbered = entries.map((entry, n) => ({ entry, n }));
  return html`${years.map(
    (year) =>
      html`<h3 class="year" id="y${year}">${year}</h3>
        <ol class="entries">
          ${numbered.filter(({ entry }) => yearOf(entry.date) === year).map(({ entry, n }) => item(entry, n, names, shown))}
        </ol> `,
  )}`;
}

function item(entry: TimelineEntry, n: number, names: Names, shown: ShownMoment): Html {
  const { kind, date, confidence, sources, why, action, report, withheld: kept } = entry;
  const detail = detailOf(entry, names, shown);
  const isStart = kind === 'action-started';
  return html`<li id="${entryAnchor(n)}" ${action?.inError && html` class="in-error"`}>
    <p class="when"><time datetime="${date}">${whenInWords(entry)}</time> · ${happenedInWords(kind)}</p>
    <h4>${headline(entry, names, shown)}</h4>
    ${report && html`<p class="meta">${reportLine(entry, report, shown)}</p>`}
    ${action && html`<p class="meta">${standing(action, isStart, names, shown)}</p>`}
    ${detail !== undefined && html`<p class="detail" dir="auto">${detail}</p>`}
    ${kept !== undefined && html`<p class="withheld">${withheldBecause(kept)}</p>`}
    ${isStart && action && topics(action)} ${sourcesLine(sources)}
    <p class="ground">${confidenceBadge(confidence)} ${whyLinks(why)}</p>
  </li> `;
}

/** Who is named in a report that others made of the answers need not have given one. */
function reportLine(
  { kind, organization }: TimelineEntry,
  { series, year }: NonNullable<TimelineEntry['report']>,
  shown: ShownMoment,
): Content {
  const words = `${seriesInWords(series)}, ${year}`;
  if (kind === 'named-in-synthesis' || kind === 'synthesis-issued') return words;
  return html`<a href="${withQuery(reportPath(series, year, organization), {}, shown)}">${words}</a>`;
}

function detailOf(entry: TimelineEntry, names: Names, shown: ShownMoment): Content | undefined {
  const partnership = partnershipIn(entry);
  if (!partnership) return detailInWords(entry);
  const { partner, said } = partnership;
  return [organizationLink(names, partner, shown), said !== undefined && `: ${said}`];
}

/** Organizations that the entries of a timeline name besides its own. */
export function organizationsNamedIn(entries: readonly TimelineEntry[]): OrganizationId[] {
  return entries.flatMap((entry) => {
    const { action, kind, title } = entry;
    const partner = partnershipIn(entry)?.partner;
    return [
      ...(action ? [action.lead, ...action.partners] : []),
      ...(isOrganization(kind) ? [title] : []),
      // No partner of it any more, perhaps.
      ...(partner === undefined ? [] : [partner]),
    ];
  });
}

/** Whether the title of an entry is the id of another organization. */
const isOrganization = (kind: TimelineEntry['kind']) => kind === 'placed-under' || kind === 'merged-into';

function headline(entry: TimelineEntry, names: Names, shown: ShownMoment): Content {
  const { kind, title } = entry;
  if (isOrganization(kind)) return organizationLink(names, title, shown);
  return html`<bdi>${titleInWords(entry)}</bdi>`;
}

/** `isFirst`: who takes part is said once, where the action starts. */
function standing(
  action: NonNullable<TimelineEntry['action']>,
  isFirst: boolean,
  names: Names,
  shown: ShownMoment,
): Content {
  const { role, lead, partners, status, track, counted, inError, standing: said } = action;
  const others = isFirst && partners.length > 0 && html` with ${organizationLinks(names, partners, shown)}`;
  return [
    inError && html`<strong>Recorded in error</strong> · `,
    role === 'lead' ? html`Leads${others}` : html`Partner of ${organizationLink(names, lead, shown)}`,
    said !== undefined && ` (${said === 'confirmed' ? 'confirms' : 'disputes'} its part)`,
    html` · <span class="status">${labelOf('actionStatuses', status)}</span>`,
    !counted && ` · ${notCountedInWords(track)}`,
  ];
}

function topics({ issues, groups }: NonNullable<TimelineEntry['action']>): Html {
  return html`<p class="topics">
    ${labels('policyIssues', issues)}${groups.length > 0 && html`<br />${labels('stakeholderGroups', [...new Set(groups)])}`}
  </p>`;
}
