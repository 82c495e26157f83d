import { COVERAGE, HOME, OPTIONS, SEARCH, type ShownMoment, withQuery } from './addresses.js';
import { DEADLINES, INBOX } from './desk/addresses.js';
import { type Html, html } from './html.js';
import { ACCOUNT, SIGN_IN, SIGN_OUT, thenTo } from './people/ways.js';

/** What one page says; `documentOf` puts the frame of all pages around it. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** The moment that it shows: the frame leads to pages of the same one. */
  readonly shown?: ShownMoment;
}

/** Who looks at a page, where people sign in. */
export interface Visitor {
  /** Absent for whoever has not signed in. */
  readonly name?: string;
  /** Where they come back to when they have: a path of this site. */
  readonly here: string;
}

/** Addresses of what every page needs, with the hash of their content in them. */
export interface PageAssets {
  readonly style: string;
  readonly mark: string;
}

/** `visitor`: absent where nobody signs in. */
export function documentOf({ title, body, shown }: Page, { style, mark }: PageAssets, visitor?: Visitor): string {
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
            <a href="${withQuery(DEADLINES, {}, shown)}">Deadlines</a>
          </nav>
          <form role="search" action="${SEARCH}" method="get">
            <input type="search" name="q" aria-label="Search the record" maxlength="200" required autocomplete="off" />
            <button class="quiet">Search</button>
          </form>
          ${visitor && account(visitor)}
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

function account({ name, here }: Visitor): Html {
  if (name === undefined)
    return html`<nav aria-label="Your account"><a href="${thenTo(SIGN_IN, here)}">Sign in</a></nav>`;
  return html`<nav aria-label="Your account">
    <a href="${INBOX}">Inbox</a>
    <a href="${ACCOUNT}">Account of <bdi>${name}</bdi></a>
    <form class="lone" method="post" action="${SIGN_OUT}"><button class="quiet">Sign out</button></form>
  </nav>`;
}

export const NAME = 'Para 71';
