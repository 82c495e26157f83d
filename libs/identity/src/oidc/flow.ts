import type { BrowserSeal } from '../browser-seal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { SessionStore } from '../session/session-store.js';

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

/** Whether nobody has come back with it before, to whichever node. It is remembered for as long as it could be shown again. */
export const useFlow = (store: SessionStore, { state }: Flow): Promise<boolean> =>
  store.useOnce(`${FLOW}/${state}`, FLOW_MS);
