import type { Edtf } from '#reporting';
import type { Deadline } from '#views';
import { cycleAddress, reportPath, type ShownMoment, withQuery } from '../addresses.js';
import { choice } from '../choice.js';
import { whyLinks } from '../evidence.js';
import { type Html, html } from '../html.js';
import { asOfForm, pastBanner, permanentAddress, standingOfRecord } from '../moment.js';
import { type Names, organizationLink } from '../names.js';
import type { Page } from '../page.js';
import { counted, dateInWords } from '../words.js';
import { CALENDAR, DEADLINES, INBOX } from './addresses.js';

/** A deadline, worded by whoever knows what it is. */
export interface DeadlineLine extends Deadline {
  readonly what: string;
  readonly stateInWords: string;
}

export interface DeadlinesView {
  readonly shown: ShownMoment;
  readonly deadlines: readonly DeadlineLine[];
  readonly asked: Readonly<Partial<Record<string, string>>>;
  /** Code and words of each. */
  readonly states: Readonly<Record<string, string>>;
  readonly names: Names;
}

/** What is due when, and for whom, in the order of the days. */
export function deadlinesPage({ shown, deadlines, asked, states, names }: DeadlinesView): Page {
  return {
    title: 'Deadlines',
    shown,
    body: html`${pastBanner(shown, DEADLINES)}
      <h1>What is due when</h1>
      <p class="intro">
        Due dates of rounds and requests, of what was asked back, and planned ends of actions. Nothing is late without a
        request and a deadline on record. Days are counted in UTC.
      </p>
      ${filters(asked, states)}
      <p class="standing">${counted(deadlines.length, 'deadline')}. ${standingOfRecord(shown)}</p>
      ${deadlines.length > 0 && table(deadlines, names, shown)}
      <p>
        <a href="${withQuery(CALENDAR, asked, shown)}">The same list as a calendar to subscribe to (iCalendar)</a>.
        <a href="${INBOX}">What waits for you</a>
      </p>
      ${asOfForm(DEADLINES, asked, shown)}
      <p class="permanent">
        <a href="${permanentAddress(DEADLINES, asked, shown)}">Permanent address of this page as it reads now</a>
      </p>`,
  };
}

function table(deadlines: readonly DeadlineLine[], names: Names, shown: ShownMoment): Html {
  return html`<div class="scroll">
    <table class="covered">
      <thead>
        <tr>
          <th scope="col">Due</th>
          <th scope="col">What</th>
          <th scope="col">For whom</th>
          <th scope="col">How it stands</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${deadlines.map((deadline) => row(deadline, names, shown))}
      </tbody>
    </table>
  </div>`;
}

function row(deadline: DeadlineLine, names: Names, shown: ShownMoment): Html {
  const { dueOn, what, organization, stateInWords, moved = [], why } = deadline;
  const whose = organization === undefined ? 'Everybody who is asked' : organizationLink(names, organization, shown);
  return html`<tr>
    <th scope="row"><time datetime="${dueOn}">${dateInWords(dueOn)}</time></th>
    <td>${what}: ${about(deadline, shown)}</td>
    <td>${whose}</td>
    <td>${stateInWords}${moved.map(moveLine)}</td>
    <td>${whyLinks(why.slice(0, 1))}</td>
  </tr> `;
}

function about({ title, series, year, organization, action }: Deadline, shown: ShownMoment): Html {
  const name = html`<bdi>${title}</bdi>`;
  if (action !== undefined) return html`<a href="${`/api/actions/${encodeURIComponent(action)}`}">${name}</a>`;
  if (series === undefined || year === undefined) return name;
  const address =
    organization === undefined
      ? cycleAddress(series, year, shown)
      : withQuery(reportPath(series, year, organization), {}, shown);
  return html`<a href="${address}">${name}</a>`;
}

const moveLine = ({ from, to, reason }: { readonly from: Edtf; readonly to: Edtf; readonly reason: string }) =>
  html`<br />Moved from ${dateInWords(from)} to ${dateInWords(to)}: <span dir="auto">${reason}</span>`;

function filters(asked: DeadlinesView['asked'], states: DeadlinesView['states']): Html {
  return html`<form class="filter" action="${DEADLINES}" method="get">
    <div>
      <label for="organization">Organization</label>
      <input id="organization" name="organization" value="${asked['organization']}" autocomplete="off" />
    </div>
    <div>
      <label for="from">From</label>
      <input id="from" name="from" type="date" value="${asked['from']}" />
    </div>
    <div>
      <label for="to">To</label>
      <input id="to" name="to" type="date" value="${asked['to']}" />
    </div>
    ${choice({ name: 'state', label: 'How it stands', none: 'All' }, Object.entries(states), asked['state'])}
    <button>Show</button>
  </form>`;
}
