import type { OrganizationId, ReportId } from '#reporting';
import type { ChangeEntry, OrganizationDocument } from '#views';
import {
  eventAddress,
  HOME,
  historyOf,
  organizationAddress,
  reportPath,
  type ShownMoment,
  withQuery,
} from './addresses.js';
import { type Html, html } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import type { Page } from './page.js';
import { momentInWords, number, seriesInWords } from './words.js';

export interface HistoryView {
  readonly shown: ShownMoment;
  readonly organization: Pick<OrganizationDocument, 'organization' | 'name' | 'acronym'>;
  /** Absent for all that is on record about the organization. */
  readonly report?: ReportId;
  /** The newest first. */
  readonly changes: readonly ChangeEntry[];
  /** Only what came after this sequence. */
  readonly since?: number;
  /** Where the page before this one ended, and where the next one goes on: sequences, exclusive. */
  readonly before?: number;
  readonly next?: number;
}

/** What happened, event by event, in plain words. */
export function historyPage({ shown, organization, report, changes, since, before, next }: HistoryView): Page {
  const { organization: id, name, acronym } = organization;
  const called = acronym ?? name;
  const of = report ? reportPath(report.series, report.year, report.organization) : organizationAddress(id);
  const path = historyOf(of);
  const query = { since: since?.toString(), before: before?.toString() };
  const subject = report ? `report of ${called} for ${report.year}` : called;
  return {
    title: `History: ${subject}`,
    shown,
    body: html`${pastBanner(shown, path)}
      <nav class="crumbs" aria-label="Where you are">
        <a href="${withQuery(HOME, {}, shown)}">Organizations</a> ›
        <a href="${organizationAddress(id, shown)}"><bdi>${called}</bdi></a
        >${report && html` › <a href="${withQuery(of, {}, shown)}">Report for ${String(report.year)}</a>`}
      </nav>
      <h1>
        History of
        ${report ? html`the report of <bdi>${called}</bdi> for ${String(report.year)}` : html`<bdi>${called}</bdi>`}
      </h1>
      <p class="intro">
        ${report ? `${seriesInWords(report.series)}. ` : ''}What was recorded, the newest first: who did what, and why.
        Each entry leads to its event. What is not for its reader is left out.
      </p>
      <p class="standing">
        ${since !== undefined && html`Only what came after event ${number(since)}. `}${standingOfRecord(shown)}
      </p>
      ${
        changes.length
          ? changeList(changes)
          : html`<p>Nothing that you may read is on record here${since !== undefined && ' since then'}.</p>`
      }
      ${
        next !== undefined &&
        html`<p>
          <a class="button" href="${withQuery(path, { ...query, before: String(next) }, shown)}">Older entries</a>
        </p>`
      }
      ${asOfForm(path, query, shown)}
      <p class="permanent">
        <a href="${permanentAddress(path, query, shown)}">Permanent address of this page as it reads now</a> ·
        <a href="${apiAddress(id, report, since, shown)}">The same as JSON</a>
      </p>`,
  };
}

function apiAddress(id: OrganizationId, report: ReportId | undefined, since: number | undefined, shown: ShownMoment) {
  const about = report ? { report: `${report.series}/${report.year}/${report.organization}` } : { organization: id };
  return withQuery('/api/changes', { ...about, afterSequence: since?.toString() }, shown);
}

export function changeList(changes: readonly ChangeEntry[]): Html {
  return html`<ol class="entries">
    ${changes.map(change)}
  </ol>`;
}

function change({ sequence, recordedAt, who, did, reason, said, withheld }: ChangeEntry): Html {
  return html`<li>
    <p class="when"><time datetime="${recordedAt}">${momentInWords(recordedAt)}</time> · <bdi>${who}</bdi></p>
    <p dir="auto">${did}.${withheld && html` <span class="status">Not for you to read.</span>`}</p>
    ${reason !== undefined && html`<p class="detail" dir="auto">Reason: ${reason}</p>`}
    ${said !== undefined && html`<blockquote class="detail" dir="auto">${said}</blockquote>`}
    <p class="ground"><a href="${eventAddress(sequence)}">Event ${number(sequence)}</a></p>
  </li> `;
}
