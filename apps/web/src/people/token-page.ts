import type { TokenScope } from '#identity';
import { html } from '../html.js';
import type { Page } from '../page.js';
import { dateInWords } from '../words.js';
import type { Edtf } from '#reporting';
import { buttonTo, choices, type Fault, faultSummary, field, form, titleOf } from './form.js';
import { ACCOUNT, KEPT } from './ways.js';

export const SCOPES: Readonly<Record<TokenScope, { readonly short: string; readonly words: string }>> = {
  read: { short: 'read', words: 'Read what you may read' },
  draft: { short: 'draft', words: 'Draft: write in reports and record actions' },
  submit: { short: 'submit', words: 'Confirm partnerships, and what else needs no fresh code of those who sign' },
  review: { short: 'review', words: 'Review: ask back and record findings' },
  administer: { short: 'administer', words: 'Administer: organizations, cycles, requests' },
};

export interface TokenFormView {
  readonly name?: string;
  readonly scopes: readonly string[];
  /** `YYYY-MM-DD`, all three. */
  readonly until: string;
  readonly today: string;
  readonly last: string;
  readonly faults?: readonly Fault[];
}

export function tokenFormPage({ name = '', scopes, until, today, last, faults = [] }: TokenFormView): Page {
  const title = 'Make a token';
  return {
    title: titleOf(title, faults),
    body: html`${faultSummary(faults)}
      <p class="crumbs"><a href="${ACCOUNT}">Your account</a></p>
      <h1>${title}</h1>
      <p class="intro">
        With a token a program acts as you, as far as you allow here, and never where a fresh code is asked for. Whoever
        has its text can use it.
      </p>
      ${form(
        html`${field(
            {
              name: 'name',
              label: 'What it is for',
              hint: 'So that you know it again, such as “Nightly import”.',
              autocomplete: 'off',
              value: name,
            },
            faults,
          )}
          ${choices(
            { name: 'scopes', label: 'What it may do', hint: 'Of what you may do yourself.' },
            Object.entries(SCOPES).map(([code, { words }]) => ({ code, words })),
            scopes,
            faults,
          )}
          ${field(
            {
              name: 'until',
              label: 'Last day on which it is good',
              hint: 'In UTC, within a year.',
              type: 'date',
              autocomplete: 'off',
              value: until,
              least: today,
              most: last,
            },
            faults,
          )}<button>Make it</button>`,
      )}`,
  };
}

export interface NewToken {
  readonly name: string;
  readonly text: string;
  readonly until: string;
}

export function newTokenPage({ name, text, until }: NewToken): Page {
  return {
    title: 'Copy your token',
    body: html`<h1>Copy your token</h1>
      <p class="intro">
        The token “<bdi>${name}</bdi>” is good until ${dateInWords(until.slice(0, 10) as Edtf)}. Its text is shown now
        and never again.
      </p>
      <p><code class="key-text">${text}</code></p>
      <p>A program sends it with each request: <code>Authorization: Bearer …</code></p>
      ${buttonTo(KEPT, 'I have copied it', { isLoud: true })}`,
  };
}
