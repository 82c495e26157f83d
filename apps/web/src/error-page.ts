import { HOME } from './addresses.js';
import { html } from './html.js';
import type { Page } from './page.js';

export interface ErrorView {
  readonly status: number;
  readonly title: string;
  /** What to do next, and what of the request is meant. */
  readonly detail: string;
  /** The client may name it when it asks for help; the logs have it too. */
  readonly correlationId: string;
}

export function errorPage({ status, title, detail, correlationId }: ErrorView): Page {
  return {
    title,
    body: html`<h1>${title}</h1>
      <p class="intro">${detail}</p>
      <p><a class="button" href="${HOME}">All organizations</a></p>
      <p class="permanent">Status ${status}. Number of this request: ${correlationId}</p>`,
  };
}
