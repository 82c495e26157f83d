import type { AppointedRole, Edtf, PlatformRole } from '#reporting';
import { roleNamed } from '#views';
import { reportPath, type ShownMoment, withQuery } from '../addresses.js';
import { choice } from '../choice.js';
import { whyLinks } from '../evidence.js';
import { type Html, html } from '../html.js';
import { asOfForm, pastBanner, standingOfRecord } from '../moment.js';
import { type Names, organizationLink } from '../names.js';
import type { Page } from '../page.js';
import { begun, counted, dateInWords } from '../words.js';
import { INBOX } from './addresses.js';

/** Something that waits, worded by whoever knows what it is. */
export interface InboxLine {
  readonly what: string;
  readonly since: string;
  readonly days: number;
  readonly dueOn?: Edtf;
  readonly stateInWords?: string;
  readonly organization?: string;
  readonly series?: string;
  readonly year?: number;
  readonly action?: string;
  readonly next: { readonly method: string; readonly href: string };
  readonly why: readonly number[];
}

export interface InboxView {
  readonly shown: ShownMoment;
  readonly inboxes: readonly {
    readonly role: string;
    readonly organization?: string;
    readonly note?: string;
    readonly waiting: readonly InboxLine[];
  }[];
  /** Where nobody signs in: as whom one looks. */
  readonly asked?: Readonly<Partial<Record<'role' | 'organization' | 'person', string>>>;
  readonly names: Names;
}

const ROLES = [
  'secretariat',
  'focal-point',
  'contributor',
  'signatory',
  'reviewer',
  'auditor',
  'administrator',
] as const satisfies readonly (PlatformRole | AppointedRole)[];

/** What waits, role by role, the oldest first. */
export function inboxPage({ shown, inboxes, asked, names }: InboxView): Page {
  return {
    title: 'Inbox',
    shown,
    body: html`${pastBanner(shown, INBOX)}
      <h1>What waits</h1>
      <p class="intro">Role by role, the oldest first, with what to do next. ${standingOfRecord(shown)}</p>
      ${asked && chooser(asked)}
      ${inboxes.map(
        ({ role, organization, note, waiting }, n) =>
          html`<section aria-labelledby="${`inbox-${n}`}">
            <h2 id="${`inbox-${n}`}">
              ${begun(roleNamed(role))}${
                organization !== undefined && html` of ${organizationLink(names, organization, shown)}`
              }
            </h2>
            ${note !== undefined && html`<p>${note}</p>`}
            ${note === undefined && html`<p>${waiting.length ? counted(waiting.length, 'thing waits', 'things wait') : 'Nothing waits'}.</p>`}
            ${waiting.length > 0 && lines(waiting, names, shown)}
          </section>`,
      )}
      ${asOfForm(INBOX, asked ?? {}, shown)}`,
  };
}

function lines(waiting: readonly InboxLine[], names: Names, shown: ShownMoment): Html {
  return html`<div class="scroll">
    <table class="covered">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">About</th>
          <th scope="col">Waiting since</th>
          <th scope="col">Due</th>
          <th scope="col">Operation that does it</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${waiting.map(
          (item) =>
            html`<tr>
              <th scope="row"><span dir="auto">${item.what}</span></th>
              <td>${about(item, names, shown)}</td>
              <td>
                <time datetime="${item.since}">${dateInWords(item.since.slice(0, 10) as Edtf)}</time>
                (${counted(item.days, 'day')})
              </td>
              <td>
                ${item.dueOn && dateInWords(item.dueOn)}
                ${item.stateInWords !== undefined && html`<strong>${item.stateInWords}</strong>`}
              </td>
              <td><code>${item.next.method} ${item.next.href}</code></td>
              <td>${whyLinks(item.why)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function about({ organization, series, year, action }: InboxLine, names: Names, shown: ShownMoment): Html {
  const isOfReport = series !== undefined && year !== undefined && organization !== undefined;
  return html`${organization !== undefined && organizationLink(names, organization, shown)}
  ${
    isOfReport &&
    html`<a href="${withQuery(reportPath(series, year, organization), {}, shown)}"><bdi>${series}</bdi> ${year}</a>`
  }
  ${action !== undefined && html`<a href="${`/api/actions/${encodeURIComponent(action)}`}"><bdi>${action}</bdi></a>`}`;
}

function chooser({ role, organization, person }: NonNullable<InboxView['asked']>): Html {
  const roles = ROLES.map((value) => [value, begun(roleNamed(value))] as const);
  return html`<p>Nobody signs in on this server: say as whom you look.</p>
    <form class="filter" action="${INBOX}" method="get">
      ${choice({ name: 'role', label: 'Role' }, roles, role)}
      <div>
        <label for="organization">Organization, for a focal point, contributor or signatory</label>
        <input id="organization" name="organization" value="${organization}" autocomplete="off" />
      </div>
      <div>
        <label for="person">Person, for a reviewer</label>
        <input id="person" name="person" value="${person}" autocomplete="off" />
      </div>
      <button>Show</button>
    </form>`;
}
