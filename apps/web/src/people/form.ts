import { type Choices, offered } from '../choice.js';
import { type Content, type Html, html } from '../html.js';

/** What is wrong with what somebody typed: with one field, or with all of it together. */
export interface Fault {
  readonly field?: string;
  readonly words: string;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: Content;
  readonly type?: 'text' | 'email' | 'password' | 'date';
  /** Never of a password: it is typed again. */
  readonly value?: string;
  readonly autocomplete: string;
  readonly isNumber?: true;
  readonly isReadOnly?: true;
  readonly least?: string;
  readonly most?: string;
}

const idOf = (name: string) => `field-${name}`;
const hintOf = (name: string) => `hint-${name}`;
const faultOf = (name: string) => `fault-${name}`;

/** A label, what is asked for, what was wrong with it, and the field: in the order in which they are read aloud. */
export function field(asked: Field, faults: readonly Fault[] = []): Html {
  const { name, label, hint, type = 'text', value, autocomplete, isNumber, isReadOnly, least, most } = asked;
  const fault = faults.find((each) => each.field === name);
  const describedBy = [hint !== undefined && hintOf(name), fault && faultOf(name)].filter(Boolean).join(' ');
  // What software keeps or corrects by itself is no help with codes and passwords.
  const isExact = isNumber || type === 'password' || autocomplete === 'off';
  return html`<div>
    <label for="${idOf(name)}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${hintOf(name)}">${hint}</p>`} ${faultLine(name, fault)}
    <input
      id="${idOf(name)}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      ${value !== undefined && html` value="${value}"`}
      ${isReadOnly ? html` readonly` : html` required`}
      ${isNumber && html` inputmode="numeric"`}
      ${isExact && html` autocapitalize="none" spellcheck="false"`}
      ${least !== undefined && html` min="${least}"`}
      ${most !== undefined && html` max="${most}"`}
      ${describedBy && html` aria-describedby="${describedBy}"`}
      ${fault && html` aria-invalid="true"`}
    />
  </div>`;
}

/** One of a few. */
export function selection(
  { name, label }: Pick<Field, 'name' | 'label'>,
  among: Choices,
  chosen: string,
  faults: readonly Fault[],
): Html {
  const fault = faults.find((each) => each.field === name);
  return html`<div>
    <label for="${idOf(name)}">${label}</label>
    ${faultLine(name, fault)}
    <select
      id="${idOf(name)}"
      name="${name}"
      required
      ${fault && html` aria-describedby="${faultOf(name)}" aria-invalid="true"`}
    >
      <option value="">Choose</option>
      ${offered(among, chosen)}
    </select>
  </div>`;
}

/** Several may be ticked. */
export function choices(
  { name, label, hint }: Pick<Field, 'name' | 'label' | 'hint'>,
  options: readonly { readonly code: string; readonly words: Content }[],
  chosen: readonly string[],
  faults: readonly Fault[],
): Html {
  const fault = faults.find((each) => each.field === name);
  return html`<fieldset ${fault && html` aria-describedby="${faultOf(name)}"`}>
    <legend>${label}</legend>
    ${hint !== undefined && html`<p class="hint">${hint}</p>`} ${faultLine(name, fault)}
    ${options.map(
      ({ code, words }, n) =>
        html`<label class="choice">
          <input
            type="checkbox"
            name="${name}"
            value="${code}"
            ${n === 0 && html` id="${idOf(name)}"`}
            ${chosen.includes(code) && html` checked`}
          />
          <span>${words}</span>
        </label>`,
    )}
  </fieldset>`;
}

const faultLine = (name: string, fault: Fault | undefined) =>
  fault && html`<p class="field-fault" id="${faultOf(name)}"><strong>Please correct:</strong> ${fault.words}</p>`;

/** Before everything else on the page, and where the focus is: each fault leads to its field. */
export function faultSummary(faults: readonly Fault[]): Html | false {
  return (
    faults.length > 0 &&
    html`<div class="banner fault" role="alert" tabindex="-1" autofocus aria-labelledby="faults">
      <h2 id="faults">This did not work yet</h2>
      <ul>
        ${faults.map(
          ({ field: name, words }) =>
            html`<li>${name === undefined ? words : html`<a href="${`#${idOf(name)}`}">${words}</a>`}</li>`,
        )}
      </ul>
    </div>`
  );
}

/** What a page of a form is called while something is wrong with it: read aloud before everything else. */
export const titleOf = (title: string, faults: readonly Fault[]) => (faults.length ? `Not yet: ${title}` : title);

/** A form that is sent to where it stands, or to `action`. Its fields one below the other. */
export function form(content: Content, action?: string): Html {
  return html`<form class="stacked" method="post" ${action !== undefined && html` action="${action}"`}>
    ${content}
  </form>`;
}

/** A form of nothing but a button: a loud one where it is what the page is about. */
export function buttonTo(action: string, words: Content, { isLoud = false, next }: ButtonLooks = {}): Html {
  return html`<form class="lone" method="post" action="${action}">
    ${next !== undefined && hidden('next', next)}<button ${!isLoud && html` class="quiet"`}>${words}</button>
  </form>`;
}

export interface ButtonLooks {
  readonly isLoud?: boolean;
  /** Where it leads on to. */
  readonly next?: string;
}

export const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}" />`;
