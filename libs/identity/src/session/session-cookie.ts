/** `__Host-`: the browser takes it from this host alone, over TLS, for all of it, and no subdomain can put one in its place. */
export const SESSION_COOKIE = '__Host-para71';

/**
 * `Secure` is said over plain http too: browsers hold a loopback address for trustworthy, and keep it there (Chromium and
 * Firefox do; Safari does not, and a person cannot sign in with it without TLS). On any other address without TLS it is dropped.
 */
export const COOKIE_ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax';

/** Ends with the browser; how long it lasts is for the server to say. */
export const cookieWith = (secret: string): string => `${SESSION_COOKIE}=${secret}; ${COOKIE_ATTRIBUTES}`;
export const cookieWithout = (): string => `${SESSION_COOKIE}=; ${COOKIE_ATTRIBUTES}; Max-Age=0`;

/** The secret in a header `Cookie`. */
export const secretIn = (header: string | undefined): string | undefined => cookieNamed(SESSION_COOKIE, header);

/** What stands under a name in a header `Cookie`. Two of one name are an attempt at something: nothing then. */
export function cookieNamed(name: string, header: string | undefined): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  return found.length === 1 ? found[0]!.slice(name.length + 1) : undefined;
}
