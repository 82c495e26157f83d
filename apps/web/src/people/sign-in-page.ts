import { html } from '../html.js';
import type { Page } from '../page.js';
import { buttonTo, type Fault, faultSummary, field, form, hidden, titleOf } from './form.js';
import { SIGN_IN_CODE, SIGN_OUT, thenTo } from './ways.js';

/** Somebody else who can say who a person is. */
export interface Provider {
  readonly name: string;
  readonly href: string;
}

export interface SignInView {
  /** Where they come to when they are signed in: a path of this site. */
  readonly next: string;
  readonly providers: readonly Provider[];
  readonly address?: string;
  readonly faults?: readonly Fault[];
}

export function signInPage({ next, providers, address = '', faults = [] }: SignInView): Page {
  return {
    title: titleOf('Sign in', faults),
    body: html`${faultSummary(faults)}
      <h1>Sign in</h1>
      ${form(
        html`${hidden('next', next)}
          ${field(
            { name: 'address', label: 'Mail address', type: 'email', autocomplete: 'username', value: address },
            faults,
          )}
          ${field(
            { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
            faults,
          )}<button>Sign in</button>`,
      )}
      ${otherWays(providers)}
      <h2>Where you cannot sign in</h2>
      <p class="measure">
        Accounts are made by invitation. Who has lost their password, or has no account yet, asks whoever looks after
        this installation for an invitation: a new link by mail lets you choose another password. The first
        administrator comes in by the link that the server prints when it starts. The public record can be read without
        signing in.
      </p>`,
  };
}

export interface CodeView {
  readonly next: string;
  readonly way: 'authenticator' | 'recovery';
  readonly faults?: readonly Fault[];
}

/** The second step of signing in. */
export function signInCodePage({ next, way, faults = [] }: CodeView): Page {
  const isRecovery = way === 'recovery';
  const other = thenTo(SIGN_IN_CODE, next);
  const title = isRecovery ? 'Sign in with a recovery code' : 'Give a code of your authenticator';
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}
      <h1>${title}</h1>
      <p class="intro">One more thing shows that it is you.</p>
      ${form(html`${hidden('next', next)} ${hidden('way', way)} ${codeField(way, faults)}<button>Go on</button>`)}
      ${
        isRecovery
          ? html`<p><a href="${other}">Give a code of the authenticator instead</a></p>
              <p class="measure">
                If no recovery code is left either, two administrators together can take the second factor away, so that
                you enrol another one. Ask them.
              </p>`
          : html`<p>
              <a href="${`${other}${other.includes('?') ? '&' : '?'}way=recovery`}"
                >The authenticator is not at hand: use a recovery code</a
              >
            </p>`
      }
      ${somebodyElse()}`,
  };
}

/** The half of a way in is given up with it. */
export const somebodyElse = () => buttonTo(SIGN_OUT, 'Sign in as somebody else');

/** Before something that needs the second factor fresh. */
export function stepUpPage({ next, way, faults = [] }: CodeView): Page {
  const title = 'Give a fresh code';
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}
      <h1>${title}</h1>
      <p class="intro">
        What you were about to do needs a code that was given within the last five minutes. Afterwards you come back to
        where you were.
      </p>
      ${form(html`${hidden('next', next)} ${codeField(way, faults)}<button>Go on</button>`)}
      <p><a href="${next}">Go back without it</a></p>`,
  };
}

function codeField(way: CodeView['way'], faults: readonly Fault[]) {
  if (way === 'recovery')
    return field(
      {
        name: 'code',
        label: 'Recovery code',
        hint: 'One of those that you kept, such as abcd-efgh-ijkl-mnop. It is used up with it.',
        autocomplete: 'off',
      },
      faults,
    );
  return field(
    {
      name: 'code',
      label: 'Code of six digits',
      hint: 'The one that your authenticator shows now.',
      autocomplete: 'one-time-code',
      isNumber: true,
    },
    faults,
  );
}

/** Nothing where there is nobody else. */
export const otherWays = (providers: readonly Provider[]) =>
  providers.length > 0 &&
  html`<h2>Or</h2>
    ${providers.map(({ name, href }) => html`<p><a class="button" href="${href}">Go on with ${name}</a></p>`)}`;
