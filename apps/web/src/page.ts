import { COVERAGE, HOME, OPTIONS, type ShownMoment, withQuery } from './addresses.js';
import { type Html, html } from './html.js';

/** What one page says; `documentOf` puts the frame of all pages around it. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** The moment that it shows: the frame leads to pages of the same one. */
  readonly shown?: ShownMoment;
}

/** Addresses of what every page needs, with the hash of their content in them. */
export interface PageAssets {
  readonly style: string;
  readonly mark: string;
}

export function documentOf({ title, body, shown }: Page, { style, mark }: PageAssets): string {
  return html`<!doctype html>
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title === NAME ? NAME : `${title} · ${NAME}`}</title>
        <link rel="icon" href="${mark}" type="image/svg+xml" />
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="name" href="${HOME}">${NAME}</a>
          <span>Annual reports on enhanced cooperation</span>
          <nav aria-label="Pages">
            <a href="${withQuery(HOME, {}, shown)}">Organizations</a>
            <a href="${withQuery(COVERAGE, {}, shown)}">Issues and groups</a>
            <a href="${withQuery(OPTIONS, {}, shown)}">Policy options</a>
          </nav>
        </header>
        <main id="main">${body}</main>
        <footer class="bottom">
          <p>
            A record of what organizations did and reported towards enhanced cooperation. Nobody is scored or ranked
            here; that nothing is on record says nothing about an organization.
          </p>
          <p><a href="/api/docs">Interface for programs</a> · <a href="/api/openapi.json">OpenAPI</a></p>
        </footer>
      </body>
    </html> `.markup;
}

export const NAME = 'Para 71';
