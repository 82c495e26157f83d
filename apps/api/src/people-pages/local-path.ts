import { ways } from '../../../web/src/index.js';

/** Where somebody comes to who did not want to go anywhere. */
export const HOME_AFTER = ways.ACCOUNT;
const LONGEST = 500;
/** Of no site: what leads to another host from here leads away. */
const NOWHERE = 'http://nowhere.invalid';
/** Pages of the way in itself: whoever has come in has no more business there. */
const WAYS_IN = /^\/(sign-in|sign-out|second-factor|set-up|join|step-up)(\/|$)/;

/**
 * The address that a link asks to come back to, if it is one of this site; else that of the account. An open redirect would
 * lend this site's name to whoever wants a password typed elsewhere.
 */
export function localPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > LONGEST) return HOME_AFTER;
  // Browsers take a backslash for a slash, and drop tabs and ends of lines: `/\host` and `/<tab>/host` are other hosts.
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return HOME_AFTER;
  const url = URL.parse(asked, NOWHERE);
  // Dots are resolved before it is looked at: `/.//host` would be another host.
  if (!url || url.origin !== NOWHERE || url.pathname.startsWith('//') || WAYS_IN.test(url.pathname)) return HOME_AFTER;
  return url.pathname + url.search + url.hash;
}
