import type { Audience, Source } from '#reporting';
import { sameSource } from '#reporting';
import type { ChangeEntry, OrganizationDocument, Receipt, ReportAnswer, VersionEntry, VersionsAnswer } from '#views';
import { partNamed, roleNamed, widestParts } from '#views';
import { HOME, historyOf, organizationAddress, reportPath, type ShownMoment, withQuery } from './addresses.js';
import { confidenceBadge, sourcesLine, whyLinks, withheldBecause } from './evidence.js';
import { type Facts, factList } from './facts.js';
import { changeList } from './history-page.js';
import { type Content, type Html, html, joined } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import { type Names, organizationLink } from './names.js';
import type { Page } from './page.js';
import { documentLink, type ReportContent, reportContent } from './report-page-content.js';
import { type ReportReview, reportReview } from './report-page-review.js';
import {
  dateInWords,
  listed,
  momentInWords,
  number,
  punctualityInWords,
  seriesInWords,
  statusInWords,
} from './words.js';

export interface ReportView extends ReportReview, ReportContent {
  readonly shown: ShownMoment;
  readonly organization: Pick<OrganizationDocument, 'organization' | 'name' | 'acronym'>;
  readonly versions: VersionsAnswer;
  readonly receipt?: Receipt;
  /** What has changed since a sequence, the newest first, where that was asked. */
  readonly since?: { readonly sequence: number; readonly changes: readonly ChangeEntry[]; readonly isCut: boolean };
  readonly names: Names;
  /** As whom it is read, where that is not as everybody. */
  readonly reader?: Audience;
}

/** One report, in one of its versions: what it says, what became of it, and what others asked and found. */
export function reportPage(view: ReportView): Page {
  const { shown, organization, answer, versions, names, receipt } = view;
  const { organization: id, name, acronym } = organization;
  const { series, year } = answer.report;
  const path = reportPath(series, year, id);
  const read = versions.versions.find(({ version }) => version === answer.version);
  const query = { version: read && !read.current ? String(read.version) : undefined };
  const called = acronym ?? name;
  return {
    title: `${called}: report for ${year}${read ? `, version ${read.version}` : ''}`,
    shown,
    body: html`${pastBanner(shown, withQuery(path, query))}
      <nav class="crumbs" aria-label="Where you are">
        <a href="${withQuery(HOME, {}, shown)}">Organizations</a> ›
        <a href="${organizationAddress(id, shown)}"><bdi>${called}</bdi></a>
      </nav>
      <h1>Report of <bdi>${called}</bdi> for ${String(year)}</h1>
      <p class="intro">${seriesInWords(series)}</p>
      ${banners(view, read, path)} ${ribbon(view, path)} ${facts(answer, read, names, shown)}
      ${versionPicker(versions, read, path, shown)} ${reportContent(view)} ${reportReview(view)}
      ${receipt && receiptSection(receipt, path)}
      <section class="grounds" aria-labelledby="grounds">
        <h2 id="grounds">What this rests on</h2>
        ${sourcesLine(eachOnce(answer.report.sources))}
        <p>${whyLinks(answer.report.why)}</p>
        <p><a href="${withQuery(historyOf(path), {}, shown)}">The history of this report in plain words</a></p>
        <p class="standing">${standingOfRecord(shown)}</p>
      </section>
      ${asOfForm(path, query, shown)}
      <p class="permanent">
        <a href="${permanentAddress(path, query, shown)}">Permanent address of this page as it reads now</a> ·
        <a href="${withQuery(`/api${path}`, query, shown)}">The same as JSON</a>
      </p>`,
  };
}

/** The request and the answer may have been seen in one place. */
const eachOnce = (sources: readonly Source[] = []): readonly Source[] =>
  sources.filter((source, n) => sources.findIndex((other) => sameSource(source, other)) === n);

/** What a reader must know before they quote a word of it. */
function banners(
  { answer, versions, shown, reader = 'public' }: ReportView,
  read: VersionEntry | undefined,
  path: string,
): Content {
  const { report } = answer;
  const current = versions.versions.find((each) => each.current);
  const latest = (report.unpublished ?? report.versions)?.at(-1)?.version ?? 0;
  const shownLast = versions.versions.at(-1)?.version ?? 0;
  const isSuperseded = read && current && read.version < current.version;
  return [
    report.phase === 'withdrawn' &&
      html`<p class="banner fault">
        <strong>This report was withdrawn.</strong> <span dir="auto">${report.withdrawal?.reason}</span>
        ${shownLast > 0 && 'What had been published stays readable, as what was said and is not upheld.'}
      </p>`,
    isSuperseded &&
      html`<p class="banner">
        <strong>This is version ${read.version}. Version ${current.version} has taken its place</strong>, submitted
        ${dateInWords(current.on)}${amended(current)}<br />
        <a href="${withQuery(path, {}, shown)}">Read the current version</a> ·
        <a href="${differenceAddress(path, read.version, current.version, shown)}">See what is different</a>
      </p>`,
    latest > shownLast &&
      html`<p class="banner">
        Version ${latest} has been submitted and is not published yet. Its words are not shown.
      </p>`,
    // FAC#5734: the way to open it again stood beside the state, where people missed it.
    report.phase === 'submitted' &&
      reader !== 'public' &&
      html`<p class="banner">
        <strong>This report is signed, and locked.</strong> To change it, open an amendment, with a reason and the
        sections that it touches: who signs for the organization does so by <code>POST /api${path}/amendment</code> in
        the <a href="/api/docs">interface for programs</a>.
      </p>`,
    report.phase === 'draft' &&
      !read &&
      html`<p class="banner">This report is being written. Its words are shown once it is submitted.</p>`,
    report.phase === 'amending' &&
      report.amendment &&
      html`<p class="banner">
        An amendment of ${report.amendment.sections.join(', ')} is being
        written${report.amendment.material ? ', as a material one' : ''}:
        <span dir="auto">${report.amendment.reason}</span>
      </p>`,
  ];
}

const amended = ({ amendment }: VersionEntry): Content =>
  amendment &&
  html` as ${amendment.material ? 'a material amendment' : 'an amendment that is not material'}:
    <span dir="auto">${amendment.reason}</span>`;

const differenceAddress = (path: string, from: number, to: number, shown: ShownMoment) =>
  withQuery(`${path}/difference`, { versions: `${from},${to}` }, shown);

/** What has changed since the reader last looked; without that, how to be told the next time. */
function ribbon({ since, shown }: ReportView, path: string): Html {
  if (!since) {
    return html`<p class="standing">
      To see later what has changed, keep
      <a href="${withQuery(path, { since: String(Math.max(0, shown.sequence)) })}">this address</a>: it shows what comes
      after event ${number(Math.max(0, shown.sequence))}.
    </p>`;
  }
  const { sequence, changes, isCut } = since;
  const all = withQuery(historyOf(path), { since: String(sequence) }, shown);
  return html`<section class="ribbon" aria-labelledby="since">
    <h2 id="since">Changed since event ${number(sequence)}</h2>
    ${changes.length ? changeList(changes) : html`<p>Nothing that you may read has changed in this report since then.</p>`}
    ${isCut && html`<p><a href="${all}">All that has changed since then</a></p>`}
  </section>`;
}

function facts(
  { report, punctuality }: ReportAnswer,
  read: VersionEntry | undefined,
  names: Names,
  shown: ShownMoment,
): Html {
  const { status, requester, requestedOn, deadline, extensions = [], answeredOn, letter, decline, exemption } = report;
  const { reservation, reservationWithheld } = read ?? report;
  const rows: Facts = [
    ['State', html`<span class="status">${statusInWords(status)}</span> ${confidenceBadge(report.confidence)}`],
    ['Asked by', requester !== undefined && organizationLink(names, requester, shown)],
    ['Asked', requestedOn && dateInWords(requestedOn)],
    ['The letter', letter && documentLink(letter)],
    [
      'Deadline',
      deadline &&
        html`${dateInWords(deadline)}${extensions.map(
          ({ from, reason, why }) =>
            html`<br />moved from ${dateInWords(from)}: <span dir="auto">${reason}</span> ${whyLinks(why)}`,
        )}`,
    ],
    ['Answered', answeredOn && dateInWords(answeredOn)],
    [
      'Punctuality',
      punctualityInWords({ punctuality, ...(requestedOn && { requestedOn }), ...(deadline && { deadline }) }),
    ],
    ['Declined', decline && html`${dateInWords(decline.on)}: <span dir="auto">${decline.reason}</span>`],
    ['Exempted', exemption && html`<span dir="auto">${exemption.reason}</span>`],
    [
      'Reservation',
      (reservation !== undefined && html`<span dir="auto">${reservation}</span>`) ||
        (reservationWithheld !== undefined && withheldBecause(reservationWithheld)),
    ],
    [
      'Signed',
      read &&
        html`${dateInWords(read.on)} by ${signatories(read)}${read.role !== undefined && ` (${roleNamed(read.role)})`}`,
    ],
    ['Declaration', read && html`<span dir="auto">${read.declaration}</span>`],
    ['May be cited', read && CONSENT[read.consentToBeCited]],
    ['Noted', noted(report)],
    ['Form', report.form !== undefined && html`<bdi>${report.form}</bdi>`],
  ];
  return factList(rows, 'How this report stands');
}

const CONSENT = {
  'by-name': 'By name',
  'without-name': 'Without the name of the organization',
  'not-at-all': 'Not at all',
} as const;

const signatories = ({ firstSignatory, signatory }: VersionEntry): Content =>
  joined(
    [firstSignatory, signatory].flatMap((each) => (each === undefined ? [] : [html`<bdi>${each}</bdi>`])),
    ' and ',
  );

/** Noted, never approved. */
const noted = ({ noted: notes = [] }: ReportAnswer['report']): Content =>
  notes.length > 0 &&
  joined(
    notes.map(
      ({ version, note }) => html`Version ${version}${note !== undefined && html`: <span dir="auto">${note}</span>`}`,
    ),
    '; ',
  );

function versionPicker({ versions }: VersionsAnswer, read: VersionEntry | undefined, path: string, shown: ShownMoment) {
  if (!versions.length) return undefined;
  return html`<nav class="versions" aria-labelledby="versions">
    <h2 id="versions">Versions</h2>
    <ol>
      ${versions.map((each, n) => {
        const { version, on, current, published } = each;
        const before = versions[n - 1]?.version;
        const isRead = version === read?.version;
        return html`<li>
          <a href="${withQuery(path, { version: String(version) }, shown)}" ${isRead && html` aria-current="page"`}
            >Version ${version}</a
          >,
          ${dateInWords(on)}${amended(each)}${current && html` <strong class="relevant">Current</strong>`}${
            !published && ' · not published'
          }${isRead && ' · shown below'}${
            before !== undefined &&
            html` ·
              <a href="${differenceAddress(path, before, version, shown)}">Difference from version ${before}</a>`
          }
        </li> `;
      })}
    </ol>
  </nav>`;
}

function receiptSection(
  { number: receipt, version, recordedAt, sequence, sha256, withheld: names = [] }: Receipt,
  path: string,
) {
  const parts = widestParts(names);
  return html`<section aria-labelledby="receipt">
    <h2 id="receipt">Receipt of version ${version}</h2>
    <p>
      Number <bdi>${receipt}</bdi>, recorded <time datetime="${recordedAt}">${momentInWords(recordedAt)}</time>
      ${whyLinks([sequence])}
    </p>
    ${
      sha256 === undefined
        ? html`<p class="meaning">
            The hash of all that it says is not shown here: it covers ${listed(parts.map(partNamed))}, too, which
            ${parts.length === 1 ? 'is' : 'are'} withheld, and would betray what was withheld to whoever tries what it
            may say. The organization has it, and whoever reads all of the version.
          </p>`
        : html`<p>SHA-256 of all that it says: <code class="hash">${sha256}</code></p>`
    }
    <p><a href="${`/api${path}/receipts/${version}`}">The receipt as JSON</a></p>
  </section>`;
}
