import type { ClaimedBy, ClaimItem, FigureItem, YearStanding } from '#reporting';
import type { ComparisonAnswer, SectionDifference, TextPart } from '#views';
import { label, whyLinks } from './evidence.js';
import { type Facts, factList } from './facts.js';
import { type Content, type Html, html } from './html.js';
import { dateInWords, number, punctualityInWords, sharedInWords, statusInWords } from './words.js';

/** How the report of each year stands. */
export function standings({ earlier, later }: ComparisonAnswer): Html {
  return html`<div class="two">${[earlier, later].map(standing)}</div>`;
}

function standing(report: YearStanding): Html {
  const { year, status, requestedOn, deadline, answeredOn, version, reservation, why } = report;
  const rows: Facts = [
    ['Requested', requestedOn ? dateInWords(requestedOn) : 'No request on record'],
    ['Deadline', deadline ? dateInWords(deadline) : 'None on record'],
    ['Answered', answeredOn ? dateInWords(answeredOn) : 'No date on record'],
    ['Punctuality', punctualityInWords(report)],
    ['Version', version !== undefined && number(version)],
    ['Reservation', reservation !== undefined && html`<span dir="auto">${reservation}</span>`],
  ];
  return html`<section aria-labelledby="in-${year}">
    <h2 id="in-${year}">${year}: ${statusInWords(status)}</h2>
    ${factList(rows)}
    <p class="ground">${whyLinks(why)}</p>
  </section> `;
}

/** A draft is its organization's own until it is signed. */
const draftOf = ({ earlier, later }: ComparisonAnswer) =>
  [earlier, later].find(({ status, version }) => status === 'IN_PREPARATION' && version === undefined);

/** Figures and claims: what either year's report says, the one beside the other. */
export function sideBySide(comparison: ComparisonAnswer): Content {
  const { earlier, later, figures, claims } = comparison;
  if (draftOf(comparison)) return undefined;
  const years = [earlier.year, later.year] as const;
  return [
    figures.known && figures.items.length > 0 && figuresTable(figures.items, years),
    claims.known && claims.items.length > 0 && claimsTable(claims.items, years),
  ];
}

function figuresTable(figures: readonly FigureItem[], [earlier, later]: readonly [number, number]): Html {
  return html`<section aria-labelledby="figures">
    <h2 id="figures">Figures</h2>
    <div class="scroll" role="region" aria-labelledby="figures" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Indicator</th>
            <th scope="col">${earlier}</th>
            <th scope="col">${later}</th>
            <th scope="col">Change</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${figures.map(
            ({ indicator, earlier: was, later: is, change, unitsDiffer, why }) =>
              html`<tr>
                <th scope="row"><bdi>${indicator}</bdi></th>
                <td>${figure(was)}</td>
                <td>${figure(is)}</td>
                <td>${change !== undefined ? signed(change) : unitsDiffer ? 'Units differ' : 'Not comparable'}</td>
                <td>${whyLinks(why)}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const figure = (reported: { readonly value: number; readonly unit: string } | undefined): Content =>
  reported ? html`${number(reported.value)} <bdi>${reported.unit}</bdi>` : 'Not reported';

const signed = (change: number) =>
  change > 0 ? `+${number(change)}` : change < 0 ? `\u2212${number(-change)}` : 'Unchanged';

function claimsTable(claims: readonly ClaimItem[], [earlier, later]: readonly [number, number]): Html {
  return html`<section aria-labelledby="claims">
    <h2 id="claims">Claims by criterion</h2>
    <p class="meaning">What the organization says of its own actions. What reviewers found stands elsewhere.</p>
    ${claims.map(
      ({ criterion, earlier: was, later: is, why }) =>
        html`<h3>${label('criteria', criterion)}</h3>
          <div class="two">
            <div>
              <h4>${earlier}</h4>
              ${claimed(was)}
            </div>
            <div>
              <h4>${later}</h4>
              ${claimed(is)}
            </div>
          </div>
          <p class="ground">${whyLinks(why)}</p> `,
    )}
  </section>`;
}

function claimed(claims: readonly ClaimedBy[]): Html {
  if (!claims.length) return html`<p>No claim.</p>`;
  return html`<ul>
    ${claims.map(
      ({ action, text }) =>
        html`<li dir="auto">
          ${text} <small><bdi>${action}</bdi></small>
        </li> `,
    )}
  </ul>`;
}

/** The reports' own words, with what was taken out and what was put in. */
export function writtenSections(comparison: ComparisonAnswer): Html | false {
  const { sections, earlier, later } = comparison;
  const draft = draftOf(comparison);
  if (draft && sections.length) {
    return html`<p class="banner">
      The report of ${draft.year} is in preparation: its words and figures are not public.
    </p>`;
  }
  if (!sections.length) return false;
  return html`<section aria-labelledby="texts">
    <h2 id="texts">In the words of the reports</h2>
    <p class="meaning">
      <del>Struck out</del>: said in ${earlier.year} and not in ${later.year}. <ins>Underlined</ins>: said in
      ${later.year} only.
    </p>
    ${sections.map((section) => difference(section, earlier.year, later.year))}
  </section>`;
}

function difference(
  { section, lang, parts, carriedOver, why }: SectionDifference,
  earlier: number,
  later: number,
): Html {
  const text = wordsCompared({ lang, parts });
  const isSame = carriedOver !== undefined && parts.every(({ kind }) => kind === 'kept');
  return html`<h3>${label('reportSections', section)}</h3>
    <p class="meta">${carriedOver ? sharedInWords(carriedOver, earlier, later) : `Only ${earlier} has a text here.`}</p>
    ${
      isSame
        ? html`<details>
            <summary>The same words in both years</summary>
            ${text}
          </details>`
        : text
    }
    <p class="ground">${whyLinks(why)}</p> `;
}

/** What became of the words of a section. */
export const wordsCompared = ({ lang, parts }: Pick<SectionDifference, 'lang' | 'parts'>): Html =>
  html`<p class="difference" lang="${lang}" dir="auto"><span>${parts.map(part)}</span></p>`;

function part({ kind, text }: TextPart): Content {
  if (kind === 'kept') return text;
  return kind === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
}
