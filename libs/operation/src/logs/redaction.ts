const REDACTED = '[redacted]';

/** As much as may stand before an @: a password that should have been percent-encoded may hold one itself. */
const IN_ADDRESS = /:\/\/[^\s/?#]{1,300}@/g;
const IN_ADDRESS_AS_JSON = /:\/\/(?:[^\s"\\/?#]|\\["\\]){1,300}@/g;
const IN_QUERY = /([?&](?:password|pass|pwd|token|access_token|secret|api[_-]?key)=)[^&#\s"\\]+/gi;
const IN_HEADER = /\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)[^"\\\r\n]+/gi;
const MAIL_ADDRESS = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}][\p{L}\p{N}.-]{0,252}/gu;
const MEMBER =
  /("(?:(?:proxy-)?authorization|(?:set-)?cookie|password|passwd|pwd|secret|token|api[_-]?key)"):(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi;
/** JSON may hold these as they are; terminals and collectors take some for the end of a line, or turn the text around. */
const UNSEEN = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Without passwords, cookies and mail addresses, as far as they can be told from other text. Redacts too much rather than too little. */
export const redacted = (text: string): string => without(IN_ADDRESS, text);

function without(inAddress: RegExp, text: string): string {
  const seen = text.replace(IN_HEADER, `$1$2${REDACTED}`).replace(IN_QUERY, `$1${REDACTED}`);
  // Most lines hold no address, and the expressions are not free.
  if (!seen.includes('@')) return seen;
  return seen.replace(inAddress, `://${REDACTED}@`).replace(MAIL_ADDRESS, '[mail address]');
}

/** A line of JSON as it may leave the process: redacted, and one line to whoever reads it. */
export const fitToBeLogged = (line: string): string =>
  without(IN_ADDRESS_AS_JSON, line.replace(MEMBER, `$1:"${REDACTED}"`)).replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
