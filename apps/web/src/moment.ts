import { type ShownMoment, withQuery } from './addresses.js';
import { type Html, html } from './html.js';
import { momentInWords, number } from './words.js';

/** Says, on every page of the past, that it is one, and leads back. */
export function pastBanner(shown: ShownMoment, present: string): Html | false {
  if (!shown.isPast) return false;
  const moment = shown.sequence < 0 ? 'before its first event' : `as of event ${number(shown.sequence)}`;
  return html`<p class="banner">
    <strong>This is the record ${moment}</strong>${recorded(shown)}. What was recorded later is not shown.
    <a href="${present}">Back to the present</a>
  </p>`;
}

export function standingOfRecord(shown: ShownMoment): Html {
  if (shown.sequence < 0) return html`Nothing was on record.`;
  return html`As of event ${number(shown.sequence)}${recorded(shown)}.`;
}

const recorded = ({ recordedAt }: ShownMoment) =>
  recordedAt !== undefined && html`, recorded on <time datetime="${recordedAt}">${momentInWords(recordedAt)}</time>`;

/** `hidden`: what the address asks for besides. */
export function asOfForm(path: string, hidden: Readonly<Record<string, string | undefined>>, shown: ShownMoment): Html {
  const kept = Object.entries(hidden).map(
    ([name, value]) => value !== undefined && html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<details class="as-of" ${shown.isPast && html` open`}>
    <summary>See this page as the record stood earlier</summary>
    <form action="${path}" method="get">
      ${kept}
      <label for="as-of">Event number, or a time with its zone</label>
      <input
        id="as-of"
        name="asOf"
        value="${shown.isPast && shown.sequence >= 0 && shown.sequence}"
        required
        autocomplete="off"
        aria-describedby="as-of-hint"
        pattern="\\d{1,15}|\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+\\-]\\d{2}:\\d{2})"
      />
      <button>Show</button>
      <small id="as-of-hint"
        >For example
        ${Math.max(0, shown.sequence)}${shown.recordedAt !== undefined && html` or ${shown.recordedAt}`}.</small
      >
    </form>
  </details>`;
}

/** The address under which this page will always read as it does now. */
export const permanentAddress = (
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  { sequence }: ShownMoment,
) => (sequence < 0 ? path : withQuery(path, query, { sequence, isPast: true }));
