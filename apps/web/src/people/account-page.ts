import { organizationAddress } from '../addresses.js';
import { INBOX } from '../desk/addresses.js';
import { type Html, html } from '../html.js';
import type { Page } from '../page.js';
import { counted, dateInWords, momentInWords } from '../words.js';
import { buttonTo } from './form.js';
import { type RoleShown, roleName } from './roles.js';
import type { Provider } from './sign-in-page.js';
import { SCOPES } from './token-page.js';
import type { SessionShown, TokenShown } from '#identity';
import {
  OTHER_SESSIONS_END,
  PASSWORD,
  PEOPLE,
  PROVIDER_UNLINK,
  RECOVERY_CODES,
  SECOND_FACTOR,
  sessionEnd,
  tokenRevocation,
  TOKENS,
} from './ways.js';

/** What was done just now, said where it led back to. */
export const DONE = {
  password:
    'Your password was changed. Wherever else you were signed in, you are not any more. Your tokens for programs stay good: revoke below those that you do not know.',
  'second-factor': 'Your second factor was added.',
  codes: 'Your recovery codes are new. Those before are void.',
  session: 'That session was ended.',
  sessions: 'All other sessions were ended.',
  token: 'That token was revoked.',
  linked: 'From now on you may sign in by that account, too.',
  unlinked: 'You do not sign in by that account any more.',
} as const;
export type Done = keyof typeof DONE;

export interface AccountView {
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly roles: readonly RoleShown[];
  /** They may invite others. */
  readonly mayInvite: boolean;
  readonly sessions: readonly SessionShown[];
  readonly tokens: readonly TokenShown[];
  readonly secondFactor: { readonly has: boolean; readonly codesLeft: number };
  /** Who else can say who they are; `href` leads to where they are linked. Absent where there is nobody. */
  readonly provider?: Provider & { readonly isLinked: boolean };
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly done?: Done;
}

export function accountPage(view: AccountView): Page {
  const { person, name, address, done } = view;
  return {
    title: 'Your account',
    body: html`${done && html`<p class="banner" role="status">${DONE[done]}</p>`}
      <h1>Your account</h1>
      <dl class="facts wide">
        <div>
          <dt>Name</dt>
          <dd><bdi>${name}</bdi></dd>
        </div>
        <div>
          <dt>Mail address</dt>
          <dd>${address}</dd>
        </div>
        <div>
          <dt>On the public record</dt>
          <dd><code>${person}</code></dd>
        </div>
      </dl>
      ${rolesSection(view)} ${proofSection(view)} ${sessionsSection(view.sessions)}
      ${tokensSection(view.tokens, view.now)}`,
  };
}

function rolesSection({ roles, mayInvite }: AccountView): Html {
  return html`<section aria-labelledby="roles">
    <h2 id="roles">Your roles and appointments</h2>
    ${
      roles.length
        ? html`<ul class="items">
            ${roles.map(
              ({ role, organization, from, until, by }) =>
                html`<li>
                  <strong>${roleName(role)}</strong>${
                    organization &&
                    html` of <a href="${organizationAddress(organization.id)}"><bdi>${organization.name}</bdi></a>`
                  }
                  <p class="meta">
                    From
                    ${dateInWords(from)}${until === undefined ? '; it has not ended' : `, ended ${dateInWords(until)}`}.
                    <span dir="auto">${by}</span>
                  </p>
                </li>`,
            )}
          </ul>`
        : html`<p class="measure">
            Nobody has given you a role yet: you can read the public record. Ask whoever invited you.
          </p>`
    }
    ${roles.length > 0 && whereToAct(mayInvite)}
  </section>`;
}

function whereToAct(mayInvite: boolean): Html {
  return html`<p class="measure">
    What waits for you is in your
    <a href="${INBOX}">inbox</a>${mayInvite && html`, and whom you work with under <a href="${PEOPLE}">people</a>`}.
    Most of what else you may do has no page yet: the <a href="/api/docs">interface for programs</a> does it for you as
    you are signed in here.
  </p>`;
}

/** So few left are worth a word. */
const FEW_CODES = 3;

function proofSection({ secondFactor: { has, codesLeft }, provider }: AccountView): Html {
  return html`<section aria-labelledby="proof">
    <h2 id="proof">How you prove who you are</h2>
    <ul>
      <li><a href="${PASSWORD}">Change your password</a></li>
      ${
        has
          ? html`<li>
              You have a second factor, and ${counted(codesLeft, 'recovery code')} left.
              <a href="${RECOVERY_CODES}">${codesLeft <= FEW_CODES ? 'Make new ones soon' : 'Make new ones'}</a>
            </li>`
          : html`<li>You have no second factor. <a href="${SECOND_FACTOR}">Add one</a></li>`
      }
      ${
        provider &&
        html`<li>
          ${
            provider.isLinked
              ? html`You sign in by an account at ${provider.name}, too. ${buttonTo(PROVIDER_UNLINK, 'Unlink it')}`
              : html`<a href="${provider.href}">Link an account at ${provider.name}</a>, to sign in by it`
          }
        </li>`
      }
    </ul>
  </section>`;
}

function sessionsSection(sessions: readonly SessionShown[]): Html {
  return html`<section aria-labelledby="sessions">
    <h2 id="sessions">Where you are signed in</h2>
    <ul class="items">
      ${sessions.map(
        ({ session, startedAt, seenAt, agent, isThis }) =>
          html`<li>
            <strong>${isThis ? 'This browser' : 'Another browser'}</strong>
            <p class="meta">
              Since ${momentInWords(startedAt)}, last seen ${momentInWords(seenAt)}. It calls itself
              “<bdi>${agent || 'nothing'}</bdi>”.
            </p>
            ${
              !isThis &&
              buttonTo(sessionEnd(session), html`End <span class="unseen">that of ${momentInWords(startedAt)}</span>`)
            }
          </li>`,
      )}
    </ul>
    ${sessions.length > 1 && buttonTo(OTHER_SESSIONS_END, 'End all others')}
  </section>`;
}

function tokensSection(tokens: readonly TokenShown[], now: string): Html {
  return html`<section aria-labelledby="tokens">
    <h2 id="tokens">Your tokens for programs</h2>
    ${
      tokens.length > 0 &&
      html`<ul class="items">
        ${tokens.map(
          ({ token, name, scopes, until, usedAt }) =>
            html`<li>
              <strong><bdi>${name}</bdi></strong>
              <p class="meta">
                ${until > now ? 'Good until' : 'It has run out:'} ${momentInWords(until)}.
                ${usedAt === undefined ? 'Never used.' : `Last used ${momentInWords(usedAt)}.`} May:
                ${scopes.map((scope) => SCOPES[scope].short).join(', ')}.
              </p>
              ${buttonTo(tokenRevocation(token), html`Revoke <span class="unseen"><bdi>${name}</bdi></span>`)}
            </li>`,
        )}
      </ul>`
    }
    <p><a href="${TOKENS}">Make a token</a></p>
  </section>`;
}
