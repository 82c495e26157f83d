import { type Content, type Html, html } from './html.js';

/** Terms, each with what is told of it; one that nothing is told of is left out. */
export type Facts = readonly (readonly [term: string, told: Content])[];

/** `name`: what the facts are about, where no heading says it. */
export function factList(facts: Facts, name?: string): Html {
  return html`<dl class="facts" ${name !== undefined && html` aria-label="${name}"`}>
    ${facts.map(
      ([term, told]) =>
        told &&
        html`<div>
          <dt>${term}</dt>
          <dd>${told}</dd>
        </div> `,
    )}
  </dl>`;
}
