import { type Html, html } from '../html.js';
import type { Page } from '../page.js';
import { dateInWords } from '../words.js';
import type { Edtf } from '#reporting';
import { type Fault, faultSummary, field, form, titleOf } from './form.js';
import { type RoleShown, roleInWords } from './roles.js';
import { otherWays, type Provider } from './sign-in-page.js';
import { SIGN_IN } from './ways.js';

/** What a password has to be: said before one is chosen, and not after. */
export interface PasswordRules {
  readonly least: number;
  readonly most: number;
}

export interface SetUpView {
  readonly rules: PasswordRules;
  readonly name?: string;
  readonly address?: string;
  readonly faults?: readonly Fault[];
}

export function setUpPage({ rules, name = '', address = '', faults = [] }: SetUpView): Page {
  const title = 'Set this installation up';
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}
      <h1>${title}</h1>
      <p class="intro">
        Too few can sign in yet who administer it. You become an administrator, who invites others. The record says so
        by an opaque id; your name and address are kept apart from it.
      </p>
      ${steps(1)}
      ${form(
        html`${field({ name: 'name', label: 'Your name', autocomplete: 'name', value: name }, faults)}
          ${field(
            {
              name: 'address',
              label: 'Your mail address',
              hint: 'You sign in with it.',
              type: 'email',
              autocomplete: 'username',
              value: address,
            },
            faults,
          )}
          ${newPassword(rules, faults)}<button>Go on</button>`,
      )}`,
  };
}

export interface JoinView {
  readonly name: string;
  readonly address: string;
  /** Day up to which the link is good. */
  readonly until: string;
  /** Who sent it, where they are still here. */
  readonly by?: string;
  /** They have an account, and choose another password. */
  readonly isJoined: boolean;
  readonly roles: readonly RoleShown[];
  readonly needsSecondFactor: boolean;
  readonly rules: PasswordRules;
  readonly providers: readonly Provider[];
  readonly faults?: readonly Fault[];
}

export function joinPage(view: JoinView): Page {
  const { name, address, until, by, isJoined, roles, needsSecondFactor, rules, providers, faults = [] } = view;
  const title = isJoined ? 'Choose another password' : 'You are invited to Para 71';
  const sender = by === undefined ? 'somebody' : html`<bdi>${by}</bdi>`;
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}
      <h1>${title}</h1>
      <p class="intro">
        <bdi>${name}</bdi>,
        ${
          isJoined
            ? html`${sender} has sent you this link so that you can choose another password. Wherever you are signed in,
              you will be signed out.`
            : html`${sender} has invited you to take part in the annual reports on enhanced cooperation.`
        }
        The link is good until ${dateInWords(until.slice(0, 10) as Edtf)}, and for one time.
      </p>
      ${rolesSentence(roles)} ${!isJoined && needsSecondFactor && steps(1)}
      ${form(
        html`${field({
            name: 'address',
            label: 'Your mail address',
            hint: 'You sign in with it. It is the one that the invitation was sent to.',
            type: 'email',
            autocomplete: 'username',
            value: address,
            isReadOnly: true,
          })}
          ${newPassword(rules, faults)}<button>${isJoined ? 'Set the password' : 'Join'}</button>`,
      )}
      ${!isJoined && otherWays(providers)}`,
  };
}

function rolesSentence(roles: readonly RoleShown[]): Html {
  if (!roles.length)
    return html`<p class="measure">
      What you may do here is decided by whoever appoints you, before or after you join.
    </p>`;
  return html`<p>On the record you are:</p>
    <ul>
      ${roles.map((role) => html`<li>${roleInWords(role)}</li>`)}
    </ul>`;
}

export type VoidLink = 'set-up' | 'invitation';

/** A link that was used, has run out, was replaced, or never was: whoever guesses learns nothing from which. */
export function voidLinkPage(link: VoidLink): Page {
  if (link === 'set-up')
    return {
      title: 'This set-up link is not good any more',
      body: html`<h1>This set-up link is not good any more</h1>
        <p class="intro">It is good for one day and one time. It was used, has run out, or is not whole.</p>
        <h2>What you can do</h2>
        <ul class="measure">
          <li>If you have set this installation up already: <a href="${SIGN_IN}">sign in</a>.</li>
          <li>
            If nobody has: start the server again. It prints a link that is good, for as long as too few administer it.
            Take care to copy all of it.
          </li>
          <li>
            If those who administer it cannot sign in any more: have whoever runs the server type
            <code>npm run para71 -- set-up-link</code>, which prints another.
          </li>
          <li>
            If somebody else used the link before you who should not have: where nothing stands on record yet, start
            again with an empty data folder; where something does, another administrator closes their account.
          </li>
        </ul>`,
    };
  return {
    title: 'This invitation is not good any more',
    body: html`<h1>This invitation is not good any more</h1>
      <p class="intro">
        Each is good for seven days and one time. It was used, has run out, was replaced by a later one, or the link is
        not whole.
      </p>
      <h2>What you can do</h2>
      <ul class="measure">
        <li>If you have joined already: <a href="${SIGN_IN}">sign in</a>.</li>
        <li>If you were sent several mails: use the link of the last one, and take care to copy all of it.</li>
        <li>Else ask whoever invited you to send another link.</li>
      </ul>`,
  };
}

/** Twice, as nobody sees what they type: a slip would lock them out. */
export function newPassword({ least, most }: PasswordRules, faults: readonly Fault[]): Html {
  return html`${field(
    {
      name: 'password',
      label: 'New password',
      hint: `${least} to ${most} characters of any kind: a few words that nobody else would put together do well. Not your name or address, no common words one after the other. It never has to be changed for the sake of it.`,
      type: 'password',
      autocomplete: 'new-password',
    },
    faults,
  )}
  ${field({ name: 'again', label: 'The same password again', type: 'password', autocomplete: 'new-password' }, faults)}`;
}

const STEPS = ['Password', 'Second factor', 'Recovery codes'];

/** Where in the way in somebody is: `current` counts from 1. */
export function steps(current: number): Html {
  return html`<ol class="steps" aria-label="Steps">
    ${STEPS.map((step, n) =>
      n + 1 === current
        ? html`<li aria-current="step"><strong>${step}</strong> (you are here)</li>`
        : html`<li>${step}${n + 1 < current && ' (done)'}</li>`,
    )}
  </ol>`;
}
