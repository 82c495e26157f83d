import { type Content, type Html, html } from './html.js';

/** What may be chosen, as it is sent and as it is read. */
export type Choices = readonly (readonly [value: string, words: Content])[];

export interface Choosing {
  /** Of the field, and its id. */
  readonly name: string;
  readonly label: string;
  /** How it reads that none is chosen; absent where one has to be. */
  readonly none?: string;
}

/** A label, and a list of which one is chosen. */
export function choice({ name, label, none }: Choosing, among: Choices, chosen: string | undefined): Html {
  return html`<div>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${none !== undefined && html`<option value="">${none}</option>`} ${offered(among, chosen)}
    </select>
  </div>`;
}

/** What a `<select>` offers. */
export const offered = (among: Choices, chosen: string | undefined): readonly Html[] =>
  among.map(
    ([value, words]) => html`<option value="${value}" ${value === chosen && html` selected`}>${words}</option> `,
  );
