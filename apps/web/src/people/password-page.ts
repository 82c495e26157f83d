import { html } from '../html.js';
import type { Page } from '../page.js';
import { type Fault, faultSummary, field, form, titleOf } from './form.js';
import { newPassword, type PasswordRules } from './joining-pages.js';
import { ACCOUNT } from './ways.js';

export interface PasswordView {
  readonly address: string;
  readonly rules: PasswordRules;
  readonly faults?: readonly Fault[];
}

export function passwordPage({ address, rules, faults = [] }: PasswordView): Page {
  const title = 'Change your password';
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}
      <p class="crumbs"><a href="${ACCOUNT}">Your account</a></p>
      <h1>${title}</h1>
      <p class="intro">Wherever else you are signed in, you will be signed out.</p>
      ${form(
        html`${field({
            name: 'address',
            label: 'Your mail address',
            type: 'email',
            autocomplete: 'username',
            value: address,
            isReadOnly: true,
          })}
          ${field(
            {
              name: 'present',
              label: 'Your present password',
              type: 'password',
              autocomplete: 'current-password',
            },
            faults,
          )}
          ${newPassword(rules, faults)}<button>Change it</button>`,
      )}`,
  };
}
