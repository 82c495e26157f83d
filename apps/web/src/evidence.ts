import type { Confidence, Source } from '#reporting';
import type { ListName } from '#reference-data';
import { labelOf } from '#reference-data';
import { eventAddress } from './addresses.js';
import { type Content, type Html, html, joined, webAddress } from './html.js';
import { CONFIDENCE, number } from './words.js';

/** A code by its label; the code itself for those who know it. */
export function label(list: ListName, code: string): Html {
  const words = labelOf(list, code);
  return words === code ? html`<bdi>${code}</bdi>` : html`<abbr title="${code}">${words}</abbr>`;
}

export function labels(list: ListName, codes: readonly string[]): Content {
  return joined(
    codes.map((code) => label(list, code)),
    ', ',
  );
}

/** Found or recalled, in words and with a mark of its own shape. */
export function confidenceBadge(confidence: Confidence | undefined): Html | false {
  return confidence !== undefined && html`<span class="${confidence}">${CONFIDENCE[confidence]}</span>`;
}

/** The events behind a statement: every cell answers why. */
export function whyLinks(why: readonly number[]): Html | false {
  if (!why.length) return false;
  const links = why.map((sequence) => html`<a href="${eventAddress(sequence)}">${number(sequence)}</a>`);
  return html`<span class="why">${why.length === 1 ? 'Event' : 'Events'} ${joined(links, ', ')}</span>`;
}

/** Said where words would stand. */
export const withheldBecause = (reason: string): Html =>
  html`<strong>Withheld.</strong> Reason: <span dir="auto">${reason}</span>`;

export function sourceLink({ title, address, symbol, confidence }: Source): Html {
  const href = webAddress(address);
  const name = html`<bdi>${title}</bdi>`;
  return html`${href === undefined ? name : html`<a href="${href}" rel="noopener nofollow">${name}</a>`}${symbol !== undefined && html` (<bdi>${symbol}</bdi>)`}${confidence === 'recalled' && ' (recalled)'}`;
}

export function sourcesLine(sources: readonly Source[] | undefined): Html | false {
  if (!sources?.length) return false;
  return html`<p class="sources">
    ${sources.length === 1 ? 'Source' : 'Sources'}: ${joined(sources.map(sourceLink), '; ')}
  </p>`;
}
