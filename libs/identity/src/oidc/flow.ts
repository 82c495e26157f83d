import type { BrowserSeal } from '../browser-seal.js';
import type { PersonId } from '../keys/person-keys.js';

/** As long as somebody may take at the provider. */
const FLOW_MS = 10 * 60_000;
const FLOW = 'oidc-flow';

/** What a way to the provider and back is for. */
export type FlowPurpose =
  | {
      readonly kind: 'sign-in';
      /** Path of this server, to come to afterwards. */
      readonly next?: string;
    }
  | { readonly kind: 'join'; readonly invitation: string }
  | { readonly kind: 'link'; readonly person: PersonId };

/** What has to be remembered until the browser comes back from the provider. */
export interface Flow {
  readonly purpose: FlowPurpose;
  /** That the answer belongs to the question. */
  readonly state: string;
  /** That the token does. */
  readonly nonce: string;
  /** Of PKCE: that who redeems the code is who asked for it. */
  readonly verifier: string;
}

/** For a cookie of the browser that begins it: nobody else has one, and no server has to keep it. */
export const sealFlow = (seal: BrowserSeal, flow: Flow): Promise<string> =>
  seal.seal(FLOW, '', { ...flow, purpose: { ...flow.purpose } }, FLOW_MS);

/** Nothing for what was not sealed here, or is too old. */
export const openFlow = async (seal: BrowserSeal, sealed: string): Promise<Flow | undefined> =>
  (await seal.open(FLOW, '', sealed)) as Flow | undefined;

const MOST_USED = 10_000;

/**
 * What was used on this node, for as long as somebody could try again with it. On another node it is the provider that
 * refuses a code which was redeemed.
 */
export class UsedStates {
  private readonly until = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Whether it was not used before. */
  use(state: string): boolean {
    if (this.until.has(state)) return false;
    const now = this.now();
    for (const [old, until] of this.until) {
      if (until > now && this.until.size < MOST_USED) break;
      this.until.delete(old);
    }
    this.until.set(state, now + FLOW_MS);
    return true;
  }
}
