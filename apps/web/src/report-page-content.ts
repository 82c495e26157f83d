import type { DocumentRef } from '#reporting';
import { labelOf } from '#reference-data';
import type { ReportAnswer } from '#views';
import { earlierYears, languageNamed } from '#views';
import { label, whyLinks } from './evidence.js';
import { type Content, type Html, html, webAddress } from './html.js';
import { number } from './words.js';

export interface ReportContent {
  readonly answer: ReportAnswer;
  /** Of actions that it cites, by their ids. */
  readonly titles: ReadonlyMap<string, string>;
  /** That came with this version, or with an answer outside the form. */
  readonly documents: NonNullable<ReportAnswer['report']['documents']>;
}

type Section = ReportAnswer['sections'][number];

/** What the version says. */
export function reportContent({ answer, titles, documents }: ReportContent): Content {
  return [sections(answer), citations(answer, titles), figures(answer), attachments(answer, documents)];
}

function sections({ sections: all, version, report }: ReportAnswer): Html | false {
  if (version === undefined || !all.length) return false;
  const codes = [...new Set(all.map(({ section }) => section))];
  const isCut = (report.withheld ?? []).length > 0;
  return html`<section aria-labelledby="words">
    <h2 id="words">What the report says</h2>
    ${
      isCut &&
      html`<p class="meaning">
        Parts of this report are withheld, each with the reason in its place. They are part of what was signed; what
        stands here is not all of it. Nothing that is missing was lost or forgotten.
      </p>`
    }
    ${codes.map(
      (code) =>
        html`<h3 id="${code}">${code} ${label('reportSections', code)}</h3>
          ${all.filter(({ section }) => section === code).map(words)} `,
    )}
  </section>`;
}

function words(section: Section): Html {
  const { lang, origin, basedOn, why } = section;
  const since = basedOn && earlierYears(basedOn);
  const carried =
    origin === 'carried-over'
      ? ` · carried over${since ? ` from ${since}` : ''}, and still true by the organization's own word`
      : since && ` · changed from what was said in ${since}`;
  return html`<div class="said">
    <p class="meta">${languageNamed(lang)}${carried}</p>
    ${'withheld' in section && withheld(section)}
    ${section.text !== undefined && html`<p class="words" lang="${lang}" dir="auto"><span>${section.text}</span></p>`}
    <p class="ground">${whyLinks(why)}</p>
  </div>`;
}

/** FAC#5928, FAC#3878: what is withheld has to look neither like a leak nor like a gap. */
function withheld(section: Section & { readonly withheld: string }): Html {
  const { text, withheld: reason } = section;
  if (text !== undefined)
    return html`<p class="withheld">
      <strong>Withheld from the public</strong>, and shown to you because of your role. Do not pass it on. Reason:
      <span dir="auto">${reason}</span>
    </p>`;
  return html`<p class="withheld">
    <strong>These words are withheld.</strong> Reason: <span dir="auto">${reason}</span>${
      'withheldLater' in section && ' They were withheld after the moment that is shown here.'
    }
  </p>`;
}

function citations({ citations: all, report, version }: ReportAnswer, titles: ReportContent['titles']): Html | false {
  const cited = Object.entries(all);
  const kept = keptBack(report, 'action ', (id) => html`The citation of <bdi>${id}</bdi>`);
  if ((version === undefined && report.phase !== 'answered-by-letter') || (!cited.length && !kept.length)) return false;
  return html`<section aria-labelledby="actions">
    <h2 id="actions">Actions that it cites</h2>
    <p class="meaning">What the organization says of its own actions. What reviewers found stands below.</p>
    <ul class="items">
      ${cited.map(
        ([id, { claims, statedStatus, why }]) =>
          html`<li>
            <h3>
              <a href="${`/api/actions/${encodeURIComponent(id)}`}"><bdi>${titles.get(id) ?? id}</bdi></a>
            </h3>
            <p class="meta">
              <bdi>${id}</bdi
              >${statedStatus !== undefined && ` · by its own word ${labelOf('actionStatuses', statedStatus)}`}
            </p>
            ${
              claims.length > 0 &&
              html`<dl>
                ${claims.map(
                  ({ criterion, text }) =>
                    html`<dt>${label('criteria', criterion)}</dt>
                      <dd dir="auto">${text}</dd> `,
                )}
              </dl>`
            }
            <p class="ground">${whyLinks(why)}</p>
          </li> `,
      )}
    </ul>
    ${kept}
  </section>`;
}

function figures({ figures: all, report, version }: ReportAnswer): Html | false {
  const reported = Object.entries(all);
  const kept = keptBack(report, 'figure ', (name) => html`The figure <bdi>${name}</bdi>`);
  if (version === undefined || (!reported.length && !kept.length)) return false;
  return html`<section aria-labelledby="figures">
    <h2 id="figures">Figures</h2>
    ${
      reported.length > 0 &&
      html`<div class="scroll" role="region" aria-labelledby="figures" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Indicator</th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            ${reported.map(
              ([indicator, { value, unit, why }]) =>
                html`<tr>
                  <th scope="row"><bdi>${indicator}</bdi></th>
                  <td>${number(value)} <bdi>${unit}</bdi></td>
                  <td>${whyLinks(why)}</td>
                </tr> `,
            )}
          </tbody>
        </table>
      </div>`
    }
    ${kept}
  </section>`;
}

/** What is withheld under names that begin so, each with the reason. */
function keptBack(report: ReportAnswer['report'], kind: string, named: (name: string) => Html): readonly Html[] {
  return (report.withheld ?? [])
    .filter(({ part }) => part.startsWith(kind))
    .map(
      ({ part, reason }) =>
        html`<p class="withheld">
          <strong>${named(part.slice(kind.length))} is withheld.</strong> Reason: <span dir="auto">${reason}</span>
        </p>`,
    );
}

function attachments({ report }: ReportAnswer, documents: ReportContent['documents']): Html | false {
  const kept = [
    ...keptBack(report, 'document ', (n) => html`Attached document ${n}`),
    ...keptBack(report, 'letter', () => html`The letter`),
  ];
  return (
    documents.length + kept.length > 0 &&
    html`<section aria-labelledby="attachments">
      <h2 id="attachments">
        ${report.phase === 'answered-by-letter' ? 'The answer, outside the form' : 'Attachments'}
      </h2>
      <ul>
        ${documents.map(
          ({ document, section }) =>
            html`<li>
              ${documentLink(document)}${section !== undefined && html` · ${label('reportSections', section)}`}
            </li> `,
        )}
      </ul>
      ${kept}
    </section>`
  );
}

/** A file that is kept here under its hash, or a document that stands elsewhere. */
export function documentLink({ title, name, sha256, address, symbol }: DocumentRef): Html {
  const href = sha256 === undefined ? webAddress(address) : `/api/attachments/${sha256}`;
  const words = html`<bdi>${title}</bdi>`;
  return html`${href === undefined ? words : html`<a href="${href}" rel="noopener nofollow">${words}</a>`}${
    symbol !== undefined && html` (<bdi>${symbol}</bdi>)`
  }${name !== undefined && html` <small><bdi>${name}</bdi></small>`}`;
}
