import type { Administration } from '#identity';
import { type Edtf, PLATFORM_ROLES, type PlatformRole } from '#reporting';
import { type Html, html } from '../html.js';
import type { Page } from '../page.js';
import { dateInWords } from '../words.js';
import { type Fault, faultSummary, field, form, hidden, selection, titleOf } from './form.js';
import { roleName } from './roles.js';
import { ACCOUNT, MANDATES, PEOPLE } from './ways.js';

/** What was done just now. */
export const PEOPLE_DONE = {
  invited: 'The invitation is on its way. Its link is good for seven days and one time.',
  proposed: 'The mandate was proposed. Another administrator has to agree to it.',
  given: 'The mandate was given.',
} as const;
export type PeopleDone = keyof typeof PEOPLE_DONE;

export interface PersonLine {
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly hasJoined: boolean;
  readonly mandates: readonly PlatformRole[];
  readonly proposed: readonly ProposedLine[];
}

/** A mandate that one person has proposed, and nobody else has agreed to yet. */
export interface ProposedLine {
  readonly role: PlatformRole;
  readonly from: Edtf;
  /** By name, or by id where nobody of that name is here any more. */
  readonly by: string;
  readonly mayAgree: boolean;
}

export interface PeopleView {
  /** By name; absent for whoever may invite, and not look through all. */
  readonly people?: readonly PersonLine[];
  /** Absent for whoever gives no mandates. `candidates`: all but who looks. */
  readonly giving?: { readonly administration: Administration; readonly candidates: readonly PersonLine[] };
  /** As typed. */
  readonly name?: string;
  readonly address?: string;
  readonly person?: string;
  readonly role?: string;
  readonly done?: PeopleDone;
  readonly faults?: readonly Fault[];
}

/** Whom one works with here: invited, and given what they do for the record as a whole. */
export function peoplePage(view: PeopleView): Page {
  const { people, giving, done, faults = [] } = view;
  const title = 'People';
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}${done && html`<p class="banner" role="status">${PEOPLE_DONE[done]}</p>`}
      <p class="crumbs"><a href="${ACCOUNT}">Your account</a></p>
      <h1>${title}</h1>
      ${giving && html`<p class="intro">${TWO[giving.administration]}</p>`} ${inviteSection(view, faults)}
      ${giving && giving.candidates.length > 0 && mandateSection(giving.candidates, view, faults)}
      ${people && listSection(people)}`,
  };
}

const TWO: Readonly<Record<Administration, string>> = {
  several: 'A mandate takes two administrators: one proposes it, another agrees.',
  'first-alone':
    'You administer alone. A mandate takes two administrators; only the second administrator is made by you alone. So invite a colleague first, and make them an administrator.',
  'awaiting-second':
    'A mandate takes two administrators, and the second one has not joined yet: what you propose waits for them.',
  'left-alone':
    'You administer alone, and a mandate takes two administrators. Whoever runs this installation starts it again: it then prints a link by which another one comes in.',
  nobody: 'A mandate takes two administrators: one proposes it, another agrees.',
};

function inviteSection({ name = '', address = '' }: PeopleView, faults: readonly Fault[]): Html {
  return html`<section aria-labelledby="invite">
    <h2 id="invite">Invite somebody</h2>
    <p class="measure">
      They get a mail with a link, and choose a password there. What they may do is said apart from it.
    </p>
    ${form(
      html`${field({ name: 'name', label: 'Their name', autocomplete: 'off', value: name }, faults)}
        ${field(
          { name: 'address', label: 'Their mail address', type: 'email', autocomplete: 'off', value: address },
          faults,
        )}<button>Invite</button>`,
      PEOPLE,
    )}
  </section>`;
}

function mandateSection(
  candidates: readonly PersonLine[],
  { person = '', role = '' }: PeopleView,
  faults: readonly Fault[],
): Html {
  const persons = candidates.map((each) => [each.person, `${each.name}, ${each.address}`] as const);
  const roles = PLATFORM_ROLES.map((each) => [each, roleName(each)] as const);
  return html`<section aria-labelledby="give">
    <h2 id="give">Give a mandate</h2>
    <p class="measure">
      For the record as a whole, from today on. It is public, by an opaque id. Who acts for an organization is appointed
      there.
    </p>
    ${form(
      html`${selection({ name: 'person', label: 'To whom' }, persons, person, faults)}
        ${selection({ name: 'role', label: 'Mandate' }, roles, role, faults)}<button>Give or propose</button>`,
      MANDATES,
    )}
  </section>`;
}

function listSection(people: readonly PersonLine[]): Html {
  return html`<section aria-labelledby="people">
    <h2 id="people">Who there is</h2>
    <ul class="items">
      ${people.map(
        ({ person, name, address, hasJoined, mandates, proposed }) =>
          html`<li>
            <strong><bdi>${name}</bdi></strong
            >, ${address}
            <p class="meta">
              ${hasJoined ? 'Has joined.' : 'Invited, and has not joined yet.'}
              ${mandates.length > 0 && html`Mandates: ${mandates.map(roleName).join(', ')}.`}
            </p>
            ${proposed.map((each) => proposedLine(person, name, each))}
          </li>`,
      )}
    </ul>
  </section>`;
}

function proposedLine(person: string, name: string, { role, from, by, mayAgree }: ProposedLine): Html {
  const words = html`Proposed: ${roleName(role)} from ${dateInWords(from)}, by <bdi>${by}</bdi>.`;
  if (!mayAgree) return html`<p class="meta">${words} Another administrator has to agree.</p>`;
  return html`<p class="meta">${words}</p>
    <form class="lone" method="post" action="${MANDATES}">
      ${hidden('person', person)}${hidden('role', role)}${hidden('from', from)}
      <button>Agree <span class="unseen">that ${name} is ${roleName(role)}</span></button>
    </form>`;
}
