import { withQuery } from '../addresses.js';

export const SIGN_IN = '/sign-in';
export const SIGN_IN_CODE = '/sign-in/code';
export const SIGN_OUT = '/sign-out';
export const STEP_UP = '/step-up';
export const SECOND_FACTOR = '/second-factor';
export const SECOND_FACTOR_BEGIN = '/second-factor/begin';
export const ACCOUNT = '/account';
export const RECOVERY_CODES = '/account/recovery-codes';
export const RECOVERY_CODES_TEXT = '/account/recovery-codes.txt';
/** What was shown for once is not needed any more. */
export const KEPT = '/account/kept';
export const PASSWORD = '/account/password';
export const PEOPLE = '/people';
export const MANDATES = '/people/mandates';
export const TOKENS = '/account/tokens';
export const PROVIDER_UNLINK = '/account/provider/unlink';
export const OTHER_SESSIONS_END = '/account/other-sessions/end';

export const setUpPath = (secret: string) => `/set-up/${encodeURIComponent(secret)}`;
export const joinPath = (secret: string) => `/join/${encodeURIComponent(secret)}`;
export const sessionEnd = (session: string) => `/account/sessions/${encodeURIComponent(session)}/end`;
export const tokenRevocation = (token: string) => `/account/tokens/${encodeURIComponent(token)}/revocation`;

/** A page that leads on to another one when it is done. */
export const thenTo = (path: string, next: string) => withQuery(path, { next: next === ACCOUNT ? undefined : next });
