import { COOKIE_ATTRIBUTES, cookieNamed } from '../session/session-cookie.js';

const FLOW_COOKIE = '__Host-para71-oidc';

/** `Lax` by need: the browser comes back from another site with it. */
export const flowCookieWith = (flow: string): string => `${FLOW_COOKIE}=${flow}; ${COOKIE_ATTRIBUTES}; Max-Age=600`;
export const flowCookieWithout = (): string => `${FLOW_COOKIE}=; ${COOKIE_ATTRIBUTES}; Max-Age=0`;
export const flowIn = (header: string | undefined): string | undefined => cookieNamed(FLOW_COOKIE, header);
