import type { BoardCell, CycleBoard } from '#views';
import { cycleAddress, cyclePath, HOME, reportPath, type ShownMoment, withQuery } from './addresses.js';
import { confidenceBadge, sourcesLine, whyLinks } from './evidence.js';
import { type Facts, factList } from './facts.js';
import { type Html, html } from './html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from './moment.js';
import { type Names, organizationLink } from './names.js';
import type { Page } from './page.js';
import { counted, dateInWords, phaseInWords, punctualityInWords, seriesInWords, statusInWords } from './words.js';

export interface CycleView {
  readonly shown: ShownMoment;
  readonly board: CycleBoard;
  readonly names: Names;
  /** Rounds of the same series before and after this one. */
  readonly neighbours: readonly number[];
}

/** One round: who was asked, and what came of it. By name, and in no order of merit. */
export function cyclePage({ shown, board, names, neighbours }: CycleView): Page {
  const { cycle, cells } = board;
  const { series, year, title } = cycle;
  const path = cyclePath(series, year);
  const told = cells.filter(({ why }) => why.length > 0);
  const silent = cells.filter(({ why }) => why.length === 0);
  return {
    title: `${title}, ${year}`,
    shown,
    body: html`${pastBanner(shown, path)}
      <nav class="crumbs" aria-label="Where you are"><a href="${withQuery(HOME, {}, shown)}">Organizations</a></nav>
      <h1><bdi>${title}</bdi></h1>
      <p class="intro">${seriesInWords(series)}, ${String(year)}</p>
      ${facts(board, names, shown)} ${rounds(series, neighbours, shown)}
      <section aria-labelledby="organizations">
        <h2 id="organizations">How each organization answered</h2>
        <p class="standing">${counted(told.length, 'organization')}. ${standingOfRecord(shown)}</p>
        <p>
          By name, and in no order of merit. Whether an answer came in time is said only where a request and a deadline
          are on record.
        </p>
        ${told.length > 0 && table(told, cycle, names, shown)} ${untold(silent, names, shown)}
      </section>
      ${guidance(board)} ${syntheses(board, names, shown)}
      <section class="grounds" aria-labelledby="grounds">
        <h2 id="grounds">What this rests on</h2>
        ${sourcesLine(cycle.sources)}
        <p>${whyLinks(cycle.why)}</p>
      </section>
      ${asOfForm(path, {}, shown)}
      <p class="permanent">
        <a href="${permanentAddress(path, {}, shown)}">Permanent address of this page as it reads now</a> ·
        <a href="${withQuery(`/api${path}`, {}, shown)}">The same as JSON</a>
      </p>`,
  };
}

function facts({ cycle }: CycleBoard, names: Names, shown: ShownMoment): Html {
  const { phase, requester, opensOn, dueOn, period, form, note } = cycle;
  const rows: Facts = [
    ['State', phase === 'open' ? 'Open' : 'Closed'],
    ['Asked by', requester !== undefined && organizationLink(names, requester, shown)],
    ['Opened', dateInWords(opensOn)],
    ['Answers due', dueOn === undefined ? 'No date is on record' : dateInWords(dueOn)],
    ['Period reported on', period && `${dateInWords(period.from)} to ${dateInWords(period.to)}`],
    ['Form', form],
  ];
  return html`${factList(rows)}${note !== undefined && html`<p dir="auto">${note}</p>`}`;
}

const rounds = (series: string, years: readonly number[], shown: ShownMoment) =>
  years.length > 0 &&
  html`<p class="compare">
    Other years:${years.map((year) => html` <a href="${cycleAddress(series, year, shown)}">${String(year)}</a>`)}
  </p>`;

function table(
  cells: readonly BoardCell[],
  { title, series, year }: CycleBoard['cycle'],
  names: Names,
  shown: ShownMoment,
): Html {
  const reportIn = ({ organization }: BoardCell) => withQuery(reportPath(series, year, organization), {}, shown);
  return html`<div class="scroll">
    <table class="covered">
      <caption>
        Answers in ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Organization</th>
          <th scope="col">Answer</th>
          <th scope="col">Asked</th>
          <th scope="col">Answered</th>
          <th scope="col">In time</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${cells.map((cell) => row(cell, reportIn(cell), names, shown))}
      </tbody>
    </table>
  </div>`;
}

function row(cell: BoardCell, report: string, names: Names, shown: ShownMoment): Html {
  const { organization, status, phase, requestedOn, answeredOn, reservation, versions, confidence, why } = cell;
  return html`<tr>
    <th scope="row">${organizationLink(names, organization, shown)}</th>
    <td>
      <a href="${report}">${statusInWords(status)}</a>${UNDER_WAY.has(phase) && html` (${phaseInWords(phase)})`}${
        versions > 1 && html`, ${counted(versions, 'version')}`
      }
      ${confidenceBadge(confidence)}
      ${
        reservation !== undefined &&
        html`<details>
          <summary>With a reservation</summary>
          <p dir="auto">${reservation}</p>
        </details>`
      }
    </td>
    <td>${requestedOn && dateInWords(requestedOn)}</td>
    <td>${answeredOn && dateInWords(answeredOn)}</td>
    <td>${punctualityInWords(cell)}</td>
    <td>
      <details>
        <summary>${counted(why.length, 'event')}</summary>
        ${whyLinks(why)}
      </details>
    </td>
  </tr> `;
}

/** Where the coded status says less than the state that the report is in. */
const UNDER_WAY: ReadonlySet<string> = new Set(['acknowledged', 'amending']);

function untold(silent: readonly BoardCell[], names: Names, shown: ShownMoment): Html | false {
  return (
    silent.length > 0 &&
    html`<details>
      <summary>Of ${counted(silent.length, 'relevant organization')} nothing is on record in this round</summary>
      <p>That says nothing about what they did, only about what is on record.</p>
      <ul>
        ${silent.map(({ organization }) => html`<li>${organizationLink(names, organization, shown)}</li> `)}
      </ul>
    </details>`
  );
}

function guidance({ cycle }: CycleBoard): Html | false {
  return (
    cycle.guidance.length > 0 &&
    html`<section aria-labelledby="guidance">
      <h2 id="guidance">Guidance to those who were asked</h2>
      ${cycle.guidance.map(
        ({ text, on, why }) =>
          html`<p dir="auto">${text}</p>
            <p class="sources">${on && `${dateInWords(on)}. `}${whyLinks(why)}</p>`,
      )}
    </section>`
  );
}

function syntheses({ cycle }: CycleBoard, names: Names, shown: ShownMoment): Html | false {
  return (
    cycle.syntheses.length > 0 &&
    html`<section aria-labelledby="syntheses">
      <h2 id="syntheses">Issued on it</h2>
      ${cycle.syntheses.map(
        ({ title, symbol, issuer, on, description, confidence, sources, why }) =>
          html`<h3><bdi>${title}</bdi>${symbol !== undefined && html` (<bdi>${symbol}</bdi>)`}</h3>
            <p>
              ${organizationLink(names, issuer, shown)}, ${dateInWords(on)}. ${confidenceBadge(confidence)}
              ${whyLinks(why)}
            </p>
            ${description !== undefined && html`<p dir="auto">${description}</p>`} ${sourcesLine(sources)}`,
      )}
    </section>`
  );
}
