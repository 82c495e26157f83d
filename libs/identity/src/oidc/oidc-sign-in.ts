import { randomBytes } from 'node:crypto';
import type { BrowserSeal } from '../browser-seal.js';
import type { Credentials } from '../credential/credentials.js';
import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { People } from '../person/people.js';
import { type Attempts, linkKey } from '../session/attempts.js';
import type { SessionStore } from '../session/session-store.js';
import type { Sessions } from '../session/sessions.js';
import type { Begun, Caller, SignIn } from '../sign-in.js';
import type { OidcProvider, Vouched } from './oidc-provider.js';
import { type Flow, type FlowPurpose, openFlow, sealFlow, useFlow } from './flow.js';

export interface OidcSignInOptions {
  readonly provider: OidcProvider;
  readonly seal: BrowserSeal;
  readonly people: People;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  /** Where all nodes remember which flows were used. */
  readonly store: SessionStore;
  readonly attempts: Attempts;
  readonly signIn: SignIn;
}

/** What a browser is given to go to the provider with. */
export interface Departure {
  /** Of the provider. */
  readonly address: string;
  /** For a cookie that is shown when it comes back. */
  readonly flow: string;
}

/** What came of it. */
export type Return =
  | { readonly kind: 'begun'; readonly begun: Begun; readonly next?: string }
  | { readonly kind: 'linked'; readonly person: PersonId };

/** Of a browser that came back. */
export interface Returning {
  /** From the question mark on. */
  readonly query: string;
  /** What its cookies hold: of the flow, and of the session. */
  readonly flow: string | undefined;
  readonly session: string | undefined;
}

/** The way in by a provider: for who is linked with an account there, or links it by an invitation or from their account. */
export class OidcSignIn {
  constructor(private readonly options: OidcSignInOptions) {}

  /** What people call the provider. */
  get name(): string {
    return this.options.provider.settings.name;
  }

  /** Whether they give their second factor there, and it is trusted with that. */
  async isProverOf(person: PersonId): Promise<boolean> {
    return this.options.provider.isTrusted && (await this.isLinked(person));
  }

  async isLinked(person: PersonId): Promise<boolean> {
    return this.options.credentials.isLinkedAt(this.options.provider.settings.issuer, person);
  }

  /** The other sessions of the person go on: it is no sign that somebody else was in them. */
  async unlink(person: PersonId): Promise<void> {
    await this.options.credentials.unlinkSubject(person);
  }

  async begin(purpose: FlowPurpose, caller: Caller): Promise<Departure> {
    const { provider, seal, signIn } = this.options;
    if (purpose.kind === 'join') await signIn.invitedBy(purpose.invitation, caller);
    const flow: Flow = { purpose, state: random(), nonce: random(), verifier: random() };
    return { address: await provider.address(flow), flow: await sealFlow(seal, flow) };
  }

  /** A flow is good for one time, in the browser that began it, whatever comes of it. */
  async finish({ query, flow: sealed, session }: Returning, caller: Caller): Promise<Return> {
    const { attempts, provider, seal, store } = this.options;
    const guessing = linkKey('oidc', caller.from);
    await attempts.begin(guessing);
    const flow = sealed === undefined ? undefined : await openFlow(seal, sealed);
    // An answer to another question leaves this one open: whoever sent the browser here with it spoils nothing.
    if (!flow || new URLSearchParams(query).get('state') !== flow.state) refuse('oidc-flow-void');
    if (!(await useFlow(store, flow))) refuse('oidc-flow-void');
    const vouched = await provider.redeem(query, flow);
    await attempts.succeeded(guessing);
    return this.come(flow.purpose, vouched, caller, session);
  }

  private async come(purpose: FlowPurpose, vouched: Vouched, caller: Caller, session: string | undefined) {
    const { issuer, subject, isProven } = vouched;
    const { credentials, sessions, signIn } = this.options;
    if (purpose.kind === 'link') {
      // Somebody else may have signed in to this browser in the meantime.
      const signedIn = await signIn.whoBySession(session);
      if (signedIn?.person !== purpose.person) refuse('oidc-flow-void');
      await credentials.linkSubject(purpose.person, { issuer, subject });
      return { kind: 'linked', person: purpose.person } as const;
    }
    if (purpose.kind === 'join') {
      const begun = await this.join(purpose.invitation, vouched, caller);
      return { kind: 'begun', begun } as const;
    }
    const begun = await signIn.withSubject({ issuer, subject }, caller, { isProven });
    // Whoever proves anew who they are is not in this browser twice.
    if (session !== undefined) await sessions.end(session);
    return { kind: 'begun', begun, ...(purpose.next !== undefined && { next: purpose.next }) } as const;
  }

  /** As by a password: all sessions and tokens that there were end, as the mail may have been for that. */
  private async join(secret: string, { issuer, subject, isProven }: Vouched, caller: Caller): Promise<Begun> {
    const { credentials, people, sessions, signIn } = this.options;
    const { person, invitation } = await signIn.invitedBy(secret, caller);
    // Looked at before the invitation is used up by it.
    await credentials.requireFree(person, { issuer, subject });
    await sessions.endAllWith(person, async () => {
      await people.join(person, invitation);
      await credentials.revokeAllTokens(person);
      await credentials.linkSubject(person, { issuer, subject });
    });
    return signIn.begin(person, caller, { isProven });
  }
}

/** 256 bits; also a code verifier (RFC 7636, section 4.1). */
const random = () => randomBytes(32).toString('base64url');
